"""What a batch of requests is about, as it stands now: read step by step, each in one call for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.reminders import asks_of_others
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message, SendRequest
from shopbell.domain.model.vocabulary import ChannelName, Lane, MessageClass
from shopbell.domain.rules.wishes import wanted_skus
from shopbell.pool import Failed
from shopbell.service.delivery.attempt import Attempt
from shopbell.service.delivery.digest import UNCLAIMED
from shopbell.service.delivery.mailing import expect_mailing, with_mailing
from shopbell.service.delivery.mailroom import Mailroom
from shopbell.service.delivery.marketing import persons
from shopbell.service.in_step import Reader, in_step
from shopbell.service.ports import Reads, Session
from shopbell.service.subjects.open_tasks import with_open_tasks
from shopbell.service.subjects.other_orders import with_others
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.reading import reading
from shopbell.service.subjects.work import keep_until


@dataclass(frozen=True, slots=True)
class Named:
    """A message by its shop, subject and id."""

    shop: str
    subject: str
    message: str


def expect(mailroom: Mailroom, reads: Reads, requests: Iterable[SendRequest]) -> None:
    """All that can be named before anything is read."""
    for request in requests:
        customer = [f"customer/{request.customer}"] if request.customer else []
        mailroom.store.expect(
            reads,
            request.shop,
            subjects=[request.subject, *customer],
            messages=[(request.subject, request.message), *request.more],
            contacts=request.contacts,
            channels=_channels(request.lane),
        )


def _channels(lane: Lane) -> Sequence[ChannelName]:
    return (ChannelName.SMS,) if lane is Lane.SMS else (ChannelName.EMAIL, ChannelName.STAFF)


def attempts(mailroom: Mailroom, reads: Reads, named: Sequence[Named], now: datetime) -> list[Attempt | Failed | None]:
    """None for a message that has left, is not due, or is not there."""
    return in_step([_attempt(mailroom, reads, each, now) for each in named], mailroom.is_outage)


def _attempt(mailroom: Mailroom, reads: Reads, named: Named, now: datetime) -> Reader[Attempt | None]:
    shop = mailroom.store.shop(named.shop, reads)
    if shop is None:
        mailroom.log("no_such_shop", {"shop": named.shop, "message": named.message})
        return None
    message = mailroom.ledger.message(shop.id, named.subject, named.message, reads)
    if message is None or message.status not in UNCLAIMED or message.due_at > now:
        return None
    session = mailroom.store.session(shop.id, keep_until(shop, now), renews=False, now=now, sends=True, reads=reads)
    mailroom.late_facts.expect(mailroom.store.session(shop.id, reads=reads), shop, message)
    expect_mailing(session, mailroom.campaigns, shop.id, message, reads)
    facts = yield from _facts(mailroom, session, shop, message, reads)
    healths = mailroom.healths.parking.of(shop.id, message.channel, reads)
    return Attempt(message, session, facts, trigger_of(facts, message, now), healths, now, reads)


def _facts(mailroom: Mailroom, session: Session, shop: Shop, message: Message, reads: Reads) -> Reader[Facts]:
    read = yield from reading(session, shop, message.subject, mailroom.contact_key, message.customer)
    facts = read.facts(shop).without(message.instead_of)
    if message.message_class is MessageClass.MARKETING:
        yield  # until all of the batch are read: what one expects the next would read
        session.prefetch(places=persons(facts))
        yield
    languages = mailroom.renderer.locales()
    return with_mailing(session, mailroom.campaigns, languages, facts, message, reads)


def with_other_orders(mailroom: Mailroom, attempt: Attempt) -> Attempt:
    """Where they have a say: looked up apart, for they are nothing that a letter is decided on."""
    if not asks_of_others(attempt.journey):
        return attempt
    facts = with_others(mailroom.store.session(attempt.facts.shop.id), attempt.facts)
    return replace(attempt, facts=facts, trigger=trigger_of(facts, attempt.message, attempt.now))


def with_the_day(mailroom: Mailroom, attempt: Attempt) -> Attempt:
    """What is open, where the letter of a day names it; looked up apart as well."""
    if attempt.facts.team is None:
        return attempt
    session = mailroom.store.session(attempt.facts.shop.id, now=attempt.now)
    facts = with_open_tasks(session, attempt.facts, mailroom.contact_key, attempt.now)
    return replace(attempt, facts=facts)


def with_stock(mailroom: Mailroom, attempt: Attempt) -> Attempt:
    """How much there is now of what it tells of, where it depends on that."""
    if not attempt.journey.looks_at_stock:
        return attempt
    stock = mailroom.store.stock(attempt.facts.shop.id, wanted_skus(attempt.facts, attempt.trigger))
    return replace(attempt, facts=replace(attempt.facts, stock=stock))


def names_of(request: SendRequest) -> list[Named]:
    own = (request.subject, request.message)
    return [Named(request.shop, subject, message) for subject, message in dict.fromkeys((own, *request.more))]
