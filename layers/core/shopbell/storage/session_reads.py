"""What one decision reads of a shop: each item once, and as it was when it was asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.deciding.turns import Recent
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.order import Order
from shopbell.domain.model.product import Product
from shopbell.domain.model.state import (
    ContactState,
    CouponState,
    Decision,
    DuePlace,
    ListedTask,
    Message,
    Pointer,
    Task,
)
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import SubjectKind, Sweep
from shopbell.storage import keys
from shopbell.storage.ends import has_ended
from shopbell.storage.heads import document_of, is_former, lines_name, number, subject_of
from shopbell.storage.items import (
    bonus_of,
    contact_of,
    coupon_of,
    former_task_of,
    listed_of,
    message_of,
    places_of,
    pointer_of,
    product_of,
    task_of,
    version_of,
)
from shopbell.storage.keys import Key
from shopbell.storage.ledger import read_ledger
from shopbell.storage.reads import Reads
from shopbell.storage.recents import key_of as recent_key
from shopbell.storage.recents import recent_of
from shopbell.storage.table import Item, Write


class SessionReads:
    """Of one shop. `reads`: what the sessions of a batch have read, one like another; what this one has asked of it
    stays as it was then. `now`: a subject whose end has come by then is not there; without it, all that is stored is.
    `sends`: what each contact got of late is read along with it."""

    def __init__(self, reads: Reads, shop: str, *, now: datetime | None = None, sends: bool = False) -> None:
        self._reads, self._table = reads, reads.table
        self._shop, self._now, self._sends = shop, now, sends
        self._read: dict[Key, Item | None] = {}

    def prefetch(
        self,
        *,
        subjects: Iterable[str] = (),
        contacts: Iterable[str] = (),
        coupons: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> None:
        """What will be asked for: read in one call, with the first of it. `places`: of customers, by their keys."""
        heads = [(keys.subject_partition(self._shop, name), keys.HEAD) for name in subjects]
        contacts = [key for key in contacts if key]
        hashes = [(keys.contact_partition(self._shop, key), keys.HEAD) for key in contacts]
        codes = [place for code in coupons for place in keys.coupon(self._shop, code)]
        recent = [recent_key(self._shop, key) for key in contacts if self._sends]
        taken = [(keys.customer_partition(self._shop, key), keys.PLACES) for key in places]
        self._expect([*heads, *hashes, *codes, *recent, *taken])

    def _expect(self, wanted: Iterable[Key]) -> None:
        self._reads.expect(key for key in wanted if key not in self._read)

    def read_expected(self) -> None:
        """Now, for all of the batch."""
        self._reads.read_expected()

    def prefetch_items_of(self, order: str) -> None:
        """The items of an order whose head is read already."""
        place = keys.order_partition(self._shop, order)
        if (name := lines_name(self._item((place, keys.HEAD)))) is not None:
            self._expect([(place, keys.lines(name))])

    def whose(self, name: str) -> str:
        """The key of the customer whose a subject is, as its head says; "" where it does not know."""
        return str(document_of(self._item((keys.subject_partition(self._shop, name), keys.HEAD))).get("customer", ""))

    def stands(self, items: Mapping[Key, Item]) -> bool:
        """Whether what is known of all that was read here is still so, as these items say."""
        return all(check == unchanged(check.key, items.get(check.key)) for check in self.seen())

    def _fetch(self, wanted: Iterable[Key]) -> None:
        wanted = list(wanted)
        self._expect(wanted)
        for key in wanted:
            self._item(key)

    def _item(self, key: Key) -> Item | None:
        if key not in self._read:
            self._read[key] = self._reads.item(key)
        return self._read[key]

    def subject(self, name: str) -> Subject[Any]:
        """ "order/1001": with an order's items; not stored yet, it is empty."""
        kind, _, key = name.partition("/")
        return self._subject(keys.subject_partition(self._shop, name), SubjectKind(kind), key)

    def order(self, order: str) -> Subject[Order]:
        return self.subject(f"{SubjectKind.ORDER}/{order}")

    def orders(self, orders: Sequence[str]) -> list[Subject[Order]]:
        """Of those that are stored; read in two calls, however many."""
        places = [keys.order_partition(self._shop, order) for order in orders]
        self._fetch((place, keys.HEAD) for place in places)
        heads = [(place, self._read[place, keys.HEAD]) for place in places]
        self._fetch((place, keys.lines(name)) for place, head in heads if (name := lines_name(head)) is not None)
        return [order for order in map(self.order, orders) if order.version]

    def pointers(self, customers: Iterable[str]) -> list[Pointer]:
        """To the orders of these, in no order."""
        places = (keys.customer_partition(self._shop, key) for key in customers)
        return [pointer_of(item) for place in places for item in self._table.query(place, keys.ORDER)]

    def complaint(self, complaint: str) -> Subject[Complaint]:
        return self.subject(f"{SubjectKind.COMPLAINT}/{complaint}")

    def customer(self, key: str) -> Subject[Customer]:
        return self.subject(f"{SubjectKind.CUSTOMER}/{key}")

    def prefetch_at(self, place: DuePlace) -> None:
        self._expect([(place.key[0], keys.HEAD), place.key])

    def name_at(self, place: DuePlace) -> str | None:
        """Of the subject whose moment stands at that place of the index; None where there is none, or a run."""
        if keys.is_run(place.key[0]):
            return None
        head = self._item((place.key[0], keys.HEAD))
        if head is None:
            return None
        document = document_of(head)
        key = document["key"] if "key" in document else document["id"]
        return f"{keys.kind_of(place.key[0])}/{key}"

    def subject_at(self, place: DuePlace) -> Subject[Entity] | None:
        """The subject whose moment stands at that place of the index."""
        name = self.name_at(place)
        if name is None:
            return None
        self._fetch([place.key])  # the former version may still write one beside a head of this form
        kind, _, key = name.partition("/")
        return self._subject(place.key[0], SubjectKind(kind), key)

    def _subject(self, partition: str, kind: SubjectKind, key: str) -> Subject[Any]:
        head = self._item((partition, keys.HEAD))
        if has_ended(head, self._now):
            nothing = subject_of(kind, key, None, None, ())
            return replace(nothing, version=number(head, "v"), facts_version=number(head, "facts_v"))
        if is_former(head):
            self._fetch((partition, keys.due(sweep)) for sweep in Sweep)
        lines = self._lines(partition, head) if kind is SubjectKind.ORDER else None
        dues = [item for _, item in self._former_dues(partition) if item]
        return subject_of(kind, key, head, lines, dues)

    def _lines(self, partition: str, head: Item | None) -> Item | None:
        name = lines_name(head)
        return None if name is None else self._item((partition, keys.lines(name)))

    def _former_dues(self, partition: str) -> list[tuple[Key, Item | None]]:
        """Those that were read; what they say is in the subject, and goes into its head with the next write."""
        places = [(partition, keys.due(sweep)) for sweep in Sweep]
        return [(place, self._read[place]) for place in places if self._read.get(place)]

    def entries(self, name: str) -> tuple[list[Message], list[Decision]]:
        """All that was ever decided about a subject. One query, which brings the subject itself along."""
        place = keys.subject_partition(self._shop, name)
        items = {str(item["sk"]): item for item in self._table.query(place)}
        self._read.update({(place, sort): item for sort, item in items.items()})
        self._read.setdefault((place, keys.HEAD), None)
        return read_ledger(list(items.values()))

    def task(self, task: str) -> Task | None:
        """What a task's id says it is about is where its message stands."""
        place = keys.tagged_message(self._shop, task)
        message = self._item(place) if place else None
        if message is not None:
            return task_of(message_of(message))
        return former_task_of(self._item((keys.task_partition(self._shop, task), keys.HEAD)))

    def listed_tasks(self) -> list[ListedTask]:
        """What the staff were asked to do of late, open or not, in no order."""
        return [listed_of(item) for item in self._table.query(keys.tasks_partition(self._shop))]

    def messages(self, named: Iterable[tuple[str, str]]) -> list[Message | None]:
        """By their subjects and ids; in one call."""
        places = [(keys.subject_partition(self._shop, subject), keys.message(name)) for subject, name in named]
        self._fetch(places)
        return [message_of(item) if (item := self._read[place]) else None for place in places]

    def coupon(self, code: str) -> CouponState | None:
        return coupon_of(*map(self._item, keys.coupon(self._shop, code)))

    def bonus(self, customers: Iterable[str]) -> list[Entry]:
        """The ledger of a customer and of the guests they were before."""
        places = (keys.customer_partition(self._shop, key) for key in customers)
        return [bonus_of(item) for place in places for item in self._table.query(place, keys.BONUS)]

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        """Those of which anything is learnt, by their codes."""
        wanted = {sku: (keys.product_partition(self._shop, sku), keys.ALONG) for sku in skus}
        self._fetch(wanted.values())
        return {sku: product_of(item) for sku, key in wanted.items() if (item := self._read[key])}

    def contact(self, key: str) -> ContactState:
        return contact_of(key, self._item((keys.contact_partition(self._shop, key), keys.HEAD)))

    def recent(self, contact: str) -> Recent:
        return recent_of(self._item(recent_key(self._shop, contact)))

    def is_listed(self, customer: str) -> bool:
        """Whether the shop's list names a customer."""
        return self._item(self._listed(customer)) is not None

    def is_pointed(self, subject: Subject[Entity]) -> bool:
        """Whether the history of whose it is names an order or a complaint, by a key of this form or the former."""
        place = keys.customer_partition(self._shop, subject.customer)
        wanted = [(place, sort) for sort in _pointers_to(subject.entity)]
        self._fetch(wanted)
        return any(self._read[key] for key in wanted)

    def places(self, customer: str) -> Places:
        return places_of(self._item((keys.customer_partition(self._shop, customer), keys.PLACES)))

    def _listed(self, customer: str) -> Key:
        return keys.list_partition(self._shop, customer), keys.encoded(customer)

    def seen(self) -> list[Write]:
        """Checks that what is known of all that was read here still stands."""
        heads = {key: item for key, item in self._read.items() if key[1] == keys.HEAD}
        return [unchanged(key, item) for key, item in heads.items()]


def _pointers_to(entity: Entity) -> list[str]:
    """The keys, of this form and the former, by which its customer's history may name it."""
    if not isinstance(entity, Order):
        return [keys.complaint_pointer(entity.key)]
    former = [keys.former_order_pointer(entity.id, entity.placed_at)] if entity.placed_at else []
    return [keys.order_pointer(entity.id), *former]


def unchanged(key: Key, item: Item | None) -> Write:
    """By the number that rises with what is known, where the item has one."""
    if item is not None and "facts_v" in item:
        return Write(key, None, number(item, "facts_v"), guard="facts_v")
    return Write(key, None, version_of(item))
