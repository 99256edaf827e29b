"""What the use cases need of the world, as they name it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.deciding.turns import Recent
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.campaign import Counts
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.figures import Tally
from shopbell.domain.model.letter import Enclosure, Letter
from shopbell.domain.model.order import Order
from shopbell.domain.model.product import Product
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.run import Run, Wish
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import (
    CampaignListed,
    ContactState,
    CouponState,
    Decision,
    DuePlace,
    ListedTask,
    MailingAddress,
    Message,
    Pointer,
    SendRequest,
    Task,
)
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import ChannelName, Status, Sweep
from shopbell.domain.rules.campaigns import OfADay
from shopbell.domain.rules.deliveries import Outcome
from shopbell.pool import Pool

ContactKey = Callable[[str, str], str]
"""(shop, address or number) to the keyed hash by which the table knows it."""

Log = Callable[[str, dict[str, object]], None]
"""(what happened, its facts): one line, without anything personal."""

Place = tuple[str, str]
"""Where an item stands in the table."""

Unreadable = Callable[[Place, Exception], None]
"""Told of what cannot be read."""

Enqueue = Callable[[Sequence[SendRequest]], None]
"""Tells the senders that messages wait, or will; the table remembers them all the same."""


class EventsQueue(Protocol):
    """Brings to `React` what was put into it; `shop`: whose it is, so that one shop does not stand before another."""

    def put(self, body: str, shop: str) -> None: ...


Reads = Any
"""What a batch has read and expects to read, as the table made it (Store.reads): handed on, and asked for nothing."""


class Session(Protocol):
    """One decision's reads and writes."""

    def prefetch(
        self,
        *,
        subjects: Iterable[str] = (),
        contacts: Iterable[str] = (),
        coupons: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> None:
        """What will be asked for: read in one call, with the first of it. Subjects by their names; `places`: of
        customers, by their keys."""
        ...

    def read_expected(self) -> None:
        """All that its batch expects, before several threads ask for it."""
        ...

    def prefetch_items_of(self, order: str) -> None:
        """The items of an order whose head was read."""
        ...

    def prefetch_at(self, place: DuePlace) -> None: ...
    def name_at(self, place: DuePlace) -> str | None:
        """Of the subject whose moment stands at that place of the index; None where there is none."""
        ...

    def whose(self, name: str) -> str:
        """The key of the customer whose a subject is, as its head says; "" where it does not know."""
        ...

    def subject(self, name: str) -> Subject[Entity]: ...
    def subject_at(self, place: DuePlace) -> Subject[Entity] | None:
        """The subject whose moment stands at that place of the index."""
        ...

    def order(self, order: str) -> Subject[Order]: ...
    def orders(self, orders: Sequence[str]) -> list[Subject[Order]]:
        """Those that are stored, in two calls."""
        ...

    def pointers(self, customers: Iterable[str]) -> list[Pointer]: ...
    def complaint(self, complaint: str) -> Subject[Complaint]: ...
    def customer(self, key: str) -> Subject[Customer]: ...
    def save(self, subject: Subject[Entity], *, has_new_facts: bool) -> None: ...
    def check(self, subject: Subject[Entity]) -> None:
        """The commit fails where what is known of it has changed since it was read."""
        ...

    def entries(self, name: str) -> tuple[list[Message], list[Decision]]:
        """All that was ever decided about a subject."""
        ...

    def needs_another_end(self, expires_at: int) -> bool:
        """Whether what is stored until then would go before what is decided now, or is kept longer than its shop keeps
        things by now."""
        ...

    def renew(self, wanted: Iterable[Place]) -> int:
        """Gives items that end too soon, or have no end, another; returns how many. Nothing else of them changes."""
        ...

    def list_customer(self, key: str) -> None: ...
    def is_listed(self, customer: str) -> bool: ...
    def is_pointed(self, subject: Subject[Entity]) -> bool:
        """Whether the history of whose it is names it, so that an erasure finds it."""
        ...

    def unlist_customer(self, key: str) -> None:
        """Takes a customer out of the shop's list: merged into another, or forgotten."""
        ...

    def task(self, task: str) -> Task | None: ...
    def listed_tasks(self) -> list[ListedTask]:
        """What the staff were asked to do of late, open or not, in no order."""
        ...

    def messages(self, named: Iterable[Place]) -> list[Message | None]:
        """By their subjects and ids."""
        ...

    def list_campaign(self, campaign: CampaignListed) -> None:
        """As it is now."""
        ...

    def list_task(self, task: ListedTask) -> None:
        """As it is now."""
        ...

    def coupon(self, code: str) -> CouponState | None: ...
    def bonus(self, customers: Iterable[str]) -> list[Entry]: ...
    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        """Those of which anything is learnt, by their codes."""
        ...

    def stock(self, skus: Iterable[str]) -> dict[str, Stock]: ...
    def tallies(self, months: Iterable[str]) -> dict[str, Tally]:
        """Of those in which anything was counted."""
        ...

    def contact(self, key: str) -> ContactState: ...
    def recent(self, contact: str) -> Recent: ...
    def redeem(self, coupon: CouponState) -> None: ...
    def add_bonus(self, customer: str, entry: Entry) -> None: ...
    def save_contact(self, state: ContactState) -> None: ...
    def add_message(self, message: Message) -> None: ...
    def add_decision(self, subject: str, decision: Decision, about: str = "") -> None: ...
    def add_pointer(self, customer: str, pointer: Pointer) -> None: ...
    def add_complaint_pointer(self, owner: str, complaint: str) -> None:
        """`owner`: the name of the customer whose it is, or of the order that it is about."""
        ...

    def add_wish(self, sku: str, wish: Wish) -> None: ...
    def forget_wishes(self, sku: str, customer: str) -> None: ...
    def run(self, run: Run) -> Run | None:
        """The one under way that is about the same."""
        ...

    def begin_run(self, run: Run) -> None:
        """In place of one that is under way, of its version."""
        ...

    def stock_told_at(self, sku: str) -> datetime | None: ...
    def save_stock(self, sku: str, quantity: str | None, at: datetime) -> None: ...
    def count_product(self, sku: str) -> None:
        """It is counted from now on how many of it are ordered; raises domain.model.state.Conflict."""
        ...

    def count_ordered(self, sku: str, order: str, placed_at: datetime, quantity: Decimal, now: datetime) -> None: ...
    def forget_units(self, customer: str, until: datetime) -> None: ...
    def places(self, customer: str) -> Places: ...
    def save_places(self, customer: str, places: Places) -> None:
        """At once; raises domain.model.state.Conflict."""
        ...

    def has_writes(self) -> bool: ...
    def forget(self, *, all_of_batch: bool = False) -> None:
        """What it read is read anew by the next of its batch; `all_of_batch`: what any of them read."""
        ...

    def commit(self) -> None:
        """All or nothing; raises domain.model.state.Conflict."""
        ...


class Store(Protocol):
    def count_deliveries(self, shop: str, outcomes: Iterable[Outcome]) -> None:
        """Whether a shop told that its parcels were delivered; raises domain.model.state.Conflict."""
        ...

    def stock(self, shop: str, skus: Iterable[str]) -> dict[str, Stock]: ...
    def reads(self) -> Reads: ...
    def expect(
        self,
        reads: Reads,
        shop: str,
        *,
        subjects: Iterable[str] = (),
        messages: Iterable[Place] = (),
        contacts: Iterable[str] = (),
        channels: Iterable[ChannelName] = (),
    ) -> None:
        """What will be asked for of a shop, beside the shop itself. `messages`: by their subject and id; `contacts`:
        with what each got of late; `channels`: how they serve."""
        ...

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
        """`keep_until`: until when what is written of persons is kept at least; None: as long as it is stored for.
        `renews`: also what has another end; else only what has none yet gets one. `now`: a subject whose end has come
        by then is not there, though it is stored; None: all that is stored is there. `sends`: what each contact got of
        late is read along with it. `reads`: of its batch."""
        ...

    def commit(self, sessions: Sequence[Any], pool: Pool) -> list[Exception | None]:
        """Each for itself, and what does no harm together; why each failed."""
        ...

    def still_so(self, sessions: Sequence[tuple[Any, Shop]]) -> list[bool]:
        """Whether what was read in each is known as it was, and its shop as little paused: one read, begun now."""
        ...

    def shop(self, shop: str, reads: Reads | None = None) -> Shop | None: ...
    def due(self, sweep: Sweep, now: datetime) -> Iterator[DuePlace]: ...
    def waiting(self, sweep: Sweep, shop: str) -> Iterator[DuePlace]:
        """The places of all that a sweep will ever look at in a shop, whatever their moment; but for runs."""
        ...

    def end(self, place: DuePlace, now: datetime) -> bool:
        """Removes a subject whose end has come; False where it has not."""
        ...

    def put_off(self, place: DuePlace, later: Callable[[int], datetime]) -> int:
        """Moves a subject that cannot be read to a later moment, of the number of its failures so far; returns that
        number with this one. Does nothing where its moment is another one by now."""
        ...

    def customers(self, shop: str) -> Iterator[str]:
        """The keys of all customers of a shop."""
        ...

    def save_rhythm(self, shop: str, rhythm: Rhythm) -> None: ...
    def count(self, shop: str, month: str, figures: Mapping[str, int], now: datetime) -> None:
        """So many more of each, in that month ("2026-03")."""
        ...

    def customers_after(self, shop: str, place: str, most: int) -> tuple[list[str], str]:
        """The keys of so many customers of a shop's list at most, after that place of it, and the place of the last
        one; "" is before all, and once all were there."""
        ...

    def pointers(self, shop: str, customer: str) -> Iterator[Pointer]: ...
    def complaint_pointers(self, shop: str, owner: str) -> Iterator[str]:
        """Of the customer or the order of that name."""
        ...

    def rename_occurrences(self, shop: str, subject: str, unnamed: Callable[[str, str], str]) -> None:
        """What the messages about a subject are of, by other names. `unnamed`: (a message's row, occurrence) to it."""
        ...

    def issue(self, coupons: Sequence[tuple[str, CouponState]]) -> None:
        """Writes personal codes of shops down; done twice it is done once."""
        ...


class Ledger(Protocol):
    def message(self, shop: str, subject: str, message_id: str, reads: Reads | None = None) -> Message | None: ...
    def message_tagged(self, shop: str, tag: str, message_id: str, reads: Reads | None = None) -> Message | None: ...
    def expect_tagged(self, reads: Reads, shop: str, tag: str, message_id: str) -> None: ...
    def message_at(self, key: Place) -> Message | None: ...
    def messages_at(self, places: Sequence[Place], unreadable: Unreadable) -> Iterator[Message]:
        """Up to 100 in one call."""
        ...

    def asked_for(self, message: Message, look_at: datetime) -> None:
        """The outbox looks again at `look_at`; raises Conflict where it was written to since it was read."""
        ...

    def of_subject(self, shop: str, subject: str) -> tuple[list[Message], list[Decision]]: ...
    def messages_about(self, shop: str, subject: str) -> Iterator[Message]: ...
    def claim(self, message: Message, now: datetime, decided: Decision | None) -> None: ...
    def put_back(self, message: Message, until: datetime, look_at: datetime) -> None: ...
    def hold(self, message: Message, until: datetime, look_at: datetime, decided: Decision | None) -> None: ...
    def move(self, message: Message, to: datetime, look_at: datetime) -> None: ...
    def sent(self, message: Message, now: datetime, provider_id: str) -> None: ...
    def close(self, message: Message, status: Status, decided: Decision) -> None: ...
    def report(self, before: Message, after: Message) -> None: ...
    def reopen(self, message: Message, now: datetime) -> None: ...


class Campaigns(Protocol):
    """What stands beside a shop's campaigns."""

    def add(self, shop: str, campaign: str, numbers: Mapping[str, int]) -> None: ...
    def expect(self, reads: Reads, shop: str, campaign: str) -> None: ...
    def counts(self, shop: str, campaign: str, reads: Reads | None = None) -> Counts: ...
    def list(self, shop: str) -> Iterator[CampaignListed]: ...
    def enlist(self, shop: str, campaign: CampaignListed) -> None: ...
    def address(self, shop: str) -> MailingAddress: ...
    def save_address(self, shop: str, address: MailingAddress) -> None: ...
    def count_letters(self, shop: str, day: str, letters: int, now: datetime) -> None:
        """So many more of campaigns were planned for that day."""
        ...

    def letters_on(self, shop: str, days: Iterable[date]) -> dict[date, OfADay]:
        """How many messages of a shop left on each day, and how many letters of campaigns."""
        ...


class Rendered(Protocol):
    @property
    def subject(self) -> str: ...
    @property
    def preheader(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def enclosures(self) -> tuple[Enclosure, ...]: ...


class Renderer(Protocol):
    def locales(self) -> Collection[str]: ...
    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Rendered: ...


class LetterRenderer(Renderer, Protocol):
    def gathered(self, locale: str, letters: Sequence[Letter]) -> Rendered:
        """Letters to the staff as one."""
        ...

    def reminders(self, locale: str, letters: Sequence[Letter], orders: Sequence[str]) -> Rendered:
        """A customer's reminders of several orders as one; `orders`: their numbers."""
        ...


class OwnLetters(Protocol):
    def of(self, shop: str, name: str, version: str) -> str:
        """The template of a letter of the shop's own."""
        ...


class Channel(Protocol):
    def send(self, letter: Letter) -> str:
        """The provider's id of it; raises domain.model.letter.DeliveryError."""
        ...
