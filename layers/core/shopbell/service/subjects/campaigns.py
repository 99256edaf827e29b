"""What an event, an operator or the walk makes of a campaign."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.model.campaign import DRY, Campaign, Stage, Walk
from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.model.state import CampaignListed, Decision, SendRequest
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import Outcome, Reason, SubjectKind
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.work import Work


def merge_campaign(work: Work, event: Event, campaign_id: str = "") -> list[SendRequest]:
    """`campaign_id`: where the event itself does not name it."""
    said: Mapping[str, Json] = event.extra.get("campaign") or {}
    before: Subject[Any] = work.session.subject(f"{SubjectKind.CAMPAIGN}/{campaign_id or said['id']}")
    known = before.entity.record.occurrences.get(event.type, {})
    entity: Campaign = SUBJECTS[SubjectKind.CAMPAIGN].merged(before.entity, event, work.shop)
    if event.type == EventType.CAMPAIGN_REQUESTED and event.id not in known:
        asked = entity.record.occurrences[event.type].get(event.id)
        is_dry = asked is None or bool(asked.facts.get(DRY))
        entity = _asked(work, entity, is_dry=is_dry, forced=bool(said.get("force")))
        if before.version == 0:
            work.session.list_campaign(CampaignListed(entity.id, work.now, entity.is_offer))
    return advance(work, before, replace(before, entity=entity), None, is_tick=True)


def _asked(work: Work, campaign: Campaign, *, is_dry: bool, forced: bool) -> Campaign:
    """The walk begins anew with the count, unless letters are on their way."""
    walk = campaign.walk
    if walk.is_under_way:
        if not is_dry:
            record(work, campaign, Reason.ALREADY_SENT, "its letters are on their way")
        return campaign
    if not is_dry and has_ended(campaign, campaign.id):
        record(work, campaign, Reason.ALREADY_SENT, "it has been sent")
        return campaign
    if not campaign.segment or not campaign.content:
        record(work, campaign, Reason.MISSING_FACTS, "without a segment, or without content")
        return campaign
    begun = Walk(campaign.id, Stage.COUNTING, at=work.now, segment=campaign.segment, sends=not is_dry, tells=is_dry)
    if walk.stage is Stage.COUNTING:  # what was asked for before is owed as well
        begun = replace(begun, sends=begun.sends or walk.sends, tells=begun.tells or walk.tells)
    return replace(campaign, walk=replace(begun, forced=forced))


def has_ended(campaign: Campaign, run: str) -> bool:
    """Sent to its end, and not called off."""
    ended = campaign.record.occurrences.get(EventType.CAMPAIGN_ENDED, {}).get(run)
    return ended is not None and not ended.facts.get("cancelled")


def happened(campaign: Campaign, event: EventType, name: str, facts: Mapping[str, Json], now: datetime) -> Campaign:
    """With something that we found ourselves."""
    news = Record({}, {event: {name: Occurrence(now, version_at(now, name), facts)}})
    return replace(campaign, record=campaign.record.merged(news))


def happened_again(campaign: Campaign, event: EventType, facts: Mapping[str, Json], now: datetime) -> Campaign:
    """The same for what may happen several times: each by its number."""
    number = len(campaign.record.occurrences.get(event, {})) + 1
    return happened(campaign, event, str(number), facts, now)


def record(work: Work, campaign: Campaign, reason: Reason, detail: str) -> None:
    """Why nothing comes of it."""
    decision = Decision(work.now, work.shop.id, CAMPAIGN, Outcome.SKIPPED, reason, detail=detail)
    work.session.add_decision(f"{SubjectKind.CAMPAIGN}/{campaign.id}", decision)
