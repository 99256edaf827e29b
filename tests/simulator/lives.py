"""Lives of single messages, by class and channel: the stories whose every AWS call the crash matrix walks."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.simulator.faults import Fault, Target
from tests.simulator.story import Act, Break, Close, Person, Redeem, Story, Tell, Unsubscribe

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""10:00 in Kyiv, a working Monday."""
MAIL, PHONE = "person0@customer.example", "+380507654320"
ALL = {"email_marketing": True, "sms_service": True, "sms_marketing": True}
BY_MAIL = Person("dobra", "c-0", "Zorina Quist0", email=MAIL)
BY_PHONE = Person("dobra", "c-0", "Zorina Quist0", phone=PHONE)
BY_BOTH = Person("dobra", "c-0", "Zorina Quist0", email=MAIL, phone=PHONE, consent={"sms_service": True})
"""No mailing comes to them: after a doubt one is not sent again."""
AGREED = Person("dobra", "c-0", "Zorina Quist0", email=MAIL, consent=ALL)
BORN_BY_MAIL = Person("dobra", "c-0", "Zorina Quist0", email=MAIL, birthday="--03-09", consent=ALL)
BORN_BY_PHONE = Person("dobra", "c-0", "Zorina Quist0", phone=PHONE, birthday="--03-09", consent=ALL)


def _story(person: Person, *acts: Act) -> Story:
    """What customers get; of what the staff are asked, only where they answer."""
    asked = any(isinstance(act, Close) for act in acts)
    return Story(0, MONDAY, (person,), acts, quiet=not asked)


def _tell(type: str, after: timedelta, data: Mapping[str, Any]) -> Tell:
    name = "0-erased" if type == "customer.erased" else "c-0-known" if type == "customer.updated" else type
    return Tell(MONDAY + after, "dobra", f"dobra-{name}", type, MONDAY + after, data)


def _placed(person: Person, method: str = "cash_on_delivery") -> Tell:
    order = {
        "id": "0-0",
        "number": "0-0",
        "placed_at": format_instant(MONDAY),
        "currency": "UAH",
        "total": "150.00",
        "items": [{"sku": "MUG-1", "name": "Mug", "quantity": 1, "unit_price": "150.00"}],
        "payment": {"method": method},
        "delivery": {"method": "pickup_point"},
        "customer": person.as_sent,
    }
    return _tell("order.placed", timedelta(), {"order": order})


def _about(type: str, days: float, **changes: Any) -> Tell:
    return _tell(type, timedelta(days=days), {"order": {"id": "0-0", **changes}})


def _complaint(type: str, hours: float, person: Person) -> Tell:
    said = {"id": "q-0", "customer": {"id": person.id}, "text": f"{person.name}: about the mug"}
    return _tell(type, timedelta(hours=hours), {"complaint": said | {"kind": "complaint", "order": "0-0"}})


def _closed(hours: float, outcome: str, *, by_page: bool = True) -> Close:
    """The newest task; in the stories of single lives it is the one that was just asked."""
    return Close(MONDAY + timedelta(hours=hours), "dobra", 0, outcome, by_page)


def _known(person: Person) -> Tell:
    return _tell("customer.updated", timedelta(), {"customer": person.as_sent})


READY = _about("order.ready_for_pickup", 1, delivery={"pickup_until": "2026-03-12"})
SHIPPED = _about("order.shipped", 1, delivery={"tracking_number": "1"})
FORGOTTEN = _tell("customer.erased", timedelta(days=1), {"customer": {"id": "c-0"}})
CALLED_OFF = _about("order.cancelled", 0.2)
LIVES: Mapping[str, Story] = {
    "transactional news by email": _story(BY_MAIL, _placed(BY_MAIL)),
    "transactional news by sms": _story(BY_PHONE, _placed(BY_PHONE)),
    "transactional news by both": _story(
        BY_BOTH, _placed(BY_BOTH), _about("order.shipped", 1, delivery={"tracking_number": "1"})
    ),
    "transactional, brought by the clock, by email": _story(
        BY_MAIL, _placed(BY_MAIL, "bank_transfer"), _about("order.paid", 3)
    ),
    "transactional, brought by the clock, by sms": _story(BY_PHONE, _placed(BY_PHONE), READY),
    "transactional, held for two hours, by email": _story(
        BY_MAIL, _placed(BY_MAIL), _about("order.handed_over", 0.05), _about("order.delivered", 1)
    ),
    "marketing by email": _story(BORN_BY_MAIL, _known(BORN_BY_MAIL)),
    "marketing by sms": _story(BORN_BY_PHONE, _known(BORN_BY_PHONE)),
    "marketing, then unsubscribed": _story(
        BORN_BY_MAIL, _known(BORN_BY_MAIL), Unsubscribe(MONDAY + timedelta(days=2), BORN_BY_MAIL)
    ),
    "staff, nobody answered, then accepted": _story(
        BY_MAIL, _placed(BY_MAIL), _closed(0.2, "no_answer"), _closed(2.5, "accepted", by_page=False), CALLED_OFF
    ),
    "service, a complaint and a personal code": _story(
        AGREED,
        _placed(AGREED),
        _closed(0.1, "reached"),
        Redeem(MONDAY + timedelta(hours=0.2), "dobra", 0),
        _complaint("complaint.opened", 1, AGREED),
        _complaint("complaint.resolved", 1.5, AGREED),
    ),
    "forgotten with an order": _story(BORN_BY_MAIL, _placed(BORN_BY_MAIL, "bank_transfer"), FORGOTTEN),
}
DOUBTED = _story(
    BY_PHONE,
    _placed(BY_PHONE),
    Break(MONDAY + timedelta(hours=1), Target.SMS, Fault.TIMEOUT_AFTER),
    _complaint("complaint.opened", 1.05, BY_PHONE),
)
"""An SMS that is not about an order is taken, and nobody hears of it; it is claimed two minutes before a tick."""
HUNTED = _story(
    BY_PHONE, _placed(BY_PHONE), *(_closed(hours, "no_answer") for hours in (0.1, 2.5, 5.5, 7.5, 9, 24, 27))
)
"""A call that nobody answers, whenever it comes back."""
