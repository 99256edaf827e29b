"""What a shop's own past tells is kept as it was learnt."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shopbell.domain.model.rhythm import Fit, QuietGroup, Rhythm
from shopbell.storage.rhythms import rhythm_item, rhythm_of

WHOLE = Rhythm(
    learnt_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    since=datetime(2025, 3, 2, 8, 0, tzinfo=UTC),
    usual_days=34.5,
    categories={"Кава": 21.0},
    fit=Fit(0.26, 36.0, 0.68, 2.45),
    big_from=Decimal("1200.50"),
    letters=(1.5, 0.5),
    calls=(0.25,),
    quiet=(QuietGroup("staff", "Oksana", 18, 14, 9),),
)


@pytest.mark.parametrize("rhythm", [Rhythm(), WHOLE], ids=["nothing", "all"])
def test_what_was_learnt_is_read_as_it_was(rhythm: Rhythm) -> None:
    assert rhythm_of(rhythm_item(rhythm)) == rhythm


def test_of_a_shop_that_has_none_nothing_is_known() -> None:
    assert rhythm_of(None) == Rhythm()
