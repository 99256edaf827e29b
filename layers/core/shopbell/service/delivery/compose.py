"""From facts to a letter: the language, the addresses, the headers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, Protocol

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.letter_context.campaign import language
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.sms import transliterate
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, SubjectKind
from shopbell.service.ports import Renderer


def locale_of(facts: Facts, available: Collection[str]) -> str:
    """The customer's language where there are letters in it, else the shop's."""
    return locale_known(facts.customer.text("locale"), facts.shop.locale, available)


def locale_known(wanted: str, otherwise: str, available: Collection[str]) -> str:
    return wanted if wanted in available else otherwise


THREADED = frozenset({SubjectKind.ORDER, SubjectKind.COMPLAINT})
"""What the letters about one of these say belongs together; what a customer gets besides does not."""

FEEDBACK_SHOP = 25
"""Characters of a shop's id with which the header Feedback-ID, with what SES adds, stays within 127."""


class Links(Protocol):
    def __call__(self, message: Message, now: datetime, *, asks_consent: bool = False) -> dict[str, str]:
        """`unsubscribe_url` and `task_url`, each "" where the message has none, and `agree_url` where it asks; good for
        a year."""
        ...


def compose(facts: Facts, message: Message, context: Mapping[str, Any], renderer: Renderer) -> Letter:
    """Renders a message; raises whatever the template does, before anything was claimed."""
    shop, sms, staff = facts.shop, message.channel is ChannelName.SMS, message.channel is ChannelName.STAFF
    locale = shop.locale if staff else language(facts) or locale_of(facts, renderer.locales())
    rendered = renderer.render(message.kind, locale, message.channel, {**context, "locale": locale})
    return Letter(
        id=message.id,
        shop=message.shop,
        kind=message.kind,
        channel=message.channel,
        message_class=message.message_class,
        to=_staff(facts, message) if staff else facts.customer.text("phone" if sms else "email"),
        locale=locale,
        subject="" if sms else rendered.subject,
        preheader="" if sms else rendered.preheader,
        html="" if sms else rendered.html,
        text=transliterate(rendered.text, locale) if sms and shop.sms.transliterate else rendered.text,
        sender=shop.sender.sms_id if sms else shop.sender.email,
        sender_name=shop.sender.name,
        reply_to=shop.contacts.email,
        headers={} if sms else _headers(message, context["unsubscribe_url"], shop.sender.email),
        tags=_tags(message),
        enclosures=rendered.enclosures,
        is_tracked=message.message_class is MessageClass.SERVICE and not _bears_a_token(context),
    )


def _staff(facts: Facts, message: Message) -> str:
    return facts.shop.staff.address_of(BY_NAME[message.name].goes_to)


def _bears_a_token(context: Mapping[str, Any]) -> bool:
    return bool(context["unsubscribe_url"] or context["task_url"] or context.get("agree_url"))


def _headers(message: Message, unsubscribe_url: str, sender: str) -> dict[str, str]:
    # RFC 3834: an absence of the staff's is not to be answered with.
    made = {"Auto-Submitted": "auto-generated"} if message.channel is ChannelName.STAFF else {}
    return {**_unsubscribe_headers(unsubscribe_url), **_thread_headers(message, sender), **made}


def _thread_headers(message: Message, sender: str) -> dict[str, str]:
    """Mail programs show together what refers to one letter, though nobody ever got it: what is sent gets its own id
    from SES. The customer's letters are one thread, the tasks about the same another."""
    kind = message.subject.partition("/")[0]
    if kind not in THREADED:
        return {}
    of = f"task-{kind}" if message.channel is ChannelName.STAFF else kind
    name = blake2b(f"{message.shop}/{message.subject}".encode(), digest_size=10).hexdigest()
    root = f"<{of}-{name}@{sender.rpartition('@')[2]}>"
    return {"In-Reply-To": root, "References": root}


def _unsubscribe_headers(url: str) -> dict[str, str]:
    """RFC 8058: one click, without asking back."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _tags(message: Message) -> dict[str, str]:
    """By the first four the provider's reports find the message again. SES makes the header Feedback-ID of the last
    two, by which Gmail counts complaints; a kind says of which class it is."""
    return {
        "message": message.id,
        "shop": message.shop,
        "subject": subject_tag(message.subject),
        "attempt": str(message.attempts + 1),
        "ses:feedback-id-a": message.kind,
        "ses:feedback-id-b": message.shop[:FEEDBACK_SHOP],
    }
