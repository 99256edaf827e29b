"""Facts for the tables, told in a line: "placed, paid 200, Wed 04 09:00 cancelled".

A word is an hour after the one before it, or at the moment that stands before it; the first is on Monday, 2 March 2026,
at ten in Kyiv. The shop works on weekdays from nine to six and bears an increase of up to 5.00; an order is a mug for
500.00, to be paid by transfer.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.agenda import Agenda, StepDecided
from shopbell.domain.model.campaign import Campaign, Counts, Hold, Mailing, Walk
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.facts import Facts, OtherOrder, StaffTask, Trigger
from shopbell.domain.model.holiday import USUAL, Holiday, HolidayMode
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Occurrence, Record
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import AskedBy, Coupon, Digest, Figures, Marketing, Paused, PaymentTerms, Shop
from shopbell.domain.model.state import Message
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.team import Team
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Status, SubjectKind
from shopbell.domain.time.calendar import Birthday, format_instant
from shopbell.domain.time.span import days, hours, working_days
from tests.world import KYIV, MONDAY, a_busy_shop, an_order

HOUR = timedelta(hours=1)
SHOP = a_busy_shop(payment=PaymentTerms("IBAN UA00 0000", absorb_increase=Decimal("5.00")))
EMAIL, PHONE = Contact("olena@customer.example"), Contact("+380505550101")
OLENA = {"name": "Olena", "email": EMAIL.key, "phone": PHONE.key}
Said = Callable[[Facts, datetime], Facts]


def moment(text: str) -> datetime:
    """ "Mon 02 10:00" of March 2026, on the clocks of Kyiv."""
    at = datetime.strptime(f"2026-03 {text}", "%Y-%m %a %d %H:%M").replace(tzinfo=KYIV)
    assert clock(at) == text, f"{text} is a {at:%A}"
    return at


def clock(at: datetime) -> str:
    return f"{at.astimezone(KYIV):%a %d %H:%M}"


def on_the_clock(text: str) -> str:
    """With the moments in it as the tables write them."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", lambda found: clock(datetime.fromisoformat(found[0])), text)


def whole(story: str, shop: Shop = SHOP) -> Facts:
    return told(timed(story), shop)


def told(words: Iterable[tuple[datetime, str]], shop: Shop = SHOP) -> Facts:
    fields = {name: FieldVersion(value, "") for name, value in OLENA.items()}
    facts = Facts(shop, Customer("id:7", Record(fields)), EMAIL, PHONE)
    for at, word in words:
        facts = said(word)(facts, at)
    return facts


def timed(story: str) -> list[tuple[datetime, str]]:
    at, found = MONDAY - HOUR, list[tuple[datetime, str]]()
    for part in story.split(", ") if story else ():
        named = re.fullmatch(r"(\w{3} \d\d \d\d:\d\d) (.+)", part)
        at = moment(named[1]) if named else at + HOUR
        found.append((at, named[2] if named else part))
    return found


def said(word: str) -> Said:
    """What a word of a story makes of the facts."""
    first, _, rest = word.partition(" ")
    if first == "1002":
        return _of_the_other_order(said(rest))
    if first in DECIDED:
        return _decided(rest, DECIDED[first])
    return WORDS[word]


DECIDED: Mapping[str, Outcome | None] = {"sent": Outcome.SENT, "skipped": Outcome.SKIPPED, "planned": None}
"""Before a step that was decided: "sent order_unpaid_first", "sent parcel_uncollected A"."""


def _decided(step: str, outcome: Outcome | None) -> Said:
    row, _, occurrence = step.partition(" ")

    def with_step(facts: Facts, at: datetime) -> Facts:
        channel = ChannelName.STAFF if row.startswith("staff_") else ChannelName.EMAIL
        decided = {**facts.agenda.decided, f"{row}|{occurrence}": StepDecided(outcome, at, (channel,))}
        return replace(facts, agenda=Agenda(decided))

    return with_step


def _of_the_other_order(word: Said) -> Said:
    """The same of another order of theirs."""

    def with_other(facts: Facts, at: datetime) -> Facts:
        other = facts.others[0] if facts.others else OtherOrder(Order("1002"), Agenda())
        after = word(replace(facts, order=other.order, agenda=other.agenda), at)
        return replace(facts, others=(OtherOrder(after.order or other.order, after.agenda),))

    return with_other


