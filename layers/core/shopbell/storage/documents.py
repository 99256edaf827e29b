"""Records as compact JSON documents, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from shopbell.domain.model.agenda import StepDecided
from shopbell.domain.model.record import Fields, FieldVersion, Occurrence, Occurrences, Record
from shopbell.domain.model.vocabulary import Outcome
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_instant

_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


def dumped(document: Mapping[str, Any]) -> str:
    return _encode(document).decode()


def loaded(text: object) -> dict[str, Any]:
    return dict(_decode(str(text)))


def record_document(record: Record) -> dict[str, Any]:
    """Stamps are long and few: they stand once, and the words point at them."""
    stamps: dict[str, int] = {}

    def at(stamp: str) -> int:
        return stamps.setdefault(stamp, len(stamps))

    fields = {path: [word.value, at(word.version)] for path, word in record.fields.items()}
    happened = {
        kind: {name: [format_stamp(h.at), at(h.version), dict(h.facts)] for name, h in occurrences.items()}
        for kind, occurrences in record.occurrences.items()
    }
    return {"fields": fields, "happened": happened, "stamps": list(stamps)}


def record_of(document: Mapping[str, Any]) -> Record:
    stamps = document.get("stamps", [])
    fields: Fields = {path: FieldVersion(value, stamps[at]) for path, (value, at) in document.get("fields", {}).items()}
    happened: Occurrences = {
        kind: {name: Occurrence(moment_of(when), stamps[at], facts) for name, (when, at, facts) in named.items()}
        for kind, named in document.get("happened", {}).items()
    }
    return Record(fields, happened)


def moment_of(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(UTC)


def decided_steps_document(decided_steps: Mapping[str, StepDecided]) -> dict[str, list[str]]:
    return {key: [each.outcome or "", format_instant(each.at)] for key, each in decided_steps.items()}


def decided_steps_of(document: Mapping[str, Any]) -> dict[str, StepDecided]:
    return {
        key: StepDecided(Outcome(name) if name else None, parse_instant(at)) for key, (name, at) in document.items()
    }
