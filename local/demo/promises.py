"""What the demo has to show: every kind of notification there is, and what the story promises beside."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from local.demo.play import Played
from local.demo.story import Said, Story
from shopbell.domain.journeys import KINDS

Row = dict[str, Any]


def broken(story: Story, played: Played, kinds: Iterable[str] = KINDS) -> list[str]:
    """Every promise that was not kept, in words; empty when all is well."""
    return [
        *_missing("a message of the kind", kinds, (message["kind"] for message in played.messages)),
        *_of_story(story.promises, played),
        *(f"{m['kind']} of order {m['order']} is empty" for m in played.messages if not _whole(m)),
        *_twice(played.messages),
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


def _twice(messages: Iterable[Row]) -> Iterator[str]:
    seen: set[str] = set()
    note: Callable[[str], None] = seen.add
    for message in messages:
        if message["id"] in seen:
            yield f"{message['kind']} of order {message['order']} left twice"
        note(message["id"])
