"""What a letter tells, apart from how it is worded: the meanings that templates mark, and the facts that can be found
in a text by the ways in which its language writes them."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.rendering.sandbox import Part as RenderedPart
from tests.rendering.facts import same, spellings
from tests.rendering.languages import TONE_OF
from tests.rendering.letters import RENDERER, TOLD
from tests.rendering.parts import goods, money, paid, parcel, repriced
from tests.rendering.usual import usual

Content = dict[str, Any]
Meanings = frozenset[str]

MARKED: Mapping[str, str] = {
    "money_how": "by which way it goes back",
    "leaves_by": "until when the order leaves",
    "leaves_if_paid": "when it leaves, if it is paid for",
    "fee_or_warning": "what longer keeping costs, or that it may cost something",
    "will_write_when_ready": "that we write once it can be collected",
    "will_write_when_sent": "that we write once it leaves",
    "coupon_until": "the last day of a code, where it is today",
    "wishes": "good wishes for the day",
    "delay_of_leaving": "that it leaves later",
    "delay_of_arriving": "that it arrives later",
    "delay_of_ready": "that it can be collected later",
    "asks_what_happened": "whether anything went wrong, to whoever has not been here for long",
    "offers_help": "that we put right what is wrong, or help with it",
    "is_a_present": "that what is offered is a present",
    "same_again": "that it counts for what they always order",
    "may_we_write": "whether they want to hear of news, where nobody knows",
    "news_alone": "that one may hear of new things alone",
}
"""The meanings that are words: what `tells` of a template may name."""

MEASURED: Mapping[str, Callable[[Content], Any]] = {
    "leaves_by": lambda said: said.get("ships_by") or said["order"].delivery.ships_by,
    "left_on": lambda said: said.get("shipped_on") or said["order"].delivery.shipped_on,
    "arrives": lambda said: [said["order"].delivery.arrives_from, said["order"].delivery.arrives_by],
    "pay_by": lambda said: said["pay_by"],
    "last_day": lambda said: [each.pickup_until for each in said["waiting"]],
    "fee": lambda said: [each.storage_fee for each in said["waiting"]],
    "new_date": lambda said: said["delay"].new_date,
    "answer_by": lambda said: said["answer_by"],
    "promised": lambda said: said["promise"].day,
    "refund": lambda said: said["refund"].amount,
    "given_back": lambda said: said["given_back"],
    "to_come": lambda said: said["refund_expected"],
    "back": lambda said: said["repriced"].back,
    "to_pay_there": lambda said: said["amount_due"],
    "to_pay_for_all": lambda said: said["order_due"],
    "too_much": lambda said: said["too_much"],
    "rest": lambda said: said["rest"],
    "tracking": lambda said: said["order"].delivery.tracking_number,
    "coupon_until": lambda said: said["coupon"].until,
    "holiday": lambda said: said["holiday"].day if said["kind"] == "holiday_gift_reminder" else None,
    "slept_since": lambda said: said["sleep"].last_on,
}
"""The facts that are found by their spelling. Of several, one is enough: each language chooses which day of a span."""

PARTS: Mapping[str, tuple[RenderedPart, str]] = {
    "html": (RenderedPart.HTML, "body"),
    "text": (RenderedPart.PLAIN, "text"),
    "sms": (RenderedPart.PLAIN, "sms"),
}


def told(said: Content, part: str) -> tuple[Meanings, str]:
    """What the letter's own words tell in this part, without the frame; and these words."""
    environment, block = PARTS[part]
    blocks = RENDERER._templates_of(said["locale"], environment).blocks(said["kind"], said)
    TOLD.clear()
    text = same(blocks.block("sms") if part == "sms" else blocks.inner(block))
    marked = frozenset(TOLD)
    text = re.sub(r"<[^>]*>", "", text) if part == "html" else text
    measured = frozenset(name for name in MEASURED if any(_stands(each, said, text) for each in _values(name, said)))
    if re.search(TONE_OF[said["locale"]].working_days, text):
        measured |= {"money_when"}
    if part == "sms" and any(way and way in text for way in (said["shop"].phone, said["shop"].email)):
        measured |= {"whom_to_ask"}
    return marked | measured, text


def _values(name: str, said: Content) -> Iterator[Any]:
    try:
        value = MEASURED[name](said)
    except (KeyError, AttributeError):  # a kind of letter has the facts of its own alone, and they may be absent
        return
    yield from (each for each in (value if isinstance(value, list) else [value]) if each)