def of_order(event_type: str, changes: Mapping[str, Any] | None = None, /, **extra: Any) -> Said:
    def with_event(facts: Facts, at: datetime) -> Facts:
        order = facts.order or Order("1001")
        event = Event("dobra", f"e{at:%d%H%M}", event_type, at, order.id, changes or {}, extra=extra)
        return replace(facts, order=SUBJECTS[SubjectKind.ORDER].merged(order, event, facts.shop))

    return with_event


def of_complaint(event_type: str, **said: Any) -> Said:
    """Of complaint c1, as its own subject."""

    def with_event(facts: Facts, at: datetime) -> Facts:
        complaint = facts.complaint or Complaint("c1")
        event = Event("dobra", f"e{at:%d%H%M}", event_type, at, extra=said)
        return replace(facts, complaint=SUBJECTS[SubjectKind.COMPLAINT].merged(complaint, event, facts.shop))

    return with_event


def of_customer(event_type: EventType, name: str = "", /, **said: Any) -> Said:
    """What their own record remembers, by the name of the occurrence."""

    def with_word(facts: Facts, at: datetime) -> Facts:
        occurrence = Occurrence(at, f"{at:%Y-%m-%dT%H:%M:%SZ}|e", said)
        record = facts.customer.record.merged(Record(occurrences={event_type: {name: occurrence}}))
        return replace(facts, customer=replace(facts.customer, record=record))

    return with_word


def there(sku: str, at: str = "2026-03-02T08:00:00.000000Z") -> Said:
    """What they asked for on the first of March."""
    said = {"product": {"sku": sku}, "asked_at": "2026-03-01T08:00:00Z"}
    return of_customer(EventType.PRODUCT_RESTOCKED, f"{sku}@{at}", **said)


def sold_out(facts: Facts, at: datetime) -> Facts:
    return replace(facts, stock={"WATER-19": Stock(at, Decimal(5), Decimal(7))})


def bought(order: str, item: Mapping[str, Mapping[str, Any]], **more: Any) -> Said:
    """An order of theirs, as their own record remembers it."""
    return of_customer(EventType.CUSTOMER_BOUGHT, order, items=item, **more)


NOTHING_YET = Counts()


def of_campaign(counts: Counts = NOTHING_YET, /, content: Mapping[str, Any] | None = None, **walk: Any) -> Said:
    """What is known of the campaign whose letter is to leave."""
    said = {"en": {"subject": "Spring", "blocks": []}} if content is None else content
    fields = {"segment": FieldVersion(["bought:kitchen"], ""), "content": FieldVersion(said, "")}
    campaign = Campaign("spring", Record(fields), Walk("spring", **walk))
    return lambda facts, at: replace(facts, mailing=Mailing(campaign, counts, frozenset({"en", "uk"})))


Items = Mapping[str, Mapping[str, Any]]
POT: Items = {"POT-1": {"name": "Pot", "category": "Kitchen"}}
WATER: Items = {"WATER-19": {"name": "Water", "lasts_days": 10, "quantity": "1"}}
COFFEE: Items = {"COFFEE-1": {"name": "Coffee", "lasts_days": 10}}
CUP: Items = {"CUP-1": {"name": "Cup"}}
PHONE_1: Items = {"PHONE-1": {"name": "Phone", "category": "Phones", "renews_after_days": 20}}
PHONE_2: Items = {"PHONE-2": {"name": "Phone", "category": "Phones", "renews_after_days": 20}}


def known(**fields: Any) -> Said:
    """What they say of themselves."""

    def with_fields(facts: Facts, at: datetime) -> Facts:
        record = facts.customer.record.merged(
            Record({name: FieldVersion(value, f"{at.isoformat()}|") for name, value in fields.items()})
        )
        return replace(facts, customer=replace(facts.customer, record=record))

    return with_fields


def placed(*items: Mapping[str, Any], **changes: Any) -> Said:
    def with_order(facts: Facts, at: datetime) -> Facts:
        said = {"total": "500.00", "items": list(items or [MUG]), "placed_at": format_instant(at), **changes}
        return of_order("order.placed", an_order(**said))(facts, at)

    return with_order


def call(kind: str, occurrence: str, outcome: str) -> Said:
    """What came of a task, told with its order."""
    task = f"{kind} {occurrence}"
    return of_order("call.done", task=task, name=kind, kind=kind, occurrence=occurrence, outcome=outcome)


def parcel(event_type: str, number: str = "", **delivery: str) -> Said:
    changes = {f"delivery.{name}": value for name, value in delivery.items()}
    return of_order(event_type, changes | ({"delivery.tracking_number": number} if number else {}))


