"""What letters and calls say to whoever has not been here for long."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.letter_context.again import thing_context
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import Purchase
from shopbell.domain.rules.regulars import kept
from shopbell.domain.rules.sleeping import sleeper

LetterContext = dict[str, Any]


def sleeps_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`sleep`: how they ordered; `things`: what they ordered each time, none where it differed; `last_things`: what
    they ordered last."""
    who = sleeper(facts, now)
    if who is None:
        return {"sleep": None, "things": [], "last_things": [], "currency": facts.shop.currency}
    sleep = Context(
        last_on=who.pace.last_on,
        days=who.silent_days,
        orders=len(kept(who.bought)),
        usual=who.pace.often,
        longest=who.pace.longest,
        expected=None if who.expected is None else Decimal(f"{who.expected:.1f}"),
        spent=who.spent,
        worth=who.worth,
        is_loyal=who.is_loyal,
    )
    same = who.always_orders
    return {
        "sleep": sleep,
        "things": _things(same, facts) if same else [],
        "last_things": _things(who.last, facts),
        "currency": who.last.currency or facts.shop.currency,
    }


def _things(purchase: Purchase, facts: Facts) -> list[Context]:
    return [thing_context(item, purchase, None) for item in purchase.items if item.name]
