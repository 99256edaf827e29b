"""A shop: its configuration as the rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto
from typing import Protocol
from zoneinfo import ZoneInfo

from shopbell.domain.model.bank import BankAccount
from shopbell.domain.model.holiday import Holiday
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.vocabulary import Addressee, CouponKind
from shopbell.domain.time.calendar import Hours, WorkingCalendar
from shopbell.domain.time.span import Span, years


@dataclass(frozen=True, slots=True)
class Contacts:
    """How customers reach the shop; `phone` is E.164, `hours` the shop's own words."""

    email: str
    phone: str
    site: str
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    email: str
    name: str
    sms_id: str


class Digest(StrEnum):
    """How the tasks that can wait are gathered: not at all, on the hour, or when the shop opens."""

    OFF = auto()
    HOURLY = auto()
    DAILY = auto()


@dataclass(frozen=True, slots=True)
class Staff:
    """`owner` hears of what the staff left undone, `complaints` is who answers them all (R132)."""

    email: str
    digest: Digest = Digest.DAILY
    owner: str = ""
    complaints: str = ""

    def address_of(self, whom: Addressee) -> str:
        own = {Addressee.OWNER: self.owner, Addressee.COMPLAINTS: self.complaints}
        return own.get(whom) or self.email

    def gathers(self, whom: Addressee) -> bool:
        """Whether it may leave with the team's other tasks: what was left undone stands alone, whoever reads it."""
        return whom is not Addressee.OWNER and self.address_of(whom) == self.email


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """`details`: the requisites as the shop writes them, line breaks kept; `account`: the same for programs."""

    details: str = ""
    alternatives: tuple[str, ...] = ()
    absorb_increase: Decimal = Decimal(0)
    account: BankAccount | None = None

    @property
    def told(self) -> str:
        """The requisites for people, whichever way the shop gave them."""
        if self.details or self.account is None:
            return self.details
        known = (self.account.name, f"IBAN {self.account.iban}", f"BIC {self.account.bic}" if self.account.bic else "")
        return "\n".join(filter(None, known))


@dataclass(frozen=True, slots=True)
class Marketing:
    per_month: int = 2
    holdout_percent: int = 0


@dataclass(frozen=True, slots=True)
class Coupon:
    """`percent` off; good for `days` where the kind has no end of its own."""

    percent: Decimal
    days: int | None = None
    code: str | None = None
    unique: bool = False

    @property
    def has_code(self) -> bool:
        """One for all, or one of their own for each; without either nobody can use it."""
        return bool(self.code) or self.unique


@dataclass(frozen=True, slots=True)
class Complaints:
    """Up to `concede_up_to` the shop had better give in than argue (R135)."""

    concede_up_to: Decimal = Decimal("200.00")


@dataclass(frozen=True, slots=True)
class Tier:
    """From `from_spent` on, a unit of money earns `earned_per_1` units."""

    from_spent: Decimal
    earned_per_1: Decimal


@dataclass(frozen=True, slots=True)
class Bonus:
    earned_per_1: Decimal = Decimal("1")
    worth_of_unit: Decimal = Decimal("0.01")
    tiers: tuple[Tier, ...] = ()


class DeliveriesTold(StrEnum):
    """Whether silence of a parcel means anything: `auto` looks at what the shop told of its last ones."""

    AUTO = auto()
    ALWAYS = auto()
    NEVER = auto()


class Numbers(Protocol):
    def __contains__(self, number: object) -> bool: ...


