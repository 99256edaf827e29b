"""The table of an order: what each line costs, and what the lines leave open, so that they add up to the total."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace as Context

from shopbell.domain.model.events import Json
from shopbell.domain.model.money import decimals_for, decimals_of
from shopbell.domain.model.order import Order
from shopbell.domain.model.told import LONGEST_OPTION, told_words

MOST_ADJUSTMENTS = 10
"""Named in a letter; what the others come to is part of the rest, and so is one without a name."""
LONGEST_NAME = 200
"""Characters of a name that a letter shows."""
LONGEST_OPTIONS = 2_000
"""Characters of all the options of a thing."""


def sums_of(order: Order, total: Decimal | None, currency: str) -> dict[str, object]:
    """`discount`, `adjustments` and `rest` of an order that costs `total`; a sum is None where it is nothing, or nobody
    knows it.

    A discount that the prices have taken off already is no line: it would be taken off twice.
    """
    adjustments = _adjustments(order)
    discount, rest = order.amount("discount_total") or None, _rest(order, total, currency, adjustments)
    if rest is not None and rest == discount:
        discount = rest = None
    return {"discount": discount, "adjustments": adjustments, "rest": rest}


def line_amount(item: Mapping[str, Json], currency: str) -> Decimal | None:
    """What a line costs: as the shop says, or else its quantity times its price. None where there is no price."""
    total = amount_of(item.get("total"))
    return _by_price(item, currency) if total is None else total


def is_by_price(item: Mapping[str, Json], currency: str) -> bool:
    """Whether a line costs what its quantity and its price say."""
    reckoned = _by_price(item, currency)
    return reckoned is not None and reckoned == line_amount(item, currency)


def _by_price(item: Mapping[str, Json], currency: str) -> Decimal | None:
    price = amount_of(item.get("unit_price"))
    if price is None:
        return None
    exact = price * (amount_of(item.get("quantity")) or Decimal(1))
    # A price finer than the coins is meant so; a weight times a price is charged in coins.
    finest = max(decimals_of(currency), decimals_for(price, currency))
    return exact.quantize(Decimal(1).scaleb(-finest), ROUND_HALF_UP)


def shown_name(item: Mapping[str, Json]) -> str:
    return shortened(str(item.get("name") or ""), LONGEST_NAME)


def shown_options(item: Mapping[str, Json]) -> list[tuple[str, str]]:
    """The customer may have written them: what is to be engraved."""
    left, shown = LONGEST_OPTIONS, []
    for name, value in (item.get("options") or {}).items():
        told = told_words(name, min(left, LONGEST_NAME)), told_words(str(value), min(left, LONGEST_OPTION))
        if left > 0 and told[1]:
            shown.append(told)
            left -= len(name) + len(value)
    return shown


def shortened(text: str, longest: int) -> str:
    """With "…" where something was left out."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _rest(order: Order, total: Decimal | None, currency: str, adjustments: Sequence[Context]) -> Decimal | None:
    lines = _sum(line_amount(item, currency) for item in order.items)
    if total is None or lines is None or not order.items:
        return None
    named = sum((each.amount for each in adjustments), Decimal(0))
    delivery, discount = (order.amount(name) or Decimal(0) for name in ("delivery.price", "discount_total"))
    return total - (lines + delivery - discount + named) or None


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """None where one of them is not known."""
    known = list(amounts)
    return None if None in known else sum((each for each in known if each is not None), Decimal(0))


def _adjustments(order: Order) -> list[Context]:
    told = [_adjustment(each) for each in order.record.get("adjustments") or []]
    return [each for each in told if each.name and each.amount][:MOST_ADJUSTMENTS]


def _adjustment(told: Mapping[str, Json]) -> Context:
    return Context(name=shown_name(told), amount=amount_of(told.get("amount")))


def amount_of(value: Json) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) else None
