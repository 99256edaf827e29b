"""What goes on in a shop by itself from when it is put, or a former version's stack is upgraded: its people are told of
each day, the campaigns begin that its calendar names, and it is learnt what goes with what."""

from datetime import datetime
from functools import partial

from shopbell.domain.model.shop import Shop
from shopbell.domain.model.team import TEAM
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.runs.learn import begin_learning
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace


def begin_days(workplace: Workplace, shop: Shop, now: datetime) -> None:
    """As its configuration says; done twice it is done once."""
    retry_on_conflict(lambda: _begin(workplace.work(shop, now), f"{SubjectKind.STAFF}/{TEAM}"))
    retry_on_conflict(lambda: begin_learning(workplace.work(shop, now)))
    for campaign in dict.fromkeys(entry.campaign for entry in shop.season):
        retry_on_conflict(partial(_begin_campaign, workplace, shop, campaign, now))


def _begin_campaign(workplace: Workplace, shop: Shop, campaign: str, now: datetime) -> None:
    """One that was requested by then."""
    work = workplace.work(shop, now)
    if work.session.subject(name := f"{SubjectKind.CAMPAIGN}/{campaign}").version:
        _begin(work, name)


def _begin(work: Work, name: str) -> None:
    subject = work.session.subject(name)
    advance(work, subject, subject, None)
    if work.session.has_writes():
        work.session.commit()
