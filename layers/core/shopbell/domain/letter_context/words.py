"""What an event said beside its order, as plain values."""

from collections.abc import Mapping
from decimal import Decimal

from shopbell.domain.model.events import Json
from shopbell.domain.model.facts import Trigger


def object_in(trigger: Trigger, name: str) -> Mapping[str, Json]:
    value = trigger.facts.get(name)
    return value if isinstance(value, Mapping) else {}


def text_in(words: Mapping[str, Json], name: str) -> str:
    value = words.get(name)
    return value if isinstance(value, str) else ""


def amount_in(words: Mapping[str, Json], name: str) -> Decimal | None:
    value = words.get(name)
    return Decimal(value) if isinstance(value, str) else None
