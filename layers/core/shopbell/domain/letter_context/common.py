"""The parts that letters share: the shop, the customer, the order, its things, a coupon."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Context
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from shopbell.domain.letter_context.names import called
from shopbell.domain.letter_context.opening import opening
from shopbell.domain.letter_context.order_table import (
    LONGEST_NAME,
    amount_of,
    is_by_price,
    line_amount,
    shortened,
    shown_name,
    shown_options,
    sums_of,
)
from shopbell.domain.model.bank import account_in as bank_account_in
from shopbell.domain.model.bank import beside, ibans_in
from shopbell.domain.model.customer import AS_WRITTEN
from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, LateFacts
from shopbell.domain.model.order import Order
from shopbell.domain.model.product import Recommended
from shopbell.domain.model.shop import Coupon, Shop
from shopbell.domain.model.told import told_number
from shopbell.domain.rules.account import Account, account_in, account_of
from shopbell.domain.rules.bonus import balance, worth
from shopbell.domain.rules.mail_domains import likely_meant
from shopbell.domain.rules.order_state import state_of
from shopbell.domain.rules.parcels import is_sent
from shopbell.domain.rules.recommending import MOST_OFFERED
from shopbell.domain.time.calendar import local_day

PAY_ON_RECEIPT = frozenset({"cash_on_delivery", "cash_to_courier"})


def shop_context(shop: Shop) -> Context:
    """`hours`: its own words, else its week, which each language writes out."""
    contacts, links = shop.contacts, shop.links
    return Context(
        name=shop.name,
        email=contacts.email,
        phone=contacts.phone,
        site=contacts.site,
        address=contacts.address,
        hours=contacts.hours or opening(shop.calendar),
        logo_url=shop.logo_url,
        accent=shop.accent,
        faq_url=links.faq,
        delivery_url=links.delivery,
        review_url=links.review,
        locale=shop.locale,
    )


def customer_context(facts: Facts) -> Context:
    """`can_be_written_to`: there is an address, and it works. The two as they were written are for the staff
    alone, and so is the domain that was likely meant."""
    text = facts.customer.text
    names = called(text("first_name"), text("name"))
    return Context(
        name=names.name,
        greeting=names.greeting,
        email=text("email"),
        phone=text("phone"),
        gender=text("gender"),
        can_be_written_to=facts.email is not None and facts.email.unusable() is None,
        email_written=text(f"{AS_WRITTEN}.email"),
        phone_written=text(f"{AS_WRITTEN}.phone"),
        email_meant=likely_meant(text("email") or text(f"{AS_WRITTEN}.email")),
    )


def order_context(order: Order, shop: Shop, delivery: Context) -> Context:
    """`paid`: nothing is due any more; `sent`: some of it is sent, or fetched from the shop; `staff`: the name of
    whoever sees to it, "" where the shop gives none."""
    placed, currency, account = order.placed_at, order.text("currency") or shop.currency, account_of(order, shop)
    return Context(
        number=told_number(order.text("number"), order.id),
        url=order.text("url"),
        currency=currency,
        placed_on=local_day(placed, shop.zone) if placed else None,
        total=account.total,
        **sums_of(order, account.total, currency),
        state=state_of(order, account),
        cancelled=account.called_off,
        delayed=order.happened(EventType.ORDER_DELAYED),
        paid=account.is_settled,
        sent=is_sent(order),
        channel=order.text("channel"),
        staff=called(order.text("staff"), "").greeting,
        items=[item_context(item, currency) for item in order.items],
        payment=_payment(order, account, shop),
        delivery=delivery,
    )


def companions_context(facts: Facts) -> list[Context]:
    """What goes with what was ordered. Nobody who waits for an answer is offered anything."""
    if facts.order is None or facts.customer.open_complaint:
        return []
    return [_recommended(each, currency_of(facts)) for each in facts.late_facts.companions]


def recommended_context(facts: Facts, told: Collection[str]) -> list[Context]:
    """What suits the customer and is not told of in the letter already, by its code; without its price, which may be
    another by now."""
    fresh = [each for each in facts.late_facts.recommended if each.item["sku"] not in told]
    return [without_price(each) for each in fresh[:MOST_OFFERED]]


def without_price(each: Recommended) -> Context:
    return _recommended(replace(each, item={**each.item, "unit_price": None}), "")


def _recommended(each: Recommended, currency: str) -> Context:
    """`beside`: with what it goes; `learnt`: others bought it along, else the shop says that it goes with it."""
    beside = shown_name({"name": each.beside})
    return Context(**vars(item_context(each.item, currency)), beside=beside, learnt=each.learnt)


def currency_of(facts: Facts) -> str:
    return (facts.order.text("currency") if facts.order else "") or facts.shop.currency


def item_context(item: Mapping[str, Json], currency: str) -> Context:
    """An item of an order, or one offered instead of it."""
    return Context(
        name=shown_name(item),
        sku=item.get("sku") or "",
        options=shown_options(item),
        quantity=amount_of(item.get("quantity")) or Decimal(1),
        unit_price=amount_of(item.get("unit_price")),
        amount=line_amount(item, currency),
        by_price=is_by_price(item, currency),
        url=item.get("url") or "",
        image_url=_picture(item.get("image_url") or ""),
    )


def _picture(url: str) -> str:
    """Mail programs warn of what comes over an open line, or leave it out."""
    return url if url.lower().startswith("https://") else ""


def _payment(order: Order, account: Account, shop: Shop) -> Context:
    """`details`: of the bank, where the order is to be paid by transfer; `other_details`: the same for whoever chose
    another way to pay beforehand. `due`: what is still to be paid, None where nothing is; `paid`: what came and was not
    given back."""
    own = order.text("payment.details")
    bank = own or (shop.payment.told if order.prepaid else "")
    by_transfer = order.text("payment.method") == "bank_transfer"
    method, url = order.text("payment.method"), order.text("payment.url")
    return Context(
        method=method,
        title=shortened(order.text("payment.title"), LONGEST_NAME),
        prepaid=order.prepaid,
        details=bank if by_transfer else "",
        other_details="" if by_transfer or not order.prepaid else bank,
        account=_account(bank, shop, is_the_orders=own != ""),
        url=url,
        due=account.due or None,
        paid=account.kept if account.kept > 0 else None,
        alternatives=list(shop.payment.alternatives),
    )


def _account(details: str, shop: Shop, *, is_the_orders: bool) -> Context | None:
    """What the bank's details say, value by value; `more`: their other lines. The shop's own account is none of an
    order's details that do not name it."""
    configured = shop.payment.account
    if configured and is_the_orders and configured.iban not in ibans_in(details):
        configured = None
    account = bank_account_in(details, configured) if details else None
    if account is None:
        return None
    return Context(name=account.name, iban=account.iban, bic=account.bic, more=beside(details, account))


