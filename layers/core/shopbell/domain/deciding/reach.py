"""By which channels a customer may be reached about something, or why by none."""

from dataclasses import dataclass

from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.customer import Contact
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Reason, Series
from shopbell.domain.rules.consent import NEWS, consent, was_withdrawn

NONE_WORKS = "no contact that works"
NO_SMS = "the phone number is no mobile one of sms.countries"
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
        return _promotional(journey, facts)
    if journey.sms is Sms.NEVER:
        return _by_email(facts)
    return _about_orders(journey, facts)


def _usable(contact: Contact | None) -> bool:
    return contact is not None and contact.unusable() is None


def _gets_sms(facts: Facts) -> bool:
    """Whether the number is a mobile one of the shop's countries."""
    return facts.customer.text("phone") in facts.shop.sms.numbers


def _by_email(facts: Facts) -> Reach:
    return Reach((ChannelName.EMAIL,)) if _usable(facts.email) else _unreachable(facts)


def _about_orders(journey: Journey, facts: Facts) -> Reach:
    email, phone = _usable(facts.email), _usable(facts.phone)
    agreed = consent(facts.customer, facts.phone, "sms_service") if facts.phone else None
    sms = phone and (agreed is True or (not email and agreed is not False))
    sms = sms and _gets_sms(facts)
    if sms and (journey.sms is Sms.FIRST or not email):
        return Reach((ChannelName.SMS,))
    if email:
        beside = sms and journey.sms is Sms.BESIDE
        return Reach((ChannelName.EMAIL, ChannelName.SMS) if beside else (ChannelName.EMAIL,))
    if phone and agreed is False:
        return Reach(reason=Reason.NO_CONSENT, detail="sms_service refused, and no other contact")
    return _unreachable(facts, NO_SMS if phone and not _gets_sms(facts) else NONE_WORKS)


def _unreachable(facts: Facts, detail: str = NONE_WORKS) -> Reach:
    bad = next((c for c in (facts.email, facts.phone) if c and c.unusable()), None)
    if bad and (reason := bad.unusable()):
        return Reach(reason=reason, detail=NONE_WORKS)
    return Reach(reason=Reason.NO_CONTACT, detail=detail)


def _promotional(journey: Journey, facts: Facts) -> Reach:
    """By e-mail to those who agreed, else by SMS to those who agreed to that; to nobody who waits for an answer. Who
    wants news alone gets campaigns alone."""
    if complaint := facts.customer.open_complaint:
        return Reach(reason=Reason.COMPLAINT_OPEN, detail=f"complaint {complaint} is open")
    news = (NEWS,) if journey.series is Series.CAMPAIGN else ()
    for channel, contact, purpose in (
        *((ChannelName.EMAIL, facts.email, purpose) for purpose in ("email_marketing", *news)),
        (ChannelName.SMS, facts.phone, "sms_marketing"),
    ):
        agreed = contact and _usable(contact) and consent(facts.customer, contact, purpose)
        if agreed and (channel is ChannelName.EMAIL or _gets_sms(facts)):
            return Reach((channel,))
    return _unwanted(facts)


def _unwanted(facts: Facts) -> Reach:
    for contact, purpose in ((facts.email, "email_marketing"), (facts.phone, "sms_marketing")):
        if contact and (why := contact.unusable()):
            return Reach(reason=why, detail="the contact does not work or complained")
        if contact and was_withdrawn(facts.customer, contact, purpose):
            return _withdrew(facts, purpose)
        if contact and purpose == "sms_marketing" and consent(facts.customer, contact, purpose):
            return Reach(reason=Reason.NO_CONTACT, detail=NO_SMS)
    return Reach(reason=Reason.NO_CONSENT, detail="no consent to marketing")


def _withdrew(facts: Facts, purpose: str) -> Reach:
    """By the link in a letter, or on the phone."""
    if facts.customer.refused_at and facts.customer.withdrawn.get(purpose) == facts.customer.refused_at:
        return Reach(reason=Reason.REFUSED, detail=f"{purpose} refused on the phone")
    return Reach(reason=Reason.UNSUBSCRIBED, detail=f"{purpose} withdrawn")
