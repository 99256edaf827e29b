"""By which channels a customer may be reached about something, or why by none."""

from dataclasses import dataclass

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.customer import Contact
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Reason
from shopbell.domain.rules.consent import consent, was_withdrawn

PROMOTIONAL = frozenset({MessageClass.MARKETING, MessageClass.GREETING})


@dataclass(frozen=True, slots=True)
class Reach:
    """Without channels, `reason` says why."""

    channels: tuple[ChannelName, ...] = ()
    reason: Reason = Reason.NO_CONTACT
    detail: str = ""


def reach(journey: Journey, facts: Facts) -> Reach:
    if journey.message_class is MessageClass.STAFF:
        return Reach((ChannelName.STAFF,))
    if not facts.email and not facts.phone:
        return Reach(reason=Reason.NO_CONTACT, detail="neither an e-mail address nor a phone")
    if journey.message_class in PROMOTIONAL:
        return _promotional(facts)
    if journey.sms is Sms.NEVER:
        return _by_email(facts)
    return _about_orders(journey, facts)


def _usable(contact: Contact | None) -> bool:
    return contact is not None and contact.unusable() is None


def _by_email(facts: Facts) -> Reach:
    return Reach((ChannelName.EMAIL,)) if _usable(facts.email) else _unreachable(facts, refused=False)


def _about_orders(journey: Journey, facts: Facts) -> Reach:
    email, phone = _usable(facts.email), _usable(facts.phone)
    agreed = consent(facts.customer, facts.phone, "sms_service") if facts.phone else None
    sms = phone and (agreed is True or (not email and agreed is not False))
    if sms and (journey.sms is Sms.FIRST or not email):
        return Reach((ChannelName.SMS,))
    if email:
        beside = sms and journey.sms is Sms.BESIDE
        return Reach((ChannelName.EMAIL, ChannelName.SMS) if beside else (ChannelName.EMAIL,))
    return _unreachable(facts, refused=phone and agreed is False)


def _unreachable(facts: Facts, *, refused: bool) -> Reach:
    if refused:
        return Reach(reason=Reason.NO_CONSENT, detail="sms_service refused, and no other contact")
    bad = next((c for c in (facts.email, facts.phone) if c and c.unusable()), None)
    reason = bad.unusable() if bad else None
    return Reach(reason=reason or Reason.NO_CONTACT, detail="no contact that works")


def _promotional(facts: Facts) -> Reach:
    """By e-mail to those who agreed, else by SMS to those who agreed to that; to nobody who waits for an answer."""
    if complaint := facts.customer.open_complaint:
        return Reach(reason=Reason.COMPLAINT_OPEN, detail=f"complaint {complaint} is open")
    for channel, contact, purpose in (
        (ChannelName.EMAIL, facts.email, "email_marketing"),
        (ChannelName.SMS, facts.phone, "sms_marketing"),
    ):
        if contact and _usable(contact) and consent(facts.customer, contact, purpose):
            return Reach((channel,))
    return _unwanted(facts)


def _unwanted(facts: Facts) -> Reach:
    for contact, purpose in ((facts.email, "email_marketing"), (facts.phone, "sms_marketing")):
        if contact and (why := contact.unusable()):
            return Reach(reason=why, detail="the contact does not work or complained")
        if contact and was_withdrawn(facts.customer, contact, purpose):
            return _withdrew(facts, purpose)
    return Reach(reason=Reason.NO_CONSENT, detail="no consent to marketing")


def _withdrew(facts: Facts, purpose: str) -> Reach:
    """By the link in a letter, or on the phone."""
    if facts.customer.refused_at and facts.customer.withdrawn.get(purpose) == facts.customer.refused_at:
        return Reach(reason=Reason.REFUSED, detail=f"{purpose} refused on the phone")
    return Reach(reason=Reason.UNSUBSCRIBED, detail=f"{purpose} withdrawn")
