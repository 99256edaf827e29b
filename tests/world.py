"""A shop's world for the use cases: a clock that is told, a table in memory, providers that keep what they took."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.dialects.native import OF_ORDERS, check, read
from shopbell.domain.deciding.pace import Pace
from shopbell.domain.journeys import BY_NAME, JOURNEYS, SWEEPS
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Dropped, Event
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.keys import Keys, read_keys
from shopbell.domain.model.letter import DeliveryError, Enclosure, Letter
from shopbell.domain.model.run import Run, RunKind
from shopbell.domain.model.shop import Contacts, Coupon, Digest, Figures, PaymentTerms, Sender, Shop, Staff
from shopbell.domain.model.state import Conflict, Decision, Message, SendRequest
from shopbell.domain.model.tokens import Purpose, Token, contact_hash, coupon_codes, sign_token, verify_token
from shopbell.domain.model.vocabulary import ChannelName, MessageClass
from shopbell.domain.model.vocabulary import Sweep as SweepName
from shopbell.domain.rules.feedback import Feedback
from shopbell.domain.time.calendar import Hours, WorkingCalendar, format_instant, parse_instant
from shopbell.domain.time.span import Span
from shopbell.pool import OneAfterAnother
from shopbell.service.delivery.campaign_walk import WalkCampaigns
from shopbell.service.delivery.channel_health import ChannelHealths
from shopbell.service.delivery.feedback import RecordFeedback
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.delivery.limits import LetterLimits
from shopbell.service.delivery.links import SignedLinks
from shopbell.service.delivery.mailroom import Mailroom
from shopbell.service.delivery.marketing import MarketingPlaces
from shopbell.service.delivery.outbox import Outbox
from shopbell.service.delivery.reroute import Reroute
from shopbell.service.delivery.send import Send
from shopbell.service.pages.customer_page import Visit
from shopbell.service.pages.task_page import Pages, TaskPage
from shopbell.service.ports import LetterRenderer
from shopbell.service.runs.learn import Learn
from shopbell.service.runs.restock import Restock
from shopbell.service.runs.sweep import SweepRuns
from shopbell.service.runs.walk import Page, WalkRuns
from shopbell.service.subjects.figures import FiguresOfBatch
from shopbell.service.subjects.overdue import AdvanceOverdue, TakesOver, leave
from shopbell.service.subjects.planning import send_request_of
from shopbell.service.subjects.queued import queue_message
from shopbell.service.subjects.react import React
from shopbell.service.subjects.rhythm import LearnRhythm
from shopbell.service.subjects.sweep import AdvanceDue, Sweep
from shopbell.service.subjects.work import Workplace
from shopbell.storage.campaigns import Campaigns
from shopbell.storage.counters import Counters
from shopbell.storage.heads import unpacked
from shopbell.storage.keys import DECISION, MESSAGE
from shopbell.storage.ledger import Ledger, read_ledger
from shopbell.storage.letters import OwnLetters
from shopbell.storage.parking import Parking
from shopbell.storage.recents import Recents
from shopbell.storage.runs import Runs
from shopbell.storage.store import Store
from shopbell.storage.table import plain
from tests.log_watch import heard
from tests.memory_table import MemoryTable

POOL, BATCH = OneAfterAnother(), 10
WORKDAY = Hours.parse("09:00-18:00")
KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Kyiv, a working Monday."""


TASKS = {row.kind for row in JOURNEYS if row.message_class is MessageClass.STAFF} - {"staff_unreachable_customer"}
NO_TASKS = dict.fromkeys(TASKS, Figures(enabled=False))


CADENCES = {
    kind: Figures(after=Span.parse(after))
    for kind, after in {
        "order_handed_over": "2 hours",
        "order_unpaid_first": "2 working days",
        "order_unpaid_final": "7 days",
        "parcel_uncollected": "4 days",
        "review_request": "3 days",
        "profile_completion": "14 days",
        "complaint_followup": "7 days",
        "birthday_week": "-7 days",
        "birthday_soon": "-3 days",
        "birthday_last_days": "3 days",
        "staff_call_satisfaction": "7 days",
    }.items()
}
"""The figures that the stories count on: the table's own may change and change none of them."""


