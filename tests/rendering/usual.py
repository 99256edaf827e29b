"""What each kind of letter is made of in the tests, and what it must tell: a row a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.letter_context.month import month_context
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.figures import Tally
from shopbell.domain.model.rhythm import QuietGroup, Rhythm
from shopbell.domain.model.vocabulary import LateFact, MessageClass, Sweep
from tests.rendering.languages import SAMPLES_OF
from tests.rendering.parts import (
    MORNING,
    THURSDAY,
    TODAY,
    WEDNESDAY,
    bonus,
    call,
    complaint,
    coupon,
    customer,
    dearer,
    goods,
    money,
    money_back,
    order,
    paid,
    parcel,
    payment,
    promise,
    repriced,
    shop,
    step,
    waiting,
)
from tests.world import a_shop

Content = dict[str, Any]
Own = Callable[[str], Content]
"""By the language: what a letter gets beside the shop, the customer and the order."""

TO_CUSTOMERS = tuple(dict.fromkeys(row.kind for row in JOURNEYS if row.ends is None and not row.is_task))
TO_STAFF = tuple(dict.fromkeys(row.kind for row in JOURNEYS if row.is_task))
BIRTHDAYS = tuple(row.kind for row in JOURNEYS if row.sweep is Sweep.BIRTHDAYS)
CARDS = tuple(row.kind for row in JOURNEYS if row.message_class is MessageClass.GREETING)
WITH_LINK = frozenset(row.kind for row in JOURNEYS if row.message_class in PROMOTIONAL)
"""Each of these has a link by which one unsubscribes."""


RECOMMENDING = frozenset(row.kind for row in JOURNEYS if LateFact.RECOMMENDED in row.late_facts)


def nothing(locale: str) -> Content:
    return {}


@dataclass(frozen=True, slots=True)
class Sample:
    """`tells`: the facts that the letter must tell (names of FACTS); `sms`: those that its SMS must."""

    tells: str
    sms: str = ""
    own: Own = nothing


def settled(locale: str) -> Content:
    return {"order": paid(locale)}


def of_parcel(locale: str) -> Content:
    return {"parcel": parcel(locale), "amount_due": None, "order_due": None, **settled(locale)}


def of_waiting(locale: str) -> Content:
    said = of_parcel(locale)
    ready = step("ready", last=date(2026, 3, 12), present=True)
    said["order"].delivery.progress = [step("received"), step("paid"), step("sent", last=TODAY), ready]
    return {"waiting": [waiting(locale)], **said}


def of_delay(locale: str) -> Content:
    delayed = paid(locale)
    leaves = step("leaves", last=date(2026, 3, 9))
    delayed.delivery.progress = [step("received"), step("paid", present=True), leaves]
    delay = Part(**told_why(locale), new_date=date(2026, 3, 9), of="dispatch")
    return {"delay": delay, "promise": None, "parcel": parcel(locale), "order": delayed}


def of_promise(what: str) -> Own:
    return lambda locale: {"promise": promise(what=what), "parcel": parcel(locale), **settled(locale)}


def of_complaint(locale: str) -> Content:
    return {"complaint": complaint(locale), "order": None}


def recommended(locale: str) -> list[Part]:
    first, *others = goods(locale)
    return [Part(**vars(each), beside=first.name, learnt=number == 0) for number, each in enumerate(others)]


def of_birthday(locale: str) -> Content:
    return {"birthday": date(2026, 3, 9), "coupon": coupon(), "order": None}


def of_things(locale: str) -> Content:
    thing = Part(**{**vars(goods(locale)[0]), "last_on": date(2026, 2, 9), "ends_on": date(2026, 3, 9)})
    return {"things": [thing], "currency": order(locale).currency, "order": None}


def of_wish(locale: str) -> Content:
    thing = Part(**{**vars(goods(locale)[0]), "asked_on": date(2026, 2, 9)})
    return {"wished": [thing], "currency": order(locale).currency, "order": None}


def of_agreed(locale: str) -> Content:
    return {**of_things(locale), "planned_on": date(2026, 3, 6)}


def of_holiday(holiday: str, day: date, **own: Any) -> Own:
    said = {"holiday": Part(id=holiday, name="", day=day), "coupon": None, "order": None, **own}
    return lambda locale: said | {"holiday": Part(**vars(said["holiday"]))}


WOMENS_DAY = date(2026, 3, 8)


def of_sleep(locale: str) -> Content:
    """Of whoever always orders the same; of a year whose days are told apart from others."""
    sleep = Part(last_on=date(2025, 11, 3), days=130, orders=7, usual=31, longest=58, expected=Decimal("0.4"))
    sleep.spent, sleep.worth, sleep.is_loyal = money(locale, "930.00"), money(locale, "53.00"), True
    things = of_things(locale)["things"]
    told = {"things": things, "last_things": things, "currency": order(locale).currency, "order": None}
    return {**told, "sleep": sleep}


def of_words(locale: str) -> Content:
    blocks = [
        Part(kind="arrivals", paragraphs=[SAMPLES_OF[locale].remedy], things=goods(locale)[:1]),
        Part(kind="article", paragraphs=[SAMPLES_OF[locale].reason], things=[]),
    ]
    mailing = Part(subject=goods(locale)[0].name, preheader=SAMPLES_OF[locale].remedy, blocks=blocks)
    return {"mailing": mailing, "currency": order(locale).currency, "coupon": coupon(), "order": None}


def of_counted(locale: str) -> Content:
    """A dry run of 1 240 people."""
    reached = [Part(language=locale, channel="email", number=1_100), Part(language=locale, channel="sms", number=64)]
    rates = {5: ("46.56", "4.66"), 30: ("279.36", "27.94")}
    forecast = [
        Part(percent=rate, brings=money(locale, brings), coupon=money(locale, coupon_cost))
        for rate, (brings, coupon_cost) in rates.items()
    ]
    counted: Content = {
        "people": 1_240,
        "letters": 1_100,
        "sms": 64,
        "segments": 128,
        "sms_cost": money(locale, "19.20"),
    }
    counted |= {"reached": reached, "kept_back": [("no_consent", 70), ("cap", 6)], "average": money(locale, "0.80")}
    told: Content = {
        "is_worth_it": True,
        "is_refused": False,
        "is_cancelled": False,
        "is_first_bulk": True,
        "gmail": 700,
    }
    told |= {"planned": 0, "sent": 0, "bounces": 0, "complaints": 0, "are_all_offers": True, "percent": Decimal(10)}
    moment = datetime(2026, 3, 5, 14, 20, tzinfo=ZoneInfo("Europe/London"))
    named = {"id": "spring", "subject": goods(locale)[0].name, "segment": [Part(name="silent", what="")]}
    leaves = {"last_at": moment, "days": 3, "first_day": 50}
    campaign = Part(**named, **counted, **told, **leaves, forecast=forecast)
    return {"campaign": campaign, "currency": order(locale).currency, "order": None}


TALLIES: Mapping[str, Tally] = {
    "2026-01": {"orders": 90, "buyers": 75, "spent": 7_200_000},
    "2026-02": {
        **{"orders": 124, "buyers": 92, "spent": 9_920_000, "prepaid": 81, "lost": 27, "asleep": 40, "mailed": 60},
        **{"sent|order_received|email": 124, "sent|order_shipped|email": 110, "sent|order_shipped|sms": 31},
        **{"sent|order_unpaid_first|email": 38, "sent|winback_first|email": 33, "sent|review_request|email": 95},
        **{"kept|no_consent": 17, "kept|cap": 6, "segments": 62, "accepted|1": 80, "accepted|4": 31, "accepted|0": 4},
        **{"told|winback": 33, "back|winback": 9, "held_out|winback": 7, "back_untold|winback": 1},
        **{"told|birthday": 12, "back|birthday": 2, "reviewed|": 8, "praised|": 7},
    },
}


def of_the_month(locale: str) -> Content:
    quiet = QuietGroup("sku", "MUG-1", 14, 9, 12)
    currency = order(locale).currency
    a_month = replace(a_shop(locale=locale, currency=currency), rhythm=Rhythm(quiet=(quiet,)))
    first = datetime(2026, 3, 2, 7, tzinfo=UTC)
    told = month_context(Facts(a_month, Customer(""), tallies=TALLIES), Trigger("2026-02", first), first)
    return {**told, "order": None}


def as_placed(locale: str) -> Content:
    return {"answer_by": MORNING, "pay_by": WEDNESDAY, "too_much": None, "bonus": None}


def told_why(locale: str) -> dict[str, str]:
    return {"reason": SAMPLES_OF[locale].reason, "remedy": SAMPLES_OF[locale].remedy}


def a_line(locale: str, kind: str, **own: Any) -> Part:
    """A task in the letter of a day."""
    content = {**usual(kind, locale), "again": 0}
    told = content["customer"]
    line = {"outcome": "", "is_old": False, "asked_on": TODAY, "promised": None, "total": content["order"].total}
    line |= {"name": told.name, "phone": told.phone, "currency": content["order"].currency, "content": content}
    return Part(id=kind, kind=kind, url=f"https://go.example/t/{kind}", **line | own)


def of_the_day(locale: str) -> Content:
    calls = [a_line(locale, "staff_confirm_order", promised=THURSDAY), a_line(locale, "staff_call_unpaid")]
    parcels, left = [a_line(locale, "staff_pack")], [a_line(locale, "staff_refusal_risk", is_old=True)]
    lines = [*calls, *parcels, *left]
    told = {"calls": calls, "parcels": parcels, "office": [], "done": [], "left_open": left, "lines": lines}
    return {"day": Part(today=TODAY, number=7, more=3, **told), "order": None}


UNASKED: Content = {"asks_consent": False, "agree_url": ""}


def personal_coupon() -> Part:
    return coupon("5", personal=True, code="K7QMW4XA")


def of_new_price(locale: str) -> Content:
    told = {"repriced": repriced(locale), "companions": [], "item": None, "alternatives": []}
    return {**told, "order": dearer(locale)}


SAMPLE_OF: Mapping[str, Sample] = {
    "order_received": Sample(
        "number things options codes total discount payment delivery details pay_link email phone answer_by coupon "
        "coupon_until faq terms",
        sms="number total details shop_phone",
        own=lambda locale: {**as_placed(locale), **UNASKED, "ships_by": None, "coupon": personal_coupon()},
    ),
    "order_accepted": Sample(
        "number things total ships_by pay_by payment details",
        sms="number total details shop_phone",
        own=lambda locale: {
            **as_placed(locale),
            **UNASKED,
            **{"ships_by": THURSDAY, "dispatch_days_after_payment": 3, "full": False},
        },
    ),
    "payment_received": Sample(
        "number amount ships_by arrives bonus balance worth",
        sms="number amount ships_by arrives_by",
        own=lambda locale: {
            **{"ships_by": THURSDAY, "amount": money(locale, "46.10"), "bonus": bonus(locale)},
            **{"came_before": None, "rest": None, "too_much": None, "called_off": False},
            **{"accepted": False, "answer_by": MORNING},
            **settled(locale),
        },
    ),
    "payment_failed": Sample(
        "number due why_failed pay_link ways",
        sms="number due pay_link shop_phone",
        own=lambda locale: {
            "reason": SAMPLES_OF[locale].payment_failure,
            "order": order(locale, payment=payment(locale, method="card", details="")),
        },
    ),
    "order_handed_over": Sample(
        "number tracking track_link carrier arrives", sms="number tracking arrives_by", own=of_parcel
    ),
    "order_shipped": Sample(
        "number shipped_on arrives tracking track_link carrier",
        sms="number shipped_on arrives_by tracking",
        own=lambda locale: {"shipped_on": TODAY, **of_parcel(locale)},
    ),
    "order_delayed": Sample(
        "number reason_told remedy new_date",
        sms="number new_date shop_phone",
        own=of_delay,
    ),
    "parcel_ready": Sample(
        "number place tracking pickup_until fee", sms="number place tracking pickup_until", own=of_waiting
    ),
    "parcel_uncollected": Sample(
        "number place tracking pickup_until fee", sms="number place tracking pickup_until", own=of_waiting
    ),
    "order_delivered": Sample(
        "number things",
        sms="number shop_phone",
        own=lambda locale: {"parcel": parcel(locale), **settled(locale)},
    ),
    "order_cancelled": Sample(
        "number reason refund_expected things",
        sms="number refund_expected shop_phone",
        own=lambda locale: {
            "reason": SAMPLES_OF[locale].reason,
            **{"refund_expected": money(locale, "46.10"), "given_back": None},
            "order": paid(locale, cancelled=True),
        },
    ),
    "order_refunded": Sample(
        "number refund refund_reason",
        sms="number refund",
        own=lambda locale: {
            "refund": Part(amount=money(locale, "9.50"), is_all=False, reason=SAMPLES_OF[locale].reason),
            **settled(locale),
        },
    ),
    "order_repriced": Sample(
        "number old_total new_total why_dearer companions coupon",
        sms="number old_total new_total shop_phone",
        own=lambda locale: {
            **of_new_price(locale),
            **{"companions": recommended(locale), "coupon": personal_coupon()},
        },
    ),
    "item_unavailable": Sample(
        "number item item_code alternatives prices_of_them links_to_them",
        sms="number item shop_phone",
        own=lambda locale: {
            **{"item": goods(locale)[1], "alternatives": [goods(locale)[0], goods(locale)[2]]},
            **{"repriced": None, "companions": []},
        },
    ),
    "order_unpaid_first": Sample("number due details pay_link ways", sms="number due details shop_phone"),
    "order_unpaid_final": Sample("number due details pay_link ways", sms="number due details shop_phone"),
    "review_request": Sample(
        "number things review_link",
        sms="number review_link",
        own=lambda locale: {"review": Part(url="https://shop.example/reviews?order=1001"), **settled(locale)},
    ),
    "profile_completion": Sample(
        "page_link",
        sms="page_link",
        own=lambda locale: {"profile": Part(birthday=True, gender=True, phone=True), "order": None},
    ),
    "complaint_received": Sample("complaint answered_by order_of_it", sms="order_of_it shop_phone", own=of_complaint),
    "complaint_resolved": Sample("outcome order_of_it", sms="order_of_it outcome", own=of_complaint),
    "complaint_followup": Sample("complaint order_of_it", sms="order_of_it shop_phone", own=of_complaint),
    "birthday_week": Sample("coupon percent page_link", sms="coupon percent coupon_until page_link", own=of_birthday),
    "birthday_soon": Sample("coupon percent page_link", sms="coupon percent coupon_until page_link", own=of_birthday),
    "birthday_today": Sample(
        "coupon percent coupon_until page_link", sms="coupon percent coupon_until page_link", own=of_birthday
    ),
    "birthday_last_days": Sample("coupon percent page_link", sms="coupon percent page_link", own=of_birthday),
    "back_in_stock": Sample(
        "wished asked_on codes_of_wished links_to_wished", sms="wished asked_on shop_phone", own=of_wish
    ),
    "replenishment": Sample(
        "again last_on ends_on links_to_things page_link", sms="again ends_on page_link", own=of_things
    ),
    "planned_repeat": Sample(
        "again last_on planned_on links_to_things", sms="again planned_on shop_phone", own=of_agreed
    ),
    "winback_first": Sample("slept_since page_link", sms="page_link", own=of_sleep),
    "winback_offer": Sample(
        "slept_since coupon percent coupon_until again links_to_things page_link",
        sms="coupon percent coupon_until page_link",
        own=lambda locale: {**of_sleep(locale), "coupon": personal_coupon()},
    ),
    "staff_winback_call": Sample(
        "name call slept_since spent_so_far again", own=lambda locale: {**of_sleep(locale), "last_complaint": None}
    ),
    "upgrade": Sample("again last_on links_to_things page_link", sms="again last_on page_link", own=of_things),
    "holiday_card": Sample("name page_link", sms="page_link", own=of_holiday("womens_day", WOMENS_DAY)),
    "holiday_offer": Sample(
        "coupon coupon_until percent page_link",
        sms="coupon percent coupon_until page_link",
        own=lambda locale: {**of_holiday("womens_day", WOMENS_DAY)(locale), "coupon": coupon(code="FEST10")},
    ),
    "holiday_gift_reminder": Sample(
        "holiday_day coupon coupon_until percent page_link",
        sms="holiday_day coupon percent coupon_until page_link",
        own=lambda locale: {**of_holiday("womens_day", WOMENS_DAY)(locale), "coupon": coupon(code="FEST10")},
    ),
    "campaign": Sample(
        "own_subject own_words own_things coupon coupon_until page_link",
        sms="own_subject coupon coupon_until page_link",
        own=of_words,
    ),
    "staff_report": Sample("month_orders month_sent month_asleep month_brings month_texts", own=of_the_month),
    "staff_campaign": Sample("own_subject_told counted sms_cost brought", own=of_counted),
    "staff_confirm_order": Sample(
        "number name call things options total payment delivery faq companions prices_on_offer offered_code "
        "offered_until",
        own=lambda locale: {
            "answer_by": None,
            "companions": recommended(locale),
            "last_complaint": None,
            "offer": Part(percent=Decimal(5), code="TY5", until=date(2026, 4, 2)),
        },
    ),
    "staff_order_late": Sample(
        "number name call things total", own=lambda locale: {"answer_by": None, "step": "1_hour"}
    ),
    "staff_call_unpaid": Sample("number name call due ways"),
    "staff_pack": Sample(
        "number things options codes coupon coupon_until name place map_link ships_by",
        own=lambda locale: {"coupon": personal_coupon(), "ships_by": THURSDAY, **settled(locale)},
    ),
    "staff_stop_packing": Sample(
        "number name reason things",
        own=lambda locale: {"reason": SAMPLES_OF[locale].reason, "order": paid(locale, cancelled=True)},
    ),
    "staff_refusal_risk": Sample("number name call old_total new_total why_dearer", own=of_new_price),
    "staff_money_back": Sample(
        "number name call to_give_back paid_so_far total",
        own=lambda locale: {"money_back": money_back(locale), **settled(locale)},
    ),
    "staff_payment_reversed": Sample(
        "number name call taken_back why_taken_back due ways",
        own=lambda locale: {"reversal": Part(amount=money(locale, "46.10"), reason=SAMPLES_OF[locale].reason)},
    ),
    "staff_promise_at_risk": Sample(
        "number name call promised next_date",
        own=lambda locale: {"impossible": None, "said_on": None, **of_promise("dispatch")(locale)},
    ),
    "staff_dispatch_overdue": Sample("number name call promised next_date", own=of_promise("dispatch")),
    "staff_parcel_overdue": Sample("number name call promised tracking", own=of_promise("arrival")),
    "staff_call_satisfaction": Sample(
        "number name call things", own=lambda locale: {"last_complaint": None, **settled(locale)}
    ),
    "staff_good_review": Sample(
        "number name stars opinion courier",
        own=lambda locale: {
            "opinion": Part(rating=Decimal(5), text=SAMPLES_OF[locale].remedy, courier="Stepan"),
            **settled(locale),
        },
    ),
    "staff_complaint": Sample(
        "name call complaint answered_by concede_up_to faq",
        own=lambda locale: {"complaint": complaint(locale, concede=True), "order": None},
    ),
    "staff_callback": Sample(
        "name ring_back ring_at noted", own=lambda locale: {**of_wish(locale), "call": call(locale)}
    ),
    "staff_missed_call": Sample(
        "name ring_back ring_at faq", own=lambda locale: {"call": call(locale, note=""), "order": None}
    ),
    "staff_unreachable_customer": Sample(
        "number name call tracking",
        own=lambda locale: {
            "undelivered": Part(news=["order_shipped"], channel="email", why="bounced"),
            **settled(locale),
        },
    ),
    "staff_day": Sample("tasks_numbers tasks_phone tasks_links tasks_promised", own=of_the_day),
    "staff_facts_missing": Sample(
        "number name call", own=lambda locale: {"lacking": Part(news="payment_received", facts=["total"])}
    ),
}


def usual(kind: str, locale: str) -> Content:
    """A letter with everything that a shop usually says."""
    common = {
        "locale": locale,
        "kind": kind,
        "today": TODAY,
        "shop": shop(locale),
        "customer": customer(locale),
        "step": "",
        "again": 0,
        "happened_at": datetime(2026, 3, 3, 14, 40, tzinfo=ZoneInfo("Europe/London")),
        "coupon": None,
        "unsubscribe_url": "https://go.example/u/1" if kind in WITH_LINK else "",
        "task_url": "https://go.example/t/1" if kind in TO_STAFF else "",
    }
    known: Content = {"open_complaint": None, "paid_instead": None} if kind in TO_STAFF else {}
    known |= {"recommended": recommended(locale)} if kind in RECOMMENDING else {}
    return {**common, **known, "order": order(locale), **SAMPLE_OF.get(kind, Sample("")).own(locale)}
