"""Figure 32: what one shop sends, imports and breaks, and what another shop's customers and people notice of it."""

from tests.prove.figure import Figure, Reached
from tests.virtual_time.mailing import OTHER, Mailing, played
from tests.virtual_time.outcome import p99

CARDS, IMPORTED, RATE = 3_000, 2_000, 14.0
LONGEST_WAIT = 10.0
"""Seconds, of another shop's receipt and task."""
BROKEN = "{% block body %}{{ nothing.of.this.kind }}{% endblock %}"


def fair() -> Reached:
    """Rests on the lanes and on the second queue of events: these queues tell no shops apart, as SQS does."""
    outcome = played(Mailing(CARDS, RATE, imported=IMPORTED, own_letter=BROKEN))
    longest, parked = p99(outcome.waits), sum(OTHER in place for place in outcome.parked)
    said = f"{outcome.left} cards left and {outcome.merged} imported orders were merged, with {outcome.alarms} alarms"
    other = f"p99 of {len(outcome.waits)} receipts and tasks {longest:.1f} s, parked {parked}"
    is_played = (outcome.left, outcome.merged) == (CARDS, IMPORTED) and outcome.alarms >= CARDS
    return Reached(f"{said}; {other}", is_played and longest <= LONGEST_WAIT and not parked)


FIGURES = (
    Figure(
        32,
        "fairness",
        "one shop sends 3 000 cards with a broken letter of its own and imports 2 000 orders, another one's go on",
        "the other's p99 ≤ 10 s; its channel parked 0",
        fair,
    ),
)
