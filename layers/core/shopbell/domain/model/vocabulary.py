"""The closed vocabularies of the contract: classes, channels, statuses, outcomes, reasons."""

from enum import StrEnum, auto


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
    ALREADY_SENT = auto()
    ABSORBED = auto()
