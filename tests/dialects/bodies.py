"""Bodies as a shop sends them, right but for what a test changes."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import check, read
from shopbell.domain.model.events import Event, Json
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.shop import Shop

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
        _change(changed, path.split("."), value)
    return changed


def _change(target: Any, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
    last: Any = int(path[-1]) if isinstance(target, list) else path[-1]
    if value is REMOVED:
        del target[last]
    else:
        target[last] = value


def raw(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def check_of(content: Any) -> dict[str, Json]:
    return check(raw(content), NOW)


def checked(event_type: str = "order.placed", /, **changes: Any) -> dict[str, Json]:
    return check_of(body(event_type, **changes))


def order(**changes: Any) -> dict[str, Json]:
    """The checked order of `order.placed`; paths begin inside the order."""
    data: dict[str, Json] = checked(**{f"data.order.{path}": value for path, value in changes.items()})
    return cast(dict[str, Json], data["data"]["order"])


def event(event_type: str = "order.placed", /, **changes: Any) -> Event:
    return read(checked(event_type, **changes), SHOP, "msg_1", LOCALES)


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


def wrong_in(event_type: str = "order.placed", /, **changes: Any) -> list[tuple[str, str]]:
    return wrong(body(event_type, **changes))
