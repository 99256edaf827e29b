"""Makes what the functions use, once a process: AWS clients, the table, the use cases.

Each maker imports what it makes: a function starts with what it needs and no more.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shopbell.errors import where
from shopbell.observability import note
from shopbell.pool import SIZE
from shopbell.settings import settings

if TYPE_CHECKING:
    from shopbell.channels.send_queues import EventsQueue, SendQueues
    from shopbell.domain.model.events import Event
    from shopbell.domain.model.keys import Keys
    from shopbell.domain.model.problems import Problem
    from shopbell.domain.model.shop import Shop
    from shopbell.domain.model.state import SendRequest
    from shopbell.domain.model.tokens import Token
    from shopbell.domain.model.vocabulary import ChannelName, Sweep
    from shopbell.pool import Pool
    from shopbell.rendering import Renderer
    from shopbell.service.delivery.campaign_walk import WalkCampaigns
    from shopbell.service.delivery.feedback import RecordFeedback
    from shopbell.service.delivery.late_facts import LateFactsReader
    from shopbell.service.delivery.links import SignedLinks
    from shopbell.service.delivery.mailroom import Mailroom
    from shopbell.service.delivery.outbox import Outbox
    from shopbell.service.delivery.pacing import SetPace
    from shopbell.service.delivery.reroute import Reroute
    from shopbell.service.delivery.send import Send
    from shopbell.service.door.check_coupon import CheckCoupon
    from shopbell.service.pages.customer_page import CustomerPage
    from shopbell.service.pages.preferences import Preferences
    from shopbell.service.pages.profile import Profile
    from shopbell.service.pages.task_page import TaskPage
    from shopbell.service.ports import Channel
    from shopbell.service.runs.sweep import SweepRuns
    from shopbell.service.subjects.overdue import AdvanceOverdue
    from shopbell.service.subjects.react import React
    from shopbell.service.subjects.sweep import AdvanceDue
    from shopbell.service.subjects.work import Workplace
    from shopbell.storage.campaigns import Campaigns
    from shopbell.storage.key_parameter import KeyParameter
    from shopbell.storage.ledger import Ledger
    from shopbell.storage.letters import OwnLetters
    from shopbell.storage.pacing import Pacing
    from shopbell.storage.secrets import Secrets
    from shopbell.storage.store import Store
    from shopbell.storage.table import Table


def _config(attempts: int, *, connect: float, read: float) -> Config:
    """Seconds until a connection, and until an answer; as many connections as threads.

    What is sent is of our own types, and AWS judges it anyway: to have it judged before takes a seventh of a call's
    time.
    """
    retries = {"mode": "standard", "total_max_attempts": attempts}
    connections = {"max_pool_connections": SIZE, "parameter_validation": False}
    return Config(retries=retries, connect_timeout=connect, read_timeout=read, **connections)


ORDINARY = _config(3, connect=2, read=5)
ONCE = _config(1, connect=3, read=10)
"""For sends: a second attempt after a lost answer would be a second letter. SES answers in a tenth of a
second; who waits for more than ten waits for nothing, and keeps the rest of the batch."""
PROMPT = _config(2, connect=1, read=1.5)
"""For whoever waits for an answer over HTTP: silence must leave their function the time to say so."""
QUICK = _config(1, connect=0.5, read=0.5)
"""For what a shop's webhook waits for and can do without."""


def _longest(config: Config) -> int:
    """Seconds that a call takes where nobody answers, with the SDK's own tries."""
    return int(config.retries["total_max_attempts"] * (config.connect_timeout + config.read_timeout))


TIME_FOR_A_CALL = (_longest(ONCE) + 5) * 1_000
"""Milliseconds of an invocation that must be left where a letter is claimed and handed over: a function that ends in
the midst of it leaves a doubt that nobody needed to have."""
TIME_FOR_A_REQUEST = (_longest(ONCE) + 2 * _longest(ORDINARY) + 5) * 1_000
"""Where a request is begun: the provider may hang, the table, and the queue into which the others are put anew."""