def coupon_context(coupon: Coupon | None, until: date, late_facts: LateFacts) -> Context | None:
    """None where the shop offers none, or the personal code was used already; once handed out it stays as it was."""
    if coupon is None or not coupon.has_code:
        return None
    if coupon.code:
        return Context(percent=coupon.percent, code=coupon.code, until=until, personal=False)
    issued = late_facts.issued
    if issued is None:
        return Context(percent=coupon.percent, code=late_facts.code, until=until, personal=True)
    handed_out = Context(percent=issued.percent, code=issued.code, until=issued.until, personal=True)
    return None if issued.redeemed else handed_out


def bonus_context(facts: Facts) -> Context | None:
    """What this order earned, and what there is; None where the shop gives no units or they are worth nothing yet."""
    entries, terms, currency = facts.late_facts.bonus, facts.shop.bonus, facts.shop.currency
    earned = sum(entry.units for entry in entries if facts.order and entry.order == facts.order.id and entry.units > 0)
    whole = balance(entries)
    value = worth(whole, terms, currency)
    if not earned or value <= 0:
        return None
    return Context(earned=earned, balance=whole, worth=value, earned_worth=worth(earned, terms, currency))


def amount_due(facts: Facts) -> Decimal | None:
    """What is still to be paid on receipt."""
    if facts.order is None or facts.order.text("payment.method") not in PAY_ON_RECEIPT:
        return None
    return account_in(facts).due or None


def review_context(facts: Facts) -> Context:
    """The link carries the order, and the courier whom a good word is to reach (R065)."""
    order, url = facts.order, facts.shop.links.review
    if order is None or not url:
        return Context(url="")
    query = {"order": order.id, "courier": order.text("delivery.courier")}
    return Context(url=_with_query(url, {name: value for name, value in query.items() if value}))


def _with_query(url: str, more: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query))
