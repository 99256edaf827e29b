"""One decision's reads and writes: everything is read once, and what decides is written in one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.figures import Tally
from shopbell.domain.model.run import Run, Wish
from shopbell.domain.model.state import (
    CampaignListed,
    ContactState,
    CouponState,
    Decision,
    ListedTask,
    Message,
    Pointer,
)
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import ChannelName, SubjectKind, Sweep
from shopbell.domain.time.calendar import format_stamp, parse_instant
from shopbell.storage import keys
from shopbell.storage.campaigns import listed_write
from shopbell.storage.documents import loaded
from shopbell.storage.ends import Ends, has_ended
from shopbell.storage.heads import head_item, lines_name, lines_of, number
from shopbell.storage.items import (
    bonus_item,
    bonus_of,
    contact_item,
    contact_of,
    decision_item,
    indexed,
    listed_item,
    message_item,
    places_item,
    pointer_item,
    redemption_item,
)
from shopbell.storage.keys import Key
from shopbell.storage.reads import Reads
from shopbell.storage.runs import Runs, ordered_item, run_item, run_key, run_of, stock_item, wish_item, wish_place
from shopbell.storage.session_reads import SessionReads, unchanged
from shopbell.storage.table import Item, Write
from shopbell.storage.tallies import tallies

KEEP_DECISIONS = timedelta(days=180)
GO_WITH_A_CUSTOMER = (keys.HEAD, keys.ORDER, keys.COMPLAINT, keys.BONUS, keys.PLACES)
"""What of a customer's partition ends with them, not sooner. Messages and decisions have ends of their own."""