class _AllNumbers:
    def __contains__(self, number: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SmsTerms:
    """`numbers`: those that get SMS at all: mobile ones of the shop's countries."""

    transliterate: bool = False
    price_per_segment: Decimal = Decimal("1.20")
    monthly_budget: Decimal = Decimal("500.00")
    numbers: Numbers = _AllNumbers()


@dataclass(frozen=True, slots=True)
class Limits:
    """A last line of defence, far above what courtesy asks: messages a day in the shop's zone."""

    per_recipient: int = 1_000
    sms_per_recipient: int = 50
    per_shop: int = 200_000
    sms_per_shop: int = 5_000


class AskedBy(StrEnum):
    LETTER = auto()
    CALL = auto()


@dataclass(frozen=True, slots=True)
class Figures:
    """A shop's own figures of one journey; None keeps the table's. `by`: how it asks (`journeys.names.BY_CALL`)."""

    enabled: bool | None = None
    after: Span | None = None
    by: AskedBy = AskedBy.LETTER


@dataclass(frozen=True, slots=True)
class Sleeping:
    """Nobody's usual time between two orders counts as shorter than `floor_days`."""

    floor_days: int = 15


@dataclass(frozen=True, slots=True)
class Links:
    faq: str = ""
    delivery: str = ""
    review: str = ""


class Paused(StrEnum):
    """What the operators hold back; kept beside the configuration, which does not know of it."""

    NOTHING = ""
    MARKETING = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A campaign tied to a day of the year ("09-01"): it goes `before` that day, to `segment`."""

    name: str
    on: str
    before: Span
    campaign: str
    segment: tuple[str, ...] = ()


RECENT_DELIVERIES, ENOUGH_TOLD = 10, 3
"""Of its last ten parcels a shop tells at least three to be delivered: then silence says something."""


@dataclass(frozen=True, slots=True)
class Shop:
    """One tenant. `season`: campaigns tied to a day. `accent` is the colour of its buttons, "#rrggbb"; `letters`: each
    of its own, "<locale>/<kind>", to its version; `accessories`: codes of what goes with a product, by its code. After
    `retention` since their last order everything personal of a customer goes. `recent_deliveries`: of the last parcels
    whose day is over, whether the shop told that they were delivered. `counted`: products of which it is counted how
    many are ordered. `rhythm`: what its past says of how its customers order."""

    id: str
    name: str
    contacts: Contacts
    sender: Sender
    staff: Staff
    locale: str
    zone: ZoneInfo
    country: str
    currency: str
    calendar: WorkingCalendar
    send_hours: Hours
    payment: PaymentTerms = PaymentTerms()
    marketing: Marketing = Marketing()
    coupons: Mapping[str, Coupon] = field(default_factory=dict)
    bonus: Bonus = Bonus()
    complaints: Complaints = Complaints()
    accessories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holidays: Mapping[str, Holiday] = field(default_factory=dict)
    sms: SmsTerms = SmsTerms()
    journeys: Mapping[str, Figures] = field(default_factory=dict)
    sleeping: Sleeping = Sleeping()
    links: Links = Links()
    season: tuple[CalendarEntry, ...] = ()
    limits: Limits = Limits()
    accent: str = "#1f5f8b"
    logo_url: str = ""
    retention: Span = years(3)
    deliveries_told: DeliveriesTold = DeliveriesTold.AUTO
    recent_deliveries: tuple[bool, ...] = ()
    counted: frozenset[str] = frozenset()
    rhythm: Rhythm = Rhythm()
    paused: Paused = Paused.NOTHING
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def tells_deliveries(self) -> bool:
        if self.deliveries_told is not DeliveriesTold.AUTO:
            return self.deliveries_told is DeliveriesTold.ALWAYS
        return sum(self.recent_deliveries) >= ENOUGH_TOLD

    def figures(self, kind: str) -> Figures:
        return self.journeys.get(kind, Figures())

    def calls_instead_of(self, letter: str, call: str) -> bool:
        """Whether that letter is said on the phone, by that call, to whoever has one."""
        return self.figures(letter).by is AskedBy.CALL and self.figures(call).enabled is not False

    def coupon(self, kind: CouponKind | None) -> Coupon | None:
        """None where the shop does not offer it, or a letter carries none."""
        return self.coupons.get(kind) if kind else None
