"""Campaigns as their operators see them: how far each is; paused, let go on, cancelled, at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.campaign import Campaign, Counts, Hold, Stage, Walk
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import CampaignListed
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import Reason, SubjectKind
from shopbell.service.operators.wake_held import WakeHeld
from shopbell.service.ports import Campaigns
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace

HELD = frozenset({Reason.PAUSED})
Change = Callable[[Walk], Walk]


@dataclass(frozen=True, slots=True)
class Shown:
    """A campaign as it stands now."""

    listed: CampaignListed
    campaign: Campaign
    counts: Counts


@dataclass(frozen=True, slots=True)
class RunCampaigns:
    """The use cases. What a sender has claimed already leaves."""

    workplace: Workplace
    campaigns: Campaigns
    wake_held: WakeHeld

    def list(self, shop: Shop) -> Iterator[Shown]:
        """Oldest first."""
        for listed in self.campaigns.list(shop.id):
            yield self._shown(shop, listed)

    def show(self, shop: Shop, name: str) -> Shown:
        """Raises Refused where there is none."""
        listed = next((each for each in self.campaigns.list(shop.id) if each.id == name), None)
        if listed is None:
            raise Refused(Problem("#/campaign", "unknown_campaign", f"{shop.id} has no campaign {name!r}"))
        return self._shown(shop, listed)

    def pause(self, shop: Shop, name: str, now: datetime) -> None:
        self._change(shop, name, lambda walk: replace(walk, hold=Hold.PAUSED), now)

    def cancel(self, shop: Shop, name: str, now: datetime) -> int:
        """The walk looks once more, and tells how far it came. What waits is looked at, and goes; returns how many
        letters that are."""
        self._change(shop, name, lambda walk: _at_once(walk, Hold.CANCELLED, now), now)
        return self.wake_held(shop.id, HELD, now)

    def resume(self, shop: Shop, name: str, now: datetime) -> int:
        """What came back so far stops it no more. Returns for how many letters the waiting is over."""
        counts = self.campaigns.counts(shop.id, name)
        so_far = {"sent": counts.sent, "bounce": counts.bounce, "complaint": counts.complaint}
        self._change(shop, name, lambda walk: replace(_at_once(walk, Hold.NOTHING, now), forgiven=so_far), now)
        return self.wake_held(shop.id, HELD, now)

    def _change(self, shop: Shop, name: str, change: Change, now: datetime) -> None:
        self.show(shop, name)
        retry_on_conflict(lambda: self._changed(self.workplace.work(shop, now), name, change))

    def _changed(self, work: Work, name: str, change: Change) -> None:
        before = self._subject(work, name)
        campaign = replace(before.entity, walk=change(before.entity.walk))
        advance(work, before, replace(before, entity=campaign), None, is_tick=True)
        work.session.commit()

    def _shown(self, shop: Shop, listed: CampaignListed) -> Shown:
        work = self.workplace.work(shop, listed.asked_at, renews=False)
        return Shown(listed, self._subject(work, listed.id).entity, self.campaigns.counts(shop.id, listed.id))

    def _subject(self, work: Work, name: str) -> Subject[Campaign]:
        subject: Subject[Campaign] = work.session.subject(f"{SubjectKind.CAMPAIGN}/{name}")  # type: ignore[assignment]  # by its name
        return subject


def _at_once(walk: Walk, hold: Hold, now: datetime) -> Walk:
    """A walk that is under way goes on now."""
    return replace(walk, hold=hold, at=None if walk.stage is Stage.IDLE else now)
