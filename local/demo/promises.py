"""What the demo has to show: every kind of notification there is, and what the story promises beside."""

from collections.abc import Iterable, Iterator
from typing import Any

from local.demo.goods import Said
from local.demo.play import Played
from local.demo.story import Story
from shopbell.domain.journeys import KINDS

Row = dict[str, Any]


def broken(story: Story, played: Played, kinds: Iterable[str] = KINDS) -> list[str]:
    """Every promise that was not kept, in words; empty when all is well."""
    return [
        *_missing("a message of the kind", kinds, (message["kind"] for message in played.messages)),
        *_of_story(story.promises, played),
        *(f"{_named(message)} is empty" for message in played.messages if not _whole(message)),
        *(f"{_named(message)} came to nothing: {message['status']}" for message in played.stuck),
        *_twice(played.messages),
        *_unheard(story, played),
    ]


def _of_story(promises: Said, played: Played) -> Iterator[str]:
    messages, decided = played.messages, played.decisions
    yield from _missing("a message in", promises["locales"], (message["locale"] for message in messages))
    yield from _missing("a message by", promises["channels"], (message["channel"] for message in messages))
    for outcome in ("held", "skipped"):
        reasons = (each["reason"] for each in decided if each["outcome"] == outcome)
        yield from _missing(f"a message {outcome} for the reason", promises[outcome], reasons)


def _missing(what: str, wanted: Iterable[str], got: Iterable[str]) -> Iterator[str]:
    there = set(got)
    return (f"there was not {what} {name}" for name in wanted if name not in there)


def _whole(message: Row) -> bool:
    """An erased customer's messages are empty, and are to be; any other has its words."""
    needed = ("text",) if message["channel"] == "sms" else ("subject", "html", "text")
    return is_erased(message) or all(message[name] for name in needed)


def is_erased(message: Row) -> bool:
    return not message["to"]


def _named(message: Row) -> str:
    return f"{message['kind']} of {message['shop']}, order {message['order']}, customer {message['customer']}"


def _twice(messages: Iterable[Row]) -> Iterator[str]:
    seen: set[str] = set()
    for message in messages:
        if message["id"] in seen:
            yield f"{_named(message)} left twice"
        seen.add(message["id"])


def _unheard(story: Story, played: Played) -> Iterator[str]:
    """An order about which nothing was decided was lost on the way."""
    decided = {(each["shop"], each["order"]) for each in played.decisions}
    for shop in story.shops.values():
        lost = (order for order in shop.orders if (shop.id, order) not in decided)
        yield from (f"order {order} of {shop.id} was never decided about" for order in lost)