def a_shop(**changes: Any) -> Shop:
    """One whose people need not be asked for anything: the stories of customers' letters."""
    changes["journeys"] = {**NO_TASKS, **changes.get("journeys", {})}
    return a_busy_shop(**changes)


def a_busy_shop(**changes: Any) -> Shop:
    """One whose people get their tasks."""
    changes["journeys"] = {**CADENCES, **changes.get("journeys", {})}
    shop = Shop(
        id="dobra",
        name="Dobra",
        contacts=Contacts("hello@dobra.example", "+380441234567", "https://dobra.example", hours="9-18"),
        sender=Sender("hello@dobra.example", "Dobra", "DOBRA"),
        staff=Staff("team@dobra.example", Digest.OFF),
        locale="en",
        zone=KYIV,
        country="UA",
        currency="UAH",
        calendar=WorkingCalendar(KYIV, dict.fromkeys(range(5), WORKDAY), frozenset()),
        send_hours=Hours.parse("09:00-21:00"),
        payment=PaymentTerms("IBAN UA00 0000", ("card on the site",)),
        coupons={"birthday": Coupon(Decimal(10), code="BDAY10")},
    )
    return replace(shop, **changes)


def urged(name: str, ordered: datetime = MONDAY) -> datetime:
    """When the row of that name has an order that nobody took on."""
    due = BY_NAME[name].starts(Facts(a_busy_shop(), Customer("")), Trigger("", ordered))
    assert due
    return due


def an_order(**changes: Any) -> dict[str, Any]:
    """The changes of `order.placed`, as a dialect gives them."""
    return {
        "number": "1001",
        "placed_at": format_instant(MONDAY),
        "currency": "UAH",
        "total": "1499.00",
        "items": [{"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00"}],
        "payment.method": "bank_transfer",
        "delivery.method": "pickup_point",
    } | changes


OLENA = {"name": "Olena", "email": "olena@customer.example"}


@dataclass
class Provider:
    """Takes letters, unless told to fail with `failures` first."""

    taken: list[Letter] = field(default_factory=list)
    failures: list[DeliveryError] = field(default_factory=list)
    asked: int = 0

    def send(self, letter: Letter) -> str:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(letter)
        return f"provider-{len(self.taken)}"


@dataclass(frozen=True)
class Plain:
    """A rendering that says what it is about."""

    subject: str
    preheader: str = ""
    html: str = ""
    text: str = ""
    enclosures: tuple[Enclosure, ...] = ()


class PlainRenderer:
    def __init__(self) -> None:
        self.said: list[Mapping[str, Any]] = []

    def locales(self) -> frozenset[str]:
        return frozenset({"en", "uk"})

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Plain:
        self.said.append(content)
        return Plain(subject=kind, text=f"{kind} {locale} {channel}")

    def gathered(self, locale: str, letters: Sequence[Letter]) -> Plain:
        return Plain(subject=f"{len(letters)} tasks", text=" + ".join(letter.text for letter in letters))

    def reminders(self, locale: str, letters: Sequence[Letter], orders: Sequence[str]) -> Plain:
        return Plain(subject=" + ".join(orders), text=" + ".join(letter.text for letter in letters))


class PlainPages:
    """The pages of tasks, saying what they are told: "staff_callback en open: reached, no_answer, refused"."""

    def locales(self) -> frozenset[str]:
        return frozenset({"en", "uk"})

    def task(self, kind: str, locale: str, content: Mapping[str, Any], page: Mapping[str, Any]) -> str:
        return f"{kind} {locale} {page['notice'] or page['outcome'] or 'open'}: {', '.join(page['answers'])}"

    def no_task(self, locale: str, state: str, typed: Mapping[str, str]) -> str:
        return f"nothing {locale}: {state}"

    def past_task(self, locale: str, outcome: str, order: str, name: str, phone: str, typed: Mapping[str, str]) -> str:
        return f"past {locale} {outcome}: {order}, {bool(name)}, {bool(phone)}"


