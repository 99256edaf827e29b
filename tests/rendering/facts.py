"""The facts that a letter may have to tell, by name, and the ways in which each language writes them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.sandbox import Part
from tests.rendering.letters import RENDERER

Content = Mapping[str, Any]
Fact = Callable[[Content], Any]

FACTS: Mapping[str, Fact] = {
    "number": lambda said: said["order"].number,
    "tasks_numbers": lambda said: [line.content["order"].number for line in said["day"].lines],
    "tasks_phone": lambda said: said["day"].lines[0].phone[-2:],
    "tasks_links": lambda said: [line.url for line in said["day"].lines],
    "tasks_promised": lambda said: said["day"].lines[0].promised,
    "things": lambda said: [item.name for item in said["order"].items],
    "again": lambda said: [item.name for item in said["things"]],
    "last_on": lambda said: said["things"][0].last_on,
    "wished": lambda said: [item.name for item in said["wished"]],
    "asked_on": lambda said: said["wished"][0].asked_on,
    "codes_of_wished": lambda said: [item.sku for item in said["wished"]],
    "links_to_wished": lambda said: [item.url for item in said["wished"]],
    "ends_on": lambda said: said["things"][0].ends_on,
    "slept_since": lambda said: said["sleep"].last_on,
    "spent_so_far": lambda said: said["sleep"].spent,
    "planned_on": lambda said: said["planned_on"],
    "links_to_things": lambda said: [item.url for item in said["things"]],
    "own_subject": lambda said: said["mailing"].subject,
    "own_words": lambda said: [text for block in said["mailing"].blocks for text in block.paragraphs],
    "own_things": lambda said: [thing.url for block in said["mailing"].blocks for thing in block.things],
    "own_subject_told": lambda said: said["campaign"].subject,
    "month_orders": lambda said: said["month"].orders,
    "month_sent": lambda said: [said["month"].sent, *(each.number for each in said["month"].chapters)],
    "month_asleep": lambda said: [said["month"].sleeping.number, said["month"].sleeping.woken],
    "month_brings": lambda said: said["month"].sleeping.brings,
    "month_texts": lambda said: said["month"].texts.cost,
    "counted": lambda said: [said["campaign"].people, said["campaign"].letters, said["campaign"].segments],
    "sms_cost": lambda said: said["campaign"].sms_cost,
    "brought": lambda said: [each.brings for each in said["campaign"].forecast],
    "options": lambda said: [value for item in said["order"].items for _, value in item.options],
    "codes": lambda said: [item.sku for item in said["order"].items],
    "total": lambda said: said["order"].total,
    "discount": lambda said: said["order"].discount,
    "due": lambda said: said["order"].payment.due,
    "payment": lambda said: ("payments", said["order"].payment.method),
    "delivery": lambda said: ("deliveries", said["order"].delivery.method),
    "details": lambda said: said["order"].payment.details.splitlines(),
    "pay_link": lambda said: said["order"].payment.url,
    "ways": lambda said: said["order"].payment.alternatives,
    "email": lambda said: said["customer"].email,
    "phone": lambda said: said["customer"].phone[-2:],
    "name": lambda said: said["customer"].name,
    "call": lambda said: said["customer"].phone[-2:],
    "answer_by": lambda said: said["answer_by"],
    "pay_by": lambda said: said["pay_by"],
    "why_failed": lambda said: said["reason"],
    "coupon": lambda said: said["coupon"].code,
    "coupon_until": lambda said: said["coupon"].until,
    "percent": lambda said: f"{said['coupon'].percent}",
    "faq": lambda said: said["shop"].faq_url,
    "terms": lambda said: said["shop"].delivery_url,
    "shop_phone": lambda said: said["shop"].phone,
    "ships_by": lambda said: said["ships_by"],
    "arrives": lambda said: (said["order"].delivery.arrives_from, said["order"].delivery.arrives_by),
    "arrives_by": lambda said: said["order"].delivery.arrives_by,
    "shipped_on": lambda said: said["shipped_on"],
    "amount": lambda said: said["amount"],
    "bonus": lambda said: said["bonus"].earned,
    "balance": lambda said: said["bonus"].balance,
    "worth": lambda said: said["bonus"].worth,
    "tracking": lambda said: said["order"].delivery.tracking_number,
    "track_link": lambda said: said["order"].delivery.tracking_url,
    "carrier": lambda said: said["order"].delivery.carrier,
    "place": lambda said: said["order"].delivery.address,
    "map_link": lambda said: said["order"].delivery.map_url,
    "pickup_until": lambda said: said["order"].delivery.pickup_until,
    "fee": lambda said: said["order"].delivery.storage_fee,
    "reason": lambda said: said["reason"],
    "refund_expected": lambda said: said["refund_expected"],
    "to_give_back": lambda said: said["money_back"].amount,
    "paid_so_far": lambda said: said["money_back"].paid,
    "taken_back": lambda said: said["reversal"].amount,
    "why_taken_back": lambda said: said["reversal"].reason,
    "reason_told": lambda said: said["delay"].reason,
    "remedy": lambda said: said["delay"].remedy,
    "new_date": lambda said: said["delay"].new_date,
    "refund": lambda said: said["refund"].amount,
    "refund_reason": lambda said: said["refund"].reason,
    "old_total": lambda said: said["repriced"].old_total,
    "new_total": lambda said: said["repriced"].new_total,
    "why_dearer": lambda said: said["repriced"].reason,
    "companions": lambda said: [item.name for item in said["companions"]],
    "prices_on_offer": lambda said: [item.unit_price for item in said["companions"]],
    "offered_code": lambda said: said["offer"].code,
    "offered_until": lambda said: said["offer"].until,
    "item": lambda said: said["item"].name,
    "item_code": lambda said: said["item"].sku,
    "alternatives": lambda said: [item.name for item in said["alternatives"]],
    "prices_of_them": lambda said: [item.unit_price for item in said["alternatives"]],
    "links_to_them": lambda said: [item.url for item in said["alternatives"]],
    "holiday_day": lambda said: said["holiday"].day,
    "review_link": lambda said: said["review"].url,
    "page_link": lambda said: said["unsubscribe_url"],
    "complaint": lambda said: said["complaint"].text,
    "stars": lambda said: f"{said['opinion'].rating}",
    "opinion": lambda said: said["opinion"].text,
    "courier": lambda said: said["opinion"].courier,
    "outcome": lambda said: said["complaint"].outcome,
    "order_of_it": lambda said: said["complaint"].order,
    "answered_by": lambda said: f"{said['complaint'].answer_by:%H:%M}",
    "concede_up_to": lambda said: said["complaint"].concede_up_to,
    "promised": lambda said: said["promise"].day,
    "next_date": lambda said: said["promise"].next_date,
    "ring_back": lambda said: said["call"].phone[-2:],
    "ring_at": lambda said: f"{said['call'].at:%H:%M}",
    "noted": lambda said: said["call"].note,
}


def plain_templates(locale: str) -> LocaleTemplates:
    return RENDERER._templates_of(locale, Part.PLAIN)


def spellings(value: Any, said: Content, *, short: bool) -> Iterator[str]:
    """The ways in which the language may write a fact; one of them has to stand there."""
    tools = plain_templates(said["locale"]).environment
    words: Any = tools.globals["w"]
    if isinstance(value, int):
        yield tools.filters["quantity"](value)
    elif isinstance(value, Decimal):
        currency = said["order"].currency if said["order"] else said.get("currency") or said["complaint"].currency
        yield from (
            tools.filters[form](value, currency) for form in (("money_short",) if short else ("money", "money_column"))
        )
    elif isinstance(value, date):
        forms = ("short", "digits") if short else ("day", "weekday", "month_day")
        yield from (tools.filters[form](value).rstrip(".") for form in forms)
    elif isinstance(value, tuple) and isinstance(value[1], date):
        yield from (words.period(*value), words.not_after(value[1]))
    elif isinstance(value, tuple):
        yield getattr(words, value[0])[value[1]]
    else:
        yield str(value)


def same(text: str) -> str:
    """Without what only the setting of a line changes."""
    return " ".join(text.replace("\u2011", "-").replace("\u2060", "").split())
