"""Figures 32 and 37: what one shop sends, imports and breaks, and what another shop's customers and people notice of
it; a holiday's cards within their day."""

from datetime import timedelta

from tests.prove.figure import Figure, Reached
from tests.virtual_time.mailing import OTHER, Mailing, played
from tests.virtual_time.outcome import p99

CARDS, IMPORTED, RATE = 3_000, 2_000, 14.0
LONGEST_WAIT = 10.0
"""Seconds, of another shop's receipt and task."""
GREETINGS, HUNDRED_THOUSAND, SEND_HOURS = 2_000, 100_000, timedelta(hours=11)
"""From ten in the morning to nine in the evening."""
BROKEN = "{% block body %}{{ nothing.of.this.kind }}{% endblock %}"


def fair() -> Reached:
    """Rests on the lanes and on the second queue of events: these queues tell no shops apart, as SQS does."""
    outcome = played(Mailing(CARDS, RATE, imported=IMPORTED, own_letter=BROKEN))
    longest, parked = p99(outcome.waits), sum(OTHER in place for place in outcome.parked)
    said = f"{outcome.left} cards left and {outcome.merged} imported orders were merged, with {outcome.alarms} alarms"
    other = f"p99 of {len(outcome.waits)} receipts and tasks {longest:.1f} s, parked {parked}"
    is_played = (outcome.left, outcome.merged) == (CARDS, IMPORTED) and outcome.alarms >= CARDS
    return Reached(f"{said}; {other}", is_played and longest <= LONGEST_WAIT and not parked)


def on_the_day() -> Reached:
    """So many are a holiday's as fast as the provider takes them, so a hundred thousand are ready before the evening;
    and no receipt or task waits for one."""
    outcome = played(Mailing(GREETINGS, RATE, holiday=True))
    ratio, longest = outcome.seconds / (GREETINGS / RATE), p99(outcome.waits)
    all_of_them = timedelta(seconds=round(HUNDRED_THOUSAND / RATE * ratio))
    said = f"{outcome.left} cards left in {ratio:.2f} of the time that the provider needs: {HUNDRED_THOUSAND} in "
    said += f"{all_of_them}; p99 of {len(outcome.waits)} receipts and tasks {longest:.1f} s"
    in_time = outcome.left == GREETINGS and all_of_them < SEND_HOURS
    return Reached(said, in_time and longest <= LONGEST_WAIT)


FIGURES = (
    Figure(
        32,
        "fairness",
        "one shop sends 3 000 cards with a broken letter of its own and imports 2 000 orders, another one's go on",
        "the other's p99 ≤ 10 s; its channel parked 0",
        fair,
    ),
    Figure(
        37,
        "fairness",
        f"a holiday's {GREETINGS} cards at the usual rate, another shop's orders meanwhile",
        "100 000 leave between ten and nine in the evening; the other's p99 ≤ 10 s",
        on_the_day,
    ),
)
