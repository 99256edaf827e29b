"""What the letters of a campaign say, and what its owner is told of it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.letter_context.common import coupon_context, item_context
from shopbell.domain.model.campaign import Campaign, language_of
from shopbell.domain.model.events import Json
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.shop import Coupon, Shop
from shopbell.domain.time.calendar import local_day, parse_instant

LetterContext = dict[str, Any]
USUAL_DAYS = 30
"""How long a coupon is good where neither the campaign nor the shop says."""
_PARAGRAPHS = re.compile(r"\n\s*\n")


def coupon_of(campaign: Campaign, shop: Shop) -> Coupon | None:
    """One of the shop's own by its name, else a code as it stands there, of which nobody knows what it is worth."""
    name = campaign.text("coupon")
    return shop.coupons.get(name) or (Coupon(Decimal(0), code=name) if name else None)


def campaign_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    if facts.mailing is None:
        return {
            "mailing": Context(subject="", blocks=[], preheader=""),
            "currency": facts.shop.currency,
            "coupon": None,
        }
    campaign = facts.mailing.campaign
    said = campaign.content.get(language(facts)) or {"subject": "", "blocks": []}
    blocks = [_block(block, facts.shop) for block in said["blocks"]]
    first = next((text for block in blocks for text in block.paragraphs), "")
    mailing = Context(subject=said["subject"], blocks=blocks, preheader=_shortened(first))
    coupon = coupon_of(campaign, facts.shop)
    usual = local_day(now, facts.shop.zone) + timedelta(days=(coupon.days if coupon else None) or USUAL_DAYS)
    offered = coupon_context(coupon, campaign.valid_until or usual, facts.late_facts)
    return {"mailing": mailing, "currency": facts.shop.currency, "coupon": offered}


def language(facts: Facts) -> str:
    """In which a customer's letter of a campaign is written; "" where there is none."""
    if facts.mailing is None:
        return ""
    known = facts.mailing
    return language_of(known.campaign.content, facts.customer.text("locale"), facts.shop.locale, known.languages)


def _block(block: Mapping[str, Json], shop: Shop) -> Context:
    text = block.get("text") or ""
    paragraphs = [paragraph for paragraph in _PARAGRAPHS.split(text) if paragraph.strip()]
    things = [item_context(item, shop.currency) for item in block.get("items") or ()]
    return Context(kind=block["is"], paragraphs=paragraphs, things=things)


PREHEADER = 90


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= PREHEADER else f"{words[:PREHEADER].rpartition(' ')[0]}…"


def campaign_report_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """What the walk found, what stopped it, or how it ended, as it was known then."""
    said, zone = trigger.facts, facts.shop.zone
    last = said.get("last")
    return {
        "campaign": Context(
            id=facts.campaign.id if facts.campaign else "",
            subject=_subject(facts),
            segment=[_named(word) for word in str(said.get("segment") or "").split(" + ") if word],
            people=int(said.get("people", 0)),
            letters=int(said.get("letters", 0)),
            sms=int(said.get("sms", 0)),
            reached=[_reached(name, number) for name, number in sorted((said.get("reached") or {}).items())],
            kept_back=sorted((said.get("kept_back") or {}).items(), key=lambda each: (-each[1], each[0])),
            segments=int(said.get("segments", 0)),
            sms_cost=Decimal(said.get("sms_cost") or 0),
            average=Decimal(said.get("average") or 0),
            forecast=list(_forecast(said)),
            percent=Decimal(said.get("percent") or 0),
            is_worth_it=bool(said.get("worth", True)),
            is_refused=bool(said.get("refused")),
            last_at=parse_instant(last).astimezone(zone) if last else None,
            days=int(said.get("days", 0)),
            first_day=int(said.get("first_day", 0)),
            gmail=int(said.get("gmail", 0)),
            is_first_bulk=bool(said.get("gmail_first")),
            are_all_offers=bool(said.get("offers")),
            planned=int(said.get("planned", 0)),
            sent=int(said.get("sent", 0)),
            bounces=int(said.get("bounces", 0)),
            complaints=int(said.get("complaints", 0)),
            is_cancelled=bool(said.get("cancelled")),
        ),
        "currency": facts.shop.currency,
    }


def _subject(facts: Facts) -> str:
    content = facts.campaign.content if facts.campaign else {}
    name = language_of(content, facts.shop.locale, facts.shop.locale, frozenset(content))
    return str(content[name]["subject"]) if name else ""


def _named(word: str) -> Context:
    name, _, what = word.partition(":")
    return Context(name=name, what=what)


def _reached(name: str, number: int) -> Context:
    language, _, channel = name.partition("|")
    return Context(language=language, channel=channel, number=number)


def _forecast(said: Mapping[str, Json]) -> Iterator[Context]:
    brings, coupon = said.get("brings") or {}, said.get("coupon_cost") or {}
    for rate in sorted(brings, key=int):
        yield Context(percent=int(rate), brings=Decimal(brings[rate]), coupon=Decimal(coupon.get(rate) or 0))