def paid(name: str, amount: str) -> Said:
    return of_order("order.paid", payment={"id": name, "amount": amount})


def refunded(name: str, amount: str | None) -> Said:
    return of_order("order.refunded", refund={"id": name, "amount": amount})


def priced(total: str) -> Said:
    return of_order("order.repriced", repriced={"new_total": total})


def delayed(day: str) -> Said:
    return of_order("order.delayed", delay={"new_date": day})


def agreed(at: str) -> Said:
    return of_customer(EventType.CALLBACK_AGREED, at, at=at)


def of_the_team(facts: Facts, at: datetime) -> Facts:
    staff = replace(facts.shop.staff, digest=Digest.DAILY)
    return replace(facts, shop=replace(facts.shop, staff=staff), team=Team("team"))


def with_a_task(facts: Facts, at: datetime) -> Facts:
    name, staff = "staff_confirm_order", (ChannelName.STAFF, MessageClass.STAFF)
    who = ("id:7", "7", "1001")
    message = Message("m1", "dobra", "order/1001", name, name, "", at, *staff, *who, at, at, Status.SENT)
    return replace(facts, staff_tasks=(StaffTask(message, replace(facts, team=None), Trigger("", at)),))


def counted(facts: Facts, at: datetime) -> Facts:
    return replace(facts, tallies={"2026-02": {"orders": 3}})


def with_an_old_task(facts: Facts, at: datetime) -> Facts:
    return with_a_task(facts, at - timedelta(days=4))


def tells_deliveries(facts: Facts, at: datetime) -> Facts:
    return replace(facts, shop=replace(facts.shop, recent_deliveries=(True,) * 3))


def without(channel: ChannelName, contact: str) -> Said:
    return lambda facts, at: known(**{contact: None})(facts.without(channel), at)


def bounced(facts: Facts, at: datetime) -> Facts:
    return replace(facts, email=replace(EMAIL, bounced_at=format_instant(at)))


def forgotten(facts: Facts, at: datetime) -> Facts:
    return replace(facts, customer=replace(facts.customer, record=Record(), erased_at=format_instant(at)))


def all_held_out(facts: Facts, at: datetime) -> Facts:
    return replace(facts, shop=replace(facts.shop, marketing=Marketing(holdout_percent=100)))


def all_big(facts: Facts, at: datetime) -> Facts:
    return replace(facts, shop=replace(facts.shop, rhythm=Rhythm(big_from=Decimal(0))))


def offers_winback(facts: Facts, at: datetime) -> Facts:
    return replace(facts, shop=replace(facts.shop, coupons={"winback": Coupon(Decimal(15), code="BACK15")}))


def paused(what: Paused) -> Said:
    return lambda facts, at: replace(facts, shop=replace(facts.shop, paused=what))


def on_womens_day(mode: HolidayMode) -> Said:
    day = replace(USUAL["womens_day"], mode=mode)
    return lambda facts, at: replace(facts, shop=replace(facts.shop, holidays={day.name: day}))


def on_its_own_day(facts: Facts, at: datetime) -> Facts:
    day = Holiday("ours", Birthday(3, 12), HolidayMode.OFFER, names={"en": "Our day"})
    return replace(facts, shop=replace(facts.shop, holidays={day.name: day}))


def without_presents(facts: Facts, at: datetime) -> Facts:
    return replace(facts, shop=replace(facts.shop, coupons={}))


def figures(kind: str, **own: Any) -> Said:
    """The shop's own of a kind."""
    return lambda facts, at: replace(facts, shop=replace(facts.shop, journeys={kind: Figures(**own)}))


def by_a_call_turned_off(facts: Facts, at: datetime) -> Facts:
    own = {"review_request": Figures(by=AskedBy.CALL), "staff_call_satisfaction": Figures(enabled=False)}
    return replace(facts, shop=replace(facts.shop, journeys=own))


MUG, BOWL = ({"sku": sku, "name": sku.title(), "quantity": "1", "unit_price": "500.00"} for sku in ("MUG", "BOWL"))
CONFIRM = "staff_confirm_order"

