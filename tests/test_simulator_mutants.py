"""The simulator can fail: each guarantee broken on purpose is noticed."""

from collections.abc import Mapping
from itertools import chain

import pytest

from tests.batch_mutants import looks_before_it_claims, marks_when_all_have_answered
from tests.simulator.courtesy_mutants import COURTESY_MUTANTS
from tests.simulator.generator import story
from tests.simulator.lives import DOUBTED, HUNTED, LIVES
from tests.simulator.money_mutants import MONEY_MUTANTS
from tests.simulator.mutants import MUTANTS, Mutant, broken_on_purpose, ignores_the_send_hours
from tests.simulator.shrink import judged, report

WITHIN = 200
"""Of so many stories one at least must notice a broken guarantee."""
TELLING: Mapping[str, list[int]] = {
    "leaves_whatever_was_written_meanwhile": [101],
    "looks_before_it_claims": [101],
    "marks_when_all_have_answered": [6],
    "forgets_who_withdrew": [62],
    "hears_what_was_said_before_the_forgetting": [148],
    "makes_up_a_code_each_time": [29],
    "asks_for_a_review_in_the_midst_of_a_complaint": [6],
    "advertises_in_the_midst_of_a_complaint": [6],
    "does_not_hear_a_refusal": [9],
    "holds_to_the_first_date_that_was_told": [3],
    "counts_an_order_with_each_event": [2],
    "keeps_the_complaints_of_the_forgotten": [186],
    "forgets_what_went_back_to_the_payer": [13],
    "asks_for_what_was_given_back": [37],
    "tells_of_a_late_word_what_was_told": [82],
    "greets_the_day_after": [0],
    "greets_beside_the_birthday": [111],
    "forgets_a_holiday": [0],
}
"""The seeds that notice what few do; for the others the plain lives go first, to save time."""
BATCH_MUTANTS: tuple[Mutant, ...] = (looks_before_it_claims, marks_when_all_have_answered)
DEALING = range(1, 20, 3)
"""Stories of money, parcels and lives."""
PLAIN = [*LIVES.values(), HUNTED, DOUBTED]


@pytest.mark.parametrize(
    "mutant", [*MUTANTS, *BATCH_MUTANTS, *COURTESY_MUTANTS, *MONEY_MUTANTS], ids=lambda mutant: mutant.__name__
)
def test_a_guarantee_broken_on_purpose_is_noticed(mutant: Mutant) -> None:
    usual = map(story, DEALING) if mutant in MONEY_MUTANTS else PLAIN
    first = [story(seed) for seed in TELLING.get(mutant.__name__, ())] or usual
    with broken_on_purpose(mutant):
        assert any(map(judged, chain(first, map(story, range(WITHIN)))))


def test_a_failing_seed_is_told_as_the_shortest_story_that_shows_it() -> None:
    with broken_on_purpose(ignores_the_send_hours):
        told = report(story(0), judged(story(0)))
    assert len(told.splitlines()) < len(str(story(0)).splitlines()) / 2
    assert "for the customer" in told