class Session(SessionReads):
    """Of one shop. `commit` raises Conflict where somebody else wrote what was read here.

    `keep_until`: what is written of persons is kept at least until then. `renews`: also what has an end, which is
    sooner; a tick of the clock renews nothing, or whoever has a birthday would be kept for ever.
    """

    def __init__(
        self,
        reads: Reads,
        shop: str,
        shards: int,
        keep_until: datetime | None = None,
        *,
        renews: bool = True,
        now: datetime | None = None,
        sends: bool = False,
    ) -> None:
        super().__init__(reads, shop, now=now, sends=sends)
        self._shards, self._ends = shards, Ends.after(keep_until, renews=renews)
        self._writes: dict[Key, Write] = {}
        self._before: dict[Key, Write] = {}
        self._after: dict[Key, Write] = {}
        self._renewed: set[Key] = set()
        self._customers_renewed: set[str] = set()

    def needs_another_end(self, expires_at: int) -> bool:
        """Whether what is stored until then would go before what is decided now, or is kept longer than its shop keeps
        things by now."""
        return self._ends.are_others(expires_at)

    def renew(self, wanted: Iterable[Key]) -> int:
        """Gives items that end too soon, or have no end, another with the commit; returns how many. Nothing else of
        them changes, and what is to be written or deleted here is left out."""
        ours = {*wanted} - self._writes.keys() - self._after.keys()
        self._fetch(ours)
        ending = {key for key in ours if (item := self._read[key]) and self._ends.are_new_to(item)}
        self._renewed |= ending
        return len(ending)

    def save(self, subject: Subject[Entity], *, has_new_facts: bool) -> None:
        place = keys.subject_partition(self._shop, subject.name)
        name = self._save_lines(place, subject)
        item = head_item(subject, has_new_facts=has_new_facts, lines=name)
        if keys.is_personal(place):
            item |= self._ends.of(subject.expires_at)
        if subject.agenda.next:
            item |= indexed(self._shard(subject.agenda.next.sweep, place), subject.agenda.next.at)
        self._put((place, keys.HEAD), item, subject.version)
        for key, _ in self._former_dues(place):
            self._writes[key] = Write(key, deletes=True)
        if isinstance(subject.entity, Customer):
            self._save_customer(subject.entity, subject)

    def _save_customer(self, customer: Customer, subject: Subject[Entity]) -> None:
        if subject.version == 0 or self._begins_anew(subject):
            key = self._listed(customer.key)
            self._before[key] = Write(key, {"key": customer.key} | self._ends.of(0))
        elif self.needs_another_end(subject.expires_at):
            self._customers_renewed |= {customer.key, *customer.aliases}

    def _begins_anew(self, subject: Subject[Entity]) -> bool:
        """What else is left of before ends by itself."""
        return has_ended(self._read.get((keys.subject_partition(self._shop, subject.name), keys.HEAD)), self._now)

    def _save_lines(self, place: str, subject: Subject[Entity]) -> str | None:
        """Before the head that names them, and those that it named before go after it. They end with the head."""
        named = lines_of(subject)
        before = lines_name(self._read.get((place, keys.HEAD)))
        name = named[0] if named else None
        if named and (name != before or self.needs_another_end(subject.expires_at)):
            key = (place, keys.lines(named[0]))
            self._before[key] = Write(key, named[1] | self._ends.of(subject.expires_at))
        if before is not None and name != before:
            key = (place, keys.lines(before))
            self._after[key] = Write(key, deletes=True)
        if subject.entity.history.erased:
            self._delete_lines(place)
        return name

    def _delete_lines(self, place: str) -> None:
        """All of them: an attempt that lost may have left some that no head names."""
        for item in self._table.query(place, keys.LINES):
            key = (place, str(item["sk"]))
            self._after[key] = Write(key, deletes=True)

    def list_customer(self, customer: str) -> None:
        """With what decides that they belong there."""
        self._put(self._listed(customer), {"key": customer} | self._ends.of(0), None)

    def unlist_customer(self, key: str) -> None:
        self._after[self._listed(key)] = Write(self._listed(key), deletes=True)

    def redeem(self, coupon: CouponState) -> None:
        """As it is now: when, is all that ever changes of a code."""
        _, place = keys.coupon(self._shop, coupon.code)
        self._put(place, redemption_item(coupon), coupon.version)

    def add_bonus(self, customer: str, entry: Entry) -> None:
        """Once; the commit fails where it is there already."""
        key = (keys.customer_partition(self._shop, customer), keys.bonus(entry.name))
        self._put(key, bonus_item(entry) | self._ends.of(0), 0)

    def contact(self, key: str) -> ContactState:
        """With what is to be written of it here."""
        stored = super().contact(key)
        written = self._writes.get((keys.contact_partition(self._shop, key), keys.HEAD))
        if written is None or written.item is None:
            return stored
        return replace(stored, contact=contact_of(key, written.item).contact)

    def save_contact(self, state: ContactState) -> None:
        key = (keys.contact_partition(self._shop, state.contact.key), keys.HEAD)
        self._put(key, contact_item(state) | self._ends.of(state.expires_at), state.version)

    def add_message(self, message: Message) -> None:
        place = keys.subject_partition(self._shop, message.subject)
        self._put((place, keys.message(message.id)), message_item(message, self._shard(Sweep.OUTBOX, place)), 0)
        if message.channel is ChannelName.STAFF and keys.kind_of(place) is not SubjectKind.STAFF:
            self.list_task(ListedTask(message.id, message.subject, message.until))

    def list_task(self, task: ListedTask) -> None:
        """As it is now. Before its message: one that is never finished is listed and not there, and found by nobody."""
        key = (keys.tasks_partition(self._shop), task.id)
        self._before[key] = Write(key, listed_item(task))

    def list_campaign(self, campaign: CampaignListed) -> None:
        """As it is now."""
        write = listed_write(self._shop, campaign)
        self._before[write.key] = write

    def add_decision(self, subject: str, decision: Decision, about: str = "") -> None:
        """Decisions of one moment are told apart by what they say and what they are about."""
        place, item = keys.subject_partition(self._shop, subject), decision_item(decision, KEEP_DECISIONS)
        self._put((place, keys.decision(format_stamp(decision.at), f"{about} {item['doc']!s}")), item, None)

    def add_pointer(self, customer: str, pointer: Pointer) -> None:
        """Before the order: what is told of an order that is never finished is found by its customer's erasure."""
        key = (keys.customer_partition(self._shop, customer), keys.order_pointer(pointer.order))
        self._before[key] = Write(key, pointer_item(pointer) | self._ends.of(0))

    def add_complaint_pointer(self, owner: str, complaint: str) -> None:
        """`owner`: the name of the customer whose it is, or of the order that it is about."""
        key = (keys.subject_partition(self._shop, owner), keys.complaint_pointer(complaint))
        self._before[key] = Write(key, {"complaint": complaint} | self._ends.of(0))

    def add_wish(self, sku: str, wish: Wish) -> None:
        """Before their record that says so: a wish that is never finished is found and does no harm."""
        key = (keys.wanted_partition(self._shop, sku), wish_place(wish))
        self._before[key] = Write(key, wish_item(wish) | self._ends.of(0))

    def forget_wishes(self, sku: str, customer: str) -> None:
        place = keys.wanted_partition(self._shop, sku)
        for item in self._table.query(place):
            if item["customer"] == customer:
                key = (place, str(item["sk"]))
                self._after[key] = Write(key, deletes=True)

    def run(self, run: Run) -> Run | None:
        """The one under way that is about the same."""
        item = self._item(run_key(self._shop, run))
        return run_of(item) if item else None

    def begin_run(self, run: Run) -> None:
        """In place of one that is under way, of its version."""
        self._put(run_key(self._shop, run), run_item(self._shop, run, self._shards), run.version)

    def stock(self, skus: Iterable[str]) -> dict[str, Stock]:
        return Runs(self._table, self._shards).stock(self._shop, skus)

    def tallies(self, months: Iterable[str]) -> dict[str, Tally]:
        return tallies(self._table, self._shop, months)

    def stock_told_at(self, sku: str) -> datetime | None:
        item = self._item((keys.product_partition(self._shop, sku), keys.STOCK))
        return parse_instant(loaded(item["doc"])["at"]) if item else None

    def save_stock(self, sku: str, quantity: str | None, at: datetime) -> None:
        """Before the run that goes by it."""
        key = (keys.product_partition(self._shop, sku), keys.STOCK)
        self._before[key] = Write(key, stock_item(quantity, at))

    def count_product(self, sku: str) -> None:
        """At once: counted for nothing it does no harm."""
        Runs(self._table, self._shards).count_product(self._shop, sku, is_counted=True)

    def count_ordered(self, sku: str, order: str, placed_at: datetime, quantity: Decimal, now: datetime) -> None:
        """Of an order as it is now: written anew it says the same."""
        key = (keys.product_partition(self._shop, sku), keys.ordered(placed_at, order))
        self._before[key] = Write(key, ordered_item(quantity, now))

    def forget_units(self, customer: str, until: datetime) -> None:
        """Their ledger so far, whole orders of it; and which letters took a place, unless some did since."""
        place = keys.customer_partition(self._shop, customer)
        entries = {str(item["sk"]): bonus_of(item) for item in self._table.query(place, keys.BONUS)}
        orders = {entry.order for entry in entries.values() if entry.order and entry.at <= until}
        former = [name for name, entry in entries.items() if entry.at <= until or entry.order in orders]
        taken = self.places(customer).taken.values()
        if taken and max(taken) <= until:
            former.append(keys.PLACES)
        for name in former:
            key = (place, name)
            self._after[key] = Write(key, deletes=True)

    def save_places(self, customer: str, places: Places) -> None:
        """At once; raises Conflict. They end with the customer, to whom a letter is nothing that happened."""
        place = keys.customer_partition(self._shop, customer)
        ends = self._ends.of(number(self._read.get((place, keys.HEAD)), "expires_at"))
        item = places_item(places) | ends
        change = "SET " + ", ".join(f"{name} = :{name}" for name in item)
        change += "" if "holders" in item else " REMOVE holders"
        condition = "v = :seen" if places.version else "attribute_not_exists(v)"
        seen: Item = {"seen": places.version} if places.version else {}
        self._table.update((place, keys.PLACES), change, condition, item | seen)

    def _shard(self, sweep: Sweep, place: str) -> str:
        return keys.due_partition(sweep, place, self._shards)

    def _put(self, key: Key, item: Item, version: int | None) -> None:
        self._writes[key] = Write(key, item, version)

    def check(self, subject: Subject[Entity]) -> None:
        """The commit fails where what is known of it has changed since it was read; not where its agenda alone has."""
        key = (keys.subject_partition(self._shop, subject.name), keys.HEAD)
        self._writes.setdefault(key, unchanged(key, self._read.get(key)))

    def has_writes(self) -> bool:
        return bool(self._writes)

    def commit(self) -> None:
        """What is only looked up comes before what decides and does no harm without it; what is left over goes last."""
        self._table.write_plainly(self.prepared())
        self.conclude()

    def forget(self, *, all_of_batch: bool = False) -> None:
        """What it read is read anew by the next of its batch; `all_of_batch`: what any of them read."""
        self._reads.forget(None if all_of_batch else self._read.keys())

    def prepared(self) -> list[Write]:
        """What comes before what decides; a batch writes it together."""
        return list(self._before.values())

    def conclude(self) -> None:
        """What decides, and what is left over then."""
        try:
            renewed = self._renewed.union(*map(self._ending, self._customers_renewed))
            self._ends.renew(self._table, renewed - self._writes.keys() - self._after.keys())
            if self._writes:
                self._table.write(self._writes.values())
            self._table.write_plainly(list(self._after.values()))
        except Exception:  # nobody knows what stands there now
            self._reads.forget(self._read.keys() | self._writes.keys())
            raise
        self._reads.forget(renewed)
        self._reads.wrote([*self._before.values(), *self._writes.values(), *self._after.values()])

    def _ending(self, customer: str) -> set[Key]:
        """What is found by a customer is kept as long as they are: their place in the list, their history, units, and
        the guests they were."""
        place, listed = keys.customer_partition(self._shop, customer), self._listed(customer)
        items = [item for item in self._table.query(place) if str(item["sk"]).startswith(GO_WITH_A_CUSTOMER)]
        items += [entry] if (entry := self._item(listed)) else []
        return {(str(item["pk"]), str(item["sk"])) for item in items if self._ends.are_new_to(item)}
