"""A session's writes and checks stand together in one transaction."""

from datetime import date
from decimal import Decimal

from shopbell import bootstrap
from shopbell.domain.model.state import CouponState
from shopbell.storage.session import Session
from tests.simulator.play import live
from tests.world import MONDAY

CODE = CouponState("K7QMW4XA", "birthday", Decimal(15), date(2026, 4, 2))


def test_a_personal_code_is_looked_up_and_written_down_with_the_letter_that_waits_for_nothing_else() -> None:
    """The table refuses a transaction that names an item twice."""
    with live(MONDAY):
        session = Session(bootstrap.table(), "dobra", 1)
        assert session.coupon(CODE.code) is None
        session.save_coupon(CODE)
        bootstrap.table().write([*session.pending(), *session.seen()])
        known = Session(bootstrap.table(), "dobra", 1).coupon(CODE.code)
        assert known is not None
        assert known.percent == 15
