"""What somebody asked for is there again."""

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import Asked, Kind, MessageClass
from shopbell.domain.rules.conditions import has_phone, unanswered
from shopbell.domain.rules.triggers import Calls
from shopbell.domain.rules.wishes import (
    can_be_written_to,
    in_stock,
    is_to_be_rung,
    not_told_since_asked,
    not_told_together,
    restocked,
    still_wanted,
)
from shopbell.domain.time.span import days, working_days

BACK, CALLBACK = Kind("back_in_stock"), Kind("staff_callback")
RUNG = Kind(f"{CALLBACK}.back_in_stock")

JOURNEYS = (
    Journey(
        kind=BACK,
        on=restocked,
        later=True,
        # It may sell out before its turn comes, and wait for the next restock.
        lasts=days(400),
        message_class=MessageClass.SERVICE,
        only_if=(can_be_written_to, still_wanted, not_told_since_asked(BACK), not_told_together(BACK), in_stock),
        looks_at_stock=True,
        answers="R046, R107, R109",
    ),
    Journey(
        kind=CALLBACK,
        step="back_in_stock",
        on=Calls(RUNG, restocked),
        lasts=working_days(3),
        message_class=MessageClass.STAFF,
        only_if=(is_to_be_rung, has_phone, still_wanted, not_told_since_asked(RUNG), unanswered(RUNG)),
        asks=(Asked.AT, Asked.NOTE),
        answers="R108",
    ),
)
