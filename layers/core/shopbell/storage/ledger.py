"""What became of each message: conditional updates, so that one wins and a status only rises."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.state import ASKED_AGAIN, Decision, Message
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.time.calendar import format_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import REPORTED, along_values, decision_document, decision_of, message_of
from shopbell.storage.keys import Key
from shopbell.storage.reads import Reads
from shopbell.storage.table import Item, Table, Value

_OFF_THE_INDEX = " REMOVE due_pk, due_at"
_AS_READ = "#status = :from AND attempts = :attempts"
Unreadable = Callable[[Key, Exception], None]
"""Told of an item that cannot be read as a message."""


@dataclass(frozen=True, slots=True)
class Ledger:
    table: Table

    def message(self, shop: str, subject: str, message_id: str, reads: Reads | None = None) -> Message | None:
        key = keys.subject_partition(shop, subject), keys.message(message_id)
        item = (reads or Reads(self.table)).item(key)
        return message_of(item) if item else None

    def message_tagged(self, shop: str, tag: str, message_id: str, reads: Reads | None = None) -> Message | None:
        """By the tag that domain.model.ids.subject_tag made of its subject."""
        place = keys.tagged(shop, tag, message_id)
        item = (reads or Reads(self.table)).item(place) if place else None
        return message_of(item) if item else None

    def expect_tagged(self, reads: Reads, shop: str, tag: str, message_id: str) -> None:
        place = keys.tagged(shop, tag, message_id)
        reads.expect([place] if place else ())

    def message_at(self, key: Key) -> Message | None:
        item = self.table.get([key]).get(key)
        return message_of(item) if item else None

    def messages_at(self, places: Sequence[Key], unreadable: Unreadable) -> Iterator[Message]:
        """Up to 100, read in one call; one that cannot be read keeps back no other."""
        items = self.table.get(places)
        for place in places:
            try:
                if place in items:
                    yield message_of(items[place])
            except Exception as error:  # noqa: BLE001  # handed on: it keeps back no other
                unreadable(place, error)

    def of_subject(self, shop: str, subject: str) -> tuple[list[Message], list[Decision]]:
        """Everything ever decided about an order or customer, oldest first."""
        items = list(self.table.query(keys.subject_partition(shop, subject)))
        return read_ledger(items)

    def messages_about(self, shop: str, subject: str) -> Iterator[Message]:
        """All messages about a subject."""
        yield from map(message_of, self.table.query(keys.subject_partition(shop, subject), keys.MESSAGE))

    def claim(self, message: Message, now: datetime, decided: Decision | None) -> None:
        """planned | held ─▶ sending, once; raises Conflict where somebody was faster.

        `letter` and `along` are written as the message has them.
        """
        change = "SET #status = :to, claimed_at = :now, attempts = :next"
        values: dict[str, Value] = {
            "to": Status.SENDING,
            "now": format_instant(now),
            "next": message.attempts + 1,
        }
        said: dict[str, Value] = {"letter": message.letter, "along": along_values(message.along)}
        named = {name: value for name, value in said.items() if value}
        change += "".join(f", {name} = :{name}" for name in named)
        unsaid = ", ".join(sorted(said.keys() - named.keys()))
        change += f" REMOVE {unsaid}" if unsaid else ""
        self._rise(message, change, values | named, decided)

    def hold(self, message: Message, until: datetime, look_at: datetime, decided: Decision | None) -> None:
        """Due again at `until`; the outbox looks at `look_at`."""
        change = "SET #status = :to, planned_for = :until, due_at = :look"
        values: dict[str, Value] = {"to": Status.HELD, "until": format_instant(until), "look": format_instant(look_at)}
        self._rise(message, change, values, decided)

    def put_back(self, message: Message, until: datetime, look_at: datetime) -> None:
        """sending ─▶ held, due again at `until`: known not to have left, and so no doubt.

        The claim's moment goes: what was counted for it was given back.
        """
        change = "SET #status = :to, planned_for = :until, due_at = :look REMOVE claimed_at"
        values: dict[str, Value] = {"to": Status.HELD, "until": format_instant(until), "look": format_instant(look_at)}
        self._rise(message, change, values, None)

    def move(self, message: Message, to: datetime, look_at: datetime) -> None:
        """Due at another moment than was said; its status stays."""
        values: dict[str, Value] = {"to": format_instant(to), "look": format_instant(look_at)}
        self._rise(message, "SET planned_for = :to, due_at = :look", values, None)

    def asked_for(self, message: Message, look_at: datetime) -> None:
        """The senders are told of it; the outbox looks again at `look_at`."""
        condition = f"{_AS_READ} AND due_at = :seen"
        seen = {"seen": format_instant(message.look_at or message.due_at)}
        self.table.update(
            _key(message), "SET due_at = :look", condition, {"look": format_instant(look_at), **seen, **_read(message)}
        )

    def sent(self, message: Message, now: datetime, provider_id: str) -> None:
        change = "SET #status = :to, sent_at = :now, provider_id = :provider" + _OFF_THE_INDEX
        values: dict[str, Value] = {"to": Status.SENT, "now": format_instant(now), "provider": provider_id}
        self._rise(message, change, values, None)

    def close(self, message: Message, status: Status, decided: Decision) -> None:
        """Nothing more will come of it."""
        self._rise(message, "SET #status = :to" + _OFF_THE_INDEX, {"to": status}, decided)

    def report(self, before: Message, after: Message) -> None:
        """What a provider's report made of it (domain.rules.feedback): its status, moments, nothing else."""
        change = "SET #status = :to, " + ", ".join(f"{REPORTED}{name} = :{name}" for name in after.reported)
        values: dict[str, Value] = {name: format_instant(at) for name, at in after.reported.items()}
        if after.sent_at and not before.sent_at:
            change, values = f"{change}, sent_at = :sent", values | {"sent": format_instant(after.sent_at)}
        self._rise(before, change + _OFF_THE_INDEX, values | {"to": after.status}, None)

    def reopen(self, message: Message, now: datetime) -> None:
        """sending ─▶ planned, one doubt more: a claim ran out, and the class allows one more try, asked for at once.

        The claim's moment goes: a held message that has one was refused, and is known not to have left.
        """
        change = "SET #status = :to, due_at = :look, doubts = :doubts REMOVE claimed_at"
        values: dict[str, Value] = {
            "to": Status.PLANNED,
            "look": format_instant(now + ASKED_AGAIN),
            "doubts": message.doubts + 1,
        }
        self._rise(message, change, values, None)

    def _rise(self, message: Message, change: str, values: dict[str, Value], decided: Decision | None) -> None:
        """Only from the very state that was read."""
        if decided:
            change = change.replace("SET ", "SET decisions = list_append(decisions, :decided), ", 1)
            values = values | {"decided": [dumped(decision_document(decided))]}
        self.table.update(_key(message), change, _AS_READ, {**values, **_read(message)})


def _key(message: Message) -> Key:
    return keys.subject_partition(message.shop, message.subject), keys.message(message.id)


def _read(message: Message) -> dict[str, Value]:
    return {"from": message.status, "attempts": message.attempts}


def read_ledger(items: Sequence[Item]) -> tuple[list[Message], list[Decision]]:
    """Messages and decisions among the items of any partitions, each oldest first."""
    messages = [message_of(item) for item in items if str(item["sk"]).startswith(keys.MESSAGE)]
    decisions = list(_decisions(items, messages))
    return sorted(messages, key=lambda m: m.due_at), sorted(decisions, key=lambda d: d.at)


def _decisions(items: Sequence[Item], messages: Sequence[Message]) -> Iterator[Decision]:
    for message in messages:
        yield from message.decisions
    for item in items:
        if str(item["sk"]).startswith(keys.DECISION):
            yield decision_of(loaded(item["doc"]))
