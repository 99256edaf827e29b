"""From facts to a letter: the language, the addresses, the headers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.sms import transliterate
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.service.ports import Renderer


def locale_of(facts: Facts, available: Collection[str]) -> str:
    """The customer's language where there are letters in it, else the shop's."""
    return locale_known(facts.customer.text("locale"), facts.shop.locale, available)


def locale_known(wanted: str, otherwise: str, available: Collection[str]) -> str:
    return wanted if wanted in available else otherwise


class Links(Protocol):
    def __call__(self, message: Message, now: datetime) -> dict[str, str]:
        """`unsubscribe_url` and `task_url`, each "" where the message has none; good for a year."""
        ...


def compose(facts: Facts, message: Message, context: Mapping[str, Any], renderer: Renderer) -> Letter:
    """Renders a message; raises whatever the template does, before anything was claimed."""
    shop, sms, staff = facts.shop, message.channel is ChannelName.SMS, message.channel is ChannelName.STAFF
    locale = shop.locale if staff else locale_of(facts, renderer.locales())
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
        headers={} if sms else _unsubscribe_headers(context["unsubscribe_url"]),
        tags=_tags(message),
    )


def _staff(facts: Facts, message: Message) -> str:
    """The staff; what they left undone goes to the owner."""
    shop = facts.shop
    return (shop.staff.owner or shop.contacts.email) if BY_NAME[message.name].to_owner else shop.staff.email


def _unsubscribe_headers(url: str) -> dict[str, str]:
    """RFC 8058: one click, without asking back."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _tags(message: Message) -> dict[str, str]:
    """By them the provider's reports find the message again."""
    subject = subject_tag(message.subject)
    return {"message": message.id, "shop": message.shop, "subject": subject, "attempt": str(message.attempts + 1)}
