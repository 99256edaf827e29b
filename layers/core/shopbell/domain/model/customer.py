"""A customer and the contacts they are reached by, with what they agreed to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar
from zoneinfo import ZoneInfo

from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.record import Occurrence, Record
from shopbell.domain.model.vocabulary import Reason, SubjectKind
from shopbell.domain.time.calendar import Birthday

ABOUT = "order"
"""What a customer's record keeps of an open complaint beside its moment: the order that it is about, "" for none."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One e-mail address or phone number within a shop, known by a keyed hash.

    `soft_bounces`: messages in a row that came back for the moment; `read_on`: the day on which one was last opened, or
    a link in one followed; `asked_at`: when an order's letter last asked whether there may be any of the shop's news.
    `withdrawn`: purpose ("email_marketing", …) to the moment the person withdrew. `erased_at`:
    of what was said until then, whoever named this contact, nothing is to be kept. `also`: other customers with ids who
    named it since.
    """

    key: str
    whose: str = ""
    bounced_at: str = ""
    complained_at: str = ""
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    erased_at: str = ""
    also: tuple[str, ...] = ()
    read_on: str = ""
    soft_bounces: tuple[str, ...] = ()
    asked_at: str = ""

    def unusable(self) -> Reason | None:
        if self.complained_at:
            return Reason.COMPLAINED
        return Reason.BOUNCED if self.bounced_at else None


AS_WRITTEN = "as_written"
"""Fields of a customer ("as_written.phone"): what stands in a contact that cannot be read, for the shop's people."""


def without_old_writing(record: Record) -> Record:
    """Nothing is kept as it was written once something newer was said of that contact."""
    old = {path for path in record.fields if path.startswith(f"{AS_WRITTEN}.") and _is_old(record, path)}
    if not old:
        return record
    return replace(record, fields={path: word for path, word in record.fields.items() if path not in old})


def _is_old(record: Record, path: str) -> bool:
    newer = record.fields.get(path.removeprefix(f"{AS_WRITTEN}."))
    erased = record.fields[path].value is None
    return not erased and newer is not None and newer.version > record.fields[path].version


@dataclass(frozen=True, slots=True)
class Customer:
    """`key` names them within the shop: "id:<the shop's id>" or "guest:<contact key>".

    `merged_into` is the key of the customer whom this guest turned out to be; `aliases` the guests they were before.
    `refused_at`: when they refused on the phone to hear more of the shop's news.
    `erased_at` is when the shop told that they are to be forgotten, `emptied_at` when that was done.
    """

    kind: ClassVar[SubjectKind] = SubjectKind.CUSTOMER

    key: str
    record: Record = Record()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    erased_at: str = ""
    merged_into: str = ""
    aliases: tuple[str, ...] = ()
    refused_at: str = ""
    emptied_at: str = ""

    @property
    def erased(self) -> bool:
        """Forgotten, and nothing heard of them since."""
        return bool(self.erased_at) and all(word.value is None for word in self.record.fields.values())

    @property
    def id(self) -> str:
        """The shop's own id; empty for a guest."""
        return self.key.removeprefix("id:") if self.key.startswith("id:") else ""

    def text(self, path: str) -> str:
        return self.record.text(path)

    @property
    def history(self) -> EntityHistory:
        """What happened to them: calls, complaints, what they received."""
        return EntityHistory(self.id, self.record)

    @property
    def open_complaint(self) -> str:
        """The id of one that is not resolved, or ""."""
        return next((name for name, _ in self.open_complaints()), "")

    def open_complaints(self) -> Iterator[tuple[str, Occurrence]]:
        """Those that are not resolved, by their ids."""
        resolved = self.record.occurrences.get(RESOLVED, {})
        for name, occurrence in self.record.occurrences.get(OPENED, {}).items():
            if name not in resolved or resolved[name].at < occurrence.at:
                yield name, occurrence

    def resolved_complaints(self) -> Iterator[tuple[str, Occurrence]]:
        """Those that are, the last one first, by their ids; `facts` say what they were about."""
        resolved, still_open = self.record.occurrences.get(RESOLVED, {}), {name for name, _ in self.open_complaints()}
        opened = self.record.occurrences.get(OPENED, {})
        for name in sorted(resolved.keys() - still_open, key=lambda name: (resolved[name].at, name), reverse=True):
            yield name, replace(resolved[name], facts=opened[name].facts if name in opened else {})

    def open_complaint_about(self, order: str) -> str:
        """The id of one about that order, or ""; one of which nobody noted what it is about may be about any."""
        return next((name for name, opened in self.open_complaints() if opened.facts.get(ABOUT, order) == order), "")

    @property
    def birthday(self) -> Birthday | None:
        value = self.text("birthday")
        return Birthday.parse(value) if value else None

    def zone(self, otherwise: ZoneInfo) -> ZoneInfo:
        name = self.text("timezone")
        return ZoneInfo(name) if name else otherwise
