"""The template as these tests look at it: plain data, short forms made long."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from local.cloudformation import load

ROOT = Path(__file__).parents[2]
TEMPLATE = load(ROOT / "template.yaml")
RESOURCES: dict[str, Any] = TEMPLATE["Resources"]
VARIABLES: dict[str, Any] = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]


def properties(type_: str) -> dict[str, dict[str, Any]]:
    """The properties of every resource of that type, by logical id."""
    return {name: found["Properties"] for name, found in RESOURCES.items() if found["Type"] == type_}


FUNCTIONS = properties("AWS::Serverless::Function")
QUEUES = properties("AWS::SQS::Queue")
LAYERS = properties("AWS::Serverless::LayerVersion")


def events(type_: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each event of that type as (its function, its properties)."""
    for function, given in FUNCTIONS.items():
        for event in given["Events"].values():
            if event["Type"] == type_:
                yield function, event["Properties"]


def target(arn: dict[str, list[str]]) -> str:
    """The logical id in a GetAtt of an ARN."""
    return arn["Fn::GetAtt"][0]


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each statement of rights as (the role or policy it stands in, the statement)."""
    for name, policy in properties("AWS::IAM::ManagedPolicy").items():
        yield from ((name, found) for found in policy["PolicyDocument"]["Statement"])
    for name, role in properties("AWS::IAM::Role").items():
        for policy in role["Policies"]:
            yield from ((name, found) for found in policy["PolicyDocument"]["Statement"])


def listed(value: Any) -> list[Any]:
    """CloudFormation takes one or a list of them."""
    return value if isinstance(value, list) else [value]


def rights(function: str) -> set[str]:
    """Every action that the function's role is allowed."""
    role = target(FUNCTIONS[function]["Role"])
    attached = {reference["Ref"] for reference in RESOURCES[role]["Properties"].get("ManagedPolicyArns", [])}
    allowed = [found for name, found in statements() if name in attached | {role} and found["Effect"] == "Allow"]
    return {action for found in allowed for action in listed(found["Action"])}
