"""Bonus units: what an order earns its customer, and what they spent, as the shop's checkout tells."""

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.order import Order
from shopbell.domain.model.state import SendRequest
from shopbell.domain.rules.account import account_of
from shopbell.domain.rules.bonus import SPENT, owing
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.forgotten import erased_since
from shopbell.service.subjects.identity import resolve_customer
from shopbell.service.subjects.work import Work

MONEY = frozenset(
    {
        EventType.ORDER_PLACED,
        EventType.ORDER_ACCEPTED,
        EventType.ORDER_PAID,
        EventType.ORDER_PAYMENT_REVERSED,
        EventType.ORDER_REFUNDED,
        EventType.ORDER_REPRICED,
        EventType.ORDER_CANCELLED,
        EventType.CALL_DONE,
    }
)
"""Events after which the ledger may owe the customer something, or the other way round. A task's page
may say that the order was accepted."""


def keep_bonus(work: Work, event: Event, order: Order, customer: Customer) -> None:
    """What the account of an order that was paid calls for and is not in the ledger yet."""
    account = account_of(order, work.shop)
    if event.type not in MONEY or not account.payments or order.erased:
        return
    entries = work.session.bonus([customer.key, *customer.aliases])
    if entry := owing(order, account, entries, work.shop.bonus, event.at):
        work.session.add_bonus(customer.key, entry)


def spend(work: Work, event: Event) -> list[SendRequest]:
    """Once for an order, whoever tells it how often; without an order, once for an event."""
    erased_at = erased_since(work, event, EntityHistory(""), "")
    person = None if erased_at else resolve_customer(work, event, "")
    if person is None:
        return merge_customer(work, event)
    order = str(event.extra.get("order") or "")
    name = f"{SPENT}#{order or event.id}"
    entries = work.session.bonus([person.customer.key, *person.customer.aliases])
    if name not in {entry.name for entry in entries}:
        work.session.add_bonus(person.customer.key, Entry(name, event.at, -int(event.extra["units"]), order))
    return []
