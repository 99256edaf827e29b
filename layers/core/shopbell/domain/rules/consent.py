"""What a customer agreed to and took back, purpose by purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Json
from shopbell.domain.model.record import Fields, FieldVersion, Record, version_at
from shopbell.domain.time.calendar import format_instant, parse_instant

NEWS = "email_news"
"""New things at a good price and no more: whoever wants nothing else may say so on their page (R129)."""
PURPOSES = ("email_marketing", NEWS, "sms_service", "sms_marketing")
MARKETING = ("email_marketing", NEWS, "sms_marketing")


def consent(customer: Customer, contact: Contact | None, purpose: str) -> bool | None:
    """True, False, or None where nobody ever said. A withdrawal by the person outweighs all but
    a later consent in the long form."""
    withdrawn = _withdrawn(customer, contact, purpose)
    if withdrawn and agreed_at(customer, purpose) <= withdrawn:
        return False
    word: Json = customer.record.get(f"consent.{purpose}")
    return word["granted"] if isinstance(word, dict) else None


def was_withdrawn(customer: Customer, contact: Contact, purpose: str) -> bool:
    return bool(_withdrawn(customer, contact, purpose))


def _withdrawn(customer: Customer, contact: Contact | None, purpose: str) -> str:
    return max(customer.withdrawn.get(purpose, ""), contact.withdrawn.get(purpose, "") if contact else "")


def agreed_at(customer: Customer, purpose: str) -> str:
    """The moment of the latest consent in the long form, or ""; such texts sort as moments do."""
    word: Json = customer.record.get(f"agreed.{purpose}")
    return str(word["at"]) if isinstance(word, dict) else ""


def agreements(changes: Mapping[str, Json], said_by: str) -> Fields:
    """Each consent in the long form once more, by its own moment: what it lifted, the next bare word
    (`true`, most often) leaves lifted, and its source and wording stay as the proof."""
    words = {purpose: changes.get(f"consent.{purpose}") for purpose in PURPOSES}
    return {
        f"agreed.{purpose}": FieldVersion(word, version_at(parse_instant(word["at"]), said_by))
        for purpose, word in words.items()
        if isinstance(word, dict) and word["granted"] and word.get("long") and word.get("at")
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person themselves says of a purpose; `wording` is the sentence they were shown."""

    purpose: str
    granted: bool
    source: str
    wording: str


def chosen(
    customer: Customer, contact: Contact | None, choice: Choice, now: datetime
) -> tuple[Customer, Contact | None]:
    """Both as they are after the person's choice; a withdrawal holds for the customer and the contact."""
    purpose, path = choice.purpose, f"consent.{choice.purpose}"
    at = _moment(customer, contact, choice, now)
    answer: Json = {
        "granted": choice.granted,
        "at": at,
        "source": choice.source,
        "wording": choice.wording,
        "long": True,
    }
    fields = {path: FieldVersion(answer, _stamp(customer.record.fields.get(path), now))}
    record = customer.record.merged(Record({**fields, **agreements({path: answer}, "~person")}))
    customer = replace(customer, record=record)
    if choice.granted:
        return customer, contact
    customer = replace(customer, withdrawn={**customer.withdrawn, purpose: at})
    return customer, contact and replace(contact, withdrawn={**contact.withdrawn, purpose: at})


def _moment(customer: Customer, contact: Contact | None, choice: Choice, now: datetime) -> str:
    """Now; and where clocks disagree or a second is too short, after what it takes back."""
    if not choice.granted:
        return max(format_instant(now), agreed_at(customer, choice.purpose))
    withdrawn = _withdrawn(customer, contact, choice.purpose)
    after = format_instant(parse_instant(withdrawn) + timedelta(seconds=1)) if withdrawn else ""
    return max(format_instant(now), after)


def _stamp(before: FieldVersion | None, now: datetime) -> str:
    """Newer than the word before, even if that came from a clock ahead of ours."""
    return max(version_at(now, "~person"), f"{before.version}~" if before else "")
