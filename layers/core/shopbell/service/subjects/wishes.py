"""Wishes for what is not there, and the word that it is there again."""

from dataclasses import replace
from decimal import Decimal

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.run import Run, RunKind, Wish
from shopbell.domain.model.state import SendRequest
from shopbell.domain.rules.account import account_of
from shopbell.service.subjects.identity import CustomerContacts
from shopbell.service.subjects.work import Work


def list_wish(work: Work, event: Event, person: CustomerContacts) -> None:
    """Among all who asked for that product."""
    if event.type == EventType.PRODUCT_WANTED:
        work.session.add_wish(str(event.extra["sku"]), Wish(person.customer.key, event.at))


def restock(work: Work, event: Event) -> list[SendRequest]:
    """It begins a run through the wishes, in place of the one before; older news than what is known changes nothing.
    Whoever was told by then is on the list no more."""
    product = dict(event.extra["product"])
    sku, quantity = str(product["sku"]), product.pop("quantity", None)
    told_at = work.session.stock_told_at(sku)
    if told_at is not None and told_at >= event.timestamp:
        return []
    work.session.save_stock(sku, quantity, event.timestamp)
    if quantity is not None and Decimal(quantity) == 0:
        return []
    if quantity is not None:
        work.session.count_product(sku)
    run = Run(RunKind.RESTOCK, sku, event.at, work.now, facts=product)
    before = work.session.run(run)
    work.session.begin_run(replace(run, version=before.version) if before else run)
    return []


def count_ordered(work: Work, order: Order) -> None:
    """Of the products whose number the shop told, while people wait for them."""
    quantities, placed_at = order.quantities, order.begun_at
    if placed_at is None:
        return
    for sku in work.shop.counted.intersection(quantities):
        ordered = Decimal(0) if account_of(order, work.shop).called_off else quantities[sku]
        work.session.count_ordered(sku, order.id, placed_at, ordered, work.now)


def note_sold_out(work: Work, event: Event) -> None:
    """An item that an order cannot have is there for nobody."""
    sku = str(event.extra.get("sku", ""))
    if event.type == EventType.ORDER_ITEM_UNAVAILABLE and sku in work.shop.counted:
        work.session.save_stock(sku, "0", event.timestamp)