def unsigned(token: Token, now: datetime) -> str:
    return f"{token.shop}.{token.customer}"


KEYS = read_keys("key")


@dataclass
class ManyMailings:
    """As many as a tick may plan; `waiting`: how many were."""

    number: int = 10**6
    waiting: int = 0

    def most(self) -> int:
        return self.number

    def planned(self, number: int, now: datetime) -> None:
        self.waiting += number


@dataclass
class World:
    """Tell it events, move its clock, look at what left."""

    shop: Shop = field(default_factory=a_shop)
    now: datetime = MONDAY
    table: MemoryTable = field(default_factory=MemoryTable)
    email: Provider = field(default_factory=Provider)
    sms: Provider = field(default_factory=Provider)
    staff: Provider = field(default_factory=Provider)
    renderer: PlainRenderer = field(default_factory=PlainRenderer)
    pages: Pages = field(default_factory=PlainPages)
    send_requests: list[SendRequest] = field(default_factory=list)
    delayed: list[tuple[datetime, SendRequest]] = field(default_factory=list)
    log: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    keys: Keys = KEYS
    events: int = 0
    deaf: bool = False
    page: int = 50
    stopped: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.store = Store(self.table, 1, lambda shop, document: self.shop)
        self.store.save_shop("dobra", {})
        self.ledger = Ledger(self.table)
        self.workplace = Workplace(self.store, self.contact_key, self.note, POOL)
        self.react = React(self.workplace, self.enqueue, lambda error: False, pause=lambda seconds: None)
        self.reroute = Reroute(self.workplace, self.ledger, self.enqueue)
        self.advance_due = AdvanceDue(self.workplace, self.enqueue, lambda error: False)
        self.learning = replace(self.advance_due, learn=LearnRhythm(self.store, lambda error: False, self.note))
        outbox = (self.store, self.ledger, self.enqueue, self.reroute, self.note, lambda error: False, self.advance_due)
        self.outbox = Outbox(*outbox, POOL)
        self.campaigns = Campaigns(self.table)
        reporting = (self.store, self.ledger, self.reroute, self.contact_key, self.note, POOL, self.campaigns)
        self.feedback = RecordFeedback(*reporting)
        self.own_letters = OwnLetters(self.table)
        runs = Runs(self.table, 1)
        self.learn_products = Learn(self.workplace, runs, lambda error: False)
        pages: dict[RunKind, Page] = {
            RunKind.RESTOCK: Restock(self.workplace, runs),
            RunKind.LEARN: self.learn_products,
        }
        self.walk_runs = WalkRuns(self.store, runs, pages, self.enqueue, lambda error: False, self.note)
        self.is_run = runs.is_run
        self.send = self.sending_with(self.renderer)

    def sending_with(self, renderer: LetterRenderer) -> Send:
        channels = {ChannelName.EMAIL: self.email, ChannelName.SMS: self.sms, ChannelName.STAFF: self.staff}
        return Send(
            Mailroom(
                store=self.store,
                ledger=self.ledger,
                renderer=renderer,
                channels=channels,
                contact_key=self.contact_key,
                links=SignedLinks(lambda: "https://links.example", unsigned),
                late_facts=self.late_facts(),
                healths=ChannelHealths(Parking(self.table)),
                places=MarketingPlaces(self.ledger),
                limits=LetterLimits(Counters(self.table), Recents(self.table), self.contact_key, self.note),
                reroute=self.reroute,
                enqueue=self.enqueue,
                log=self.note,
                own_letters=self.own_letters,
                campaigns=self.campaigns,
                figures=FiguresOfBatch(),
                outages=(),
                pool=POOL,
                clock=lambda: self.now,
            )
        )

    def late_facts(self) -> LateFactsReader:
        return LateFactsReader(lambda shop, name: coupon_codes(self.keys.codes, shop, name), self.note)

    def note(self, message: str, facts: dict[str, object]) -> None:
        heard(f"{message} {facts}")
        self.log.append((message, facts))

    @staticmethod
    @cache
    def contact_key(shop: str, address: str) -> str:
        return contact_hash(KEYS.contacts, shop, address)

    def tell(
        self,
        event_type: str,
        order: Mapping[str, Any] | None = None,
        customer: Mapping[str, Any] | None = None,
        *,
        at: datetime | None = None,
        order_id: str | None = "1001",
        customer_id: str | None = None,
        dropped: tuple[Dropped, ...] = (),
        event_id: str = "",
        said: Mapping[str, Any] | None = None,
        **extra: Any,
    ) -> None:
        """An event of the shop, received now; its letters leave at once where nothing holds them. `said`: more of its
        data."""
        self.events += 1
        event = Event(
            "dobra",
            event_id or f"evt_{self.events:04}",
            event_type,
            at or self.now,
            order_id if event_type.startswith("order.") or event_type in OF_ORDERS else None,
            dict(order or {}),
            customer_id,
            dict(customer or {}),
            {**extra, **(said or {})},
            dropped,
            self.now,
        )
        self.hear(event)
        self.deliver_requests()

    def hear(self, *events: Event) -> None:
        """Events of one batch."""
        shop = self.store.shop("dobra") or self.shop
        for error in self.react([(event, shop) for event in events], self.now):
            if error:
                raise error

    def learn(self) -> None:
        """What goes with what, from all that was ordered."""
        self.learn_products(Run(RunKind.LEARN, "", self.now, self.now), self.shop, self.now)

    def report(self, feedback: Feedback, now: datetime | None = None) -> None:
        """What the mail provider tells."""
        for error in self.feedback([feedback], now or self.now):
            if error:
                raise error

    def place(self, customer: Mapping[str, Any] = OLENA, /, **changes: Any) -> None:
        self.tell("order.placed", an_order(**changes), customer)

    def enqueue(self, send_requests: Sequence[SendRequest]) -> None:
        """Those with a delay come when it is over."""
        self.send_requests += [each for each in send_requests if not each.delay]
        self.delayed += [(self.now + timedelta(seconds=each.delay), each) for each in send_requests if each.delay]

    def deliver_requests(self) -> None:
        """The senders' turn; while the world is deaf, every request is lost."""
        self.send_requests += [each for at, each in self.delayed if at <= self.now]
        self.delayed = [(at, each) for at, each in self.delayed if at > self.now]
        while batch := self.send_requests[:BATCH]:
            del self.send_requests[:BATCH]
            if not self.deaf:
                self.deliver(batch)

    def deliver(self, requests: Sequence[SendRequest]) -> None:
        for _, error in self.send(requests).failed:
            raise error

    def ask_for(self, message: Message) -> None:
        """A request for one message alone."""
        self.deliver([send_request_of(message)])

    def tick(self) -> None:
        """Every schedule that finds anything, once, as EventBridge would."""
        for name in SWEEPS:
            if self._is_due(name) and name not in self.stopped:
                advance_due = self.learning if name is SweepName.BETWEEN_ORDERS else self.advance_due
                Sweep(name, advance_due, ManyMailings())(self.now)
        if self._is_due(SweepName.RUNS) and SweepName.RUNS not in self.stopped:
            self.sweep_runs()
        takes_over: dict[SweepName, TakesOver] = {**dict.fromkeys(SWEEPS, self.advance_due), SweepName.RUNS: leave}
        AdvanceOverdue(self.store, self.note, takes_over)(self.now)
        self.outbox(self.now)
        self.deliver_requests()

    def sweep_runs(self) -> None:
        nobodys_link = lambda shop, at: "https://links.example/u/12345678901234567890"
        walking = (self.workplace, self.enqueue, lambda error: False, ManyMailings(), self.campaigns, self.renderer)
        walk_campaigns = WalkCampaigns(*walking, nobodys_link, Pace, self.advance_due, self.page)
        SweepRuns(self.store, self.is_run, self.walk_runs, walk_campaigns)(self.now)

    def until(self, moment: str | datetime) -> None:
        """Moves the clock, stopping at each five minutes at which something is due."""
        target = parse_instant(moment) if isinstance(moment, str) else moment
        while (following := self._next_due()) is not None and following <= target:
            self.now = max(self.now, following)
            self.tick()
            if self._next_due() == following:
                self.now += timedelta(minutes=5)
        self.now = target

    def _is_due(self, sweep: str) -> bool:
        first = self.table.stored.index.first(f"{sweep}#0")
        return bool(first) and parse_instant(first) <= self.now

    def _next_due(self) -> datetime | None:
        moments = [parse_instant(moment) for moment in self.table.stored.earliest().values()]
        due = min([*moments, *(at for at, _ in self.delayed)], default=None)
        return due if due is None else max(due, self.now)

    @property
    def kinds(self) -> list[str]:
        """What customers got, in order, by e-mail and SMS: "order_received", "sms parcel_ready"."""
        return [("sms " if m.channel == "sms" else "") + m.kind for m in self.sent() if m.channel != "staff"]

    @property
    def tasks(self) -> list[str]:
        """What the staff were asked, in order: "staff_confirm_order", "staff_order_late.1_hour"."""
        return [m.name for m in self.sent() if m.channel == "staff"]

    def close(self, task: str, outcome: str) -> None:
        """The shop tells what came of the newest task of that name."""
        asked = [m.id for m in self.sent() if m.name == task]
        self.tell("call.done", task=asked[-1], outcome=outcome)

    def link(self, task: str) -> str:
        """The token in the newest task of that name."""
        return self.link_of([m for m in self.sent() if m.name == task][-1])

    def link_of(self, message: Message) -> str:
        return sign_token(self.keys.links, Token("dobra", message.id, Purpose.TASK), self.now)

    def visit(self, token: str, outcome: str = "", method: str = "", **fields: str) -> tuple[int, str]:
        """The page behind a task's link; with an outcome, its button is pressed, and with fields its form is filled
        in."""
        ports = (self.store, self.ledger, self.react, self.contact_key, self.late_facts())
        verify = lambda text, now: verify_token(self.keys.links, text, now)
        page = TaskPage(*ports, verify, self.as_told, self.pages, self.signed, str, (Conflict,))
        form = {**fields, **({"outcome": outcome} if outcome else {})}
        answer = page(Visit(token, method or ("POST" if form else "GET"), form, "uk"), self.now)
        self.deliver_requests()
        return answer

    def signed(self, task: str, shop: str, at: datetime) -> str:
        return sign_token(self.keys.links, Token(shop, task, Purpose.TASK), at)

    @staticmethod
    def as_told(body: Mapping[str, Any], shop: Shop, now: datetime) -> Event:
        """What the door would make of an event, read in the languages of the letters."""
        message = queue_message(shop.id, "", check(json.dumps(body).encode(), now), now)
        return read(json.loads(message), shop, ("en", "uk"), now)

    def sent_at(self, name: str) -> list[str]:
        """When each message of that name left, on the shop's clock: "Mon 02 12:00"."""
        zone = self.shop.zone
        return [f"{m.sent_at.astimezone(zone):%a %d %H:%M}" for m in self.sent() if m.name == name and m.sent_at]

    def sent(self) -> list[Message]:
        listed = [m for m in self.messages() if m.sent_at]
        return sorted(listed, key=lambda m: (m.sent_at or m.due_at, m.due_at))

    def messages(self) -> list[Message]:
        return self._ledger()[0]

    def decisions(self) -> list[Decision]:
        return self._ledger()[1]

    def _ledger(self) -> tuple[list[Message], list[Decision]]:
        stored = self.table.stored.items
        return read_ledger([plain(stored[key]) for key in stored if key[1].startswith((MESSAGE, DECISION))])

    def reasons(self, kind: str) -> list[str]:
        return [f"{d.outcome} {d.reason}" for d in self.decisions() if d.kind == kind]

    def break_reading(self, order: str) -> None:
        """The stored order can no longer be read, as after a bad deployment."""
        self.table.stored.items[f"dobra#order#{order}", "head"]["z"] = {"B": b"broken"}

    def stored(self) -> str:
        """Everything in the table as one text, compressed documents unpacked."""
        return json.dumps(list(self.table.items.values()), ensure_ascii=False, default=unpacked)