def _stands(value: Any, said: Content, text: str) -> bool:
    currency = said["order"].currency if said["order"] else said["complaint"].currency if "complaint" in said else ""
    return bool(_ways(value, said["locale"], currency).search(text))


@cache
def _ways(value: Any, locale: str, currency: str) -> re.Pattern[str]:
    said = {"locale": locale, "order": Part(currency=currency)}
    ways = {same(way) for short in (False, True) for way in spellings(value, said, short=short)}
    return re.compile(rf"(?<![\d.,])(?<!\d )(?:{'|'.join(map(re.escape, ways))})(?!\d)")


def scene(kind: str, locale: str) -> Content:
    """The usual letter with days and sums that are told apart by their spelling alone."""
    said = usual(kind, locale)
    if said.get("answer_by"):
        said["answer_by"] = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    if said.get("promise"):
        said["promise"].day = date(2026, 3, 2)
    if said["order"] is not None:
        said["order"].placed_on = date(2026, 2, 27)
        said["order"].delivery.progress = []  # the line of progress tells days that the words are to tell
    return said


Change = Callable[[Content, str], None]


def _put(part: Part, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(part, name, value)


def _delivery(**changed: Any) -> Change:
    def change(said: Content, locale: str) -> None:
        _put(said["order"].delivery, **changed)
        for each in said.get("waiting", ()):
            _put(each, **{name: value for name, value in changed.items() if hasattr(each, name)})

    return change


def _payment(**changed: Any) -> Change:
    return lambda said, locale: _put(said["order"].payment, **changed)


def _shop(**changed: Any) -> Change:
    return lambda said, locale: _put(said["shop"], **changed)


def _own(**changed: Any) -> Change:
    """Facts of the letter itself, of which a kind has some."""
    return lambda said, locale: said.update({name: value for name, value in changed.items() if name in said})


def _without_dispatch(said: Content, locale: str) -> None:
    _own(ships_by=None, pay_by=None)(said, locale)
    said["order"].delivery.ships_by = None


def _without_leaving_day(said: Content, locale: str) -> None:
    _own(shipped_on=None)(said, locale)
    said["order"].delivery.shipped_on = None


def _of_delay(**changed: Any) -> Change:
    def change(said: Content, locale: str) -> None:
        if said.get("delay"):
            _put(said["delay"], **changed)

    return change


def _to_pay_there(said: Content, locale: str) -> None:
    if "amount_due" in said:
        said["amount_due"] = money(locale, "31.10")
        _put(
            said["order"].payment,
            method="cash_on_delivery",
            prepaid=False,
            details="",
            url="",
            due=money(locale, "31.10"),
            paid=None,
        )
        said["order"].paid = False


def _to_pay_once(said: Content, locale: str) -> None:
    if "order_due" in said:
        said["order_due"] = money(locale, "31.10")
        said["order"].paid = False


def _nothing_is_sent(said: Content, locale: str) -> None:
    said["order"].sent = False


def _in_parts(said: Content, locale: str) -> None:
    if "parcel" in said:
        said["parcel"] = parcel(locale, partial=True, items=goods(locale)[:1], to_come=goods(locale)[1:])


def _two_wait(said: Content, locale: str) -> None:
    if "waiting" in said:
        known = vars(said["waiting"][0])
        said["waiting"] = [Part(**known), Part(**{**known, "number": "BBB2"})]


def _paid(said: Content, locale: str) -> None:
    if not said["order"].paid and not said["order"].cancelled:
        said["order"].paid = True
        _put(said["order"].payment, due=None, paid=money(locale, "46.10"))
        _own(pay_by=None)(said, locale)


def _paid_in_part(said: Content, locale: str) -> None:
    if said["order"].payment.due:
        _put(said["order"].payment, due=money(locale, "31.10"), paid=money(locale, "15.00"))


def _at_the_door(said: Content, locale: str) -> None:
    _put(said["order"].payment, method="cash_on_delivery", prepaid=False, details="", url="")
    _own(pay_by=None)(said, locale)


def _collected(said: Content, locale: str) -> None:
    bare = {"carrier": "", "tracking_number": "", "tracking_url": "", "address": ""}
    _delivery(method="self_pickup", **bare)(said, locale)


def _to_come(given: str, to_come: str) -> Change:
    def change(said: Content, locale: str) -> None:
        sums = {"given_back": given, "refund_expected": to_come}
        if said.keys() >= sums.keys():
            said.update({name: money(locale, pounds) if pounds else None for name, pounds in sums.items()})

    return change


def _too_much(said: Content, locale: str) -> None:
    if "too_much" in said:
        _paid(said, locale)
        said["too_much"] = money(locale, "3.70")


def _called_off(said: Content, locale: str) -> None:
    if "called_off" in said:
        said["called_off"] = True


def _part_came(said: Content, locale: str) -> None:
    if "rest" in said:
        said["rest"] = money(locale, "7.30")
        _put(said["order"].payment, due=money(locale, "7.30"), paid=money(locale, "38.80"))
        said["order"].paid = False


def _cheaper(said: Content, locale: str) -> None:
    if said.get("repriced"):
        new = money(locale, "40.00")
        said["repriced"] = repriced(locale, new_total=new, back=money(locale, "6.15"))
        said["order"] = paid(locale, total=new)


def _dearer_once_paid(said: Content, locale: str) -> None:
    if said.get("repriced"):
        said["repriced"].rest = money(locale, "5.90")
        _put(said["order"].payment, due=money(locale, "5.90"), paid=money(locale, "46.10"))


def _noticed(what: str) -> Change:
    """Nobody told of the delay: a day that was told has gone by."""

    def change(said: Content, locale: str) -> None:
        if "delay" in said and "promise" in said:
            said["promise"] = Part(what=what, day=date(2026, 3, 2), next_date=None)
            said["delay"].of = ""

    return change


def _sleeps(**changed: Any) -> Change:
    """Of whoever has not been here for long."""

    def change(said: Content, locale: str) -> None:
        if said.get("sleep"):
            said.update({name: value for name, value in changed.items() if name in said})
            _put(said["sleep"], **{name: value for name, value in changed.items() if hasattr(said["sleep"], name)})

    return change


def _refund_of_all(said: Content, locale: str) -> None:
    if "refund" in said:
        said["refund"].is_all = True
        said["order"].cancelled = True


def _of_holiday(name: str, day: date, own: str = "") -> Change:
    def change(said: Content, locale: str) -> None:
        if "holiday" in said:
            _put(said["holiday"], id=name, name=own, day=day)

    return change


CHANGES: Mapping[str, Change] = {
    "no day of dispatch": _without_dispatch,
    "not known when it left": _without_leaving_day,
    "no arrival": _delivery(arrives_from=None, arrives_by=None),
    "one day of arrival": _delivery(arrives_from=None),
    "no last day": _delivery(pickup_until=None),
    "no fee": _delivery(storage_fee=None),
    "no tracking": _delivery(tracking_number="", tracking_url=""),
    "no address": _delivery(address=""),
    "collected": _collected,
    "by courier": _delivery(method="courier"),
    "nothing is sent": _nothing_is_sent,
    "no phone": _shop(phone=""),
    "nobody to ask": _shop(phone="", email=""),
    "no bank details": _payment(details=""),
    "by card": _payment(method="card", details=""),
    "another way of paying": _payment(method="other", details=""),
    "paid": _paid,
    "paid in part": _paid_in_part,
    "at the door": _at_the_door,
    "to pay there": _to_pay_there,
    "to pay once for all": _to_pay_once,
    "in parts": _in_parts,
    "two wait": _two_wait,
    "no answer by": _own(answer_by=None),
    "too much": _too_much,
    "called off": _called_off,
    "a part came": _part_came,
    "confirmed": _own(accepted=True),
    "no reason": _own(reason=""),
    "nothing to come": _to_come("", ""),
    "given back": _to_come("46.15", ""),
    "given back in part": _to_come("10.15", "36.15"),
    "all refunded": _refund_of_all,
    "cheaper": _cheaper,
    "dearer once paid": _dearer_once_paid,
    "no new date": _of_delay(new_date=None),
    "late in arriving": _of_delay(of="arrival"),
    "late": _of_delay(of=""),
    "not left": _noticed("dispatch"),
    "not arrived": _noticed("arrival"),
    "no alternatives": _own(alternatives=[]),
    "no coupon": _own(coupon=None),
    "asks consent": _own(asks_consent=True, agree_url="https://go.example/u/7", coupon=None),
    "new year": _of_holiday("new_year", date(2026, 12, 31)),
    "23 February": _of_holiday("defenders_day", date(2027, 2, 23)),
    "the shop's own day": _of_holiday("", date(2026, 5, 20), "20 years"),
    "no review page": _own(review=Part(url="")),
    "not loyal": _sleeps(is_loyal=False),
    "this and that": _sleeps(things=[]),
}
WITHOUT_ORDER = (
    *("no phone", "nobody to ask", "no coupon", "new year", "23 February", "the shop's own day"),
    *("not loyal", "this and that"),
)
"""The changes that touch letters about no order too."""
