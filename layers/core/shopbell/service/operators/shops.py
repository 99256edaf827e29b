"""Bringing a shop in: its configuration to the table, its webhook secrets to where secrets live."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from shopbell.domain.model.team import TEAM
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace


class Configurations(Protocol):
    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None: ...


class Secrets(Protocol):
    def put(self, shop: str, scheme: str, value: Any) -> None: ...


def put_shop(
    shop: str,
    configuration: Mapping[str, Any],
    secrets_by_scheme: Mapping[str, Any],
    shops: Configurations,
    secrets: Secrets,
) -> None:
    """Creates or replaces a shop; both documents are checked. A scheme that is not named keeps its secrets."""
    for scheme, value in secrets_by_scheme.items():
        secrets.put(shop, scheme, value)
    shops.save_shop(shop, configuration)


def begin_days(workplace: Workplace, shop_id: str, now: datetime) -> None:
    """From now on its people are told of each day, as its configuration says; done twice it is done once."""
    shop = workplace.store.shop(shop_id)
    if shop is None:
        raise LookupError(shop_id)
    retry_on_conflict(lambda: _begin(workplace.work(shop, now)))


def _begin(work: Work) -> None:
    team = work.session.subject(f"{SubjectKind.STAFF}/{TEAM}")
    advance(work, team, team, None)
    work.session.commit()
