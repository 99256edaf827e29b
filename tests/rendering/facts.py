"""What each kind must tell, by the facts of the samples."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.sandbox import Part
from tests.rendering.letters import RENDERER

Content = Mapping[str, Any]
Fact = Callable[[Content], Any]

NEWS: Mapping[str, str] = {
    "order_received": "number things options codes total discount payment delivery details pay_link email phone "
    "answer_by coupon coupon_until arrives faq terms",
    "order_accepted": "number things total ships_by pay_by arrives payment details",
    "payment_received": "number amount ships_by arrives bonus balance worth",
    "payment_failed": "number due why_failed pay_link ways",
    "order_handed_over": "number tracking track_link carrier arrives",
    "order_shipped": "number shipped_on arrives tracking track_link carrier",
    "order_delayed": "number reason_told remedy new_date",
    "parcel_ready": "number place tracking pickup_until fee",
    "order_delivered": "number things",
    "order_cancelled": "number reason refund_expected things",
    "order_refunded": "number refund refund_reason",
    "order_repriced": "number old_total new_total why_dearer companions coupon",
    "item_unavailable": "number item item_code alternatives prices_of_them links_to_them",
    "order_unpaid_first": "number due details pay_link ways",
    "order_unpaid_final": "number due details pay_link ways",
    "parcel_uncollected": "number place tracking pickup_until fee",
    "review_request": "number things review_link",
    "profile_completion": "page_link",
    "complaint_received": "complaint answered_by order_of_it",
    "complaint_resolved": "outcome order_of_it",
    "complaint_followup": "complaint order_of_it",
    **dict.fromkeys(("birthday_week", "birthday_soon", "birthday_last_days"), "coupon percent page_link"),
    "birthday_today": "coupon percent coupon_until page_link",
}
TASKS: Mapping[str, str] = {
    "staff_confirm_order": "number name call things options total payment delivery faq",
    "staff_order_late": "number name call things total",
    "staff_call_unpaid": "number name call due ways",
    "staff_pack": "number things options codes coupon coupon_until name place map_link ships_by",
    "staff_refusal_risk": "number name call old_total new_total why_dearer",
    "staff_promise_at_risk": "number name call promised next_date",
    "staff_dispatch_overdue": "number name call promised next_date",
    "staff_parcel_overdue": "number name call promised tracking",
    "staff_call_satisfaction": "number name call things",
    "staff_complaint": "name call complaint answered_by concede_up_to faq",
    "staff_callback": "name ring_back ring_at noted",
    "staff_missed_call": "name ring_back ring_at faq",
    "staff_unreachable_customer": "number name call tracking",
    "staff_facts_missing": "number name call",
    "staff_money_back": "number name call to_give_back paid_so_far total",
    "staff_payment_reversed": "number name call taken_back why_taken_back due ways",
    "staff_stop_packing": "number name reason things",
}
BY_SMS: Mapping[str, str] = {
    "order_received": "number total details shop_phone",
    "order_accepted": "number total details shop_phone",
    "payment_received": "number amount ships_by arrives_by",
    "payment_failed": "number due pay_link shop_phone",
    "order_handed_over": "number tracking arrives_by",
    "order_shipped": "number shipped_on arrives_by tracking",
    "order_delayed": "number new_date shop_phone",
    "parcel_ready": "number place tracking pickup_until",
    "order_delivered": "number shop_phone",
    "order_cancelled": "number refund_expected shop_phone",
    "order_refunded": "number refund",
    "order_repriced": "number old_total new_total shop_phone",
    "item_unavailable": "number item shop_phone",
    "order_unpaid_first": "number due details shop_phone",
    "order_unpaid_final": "number due details shop_phone",
    "parcel_uncollected": "number place tracking pickup_until",
    "review_request": "number review_link",
    "profile_completion": "page_link",
    "complaint_received": "order_of_it shop_phone",
    "complaint_resolved": "order_of_it outcome",
    "complaint_followup": "order_of_it shop_phone",
    **dict.fromkeys(("birthday_week", "birthday_soon", "birthday_today"), "coupon percent coupon_until page_link"),
    "birthday_last_days": "coupon percent page_link",
}

FACTS: Mapping[str, Fact] = {
    "number": lambda said: said["order"].number,
    "things": lambda said: [item.name for item in said["order"].items],
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
    "item": lambda said: said["item"].name,
    "item_code": lambda said: said["item"].sku,
    "alternatives": lambda said: [item.name for item in said["alternatives"]],
    "prices_of_them": lambda said: [item.unit_price for item in said["alternatives"]],
    "links_to_them": lambda said: [item.url for item in said["alternatives"]],
    "review_link": lambda said: said["review"].url,
    "page_link": lambda said: said["unsubscribe_url"],
    "complaint": lambda said: said["complaint"].text,
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
        money = tools.filters["money_short" if short else "money"]
        yield money(value, said["order"].currency if said["order"] else said["complaint"].currency)
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
    return " ".join(text.replace("\u2011", "-").split())
