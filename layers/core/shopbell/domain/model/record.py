"""Last word per field: events may come twice, late and in any order, and the record ends the same."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Self, TypeVar

from shopbell.domain.model.events import Event, Json
from shopbell.domain.time.calendar import format_stamp, parse_instant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldVersion:
    """A value and the version ("<moment>|<event id>") of the event that set it; the larger version wins."""

    value: Json
    version: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something that happened at `at`, with what the newest event about it said (`facts`)."""

    at: datetime
    version: str
    facts: Mapping[str, Json] = field(default_factory=dict)


Fields = Mapping[str, FieldVersion]
Occurrences = Mapping[str, Mapping[str, Occurrence]]
"""Event type to occurrence (a tracking number, a refund's id, "" …) to what happened."""


def event_version(event: Event) -> str:
    return version_at(event.timestamp, event.id)


def version_at(moment: datetime, by: str) -> str:
    """`by`: the id of an event, or a name for what no event told."""
    return f"{format_stamp(moment)}|{by}"


def moment_of_version(version: str) -> datetime:
    return parse_instant(version.partition("|")[0])


def field_versions(changes: Mapping[str, Json], by: Event) -> Fields:
    """The changes of an event as words of that event."""
    return {path: FieldVersion(value, event_version(by)) for path, value in changes.items()}


def merge_fields(one: Fields, other: Fields) -> Fields:
    merged = dict(one)
    for path, word in other.items():
        merged[path] = max(merged[path], word, key=_weight) if path in merged else word
    return merged


def _weight(word: FieldVersion | Occurrence) -> tuple[str, str]:
    """Equal stamps say the same thing; if a sender breaks that, any fixed order will do."""
    content = word.value if isinstance(word, FieldVersion) else word.facts
    return word.version, json.dumps(content, sort_keys=True, default=dict)


def merge_occurrences(one: Occurrences, other: Occurrences) -> Occurrences:
    return {kind: _merge_kind(one.get(kind, {}), other.get(kind, {})) for kind in {*one, *other}}


def _merge_kind(one: Mapping[str, Occurrence], other: Mapping[str, Occurrence]) -> Mapping[str, Occurrence]:
    merged = dict(one)
    for occurrence_id, new in other.items():
        old = merged.get(occurrence_id)
        merged[occurrence_id] = new if old is None else merge_occurrence(old, new)
    return merged


def merge_occurrence(one: Occurrence, other: Occurrence) -> Occurrence:
    """The same occurrence told twice: the earlier moment, the newer facts."""
    newest = max(one, other, key=_weight)
    return Occurrence(min(one.at, other.at), newest.version, newest.facts)


MOST_OCCURRENCES = 60
"""Of one event type: a record is one item of the table, which takes 400 KB."""
MOST_WITH_TEXTS = 5
"""Of these the newest keep what was written in them; it was told by the time that there are more."""
LONGEST_KEPT = 128
"""Characters: an id is no longer; amounts and dates are shorter."""


def newest_occurrences(named: Mapping[str, Occurrence]) -> Mapping[str, Occurrence]:
    """The same whatever order they came in."""
    if len(named) <= MOST_WITH_TEXTS:
        return named
    newest = sorted(named, key=lambda name: (named[name].version, name), reverse=True)[:MOST_OCCURRENCES]
    with_texts = frozenset(newest[:MOST_WITH_TEXTS])
    return {name: named[name] if name in with_texts else without_texts(named[name]) for name in newest}


def without_texts(occurrence: Occurrence) -> Occurrence:
    return Occurrence(occurrence.at, occurrence.version, _short(occurrence.facts))


def _short(value: Json) -> Json:
    """Without long texts and lists."""
    if not isinstance(value, Mapping):
        return value
    return {name: _short(inner) for name, inner in value.items() if not _is_long(inner)}


def _is_long(value: Json) -> bool:
    return isinstance(value, list) or (isinstance(value, str) and len(value) > LONGEST_KEPT)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an order or a customer: the last word per field, and what happened when."""

    fields: Fields = field(default_factory=dict)
    occurrences: Occurrences = field(default_factory=dict)

    def merged(self, other: Self) -> Self:
        occurrences = merge_occurrences(self.occurrences, other.occurrences)
        bounded = {kind: newest_occurrences(named) for kind, named in occurrences.items()}
        return type(self)(merge_fields(self.fields, other.fields), bounded)

    def get(self, path: str) -> Json:
        word = self.fields.get(path)
        return None if word is None else word.value

    def text(self, path: str) -> str:
        value = self.get(path)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, eq=False)
class ByIdentity(Generic[T]):
    """A record, or the like, remembered by what it is and not by what it holds: it is frozen, and asked many times of
    one letter."""

    value: T

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.value is self.value
