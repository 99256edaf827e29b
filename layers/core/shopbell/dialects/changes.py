"""Nested objects as flat changes: {"payment": {"method": "card"}} is {"payment.method": "card"}."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

from shopbell.dialects.wire import Consent, Delivery, Payment
from shopbell.domain.model.events import Json

NESTED: Mapping[str, type[Struct]] = {"payment": Payment, "delivery": Delivery, "consent": Consent}


def flat_changes(fields: Mapping[str, Json], without: Collection[str] = ()) -> dict[str, Json]:
    """Path to value, but for the fields `without`; an object that is null removes each of its own fields."""
    return dict(_flat(fields, without))


def _flat(fields: Mapping[str, Json], without: Collection[str]) -> Iterator[tuple[str, Json]]:
    for name, value in fields.items():
        if name in without:
            continue
        if name in NESTED:
            yield from _inside(name, value)
        else:
            yield name, without_nulls(value)


def _inside(name: str, value: Json) -> Iterator[tuple[str, Json]]:
    inner: Any = dict.fromkeys(NESTED[name].__struct_fields__) if value is None else value
    for field, change in inner.items():
        yield f"{name}.{field}", change


def without_nulls(value: Json) -> Json:
    """A list without the nulls in its objects: it replaces the list before it, so there is nothing to remove."""
    if not isinstance(value, list):
        return value
    return [_present(element) for element in value]


def _present(fields: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if value is not None}
