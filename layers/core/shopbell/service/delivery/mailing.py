"""The campaign that a customer's letter is of, as it stands now: who pauses or cancels it is obeyed at once."""

from collections.abc import Collection
from dataclasses import replace

from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.model.campaign import Campaign, Mailing, campaign_of
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.ports import Campaigns, Reads, Session


def expect_mailing(session: Session, campaigns: Campaigns, shop: str, message: Message, reads: Reads) -> None:
    if message.name == CAMPAIGN:
        name = campaign_of(message.occurrence_id)
        session.prefetch(subjects=[f"{SubjectKind.CAMPAIGN}/{name}"])
        campaigns.expect(reads, shop, name)


def with_mailing(
    session: Session,
    campaigns: Campaigns,
    languages: Collection[str],
    facts: Facts,
    message: Message,
    reads: Reads | None = None,
) -> Facts:
    """`languages`: those that letters have."""
    if message.name != CAMPAIGN:
        return facts
    name = campaign_of(message.occurrence_id)
    campaign = session.subject(f"{SubjectKind.CAMPAIGN}/{name}").entity
    if not isinstance(campaign, Campaign):
        return facts
    return replace(facts, mailing=Mailing(campaign, campaigns.counts(facts.shop.id, name, reads), frozenset(languages)))
