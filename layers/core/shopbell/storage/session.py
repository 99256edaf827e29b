"""One decision's reads and writes: everything is read once and written in one transaction."""

from collections.abc import Iterable
from datetime import timedelta

from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.state import (
    ComplaintState,
    ContactState,
    CouponState,
    CustomerState,
    Decision,
    Due,
    Message,
    OrderState,
    Pointer,
    Task,
)
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.rules.companions import Companions
from shopbell.domain.time.calendar import format_instant, format_stamp
from shopbell.storage import keys
from shopbell.storage.items import (
    KEEP_MESSAGES,
    bonus_item,
    bonus_of,
    companions_of,
    complaint_item,
    complaint_of,
    contact_item,
    contact_of,
    coupon_item,
    coupon_of,
    customer_item,
    customer_of,
    decision_item,
    due_item,
    due_of,
    lines_item,
    message_item,
    order_item,
    order_of,
    places_item,
    places_of,
    pointer_item,
    task_item,
    task_of,
    version_of,
)
from shopbell.storage.keys import Key
from shopbell.storage.ledger import read_ledger
from shopbell.storage.table import Item, Table, Write

KEEP_DECISIONS = timedelta(days=180)


class Session:
    """Of one shop. `commit` raises Conflict where somebody else wrote what was read here."""

    def __init__(self, table: Table, shop: str, shards: int) -> None:
        self._table, self._shop, self._shards = table, shop, shards
        self._read: dict[Key, Item | None] = {}
        self._writes: dict[Key, Write] = {}

    def prefetch(
        self,
        *,
        order: str = "",
        sweeps: Iterable[str] = (),
        customers: Iterable[str] = (),
        contacts: Iterable[str] = (),
        coupons: Iterable[str] = (),
    ) -> None:
        """Reads what will be asked for in one call."""
        wanted = [(keys.customer_partition(self._shop, key), keys.HEAD) for key in customers if key]
        wanted += [(keys.contact_partition(self._shop, key), keys.HEAD) for key in contacts if key]
        wanted += [(keys.coupon_partition(self._shop, code), keys.HEAD) for code in coupons]
        if order:
            place = keys.order_partition(self._shop, order)
            wanted += [
                (place, keys.HEAD),
                (place, keys.LINES),
                *((place, keys.due(sweep)) for sweep in sweeps),
            ]
        self._fetch(wanted)

    def _fetch(self, wanted: Iterable[Key]) -> None:
        unread = [key for key in wanted if key not in self._read]
        if unread:
            found = self._table.get(unread)
            self._read.update({key: found.get(key) for key in unread})

    def _item(self, key: Key) -> Item | None:
        self._fetch([key])
        return self._read[key]

    def order(self, order: str) -> OrderState:
        place = keys.order_partition(self._shop, order)
        self._fetch([(place, keys.HEAD), (place, keys.LINES)])
        return order_of(order, self._read[place, keys.HEAD], self._read[place, keys.LINES])

    def complaint(self, complaint: str) -> ComplaintState:
        place = keys.complaint_partition(self._shop, complaint)
        return complaint_of(complaint, self._item((place, keys.HEAD)))

    def save_complaint(self, state: ComplaintState) -> None:
        place = keys.complaint_partition(self._shop, state.complaint.id)
        self._put((place, keys.HEAD), complaint_item(state), state.version)

    def task(self, task: str) -> Task | None:
        return task_of(self._item((keys.task_partition(self._shop, task), keys.HEAD)))

    def coupon(self, code: str) -> CouponState | None:
        return coupon_of(self._item((keys.coupon_partition(self._shop, code), keys.HEAD)))

    def save_coupon(self, state: CouponState) -> None:
        key = (keys.coupon_partition(self._shop, state.code), keys.HEAD)
        self._put(key, coupon_item(state), state.version)

    def bonus(self, customers: Iterable[str]) -> list[Entry]:
        """The ledger of a customer and of the guests they were before."""
        places = (keys.customer_partition(self._shop, key) for key in customers)
        return [bonus_of(item) for place in places for item in self._table.query(place, keys.BONUS)]

    def add_bonus(self, customer: str, entry: Entry) -> None:
        """Once; the commit fails where it is there already."""
        self._put((keys.customer_partition(self._shop, customer), keys.bonus(entry.name)), bonus_item(entry), 0)

    def companions(self, skus: Iterable[str]) -> list[Companions]:
        wanted = [(keys.product_partition(self._shop, sku), keys.WITH) for sku in skus]
        self._fetch(wanted)
        return [companions_of(self._read[key]) for key in wanted]

    def customer(self, key: str) -> CustomerState:
        return customer_of(key, self._item((keys.customer_partition(self._shop, key), keys.HEAD)))

    def contact(self, key: str) -> ContactState:
        return contact_of(key, self._item((keys.contact_partition(self._shop, key), keys.HEAD)))

    def due(self, subject: str, sweep: str) -> Due | None:
        return due_of(self._item((keys.subject_partition(self._shop, subject), keys.due(sweep))))

    def account(self, subject: str) -> tuple[list[Message], list[Decision], dict[str, Due]]:
        """All that was ever decided about a subject, and when each sweep looks at it. One query, which brings the
        subject itself along."""
        place = keys.subject_partition(self._shop, subject)
        items = {str(item["sk"]): item for item in self._table.query(place)}
        self._read.update({(place, sort): items.get(sort) for sort in (keys.HEAD, keys.LINES)})
        dues = {sort.removeprefix(keys.DUE): due_of(item) for sort, item in items.items() if keys.is_due(sort)}
        return *read_ledger(list(items.values())), {sweep: due for sweep, due in dues.items() if due}

    def save_order(self, state: OrderState) -> None:
        place = keys.order_partition(self._shop, state.order.id)
        self._put((place, keys.HEAD), order_item(state), state.version)
        lines = lines_item(state)
        if lines is not None and lines != self._without_key(self._read.get((place, keys.LINES))):
            self._put((place, keys.LINES), lines, None)

    @staticmethod
    def _without_key(item: Item | None) -> Item | None:
        return item and {name: value for name, value in item.items() if name not in ("pk", "sk")}

    def save_customer(self, state: CustomerState) -> None:
        key = (keys.customer_partition(self._shop, state.customer.key), keys.HEAD)
        self._put(key, customer_item(state), state.version)

    def save_contact(self, state: ContactState) -> None:
        key = (keys.contact_partition(self._shop, state.contact.key), keys.HEAD)
        self._put(key, contact_item(state), state.version)

    def save_due(self, sweep: str, due: Due) -> None:
        place = keys.subject_partition(self._shop, due.subject)
        shard = keys.due_partition(sweep, place, self._shards)
        self._put((place, keys.due(sweep)), due_item(due, shard), due.version)

    def add_message(self, message: Message) -> None:
        place = keys.subject_partition(self._shop, message.subject)
        shard = keys.due_partition("outbox", place, self._shards)
        self._put((place, keys.message(message.id)), message_item(message, shard), 0)
        if message.channel is ChannelName.STAFF:
            self._add_task(message)

    def _add_task(self, message: Message) -> None:
        """So that who tells what came of it need name nothing but the message."""
        task = Task(message.id, message.subject, message.kind, message.name, message.occurrence_id)
        kept = int((message.until + KEEP_MESSAGES).timestamp())
        self._put((keys.task_partition(self._shop, message.id), keys.HEAD), task_item(task, kept), None)

    def add_decision(self, subject: str, decision: Decision, about: str = "") -> None:
        """Decisions of one moment are told apart by what they say and what they are about."""
        place, item = keys.subject_partition(self._shop, subject), decision_item(decision, KEEP_DECISIONS)
        self._put((place, keys.decision(format_stamp(decision.at), f"{about} {item['doc']}")), item, None)

    def add_pointer(self, customer: str, pointer: Pointer) -> None:
        sort = f"{keys.ORDER}{format_instant(pointer.placed_at)}#{keys.encoded(pointer.order)}"
        self._put((keys.customer_partition(self._shop, customer), sort), pointer_item(pointer), None)

    def places(self, customer: str) -> Places:
        return places_of(self._item((keys.customer_partition(self._shop, customer), keys.PLACES)))

    def save_places(self, customer: str, places: Places) -> None:
        key = (keys.customer_partition(self._shop, customer), keys.PLACES)
        self._put(key, places_item(places), places.version)

    def pending(self) -> list[Write]:
        return list(self._writes.values())

    def check_order(self, state: OrderState) -> None:
        """The commit fails where the order has changed since it was read."""
        self._check((keys.order_partition(self._shop, state.order.id), keys.HEAD), state.version)

    def check_complaint(self, state: ComplaintState) -> None:
        self._check((keys.complaint_partition(self._shop, state.complaint.id), keys.HEAD), state.version)

    def check_customer(self, state: CustomerState) -> None:
        self._check((keys.customer_partition(self._shop, state.customer.key), keys.HEAD), state.version)

    def _check(self, key: Key, version: int) -> None:
        self._writes.setdefault(key, Write(key, None, version))

    def _put(self, key: Key, item: Item, version: int | None) -> None:
        self._writes[key] = Write(key, item, version)

    def seen(self) -> list[Write]:
        """Checks that every head read here is still the one that was read; what is written has a check of its own."""
        heads = {key: item for key, item in self._read.items() if key[1] == keys.HEAD and key not in self._writes}
        return [Write(key, None, version_of(item)) for key, item in heads.items()]

    def commit(self) -> None:
        if self._writes:
            self._table.write(self._writes.values())
