"""Print template.yaml as CloudFormation gets it, so that what SAM adds is linted too; asks no AWS account."""

import json
import sys
from pathlib import Path
from typing import Any

from boto3 import Session
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

# What `sam deploy` replaces by an address in S3; the translator takes nothing else.
_UPLOADED = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


def uploaded(template: dict[str, Any]) -> dict[str, Any]:
    """The template with every local folder replaced by an address as after an upload."""
    for resource in template["Resources"].values():
        if key := _UPLOADED.get(resource["Type"]):
            resource["Properties"][key] = "s3://bucket/key"
    return template


def translated(template: dict[str, Any]) -> dict[str, Any]:
    """The CloudFormation template that SAM makes of `template`; raises InvalidDocumentException."""
    session = Session(region_name="eu-central-1")  # it asks in which partition it is: aws, aws-cn or aws-us-gov
    translator = Translator(managed_policy_map={}, sam_parser=Parser(), boto_session=session)
    result: dict[str, Any] = translator.translate(uploaded(template), parameter_values={})
    return result


def main(path: str) -> None:
    """Print the translation of the template at `path` as JSON."""
    template = yaml_parse(Path(path).read_text(encoding="utf-8"))
    json.dump(translated(template), sys.stdout, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
