"""What letters say of things that were bought, or asked for, before."""

from collections.abc import Iterable
from datetime import date, datetime
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.journeys.again import REPLENISHMENT
from shopbell.domain.journeys.stock import BACK
from shopbell.domain.letter_context.common import item_context
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import Bought, Purchase, purchases
from shopbell.domain.rules.buying_again import running_out
from shopbell.domain.rules.supplies import Supply, supplies
from shopbell.domain.rules.wishes import asked_at, told_with
from shopbell.domain.time.calendar import local_day, parse_day

LetterContext = dict[str, Any]


def running_out_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return _told(running_out(facts, trigger, REPLENISHMENT), facts)


def to_replace_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return _told((each for each in supplies(facts) if each.name == trigger.occurrence_id), facts)


def wanted_again_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    order, day = trigger.facts.get("order"), trigger.facts.get("planned_on")
    purchase = next((each for each in purchases(facts.customer) if each.order == order), None)
    last_on = local_day(purchase.at, facts.zone) if purchase else None
    items = purchase.items if purchase else ()
    return {
        "things": [thing_context(item, purchase, last_on) for item in items],
        "currency": purchase.currency if purchase else facts.shop.currency,
        "planned_on": parse_day(day) if isinstance(day, str) else None,
    }


def restocked_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """All that came with it; what is called nothing goes by its code."""
    triggers = told_with(facts, trigger, BACK) or [trigger]
    return {"wished": [_restocked(each, facts) for each in triggers], "currency": facts.shop.currency, "call": None}


def _restocked(trigger: Trigger, facts: Facts) -> Context:
    product = trigger.facts.get("product") or {}
    told = item_context({**product, "name": product.get("name") or product.get("sku")}, facts.shop.currency)
    told.asked_on = local_day(asked_at(trigger), facts.zone)
    return told


def _told(known: Iterable[Supply], facts: Facts) -> LetterContext:
    told = list(known)
    currency = told[0].purchase.currency if told else facts.shop.currency
    things = [thing_context(each.bought, each.purchase, each.last_on, each.ends_on) for each in told]
    return {"things": things, "currency": currency}


def thing_context(
    bought: Bought, purchase: Purchase | None, last_on: date | None, ends_on: date | None = None
) -> Context:
    item = {"sku": bought.sku, "name": bought.name, "url": bought.url}
    price = {"unit_price": f"{bought.unit_price}"} if bought.unit_price is not None else {}
    told = item_context({**item, **price}, purchase.currency if purchase else "")
    told.last_on, told.ends_on = last_on, ends_on
    return told
