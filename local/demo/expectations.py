"""Checks that the demo showed what its story expects, that each message is whole, and that no order was lost."""

from collections.abc import Iterable, Iterator
from typing import Any

from local.demo.catalogue import Fields
from local.demo.play import Played
from local.demo.story import Story

Row = dict[str, Any]


def unmet(story: Story, played: Played) -> list[str]:
    """Everything that was expected and did not come, in words; empty when all is well."""
    return [
        *_of_story(story.expected, played),
        *(f"{_named(message)} is empty" for message in played.messages if not _is_whole(message)),
        *(f"{_named(message)} came to nothing: {message['status']}" for message in played.stuck),
        *_twice(played.messages),
        *_undecided(story, played),
    ]


def _of_story(expected: Fields, played: Played) -> Iterator[str]:
    messages = played.messages
    yield from _missing("a message in", expected["locales"], (message["locale"] for message in messages))
    yield from _missing("a message by", expected["channels"], (message["channel"] for message in messages))
    for outcome in ("held", "skipped"):
        reasons = (decision["reason"] for decision in played.decisions if decision["outcome"] == outcome)
        yield from _missing(f"a message {outcome} for the reason", expected[outcome], reasons)


def _missing(what: str, expected: Iterable[str], actual: Iterable[str]) -> Iterator[str]:
    names = set(actual)
    return (f"there was not {what} {name}" for name in expected if name not in names)


def _is_whole(message: Row) -> bool:
    """Whether all its parts have words; those of an erased customer's messages are empty, and are to be."""
    needed = ("text",) if message["channel"] == "sms" else ("subject", "html", "text")
    return is_erased(message) or all(message[name] for name in needed)


def is_erased(message: Row) -> bool:
    """Whether its customer was erased since: the recipient is personal, and was emptied."""
    return not message["to"]


def _named(message: Row) -> str:
    return f"{message['kind']} of {message['shop']}, order {message['order']}, customer {message['customer']}"


def _twice(messages: Iterable[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for message in messages:
        if message["id"] in seen:
            yield f"{_named(message)} left twice"
        seen.add(message["id"])


def _undecided(story: Story, played: Played) -> Iterator[str]:
    """An order about which nothing was decided was lost on the way."""
    decided = {(decision["shop"], decision["order"]) for decision in played.decisions}
    for shop in story.shops.values():
        lost = (order for order in shop.orders if (shop.id, order) not in decided)
        yield from (f"order {order} of {shop.id} was never decided about" for order in lost)