WORDS: Mapping[str, Said] = {
    "placed": placed(),
    "placed on a card": placed(**{"payment.method": "card"}),
    "placed and paid on a card": placed(**{"payment.method": "card", "payment.paid_at": "2026-03-02T07:59:00Z"}),
    "placed on a card for nothing": placed(total="0.00", **{"payment.method": "card"}),
    "placed on Monday": placed(placed_at="2026-03-02T08:00:00Z"),
    "placed for Friday": placed(placed_at="2026-03-06T08:00:00Z"),
    "placed by phone": placed(channel="phone"),
    "placed for cash": placed(**{"payment.method": "cash_on_delivery"}),
    "placed for nothing": placed(total="0.00"),
    "placed without a price": placed(total=None),
    "placed for a bowl": placed(BOWL),
    "placed for three mugs": placed({**MUG, "quantity": "3"}),
    "placed for a mug and a bowl": placed(MUG, BOWL),
    "placed without codes": placed({**MUG, "sku": None}),
    "placed for a download": placed({**MUG, "digital": True}),
    "placed for no delivery": placed(**{"delivery.method": "none"}),
    "placed to arrive on Thursday": placed(**{"delivery.arrives_by": "2026-03-05"}),
    "placed to arrive last week": placed(**{"delivery.arrives_by": "2026-02-26"}),
    "accepted": of_order("order.accepted"),
    "cancelled": of_order("order.cancelled"),
    "paid": of_order("order.paid"),
    "paid a 200": paid("a", "200.00"),
    "paid b 400": paid("b", "400.00"),
    "paid nothing": paid("c", "0.00"),
    "payment failed": of_order("order.payment_failed"),
    "payment reversed": of_order("order.payment_reversed"),
    "refunded r 100": refunded("r", "100.00"),
    "refunded s 500": refunded("s", "500.00"),
    "refunded t 300": refunded("t", "300.00"),
    "refunded u without a sum": refunded("u", None),
    "priced 450": priced("450.00"),
    "priced 500": priced("500.00"),
    "priced 505": priced("505.00"),
    "priced 506": priced("506.00"),
    "priced 600": priced("600.00"),
    "handed over": parcel("order.handed_over"),
    "shipped": parcel("order.shipped"),
    "shipped A": parcel("order.shipped", "A"),
    "shipped B": parcel("order.shipped", "B"),
    "shipped A for Thursday": parcel("order.shipped", "A", arrives_by="2026-03-05"),
    "shipped one mug": of_order("order.shipped", parcel={"id": "p2", "items": [{"sku": "MUG", "quantity": "1"}]}),
    "shipped A as p1": of_order("order.shipped", parcel={"id": "p1", "tracking_number": "A"}),
    "ready": parcel("order.ready_for_pickup"),
    "ready A": parcel("order.ready_for_pickup", "A"),
    "ready B": parcel("order.ready_for_pickup", "B"),
    "delivered": parcel("order.delivered"),
    "delivered A": parcel("order.delivered", "A"),
    "delivered B": parcel("order.delivered", "B"),
    "delayed to Tuesday": delayed("2026-03-10"),
    "delayed to Wednesday": delayed("2026-03-11"),
    "the order was forgotten": of_order("customer.erased"),
    "reviewed": of_order("review.posted"),
    "reviewed with 5": of_order("review.posted", rating="5"),
    "reviewed with 4": of_order("review.posted", rating="4"),
    "reviewed with 3": of_order("review.posted", rating="3"),
    "reviewed with 9": of_order("review.posted", rating="9"),
    "brought by Stepan": of_order("order.shipped", {"delivery.courier": "Stepan"}),
    "news came to nobody": of_order("order.news_undelivered", news="order_shipped", of="order.shipped"),
    "a refund came to nobody": of_order("order.news_undelivered", news="order_refunded", of="order.refunded"),
    "order_received lacks its items": of_order("order.news_lacking", news="order_received", facts=["items"]),
    "order_refunded lacks its sum": of_order("order.news_lacking", news="order_refunded", facts=["refund_amount"]),
    "a call reached them": call(CONFIRM, "", "reached"),
    "a second call reached them": call(CONFIRM, "~1", "reached"),
    "a call about another life of it reached them": call(CONFIRM, "2", "reached"),
    "a call about the money reached them": call("staff_call_unpaid", "", "reached"),
    "nobody answered": call(CONFIRM, "", "no_answer"),
    "nor again": call(CONFIRM, "~1", "no_answer"),
    "nor a third time": call(CONFIRM, "~2", "no_answer"),
    "nor a fourth time": call(CONFIRM, "~3", "no_answer"),
    "nobody answered about its lateness": call("staff_order_late", "", "no_answer"),
    "opened": of_complaint("complaint.opened", complaint={"id": "c1"}),
    "resolved": of_complaint("complaint.resolved", complaint={"id": "c1"}),
    "complained": of_customer(EventType.COMPLAINT_OPENED, "c9", order="1001"),
    "complained of another order": of_customer(EventType.COMPLAINT_OPENED, "c9", order="1002"),
    "complained of no order": of_customer(EventType.COMPLAINT_OPENED, "c9", order=""),
    "complained of nobody knows what": of_customer(EventType.COMPLAINT_OPENED, "c9"),
    "was helped": of_customer(EventType.COMPLAINT_RESOLVED, "c9"),
    "reviewed the shop": of_customer(EventType.REVIEW_POSTED),
    "received all": of_customer(EventType.CUSTOMER_RECEIVED),
    "wanted water": of_customer(EventType.PRODUCT_WANTED, "WATER-19", sku="WATER-19"),
    "water is there": there("WATER-19"),
    "water is there again": there("WATER-19", "2026-03-02T09:00:00.000000Z"),
    "coffee is there": there("COFFEE-1"),
    "it is sold out": sold_out,
    "bought water": bought("1001", WATER),
    "bought water again": bought("1002", WATER),
    "bought coffee": bought("1003", COFFEE),
    "bought a cup": bought("1004", CUP),
    "bought a cup again": bought("1005", CUP),
    "bought a phone": bought("1006", PHONE_1),
    "bought a newer phone": bought("1007", PHONE_2),
    "bought water until 16 March": bought("1008", WATER, planned_repeat_on="2026-03-16"),
    "bought water and did not pay": bought("1009", WATER, unpaid=True),
    "bought a pot": bought("1010", POT),
    "bought coffee in the app": bought("1011", COFFEE, channel="app"),
    "chosen": of_customer(EventType.CUSTOMER_CHOSEN, "spring"),
    "the campaign": of_campaign(),
    "the campaign in French": of_campaign(content={"fr": {"subject": "Printemps", "blocks": []}}),
    "the campaign is cancelled": of_campaign(hold=Hold.CANCELLED),
    "the campaign is paused": of_campaign(hold=Hold.PAUSED),
    "the campaign is stopped": of_campaign(hold=Hold.STOPPED),
    "the campaign with two complaints": of_campaign(Counts(1_999, complaint=2)),
    "agreed on Tuesday": agreed("2026-03-03T13:30:00Z"),
    "agreed on Wednesday": agreed("2026-03-04T09:00:00Z"),
    "born on 12 March": known(birthday="--03-12"),
    "born on 29 February": known(birthday="--02-29"),
    "agreed to SMS": known(**{"consent.sms_service": {"granted": True}}),
    "agreed to letters": known(**{"consent.email_marketing": {"granted": True}}),
    "a woman": known(gender="female"),
    "a man": known(gender="male"),
    "8 March gets a card": on_womens_day(HolidayMode.CARD),
    "8 March gets an offer": on_womens_day(HolidayMode.OFFER),
    "8 March gets nothing": on_womens_day(HolidayMode.OFF),
    "the shop's own day gets an offer": on_its_own_day,
    "born on 8 March": known(birthday="--03-08"),
    "birthdays get no present": without_presents,
    "birthday_today is turned off": figures("birthday_today", enabled=False),
    "no phone": without(ChannelName.SMS, "phone"),
    "no e-mail": without(ChannelName.EMAIL, "email"),
    "the e-mail bounced": bounced,
    "the customer was forgotten": forgotten,
    "marketing is paused": paused(Paused.MARKETING),
    "everything is paused": paused(Paused.EVERYTHING),
    "everybody is held out": all_held_out,
    "everybody has spent the most": all_big,
    "the shop has something for whoever sleeps": offers_winback,
    "refused letters": known(**{"consent.email_marketing": {"granted": False}}),
    "the shop turned news off": figures("news", enabled=False),
    "the shop turned it on": figures("off", enabled=True),
    "reviews are asked for by call": figures("review_request", by=AskedBy.CALL),
    "reviews are asked for by call that nobody makes": by_a_call_turned_off,
    "nobody is followed up": figures("complaint_followup", enabled=False),
    "it comes after five working days": figures("first", after=working_days(5)),
    "it comes after an hour": figures("first", after=hours(1)),
    "reminders have four days": figures("reminder", after=days(4)),
    "the shop tells of deliveries": tells_deliveries,
    "the staff want their days told": of_the_team,
    "a task is open": with_a_task,
    "three orders were counted in February": counted,
    "a task is open since last week": with_an_old_task,
}
"""What the stories are made of."""
