"""Last word per field: a merge that may come twice, late and in any order (design, idea 6)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from shopbell.domain.model.events import Event, Json
from shopbell.domain.time.calendar import format_stamp


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
    return f"{format_stamp(event.timestamp)}|{event.id}"


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


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an order or a customer: the last word per field, and what happened when."""

    fields: Fields = field(default_factory=dict)
    occurrences: Occurrences = field(default_factory=dict)

    def merged(self, other: Self) -> Self:
        return type(self)(
            merge_fields(self.fields, other.fields), merge_occurrences(self.occurrences, other.occurrences)
        )

    def get(self, path: str) -> Json:
        word = self.fields.get(path)
        return None if word is None else word.value

    def text(self, path: str) -> str:
        value = self.get(path)
        return value if isinstance(value, str) else ""
