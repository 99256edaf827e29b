"""The head of a subject: what is known of it and its agenda, compressed, with the moment that the index needs.

A head of the former version is a plain document without an agenda; what was decided and what comes next then stands
in items of their own, one a sweep, which are read along and go when the head is saved.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import msgspec

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.agenda import Agenda, NextStep, PutOff, StepDecided
from shopbell.domain.model.campaign import Campaign
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.record import Fields, Record
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import ChannelName, Outcome, SubjectKind, Sweep
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.storage import keys
from shopbell.storage.campaign_walk import walk_document, walk_of
from shopbell.storage.documents import decided_steps_of, loaded, record_document, record_of
from shopbell.storage.table import Item

FORM = 1
"""The first byte of a compressed document: another form gets another number, and both are read."""
LARGE = frozenset({"items"})
"""Fields of an order that stand in an item of their own: large, and rarely changed."""
_CUSTOMER_ATTRIBUTES = ("refused_at", "erased_at", "merged_into", "emptied_at")

_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


class UnknownForm(Exception):
    """A document of a later version than this."""


def packed(document: Mapping[str, Any]) -> bytes:
    return bytes([FORM]) + zlib.compress(_encode(document), 9)


def unpacked(raw: bytes) -> dict[str, Any]:
    if raw[0] != FORM:
        raise UnknownForm(raw[0])
    return dict(_decode(zlib.decompress(raw[1:])))


def number(item: Item | None, name: str) -> int:
    value = item.get(name, 0) if item else 0
    return value if isinstance(value, int) else 0


def document_of(item: Item | None) -> dict[str, Any]:
    """Of either form; empty where nothing is stored."""
    if not item:
        return {}
    raw = item.get("z")
    return unpacked(raw) if isinstance(raw, bytes) else loaded(item["doc"])


HELD_OUT = "held_out"
"""Among the channels by which a step goes."""


def is_former(item: Item | None) -> bool:
    """Written by the version that kept no agenda in the head."""
    return item is not None and "z" not in item


def lines_name(item: Item | None) -> str | None:
    """By what an order's head names its items: None for none, "" in the former version, where all bear one name."""
    if is_former(item):
        return ""
    name: str | None = document_of(item).get("lines")
    return name


def subject_of(
    kind: SubjectKind, key: str, head: Item | None, lines: Item | None, dues: Iterable[Item]
) -> Subject[Any]:
    """`dues`: the former version's items of what comes next."""
    document = document_of(head)
    record = record_of(document).merged(record_of(document_of(lines)))
    entity: Entity = replace(SUBJECTS[kind].new(key), record=record)
    if isinstance(entity, Customer):
        entity = _with_attributes(entity, document)
    if isinstance(entity, Campaign):
        entity = replace(entity, walk=walk_of(document.get("walk", {})))
    agenda = _agenda(head, document)
    for due in dues:
        agenda = agenda.joined(_former_agenda(due))
    version = number(head, "v")
    facts_version = number(head, "facts_v") or version
    whose = str(document.get("customer", ""))
    return Subject(entity, whose, agenda, version, facts_version, number(head, "expires_at"))


def _with_attributes(customer: Customer, document: Mapping[str, Any]) -> Customer:
    attributes = {name: document.get(name, "") for name in _CUSTOMER_ATTRIBUTES}
    aliases = tuple(document.get("aliases", ()))
    return replace(customer, withdrawn=document.get("withdrawn", {}), aliases=aliases, **attributes)


def _agenda(head: Item | None, document: Mapping[str, Any]) -> Agenda:
    if is_former(head):
        return Agenda(decided_steps_of(document.get("told", {})))
    agenda = document.get("agenda", {})
    since = agenda.get("since")
    return Agenda(
        {key: _step(entry) for key, entry in agenda.get("decided", {}).items()},
        parse_instant(since) if since else None,
        {row: PutOff(failures, parse_instant(until)) for row, (failures, until) in agenda.get("put_off", {}).items()},
        _next(head),
    )


def _step(entry: Sequence[str]) -> StepDecided:
    outcome, at, *marks = entry
    channels = tuple(ChannelName(mark) for mark in marks if mark != HELD_OUT)
    return StepDecided(Outcome(outcome) if outcome else None, parse_instant(at), channels, HELD_OUT in marks)


def _next(item: Item | None) -> NextStep | None:
    if item is None or "due_at" not in item:
        return None
    return NextStep(parse_instant(str(item["due_at"])), Sweep(keys.sweep_of(str(item["due_pk"]))))


def _former_agenda(due: Item) -> Agenda:
    document, next_step = loaded(due["doc"]), _next(due)
    since = parse_instant(document["since"]) if str(due["sk"]) == keys.due(Sweep.BIRTHDAYS) else None
    return Agenda(decided_steps_of(document["told"]), since, {}, next_step)


def head_item(subject: Subject[Entity], *, has_new_facts: bool, lines: str | None) -> Item:
    """Without its index keys and its end. `lines`: the name of an order's items."""
    record = subject.entity.record
    small: Fields = {path: value for path, value in record.fields.items() if path not in LARGE}
    document = record_document(Record(small, record.occurrences)) | {
        "key": subject.entity.key,
        "customer": subject.customer,
        "agenda": _agenda_document(subject.agenda),
    }
    if isinstance(subject.entity, Customer):
        document |= _attributes(subject.entity)
    if isinstance(subject.entity, Campaign):
        document["walk"] = walk_document(subject.entity.walk)
    if lines is not None:
        document["lines"] = lines
    facts_version = subject.facts_version + 1 if has_new_facts else max(subject.facts_version, 1)
    return {"v": subject.version + 1, "facts_v": facts_version, "z": packed(document)}


def _attributes(customer: Customer) -> dict[str, Any]:
    attributes: dict[str, Any] = {name: getattr(customer, name) for name in _CUSTOMER_ATTRIBUTES}
    attributes |= {"withdrawn": dict(customer.withdrawn), "aliases": list(customer.aliases)}
    return {name: value for name, value in attributes.items() if value}


def _agenda_document(agenda: Agenda) -> dict[str, Any]:
    document: dict[str, Any] = {"decided": {key: _entry(step) for key, step in agenda.decided.items()}}
    if agenda.since:
        document["since"] = format_instant(agenda.since)
    if agenda.put_off:
        rows = agenda.put_off.items()
        document["put_off"] = {row: [each.failures, format_instant(each.until)] for row, each in rows}
    return document


def _entry(step: StepDecided) -> list[str]:
    return [step.outcome or "", format_instant(step.at), *step.channels, *([HELD_OUT] if step.is_held_out else [])]


def lines_of(subject: Subject[Entity]) -> tuple[str, Item] | None:
    """An order's items as an item of their own, named by what they say: whoever writes other ones overwrites none."""
    large: Fields = {path: value for path, value in subject.entity.record.fields.items() if path in LARGE}
    if not large or subject.entity.kind is not SubjectKind.ORDER:
        return None
    document = record_document(Record(large))
    name = blake2b(_encode(document), digest_size=6).hexdigest()
    return name, {"z": packed(document)}
