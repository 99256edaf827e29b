"""Something that happened, told by a shop: the form in which every dialect hands it over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = Any
"""A JSON value: None, bool, int, str, list or dict. No floats: money and quantities are decimal strings."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A field of an event that could not be read and was left out; never holds the value itself."""

    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Event:
    """`order` and `customer` are flat changes: path ("payment.method") to value, None removes.

    `order["id"]` and `customer["id"]` are not among the changes; they stand in `order_id` and `customer_id`.
    `extra` is what stands in `data` beside them (`reason`, `refund`, `delay`, …), as sent.
    Moments inside are UTC instants "2026-03-02T10:00:00Z", days "2026-03-02", money canonical decimal strings,
    `customer["phone"]` E.164, `customer["email"]` normalised, `customer["locale"]` a language with templates.
    """

    shop: str
    id: str
    type: str
    at: datetime
    order_id: str | None = None
    order: Mapping[str, Json] = field(default_factory=dict)
    customer_id: str | None = None
    customer: Mapping[str, Json] = field(default_factory=dict)
    extra: Mapping[str, Json] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