COUNTRY_KEPT = 60
"""Seconds for which the door knows where a shop is."""
SHOPS_KEPT = 64
"""So many shops a process knows as it last read them."""
OUTAGES = (BotoCoreError, ClientError)


def now() -> datetime:
    return datetime.now(UTC)


@cache
def client(service: str, config: Config = ORDINARY) -> Any:
    make = _make_client or _session().create_client
    return make(service, config=config, endpoint_url=settings().endpoint or None)


@cache
def _session() -> Any:
    return botocore.session.get_session()


_make_client: Callable[..., Any] | None = None


def make_clients_with(make: Callable[..., Any] | None) -> None:
    """In place of botocore's own `create_client`, which None brings back: the operators' command has sessions of boto3,
    whose profiles people sign in to."""
    global _make_client  # noqa: PLW0603  # one a process, as the clients themselves are
    _make_client = make


@cache
def _parameter(name: str) -> str:
    return str(client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


@cache
def key_parameter() -> KeyParameter:
    from shopbell.storage.key_parameter import KeyParameter

    return KeyParameter(client("ssm", PROMPT), settings().key_parameter, note)


def keys() -> Keys:
    return key_parameter().keys()


def public_url() -> str:
    return _parameter(settings().public_url_parameter).rstrip("/")


def contact_key(shop: str, address: str) -> str:
    from shopbell.domain.model.tokens import contact_hash

    return contact_hash(keys().contacts, shop, address)


def _sign_token(token: Token, at: datetime) -> str:
    from shopbell.domain.model.tokens import sign_token

    return sign_token(keys().links, token, at)


@cache
def links() -> SignedLinks:
    from shopbell.service.delivery.links import SignedLinks

    return SignedLinks(public_url, _sign_token)


@cache
def late_facts() -> LateFactsReader:
    from shopbell.domain.model.tokens import coupon_codes
    from shopbell.service.delivery.late_facts import LateFactsReader

    return LateFactsReader(lambda shop, name: coupon_codes(keys().codes, shop, name), note)


def _verify_token(text: str, at: datetime) -> Token | None:
    from shopbell.domain.model.tokens import number_of, verify_token

    return verify_token(key_parameter().keys_with_link(number_of(text)).links, text, at)


@cache
def table() -> Table:
    from shopbell.storage.table import Table

    return Table(client("dynamodb"), settings().table)


@cache
def store() -> Store:
    from shopbell.storage.store import Store

    return Store(table(), settings().due_shards, _read_shop)


@lru_cache(SHOPS_KEPT)
def _read_shop(shop: str, document: str) -> Shop:
    """What a document says changes with its text alone, and half of what a message costs would go to reading it."""
    from shopbell.configuration.reading import read_shop
    from shopbell.domain.journeys import KINDS
    from shopbell.storage.documents import loaded

    return read_shop(shop, loaded(document), KINDS)


@cache
def prompt_table() -> Table:
    from shopbell.storage.table import Table

    return Table(client("dynamodb", PROMPT), settings().table)


@cache
def prompt_store() -> Store:
    from shopbell.storage.store import Store

    return Store(prompt_table(), settings().due_shards, _read_shop)


@cache
def ledger() -> Ledger:
    from shopbell.storage.ledger import Ledger

    return Ledger(table())


@cache
def locales() -> frozenset[str]:
    """The languages that letters are written in: a folder each. Who only asks for them needs no renderer."""
    return frozenset(words.parent.name for words in settings().templates.glob("*/_words.j2"))


@cache
def renderer() -> Renderer:
    from shopbell.rendering import Renderer

    return Renderer(settings().templates)


@cache
def own_letters() -> OwnLetters:
    from shopbell.storage.letters import OwnLetters

    return OwnLetters(table())


@cache
def channels() -> dict[ChannelName, Channel]:
    from shopbell.channels.email import EmailChannel
    from shopbell.channels.sms import SmsChannel
    from shopbell.domain.model.vocabulary import ChannelName

    email = EmailChannel(client("sesv2", ONCE), settings().configuration_set)
    return {
        ChannelName.EMAIL: email,
        ChannelName.STAFF: email,
        ChannelName.SMS: SmsChannel(client("sns", ONCE)),
    }


@cache
def events_queue() -> EventsQueue:
    from shopbell.channels.send_queues import EventsQueue

    return EventsQueue(client("sqs", PROMPT), settings().events_queue)


@cache
def past_events_queue() -> EventsQueue:
    from shopbell.channels.send_queues import EventsQueue

    return EventsQueue(client("sqs", PROMPT), settings().past_events_queue)


@cache
def events_dead_letters() -> EventsQueue:
    from shopbell.channels.send_queues import EventsQueue

    return EventsQueue(client("sqs", PROMPT), settings().events_dead_letters)


@cache
def send_queues() -> SendQueues:
    from shopbell.channels.send_queues import SendQueues
    from shopbell.domain.model.vocabulary import Lane

    queues = settings()
    by_lane = {
        Lane.ORDER_EMAIL: queues.order_email_queue,
        Lane.REMINDER_EMAIL: queues.reminder_email_queue,
        Lane.MARKETING_EMAIL: queues.marketing_email_queue,
        Lane.SMS: queues.sms_queue,
    }
    return SendQueues(client("sqs", PROMPT), by_lane)


def enqueue(send_requests: Sequence[SendRequest]) -> None:
    """A request that no queue took is no loss: the outbox asks again."""
    try:
        send_queues().enqueue(send_requests)
    except OUTAGES as error:
        note("requests_not_taken", {"requests": len(send_requests), **where(error)})


@cache
def secrets() -> Secrets:
    from shopbell.storage.secrets import Secrets

    return Secrets(client("ssm", PROMPT), settings().secrets_prefix)


def contact_notes(shop: str, body: Mapping[str, Any]) -> Sequence[Problem]:
    """For the sender of an event: which of its contacts cannot be read."""
    from shopbell.dialects.native import unreadable_contacts

    return unreadable_contacts(body, lambda: _country(shop, int(time.monotonic() // COUNTRY_KEPT)), locales())


@lru_cache(1_000)
def _country(shop: str, _period: int) -> str:
    """Where a shop is, ISO 3166, as first asked in `_period`; "" for a shop that is not there."""
    from shopbell.configuration.shop import DEFAULTS
    from shopbell.storage.store import Store
    from shopbell.storage.table import Table

    document = Store(Table(client("dynamodb", QUICK), settings().table), 1, _read_shop).configuration(shop)
    return "" if document is None else str({**DEFAULTS, **document}["country"])


@cache
def workplace() -> Workplace:
    from shopbell.service.subjects.work import Workplace

    return Workplace(store(), contact_key, note, pool())


@cache
def prompt_workplace() -> Workplace:
    from shopbell.pool import OneAfterAnother
    from shopbell.service.subjects.work import Workplace

    return Workplace(prompt_store(), contact_key, note, OneAfterAnother())


@cache
def advance_due() -> AdvanceDue:
    from shopbell.service.subjects.sweep import AdvanceDue

    return AdvanceDue(workplace(), enqueue, is_outage)


def is_outage(error: Exception) -> bool:
    """AWS cannot be had just now; another subject would fare no better."""
    from shopbell.channels.provider_errors import passes

    return isinstance(error, OUTAGES) and passes(error)


@cache
def react() -> React:
    from shopbell.service.subjects.react import React

    return React(workplace(), enqueue, is_outage)


@cache
def send() -> Send:
    from shopbell.service.delivery.send import Send

    return Send(mailroom())


@cache
def mailroom() -> Mailroom:
    from shopbell.service.delivery.channel_health import ChannelHealths
    from shopbell.service.delivery.limits import LetterLimits
    from shopbell.service.delivery.mailroom import Mailroom
    from shopbell.service.delivery.marketing import MarketingPlaces
    from shopbell.service.subjects.figures import FiguresOfBatch
    from shopbell.storage.counters import Counters
    from shopbell.storage.parking import Parking
    from shopbell.storage.recents import Recents

    return Mailroom(
        store(),
        ledger(),
        renderer(),
        channels(),
        contact_key,
        links(),
        late_facts(),
        ChannelHealths(Parking(table())),
        MarketingPlaces(ledger()),
        LetterLimits(Counters(table()), Recents(table()), contact_key, note),
        reroute(),
        enqueue,
        note,
        own_letters(),
        campaigns(),
        FiguresOfBatch(),
        OUTAGES,
        pool(),
        now,
    )


@cache
def campaigns() -> Campaigns:
    from shopbell.storage.campaigns import Campaigns

    return Campaigns(table())


@cache
def walk_campaigns() -> WalkCampaigns:
    from shopbell.service.delivery.campaign_walk import WalkCampaigns
    from shopbell.service.delivery.pacing import Mailings

    walking = (workplace(), enqueue, is_outage, Mailings(pacing()), campaigns(), renderer())
    somebodys_link = lambda shop, at: links().preferences(shop, "id:0000000", at)
    return WalkCampaigns(*walking, somebodys_link, lambda: pacing().read(), advance_due())


@cache
def pool() -> Pool:
    """Of threads that live as long as the process; one after another where a run is to be told twice alike."""
    from concurrent.futures import ThreadPoolExecutor

    from shopbell.pool import OneAfterAnother, Threads

    return Threads(ThreadPoolExecutor(SIZE)) if settings().side_by_side else OneAfterAnother()


@cache
def reroute() -> Reroute:
    from shopbell.service.delivery.reroute import Reroute

    return Reroute(workplace(), ledger(), enqueue)


@cache
def record_feedback() -> RecordFeedback:
    from shopbell.service.delivery.feedback import RecordFeedback

    return RecordFeedback(store(), ledger(), reroute(), contact_key, note, pool(), campaigns())


@cache
def sweep(name: Sweep) -> Callable[..., int]:
    if name == "outbox":
        return sweep_outbox
    if name == "runs":
        return sweep_runs()
    from shopbell.service.delivery.pacing import Mailings
    from shopbell.service.subjects.sweep import Sweep as SweepSubjects

    return SweepSubjects(name, learning() if name == "between_orders" else advance_due(), Mailings(pacing()))


@cache
def learning() -> AdvanceDue:
    from shopbell.service.subjects.rhythm import LearnRhythm

    return replace(advance_due(), learn=LearnRhythm(store(), is_outage, note))


@cache
def sweep_runs() -> SweepRuns:
    from shopbell.domain.model.run import RunKind
    from shopbell.service.runs.learn import Learn
    from shopbell.service.runs.restock import Restock
    from shopbell.service.runs.sweep import SweepRuns
    from shopbell.service.runs.walk import Page, WalkRuns
    from shopbell.storage.runs import Runs

    runs = Runs(table(), settings().due_shards)
    pages: dict[RunKind, Page] = {
        RunKind.RESTOCK: Restock(workplace(), runs),
        RunKind.LEARN: Learn(workplace(), runs, is_outage),
    }
    walk_runs = WalkRuns(store(), runs, pages, enqueue, is_outage, note)
    return SweepRuns(store(), runs.is_run, walk_runs, walk_campaigns())


def sweep_outbox(now: datetime, enough: Callable[[], bool]) -> int:
    """What waits to be sent; and before that, how fast it may leave, and what other sweeps left lying."""
    set_pace()(now)
    return overdue()(now, enough) + outbox()(now, enough)


@cache
def pacing() -> Pacing:
    from shopbell.storage.pacing import Pacing

    return Pacing(table())


def pause(seconds: float) -> None:
    if seconds:
        time.sleep(seconds)


@cache
def set_pace() -> SetPace:
    from shopbell.channels.sending_quota import sending_quota
    from shopbell.service.delivery.pacing import SetPace

    quota = partial(sending_quota, client("sesv2", PROMPT))
    return SetPace(quota, send_queues().waiting, pacing(), is_outage, note)


@cache
def overdue() -> AdvanceOverdue:
    from shopbell.domain.journeys import SWEEPS
    from shopbell.domain.model.vocabulary import Sweep
    from shopbell.service.subjects.overdue import AdvanceOverdue, leave

    return AdvanceOverdue(store(), note, {**dict.fromkeys(SWEEPS, advance_due()), Sweep.RUNS: leave})


@cache
def outbox() -> Outbox:
    from shopbell.service.delivery.outbox import Outbox

    return Outbox(store(), ledger(), enqueue, reroute(), note, is_outage, advance_due(), pool())


@cache
def preferences() -> Preferences:
    from shopbell.service.pages.preferences import Preferences

    return Preferences(prompt_store(), contact_key)


@cache
def customer_page() -> CustomerPage:
    from shopbell.domain.model.state import Conflict
    from shopbell.rendering.pages import Pages
    from shopbell.service.delivery.recommending import suits
    from shopbell.service.pages.customer_page import CustomerPage

    pages = Pages(settings().templates)
    looking = (preferences(), profile(), prompt_store().shop, _verify_token, pages)
    look_up = lambda shop, customer, at: suits(prompt_store().session(shop.id), shop, customer, at)
    return CustomerPage(*looking, (*OUTAGES, Conflict), events_queue(), note, look_up)


@cache
def profile() -> Profile:
    from shopbell.schema.phones import read_phone
    from shopbell.service.pages.profile import Profile

    return Profile(prompt_workplace(), enqueue, read_phone)


@cache
def task_page() -> TaskPage:
    from shopbell.domain.model.state import Conflict
    from shopbell.rendering.qr import svg
    from shopbell.service.pages.task_page import TaskPage
    from shopbell.storage.ledger import Ledger

    storing = (prompt_store(), Ledger(prompt_table()), replace(react(), workplace=prompt_workplace()))
    shown, failures = (renderer(), _signed_task, svg), (*OUTAGES, Conflict)
    return TaskPage(*storing, contact_key, late_facts(), _verify_token, as_told, *shown, failures)


def _signed_task(task: str, shop: str, at: datetime) -> str:
    from shopbell.domain.model.tokens import Purpose, Token

    return _sign_token(Token(shop, task, Purpose.TASK), at)


def as_told(body: Mapping[str, Any], shop: Shop, now: datetime) -> Event:
    """The event of a body that our own people filled in, as though the shop had sent it to the door; raises Refused."""
    from shopbell.dialects.native import check, read
    from shopbell.service.subjects.queued import queue_message

    checked = check(json.dumps(body).encode(), now)
    return read(json.loads(queue_message(shop.id, "", checked, now)), shop, locales(), now)


@cache
def check_coupon() -> CheckCoupon:
    from shopbell.dialects.signatures import verify
    from shopbell.service.door.check_coupon import CheckCoupon

    return CheckCoupon(secrets=secrets(), store=prompt_store(), verify=verify, log=note, outages=OUTAGES)


def put_shop(shop: str, document: Mapping[str, Any]) -> None:
    """Creates or replaces a shop; raises Refused, and then has changed nothing."""
    from shopbell.configuration.reading import read_shop, secrets_of, stored_form
    from shopbell.domain.journeys import KINDS
    from shopbell.service.operators.days import begin_days
    from shopbell.service.operators.shops import put_shop as put

    read_shop(shop, document, KINDS, renderer().locales())
    put(shop, stored_form(document), secrets_of(document), store(), secrets())
    _country.cache_clear()
    if stored := store().shop(shop):
        begin_days(workplace(), stored, now())


def put_secrets(shop: str, by_scheme: Mapping[str, Any]) -> None:
    """Replaces the secrets of some schemes of a shop that is there; raises Refused."""
    from shopbell.configuration.reading import secrets_of
    from shopbell.domain.model.problems import Problem, Refused

    document = store().configuration(shop)
    if document is None:
        raise Refused(Problem("#", "unknown_shop", f"there is no shop {shop!r}: put it first"))
    put_shop(shop, document | {"webhooks": secrets_of({**document, "webhooks": dict(by_scheme)})})
