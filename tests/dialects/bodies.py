"""Bodies as a shop sends them, right but for what a test changes."""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import check, read, unreadable_contacts
from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.shop import Shop
from shopbell.service.subjects.queued import queue_message

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""The moment at which everything in the examples happens."""

SHOP = cast(Shop, SimpleNamespace(id="dobra", country="UA"))
LOCALES = ("en", "hu", "ru", "uk")

REMOVED = object()
"""Takes a field out of a body."""


def body(event_type: str = "order.placed", /, **changes: Any) -> dict[str, Any]:
    """An example with changes by path: `body(**{"data.order.items.0.sku": 5})`."""
    changed = deepcopy(dict(EXAMPLES[event_type]))
    for path, value in changes.items():
        put(changed, path.split("."), value)
    return changed


def put(target: Any, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    last: Any = int(path[-1]) if isinstance(target, list) else path[-1]
    if value is REMOVED and isinstance(target, dict):
        target.pop(last, None)
    elif value is REMOVED:
        del target[last]
    else:
        target[last] = value


def raw(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def check_of(content: Any) -> Mapping[str, Json]:
    return check(raw(content), NOW).body


def checked(event_type: str = "order.placed", /, **changes: Any) -> Mapping[str, Json]:
    return check_of(body(event_type, **changes))


def order(**changes: Any) -> dict[str, Json]:
    """The checked order of `order.placed`; paths begin inside the order."""
    data = checked(**{f"data.order.{path}": value for path, value in changes.items()})
    return cast(dict[str, Json], data["data"]["order"])


def event(event_type: str = "order.placed", /, **changes: Any) -> Event:
    return event_of(body(event_type, **changes))


def event_of(content: Any) -> Event:
    """What the worker makes of the message that the door queues."""
    message = json.loads(queue_message("dobra", "msg_1", check(raw(content), NOW), NOW))
    return read(message, SHOP, LOCALES, NOW)


def customer(**changes: Any) -> Event:
    """The event of a new order by this customer alone."""
    return event(**{"data.order.customer": changes})


def wrong(content: Any) -> list[tuple[str, str]]:
    """Pointer and code of all that is wrong with a body; nothing when it is taken."""
    try:
        check(content if isinstance(content, bytes) else raw(content), NOW)
    except Refused as refused:
        return [(problem.pointer, problem.code) for problem in refused.problems]
    return []


def notes(content: Any) -> list[tuple[str, str]]:
    """Pointer and code of all that the door tells the sender to have left out."""
    event = check(raw(content), NOW)
    contacts = unreadable_contacts(event.body, lambda: SHOP.country, LOCALES)
    return [(note.pointer, note.code) for note in (*event.notes, *contacts)]


def notes_on(event_type: str = "order.placed", /, **changes: Any) -> list[tuple[str, str]]:
    return notes(body(event_type, **changes))


def wrong_in(event_type: str = "order.placed", /, **changes: Any) -> list[tuple[str, str]]:
    return wrong(body(event_type, **changes))
