"""Nested objects as flat changes: {"payment": {"method": "card"}} is {"payment.method": "card"}."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct

from shopbell.dialects.wire import Consent, Delivery, Payment
from shopbell.domain.model.events import Json

NESTED: Mapping[str, type[Struct]] = {"payment": Payment, "delivery": Delivery, "consent": Consent}


def changes_of(said: Mapping[str, Json], leaving: Collection[str] = ()) -> dict[str, Json]:
    """Path to value; an object that is null removes each of its fields."""
    return dict(_flat(said, leaving))


def _flat(said: Mapping[str, Json], leaving: Collection[str]) -> Iterator[tuple[str, Json]]:
    for name, value in said.items():
        if name in leaving:
            continue
        if name in NESTED:
            yield from _inside(name, value)
        else:
            yield name, tidy(value)


def _inside(name: str, value: Json) -> Iterator[tuple[str, Json]]:
    fields: Any = dict.fromkeys(NESTED[name].__struct_fields__) if value is None else value
    for field, word in fields.items():
        yield f"{name}.{field}", word


def tidy(value: Json) -> Json:
    """The elements of a list are replaced as a whole: there null and absent are one."""
    if not isinstance(value, list):
        return value
    return [{field: word for field, word in element.items() if word is not None} for element in value]
