"""Makes what the functions use, once a process: AWS clients, the table, the use cases."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shopbell.channels.doorbells import Doorbells, EventsQueue
from shopbell.channels.email import EmailChannel
from shopbell.channels.sms import SmsChannel
from shopbell.domain.journeys import KINDS
from shopbell.domain.shop import Shop
from shopbell.domain.state import Conflict, Doorbell
from shopbell.domain.tokens import Token, contact_hash, opened, sealed
from shopbell.domain.words import ChannelName
from shopbell.observability import note
from shopbell.rendering import Renderer
from shopbell.rendering.pages import Pages
from shopbell.service.customer_page import CustomerPage
from shopbell.service.outbox import Outbox
from shopbell.service.ports import Channel
from shopbell.service.preferences import Preferences
from shopbell.service.react import React
from shopbell.service.send import Send
from shopbell.service.sweep import Sweep
from shopbell.settings import settings
from shopbell.storage.ledger import Ledger
from shopbell.storage.store import Store
from shopbell.storage.table import Table

ORDINARY = Config(retries={"mode": "standard", "max_attempts": 3}, connect_timeout=2, read_timeout=5)
ONCE = Config(retries={"mode": "standard", "max_attempts": 1}, connect_timeout=3, read_timeout=20)
"""For sends: a second attempt after a lost answer would be a second letter."""


def now() -> datetime:
    return datetime.now(UTC)


@cache
def client(service: str, config: Config = ORDINARY) -> Any:
    endpoint = settings().endpoint or None
    return _session().create_client(service, config=config, endpoint_url=endpoint)


@cache
def _session() -> Any:
    return botocore.session.get_session()


@cache
def _parameter(name: str) -> str:
    return str(client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


def signing_key() -> bytes:
    return _parameter(settings().key_parameter).encode()


def public_url() -> str:
    return _parameter(settings().public_url_parameter).rstrip("/")


@cache
def table() -> Table:
    return Table(client("dynamodb"), settings().table)


@cache
def store() -> Store:
    return Store(table(), settings().due_shards, _read_shop)


def _read_shop(shop: str, document: Mapping[str, Any]) -> Shop:
    from shopbell.dialects.configuration import read_shop

    return read_shop(shop, document, KINDS)


@cache
def ledger() -> Ledger:
    return Ledger(table())


@cache
def renderer() -> Renderer:
    return Renderer(settings().templates)


@cache
def channels() -> dict[ChannelName, Channel]:
    email = EmailChannel(client("sesv2", ONCE), settings().configuration_set)
    return {ChannelName.EMAIL: email, ChannelName.SMS: SmsChannel(client("sns", ONCE))}


@cache
def events_queue() -> EventsQueue:
    return EventsQueue(client("sqs"), settings().events_queue)


@cache
def doorbells() -> Doorbells:
    queues = settings()
    return Doorbells(client("sqs"), queues.order_email_queue, queues.email_queue, queues.sms_queue)


def ring(bells: Sequence[Doorbell]) -> None:
    """A bell that nobody hears is no loss: the outbox rings again."""
    try:
        doorbells().ring(bells)
    except (BotoCoreError, ClientError) as error:
        note("bell_unheard", {"bells": len(bells), "error": type(error).__name__})


def contact_key(shop: str, address: str) -> str:
    return contact_hash(signing_key(), shop, address)


def unsubscribe_url(shop: str, customer: str, at: datetime) -> str:
    return f"{public_url()}/u/{sealed(signing_key(), Token(shop, customer, 'preferences'), at)}"


@cache
def react() -> React:
    return React(store(), ring, contact_key)


@cache
def send() -> Send:
    return Send(store(), ledger(), renderer(), channels(), contact_key, unsubscribe_url)


@cache
def sweep(name: str) -> Callable[..., int]:
    if name == "outbox":
        return Outbox(store(), ledger(), ring)
    return Sweep(name, store(), ring, contact_key, note)


@cache
def preferences() -> Preferences:
    return Preferences(store(), contact_key)


@cache
def customer_page() -> CustomerPage:
    outages = (BotoCoreError, ClientError, Conflict)
    return CustomerPage(preferences(), store().shop, _opened, Pages(settings().templates), outages)


def _opened(text: str, at: datetime) -> Token | None:
    return opened(signing_key(), text, at)


@cache
def secrets() -> Any:
    from shopbell.storage.secrets import Secrets

    return Secrets(client("ssm"), settings().secrets_prefix)


def put_shop(shop: str, document: Mapping[str, Any]) -> None:
    """Creates or replaces a shop; raises Refused, and then has changed nothing."""
    from shopbell.dialects.configuration import read_shop, secrets_of, stored_form
    from shopbell.service.shops import put_shop as put

    read_shop(shop, document, KINDS, renderer().locales())
    put(shop, stored_form(document), secrets_of(document), store(), secrets())
