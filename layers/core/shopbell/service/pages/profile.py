"""What a customer tells of themselves on their page: a birthday, a gender, a mobile number; only what is not known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.conditions import PROFILE
from shopbell.domain.time.birthday import Birthday
from shopbell.domain.time.calendar import format_stamp
from shopbell.service.ports import Enqueue
from shopbell.service.subjects.customers import merge_customer
from shopbell.service.subjects.identity import CustomerContacts
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Workplace

GENDERS = ("female", "male")
ReadPhone = Callable[[str, str], str]
"""(text, the shop's country) to E.164; raises ValueError."""


def unknown(person: CustomerContacts) -> list[str]:
    """What may be asked: of somebody we know, what they did not say yet."""
    someone = bool(person.email or person.phone)
    return [name for name in PROFILE if someone and not person.customer.text(name)]


@dataclass(frozen=True, slots=True)
class Told:
    """What could be read of the form, and the fields that could not ("birthday", "phone")."""

    fields: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """The use case; raises Conflict after several attempts."""

    workplace: Workplace
    enqueue: Enqueue
    read_phone: ReadPhone

    def read(self, shop: Shop, person: CustomerContacts, form: Mapping[str, str]) -> Told:
        """Only what is asked of this customer; what is left blank is not told."""
        fields: dict[str, str] = {}
        wrong: list[str] = []
        for name in unknown(person):
            try:
                if text := self._answer_to(name, shop, form):
                    fields[name] = text
            except ValueError:
                wrong.append(name)
        return Told(fields, tuple(wrong))

    def _answer_to(self, name: str, shop: Shop, form: Mapping[str, str]) -> str:
        if name == "birthday":
            return _birthday(form)
        text = form.get(name, "").strip()
        if name == "phone":
            return self.read_phone(text, shop.country) if text else ""
        return text if text in GENDERS else ""

    def keep(self, shop: Shop, customer: str, fields: Mapping[str, str], now: datetime) -> None:
        """As if the shop had told it: a birthday is kept from now on, a number is theirs."""
        event = Event(shop.id, f"~page.{format_stamp(now)}", EventType.CUSTOMER_UPDATED, now, customer=dict(fields))
        retry_on_conflict(lambda: self._try(event, shop, customer, now))

    def _try(self, event: Event, shop: Shop, customer: str, now: datetime) -> None:
        work = self.workplace.work(shop, now)
        send_requests = merge_customer(work, event, customer)
        work.session.commit()
        self.enqueue(send_requests)


def _birthday(form: Mapping[str, str]) -> str:
    """From the day and the month: nobody is asked for their age."""
    day, month = (form.get(f"birthday_{part}", "").strip() for part in ("day", "month"))
    if not day and not month:
        return ""
    return str(Birthday(int(month), int(day)))
