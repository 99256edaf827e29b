"""The table as the use cases see it: shops, sessions, and what falls due."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Paused, Shop
from shopbell.domain.model.state import Conflict, CouponState, DuePlace, Pointer
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.vocabulary import ChannelName, Sweep
from shopbell.domain.rules.deliveries import Outcome, counted
from shopbell.domain.time.calendar import format_instant
from shopbell.pool import Failed, Pool
from shopbell.storage import beside_pause, keys, tallies
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.ends import has_ended
from shopbell.storage.heads import number
from shopbell.storage.items import coupon_item, pointer_of
from shopbell.storage.letters import letters_of
from shopbell.storage.parking import health_keys
from shopbell.storage.reads import Reads
from shopbell.storage.recents import key_of as recent_key
from shopbell.storage.rhythms import rhythm_item, rhythm_of
from shopbell.storage.runs import Runs, counted_of
from shopbell.storage.session import Session
from shopbell.storage.table import Item, Table, Value, Write

_THE_LAST_MOMENT = "9999"
"""Sorts after every moment."""


@dataclass(frozen=True, slots=True)
class Store:
    """`read_shop` turns a stored configuration, as its text stands in the table, into a Shop."""

    table: Table
    shards: int
    read_shop: Callable[[str, str], Shop]

    def reads(self) -> Reads:
        """What a batch will read, for all that is made of it."""
        return Reads(self.table)

    def expect(
        self,
        reads: Reads,
        shop: str,
        *,
        subjects: Iterable[str] = (),
        messages: Iterable[tuple[str, str]] = (),
        contacts: Iterable[str] = (),
        channels: Iterable[ChannelName] = (),
    ) -> None:
        """What will be asked for of a shop, beside the shop itself; `messages`: by their subject and id; `contacts`: by
        their hashes, with what each got of late; `channels`: how they serve."""
        partitions = {name: keys.subject_partition(shop, name) for name in {*subjects, *(name for name, _ in messages)}}
        reads.expect(
            [
                *_shop_keys(shop),
                *((partitions[name], keys.HEAD) for name in subjects),
                *((partitions[name], keys.message(message)) for name, message in messages),
                *((keys.contact_partition(shop, contact), keys.HEAD) for contact in contacts),
                *(recent_key(shop, contact) for contact in contacts),
                *(key for channel in channels for key in health_keys(shop, channel)),
            ]
        )

    def session(
        self,
        shop: str,
        keep_until: datetime | None = None,
        *,
        renews: bool = True,
        now: datetime | None = None,
        sends: bool = False,
        reads: Reads | None = None,
    ) -> Session:
        return Session(reads or self.reads(), shop, self.shards, keep_until, renews=renews, now=now, sends=sends)

    def commit(self, sessions: Sequence[Session], pool: Pool) -> list[Exception | None]:
        """Each for itself, but that what does no harm is written together; of each, why it failed."""
        together = {write.key: write for session in sessions for write in session.prepared()}
        try:
            self.table.write_plainly(list(together.values()))
        except BotoCoreError as error:
            return [error for _ in sessions]
        except ClientError as error:  # it may be one of them that the table does not take
            if len(sessions) == 1:
                return [error]
            return [failure for session in sessions for failure in self.commit([session], pool)]
        return [done.error if isinstance(done, Failed) else None for done in pool.each(Session.conclude, sessions)]

    def still_so(self, sessions: Sequence[tuple[Session, Shop]]) -> list[bool]:
        """Whether what each decided on is known as it was, and its shop as little paused: one read, begun now."""
        seen = [check.key for session, _ in sessions for check in session.seen()]
        pauses = [(keys.pause_partition(shop.id), keys.HEAD) for _, shop in sessions]
        items = self.table.get([*seen, *pauses])
        return [
            session.stands(items) and _paused(items.get(pause)) == shop.paused
            for (session, shop), pause in zip(sessions, pauses, strict=True)
        ]

    def configuration(self, shop: str) -> dict[str, Any] | None:
        """A shop's document as it was put, without its secrets; None for an unknown shop."""
        key = (keys.shop_partition(shop), keys.HEAD)
        item = self.table.get([key]).get(key)
        return loaded(item["doc"]) if item else None

    def shop(self, shop: str, reads: Reads | None = None) -> Shop | None:
        """With what is paused of it, which letters of its own it has, and how its customers order."""
        reads = reads or self.reads()
        reads.expect(_shop_keys(shop))
        head, pause, letters, rhythm = map(reads.item, _shop_keys(shop))
        if head is None:
            return None
        configured = replace(self.read_shop(shop, str(head["doc"])), rhythm=rhythm_of(rhythm))
        deliveries = tuple(each.told for each in _deliveries_of(pause))
        known = replace(configured, paused=_paused(pause), letters=letters_of(letters), counted=counted_of(pause))
        return replace(known, recent_deliveries=deliveries)

    def shops(self, names: Iterable[str]) -> dict[str, Shop | None]:
        """Several, read in one call."""
        reads, names = self.reads(), set(names)
        for name in names:
            self.expect(reads, name)
        return {name: self.shop(name, reads) for name in names}

    def save_pause(self, shop: str, paused: Paused) -> None:
        """A configuration put later keeps it."""
        key, document = (keys.pause_partition(shop), keys.HEAD), dumped({"paused": paused})
        self.table.update(key, "SET doc = :doc", "", {"doc": document})

    def count_deliveries(self, shop: str, outcomes: Iterable[Outcome]) -> None:
        """Beside what is paused, which is read with the shop. Raises Conflict where somebody counts at this moment."""
        item = beside_pause.item_of(self.table, shop)
        before = _deliveries_of(item)
        after = reduce(counted, outcomes, before)
        if after != before:
            beside_pause.save(self.table, shop, "deliveries", _listed(after), item)

    def stock(self, shop: str, skus: Iterable[str]) -> dict[str, Stock]:
        return Runs(self.table, self.shards).stock(shop, skus)

    def count(self, shop: str, month: str, figures: Mapping[str, int], now: datetime) -> None:
        tallies.add(self.table, shop, month, figures, now)

    def save_rhythm(self, shop: str, rhythm: Rhythm) -> None:
        self.table.write_plainly([Write((keys.rhythm_partition(shop), keys.HEAD), rhythm_item(rhythm))])

    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        key = (keys.shop_partition(shop), keys.HEAD)
        self.table.write([Write(key, {"doc": dumped(document)})])

    def remove_shop(self, shop: str) -> None:
        """Whoever asks for it from now on finds none; the rest of what it kept still stands."""
        self.table.write([Write((keys.shop_partition(shop), keys.HEAD), deletes=True)])

    def due(self, sweep: Sweep, now: datetime) -> Iterator[DuePlace]:
        """The places of everything a sweep is to look at now, the earliest first, whichever shard it stands in."""
        yield from self._until(sweep, format_instant(now))

    def waiting(self, sweep: Sweep, shop: str) -> Iterator[DuePlace]:
        """The places of all that a sweep will ever look at in a shop, whatever their moment; but for runs."""
        for place in self._until(sweep, _THE_LAST_MOMENT):
            if place.shop == shop and not keys.is_run(place.key[0]):
                yield place

    def _until(self, sweep: Sweep, moment: str) -> Iterator[DuePlace]:
        shards = (map(_due_place, self.table.due(f"{sweep}#{shard}", moment)) for shard in range(self.shards))
        yield from heapq.merge(*shards, key=lambda place: place.due_at)

    def end(self, place: DuePlace, now: datetime) -> bool:
        """Removes a subject whose end has come; what else is of it goes by itself. False where its end is another."""
        item = self.table.get([place.key]).get(place.key)
        if not has_ended(item, now):
            return False
        with suppress(Conflict):  # somebody has begun anew, or it is gone
            self.table.write([Write(place.key, deletes=True, version=number(item, "v"))])
        return True

    def put_off(self, place: DuePlace, later: Callable[[int], datetime]) -> int:
        """Moves a subject that cannot be read, by attributes that stand beside its document."""
        item = self.table.get([place.key]).get(place.key)
        failures = number(item, "failures")
        values: dict[str, Value] = {
            "seen": place.due_at,
            "due": format_instant(later(failures)),
            "failures": failures + 1,
        }
        with suppress(Conflict):  # somebody wrote in between: it was looked at
            self.table.update(place.key, "SET due_at = :due, failures = :failures", "due_at = :seen", values)
        return failures + 1

    def rename_occurrences(self, shop: str, subject: str, unnamed: Callable[[str, str], str]) -> None:
        """Of each message about it, by its row. Whoever claims or marks one meanwhile writes other attributes of it."""
        place = keys.subject_partition(shop, subject)
        for item in self.table.query(place, keys.MESSAGE):
            document = loaded(item["doc"])
            renamed = document | {"occurrence": unnamed(document["name"], document["occurrence"])}
            if renamed != document:
                with suppress(Conflict):  # gone by now
                    key = (place, str(item["sk"]))
                    self.table.update(key, "SET doc = :doc", "attribute_exists(pk)", {"doc": dumped(renamed)})

    def issue(self, coupons: Sequence[tuple[str, CouponState]]) -> None:
        """Personal codes of shops are written before their letters are claimed; done twice it is done once."""
        codes = {keys.coupon(shop, each.code)[0]: coupon_item(each) for shop, each in coupons}
        self.table.write_plainly([Write(place, item) for place, item in codes.items()])

    def pointers(self, shop: str, customer: str) -> Iterator[Pointer]:
        """The orders of a customer, oldest first; those that were not placed yet at the end."""
        items = self.table.query(keys.customer_partition(shop, customer), keys.ORDER)
        by_order = {pointer.order: pointer for pointer in map(pointer_of, items)}
        yield from sorted(by_order.values(), key=_placed)

    def complaint_pointers(self, shop: str, owner: str) -> Iterator[str]:
        for item in self.table.query(keys.subject_partition(shop, owner), keys.COMPLAINT):
            yield str(item["complaint"])

    def customers_after(self, shop: str, place: str, most: int) -> tuple[list[str], str]:
        """The keys of so many customers of a shop's list at most, after that place of it, and the place of the last
        one; "" is before all, and once all were there."""
        first, _, after = (place or "0|").partition("|")
        partitions, found, last = list(keys.list_partitions(shop)), list[str](), ""
        for index in range(int(first), len(partitions)):
            items = self.table.after(partitions[index], after, most - len(found))
            found += [str(item["key"]) for item in items]
            last = f"{index}|{items[-1]['sk']!s}" if items else last
            if len(found) == most:
                break
            after = ""
        return found, last

    def customers(self, shop: str) -> Iterator[str]:
        """The keys of all customers of a shop, from its list."""
        return (str(item["key"]) for place in keys.list_partitions(shop) for item in self.table.query(place))


def _shop_keys(shop: str) -> list[keys.Key]:
    return [(partition(shop), keys.HEAD) for partition in _OF_A_SHOP]


_OF_A_SHOP = (keys.shop_partition, keys.pause_partition, keys.letters_partition, keys.rhythm_partition)


def _paused(item: Item | None) -> Paused:
    return Paused(loaded(item["doc"])["paused"]) if item else Paused.NOTHING


def _deliveries_of(item: Item | None) -> Sequence[Outcome]:
    return tuple(Outcome(*each) for each in loaded(item["deliveries"])["last"]) if item and "deliveries" in item else ()


def _listed(outcomes: Sequence[Outcome]) -> str:
    return dumped({"last": [list(each) for each in outcomes]})


def _due_place(entry: Item) -> DuePlace:
    partition, sort = str(entry["pk"]), str(entry["sk"])
    is_message = sort.startswith(keys.MESSAGE)
    return DuePlace(keys.shop_of(partition), (partition, sort), str(entry["due_at"]), is_message)


def _placed(pointer: Pointer) -> tuple[bool, datetime | None]:
    return pointer.placed_at is None, pointer.placed_at
