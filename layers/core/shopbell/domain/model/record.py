"""Last word per field: a merge that may come twice, late and in any order (design, idea 6)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from shopbell.domain.model.events import Event, Json
from shopbell.domain.time.calendar import format_stamp


@dataclass(frozen=True, slots=True)
class Word:
    """A value and the stamp ("<moment>|<event id>") of the event that said it; the larger stamp wins."""

    value: Json
    stamp: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at `at`, with what the newest event about it said (`facts`)."""

    at: datetime
    stamp: str
    facts: Mapping[str, Json] = field(default_factory=dict)


Fields = Mapping[str, Word]
Happenings = Mapping[str, Mapping[str, Happening]]
"""Event type to occurrence (a tracking number, a refund's id, "" …) to what happened."""


def stamp(event: Event) -> str:
    return f"{format_stamp(event.at)}|{event.id}"


def said(changes: Mapping[str, Json], by: Event) -> Fields:
    """The changes of an event as words of that event."""
    return {path: Word(value, stamp(by)) for path, value in changes.items()}


def merge_fields(one: Fields, other: Fields) -> Fields:
    merged = dict(one)
    for path, word in other.items():
        merged[path] = max(merged[path], word, key=_weight) if path in merged else word
    return merged


def _weight(word: Word | Happening) -> tuple[str, str]:
    """Equal stamps say the same thing; if a sender breaks that, any fixed order will do."""
    content = word.value if isinstance(word, Word) else word.facts
    return word.stamp, json.dumps(content, sort_keys=True, default=dict)


def merge_happenings(one: Happenings, other: Happenings) -> Happenings:
    return {kind: _merge_kind(one.get(kind, {}), other.get(kind, {})) for kind in {*one, *other}}


def _merge_kind(one: Mapping[str, Happening], other: Mapping[str, Happening]) -> Mapping[str, Happening]:
    merged = dict(one)
    for occurrence, new in other.items():
        old = merged.get(occurrence)
        merged[occurrence] = new if old is None else merge_happening(old, new)
    return merged


def merge_happening(one: Happening, other: Happening) -> Happening:
    """The same occurrence told twice: the earlier moment, the newer facts."""
    newest = max(one, other, key=_weight)
    return Happening(min(one.at, other.at), newest.stamp, newest.facts)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an order or a customer: the last word per field, and what happened when."""

    fields: Fields = field(default_factory=dict)
    happened: Happenings = field(default_factory=dict)

    def merged(self, other: Self) -> Self:
        return type(self)(merge_fields(self.fields, other.fields), merge_happenings(self.happened, other.happened))

    def get(self, path: str) -> Json:
        word = self.fields.get(path)
        return None if word is None else word.value

    def text(self, path: str) -> str:
        value = self.get(path)
        return value if isinstance(value, str) else ""
