"""A shop's people are told of each day: from when the shop is put, or a former version's stack is upgraded."""

from datetime import datetime

from shopbell.domain.model.shop import Shop
from shopbell.domain.model.team import TEAM
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace


def begin_days(workplace: Workplace, shop: Shop, now: datetime) -> None:
    """As its configuration says; done twice it is done once."""
    retry_on_conflict(lambda: _begin(workplace.work(shop, now)))


def _begin(work: Work) -> None:
    team = work.session.subject(f"{SubjectKind.STAFF}/{TEAM}")
    advance(work, team, team, None)
    if work.session.has_writes():
        work.session.commit()
