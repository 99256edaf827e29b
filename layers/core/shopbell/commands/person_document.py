"""All that is kept of a person as JSON that a person can read, and that a program can, too."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Record
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState, CouponState, Decision, Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.rules.consent import PURPOSES
from shopbell.domain.time.calendar import format_instant
from shopbell.service.operators.export import Kept, KeptSubject
from shopbell.service.operators.retell import Retold

Document = dict[str, Any]

ELSEWHERE = (
    "Letters and texts that left are with their providers and recipients.",
    "What was removed stands in the table's backups for 35 days.",
    "An event that could not be worked off stands in its queue of dead letters for 14 days at most.",
)
"""What we cannot look into."""


def document(kept: Kept, shop: Shop, now: datetime) -> str:
    """JSON; moments as UTC instants."""
    histories = [(each, each.subject.entity.history) for each in kept.subjects]
    messages = [message for each in kept.subjects for message in each.messages]
    decisions = [decision for each in kept.subjects for decision in each.decisions]
    fields = {
        "shop": shop.id,
        "at": format_instant(now),
        "customers": [_customer(each) for each in kept.subjects if isinstance(each.subject.entity, Customer)],
        "contacts": [_contact(state) for state in kept.contacts],
        "orders": [_order(each, history) for each, history in histories if isinstance(history, Order)],
        "complaints": [_subject(each) for each in kept.subjects if each.subject.entity.kind == "complaint"],
        "messages": [_message(each, kept.texts[each.id]) for each in messages if not _is_task(each)],
        "tasks": [_task(each, kept) for each in messages if _is_task(each)],
        "decisions": [_decision(decision) for decision in decisions],
        "coupons": [_coupon(message, coupon) for message, coupon in kept.coupons],
        "elsewhere": ELSEWHERE,
    }
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _subject(kept: KeptSubject) -> Document:
    """Whatever its kind: every field, and all that happened with what was said of it."""
    subject = kept.subject
    record = subject.entity.history.record
    return {
        "id": subject.entity.history.id,
        "known_by": subject.name,
        "kept_until": _end(subject.expires_at),
        "fields": {path: field.value for path, field in sorted(record.fields.items()) if field.value is not None},
        "happened": list(_happened(record)),
    }


def _customer(kept: KeptSubject) -> Document:
    customer = kept.subject.entity
    assert isinstance(customer, Customer)
    named = ("refused_at", "erased_at", "emptied_at", "merged_into")
    return {
        **_subject(kept),
        **{name: getattr(customer, name) for name in named if getattr(customer, name)},
        "guests_they_were": list(customer.aliases),
        "consents": [_consent(customer, purpose) for purpose in PURPOSES],
        "bonus": [
            {"at": format_instant(entry.at), "units": entry.units, "order": entry.order, "entry": entry.name}
            for entry in kept.bonus
        ],
        "marketing_taken": {name: format_instant(at) for name, at in kept.places.taken.items()},
    }


def _consent(customer: Customer, purpose: str) -> Document:
    """The last word, the last consent with its source and wording, and when they took it back themselves."""
    word, agreed = customer.record.get(f"consent.{purpose}"), customer.record.get(f"agreed.{purpose}")
    withdrawn_at = customer.withdrawn.get(purpose) or None
    return {"purpose": purpose, "word": word, "agreed": agreed, "withdrawn_at": withdrawn_at}


def _order(kept: KeptSubject, order: Order) -> Document:
    """`placed`: false where news of it waits for the order itself."""
    return {**_subject(kept), "placed": order.happened(EventType.ORDER_PLACED)}


def _contact(state: ContactState) -> Document:
    """Known by a keyed hash; the address itself is a field of the customer."""
    contact = state.contact
    return {
        "hash": contact.key,
        "whose": contact.whose,
        "bounced_at": contact.bounced_at or None,
        "complained_at": contact.complained_at or None,
        "withdrawn": {purpose: at for purpose, at in contact.withdrawn.items() if at},
        "read_on": contact.read_on or None,
        "asked_at": contact.asked_at or None,
        "soft_bounces": list(contact.soft_bounces),
        "erased_at": contact.erased_at or None,
        "kept_until": _end(state.expires_at),
    }


def _message(message: Message, retold: Retold) -> Document:
    """`text`: as it would be made now; what is stored of a message is ids and moments."""
    made = {"subject": retold.subject, "text": retold.text} if retold.text else {"text_missing": retold.why_not}
    moments = {"due_at": message.due_at, "sent_at": message.sent_at, **message.reported}
    return {
        **{name: str(getattr(message, name)) for name in ("id", "kind", "channel", "order", "status")},
        "step": message.name,
        "about": message.subject,
        **{name: format_instant(at) for name, at in moments.items() if at},
        **made,
        "decisions": [_decision(decision) for decision in message.decisions],
    }


def _task(message: Message, kept: Kept) -> Document:
    """What the staff were asked, and what they noted."""
    return {**_message(message, kept.texts[message.id]), "outcomes": list(_outcomes(message, kept))}


def _outcomes(message: Message, kept: Kept) -> Iterator[Mapping[str, Any]]:
    for each in kept.subjects:
        for entry in _happened(each.subject.entity.history.record):
            if entry["event"] == EventType.CALL_DONE and entry["said"].get("task") == message.id:
                yield {"at": entry["at"], **entry["said"]}


def _is_task(message: Message) -> bool:
    return message.channel is ChannelName.STAFF


def _happened(record: Record) -> Iterator[Document]:
    """Oldest first."""
    entries = [
        {"at": format_instant(occurrence.at), "event": str(event), "which": name, "said": dict(occurrence.facts)}
        for event, named in record.occurrences.items()
        for name, occurrence in named.items()
    ]
    yield from sorted(entries, key=lambda entry: (entry["at"], entry["event"], entry["which"]))


def _decision(decision: Decision) -> Document:
    names = ("kind", "step", "order", "customer", "outcome", "reason", "detail")
    return {"at": format_instant(decision.at), **{name: str(getattr(decision, name)) for name in names}}


def _coupon(message: str, coupon: CouponState) -> Document:
    return {
        "code": coupon.code,
        "kind": coupon.kind,
        "percent": str(coupon.percent),
        "until": coupon.until.isoformat(),
        "redeemed_at": coupon.redeemed_at or None,
        "message": message,
    }


def _end(expires_at: int) -> str | None:
    return format_instant(datetime.fromtimestamp(expires_at, UTC)) if expires_at else None
