"""How the template lets queues feed functions, and how much memory it gives them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from local.cloudformation import load
from tests.simulator.stage import HIDDEN, QUEUES, RESOURCES, ROOT, VARIABLES

TEMPLATE = load(ROOT / "template.yaml")
MAIL_CONCURRENCY: int = TEMPLATE["Parameters"]["MailConcurrency"]["Default"]
MEMORY: int = TEMPLATE["Globals"]["Function"]["MemorySize"]


@dataclass(frozen=True, slots=True)
class Feed:
    """A queue by its URL, the function that it feeds with batches of at most `size` records, how many of them run side
    by side at most, and for how many seconds a record is hidden that was given out."""

    url: str
    function: str
    size: int
    side_by_side: int
    hidden: float


def feeds(mail_concurrency: int) -> dict[str, Feed]:
    """By the queue's URL."""
    return {url: _feed(url, mapping, mail_concurrency) for url, mapping in _mappings() if url in QUEUES}


def _mappings() -> Iterator[tuple[str, dict[str, Any]]]:
    named = {value["Ref"]: name for name, value in VARIABLES.items() if isinstance(value, dict) and "Ref" in value}
    for resource in RESOURCES.values():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            if event["Type"] == "SQS":
                queue = event["Properties"]["Queue"]["Fn::GetAtt"][0]
                yield named.get(queue, queue), event["Properties"]


def _feed(url: str, mapping: dict[str, Any], mail_concurrency: int) -> Feed:
    most = mapping["ScalingConfig"]["MaximumConcurrency"]
    side_by_side = mail_concurrency if most == {"Ref": "MailConcurrency"} else int(most)
    return Feed(url, QUEUES[url], mapping["BatchSize"], side_by_side, HIDDEN[url].total_seconds())


@cache
def memory_of(function: str) -> int:
    """Megabytes."""
    named = (each["Properties"] for each in RESOURCES.values() if each["Type"] == "AWS::Serverless::Function")
    return next(
        (int(each.get("MemorySize", MEMORY)) for each in named if Path(each["CodeUri"]).name == function), MEMORY
    )
