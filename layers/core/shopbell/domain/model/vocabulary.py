"""The closed vocabularies: classes, channels, statuses, outcomes, reasons, and what the table's rows name."""

from enum import StrEnum, auto
from typing import NewType

Kind = NewType("Kind", str)
"""A kind of message, or "<kind>.<step>", as other rows of the table name it."""


class SubjectKind(StrEnum):
    """What decisions are about; a subject is named "<kind>/<id>"."""

    ORDER = auto()
    COMPLAINT = auto()
    CUSTOMER = auto()
    STAFF = auto()
    """The shop's own people: what they are told of a whole day."""
    CAMPAIGN = auto()


class Errand(StrEnum):
    """What a task asks for, in the order in which one works: calls first."""

    CALL = auto()
    PARCEL = auto()
    OFFICE = auto()


class Addressee(StrEnum):
    """Who of a shop's people a task goes to."""

    TEAM = auto()
    OWNER = auto()
    COMPLAINTS = auto()


class Sweep(StrEnum):
    """Which schedule looks at a step when its moment comes; the outbox looks at messages that wait."""

    UNPAID_ORDERS = auto()
    UNCOLLECTED_PARCELS = auto()
    FOLLOW_UPS = auto()
    BIRTHDAYS = auto()
    BETWEEN_ORDERS = auto()
    RUNS = auto()
    TASKS = auto()
    PROMISES = auto()
    OUTBOX = auto()


class CouponKind(StrEnum):
    """Which of the shop's coupons a letter carries."""

    THANK_YOU = auto()
    BIRTHDAY = auto()
    WINBACK = auto()
    HOLIDAY = auto()


class LateFact(StrEnum):
    """What only some letters say, looked up when they are rendered."""

    BONUS = auto()
    COMPANIONS = auto()
    RECOMMENDED = auto()
    COMPLAINT = auto()
    OTHER_ORDERS = auto()


class Asked(StrEnum):
    """What a task's page takes beside what came of it, as its form's fields are named."""

    NEW_DATE = auto()
    REASON = auto()
    REMEDY = auto()
    AT = auto()
    NOTE = auto()
    TEXT = auto()
    PLANNED_REPEAT_ON = auto()
    EMAIL = auto()
    PHONE = auto()
    SKU = auto()
    TRACKING_NUMBER = auto()


class RequiredFact(StrEnum):
    """What a letter cannot do without."""

    ITEMS = auto()
    TOTAL = auto()
    WAY_TO_PAY = auto()
    REFUND_AMOUNT = auto()
    OLD_TOTAL = auto()
    NEW_TOTAL = auto()
    ITEM = auto()
    COUPON = auto()
    THINGS = auto()


class Series(StrEnum):
    """Marketing letters that count as one, in the order of their priority."""

    BIRTHDAY = auto()
    REPLENISHMENT = auto()
    HOLIDAY = auto()
    WINBACK = auto()
    CAMPAIGN = auto()


class MessageClass(StrEnum):
    TRANSACTIONAL = auto()
    SERVICE = auto()
    MARKETING = auto()
    GREETING = auto()
    STAFF = auto()


class ChannelName(StrEnum):
    EMAIL = auto()
    SMS = auto()
    STAFF = auto()

    @property
    def provider(self) -> "ChannelName":
        """Whose provider carries it: a task is an e-mail."""
        return ChannelName.EMAIL if self is ChannelName.STAFF else self


class Lane(StrEnum):
    """The queues of requests to send: one for order news and urgent tasks, one for reminders and other tasks, one for
    greetings and marketing; text messages have their own."""

    ORDER_EMAIL = auto()
    REMINDER_EMAIL = auto()
    MARKETING_EMAIL = auto()
    SMS = auto()


class Status(StrEnum):
    """What became of a message; see domain.rules.feedback for the order in which it may change."""

    PLANNED = auto()
    HELD = auto()
    SENDING = auto()
    UNKNOWN = auto()
    SENT = auto()
    DELIVERED = auto()
    BOUNCED = auto()
    COMPLAINED = auto()
    FAILED = auto()
    EXPIRED = auto()


class OrderState(StrEnum):
    """Where an order stands in its life, in one word."""

    PAYMENT_DUE = auto()
    PROCESSING = auto()
    IN_TRANSIT = auto()
    PICKUP_AVAILABLE = auto()
    DELIVERED = auto()
    CANCELLED = auto()
    RETURNED = auto()


class Outcome(StrEnum):
    SENT = auto()
    HELD = auto()
    SKIPPED = auto()


class Reason(StrEnum):
    """Why something was sent, held or skipped."""

    DUE = auto()
    NO_CONTACT = auto()
    NO_CONSENT = auto()
    UNSUBSCRIBED = auto()
    BOUNCED = auto()
    COMPLAINED = auto()
    ERASED = auto()
    REFUSED = auto()
    COMPLAINT_OPEN = auto()
    SEND_HOURS = auto()
    CAP = auto()
    YIELDED = auto()
    SUPERSEDED = auto()
    NO_LONGER_TRUE = auto()
    STALE_EVENT = auto()
    WINDOW_PASSED = auto()
    MISSING_FACTS = auto()
    DISABLED = auto()
    PAUSED = auto()
    BUDGET = auto()
    LIMIT = auto()
    HOLDOUT = auto()
    LOST = auto()
    PROVIDER_DOWN = auto()
    PROVIDER_SILENT = auto()
    ALREADY_SENT = auto()
    ABSORBED = auto()
    NO_RHYTHM = auto()
    SOLD_OUT = auto()
    UNREADABLE = auto()
    NOTHING_TO_TELL = auto()
    NOT_WORTH_IT = auto()
