"""How a letter leaves, in every order in which two senders, the outbox, the writes of others and crashes can come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from shopbell.domain.model.vocabulary import MessageClass
from shopbell.service.delivery.outbox import MOST_DOUBTS, ONCE_MORE
from tests.model.mutants import CLAIMS_BY_STATUS_ALONE, MUTANTS
from tests.model.promises import AT_THE_END
from tests.model.protocol import PROTOCOLS, Bounds
from tests.model.walk import walk
from tests.model.world import Letter, Phase, Status, Withdrawal


@dataclass(frozen=True, slots=True)
class Scenario:
    """A letter, what may come between, in how many worlds at least, and how it may end."""

    letter: Letter
    bounds: Bounds
    worlds: int
    ends: frozenset[Status]


SENT, EXPIRED, UNKNOWN = Status.SENT, Status.EXPIRED, Status.UNKNOWN
SCENARIOS: Mapping[str, Scenario] = {
    "order news while two senders crash": Scenario(
        Letter.ORDER_NEWS, Bounds(withdrawals=1, agenda_writes=1, crashes=2, ticks=2), 10_000, frozenset({SENT})
    ),
    "order news in three doubts": Scenario(Letter.ORDER_NEWS, Bounds(crashes=3), 2_000, frozenset({SENT, UNKNOWN})),
    "a reminder that is paid for while two senders crash": Scenario(
        Letter.SERVICE, Bounds(withdrawals=1, agenda_writes=1, crashes=2), 15_000, frozenset({SENT, EXPIRED})
    ),
    "a reminder that is paid for after other news": Scenario(
        Letter.SERVICE, Bounds(news=1, withdrawals=1, crashes=1, ticks=2), 15_000, frozenset({SENT, EXPIRED})
    ),
    "a reminder under overlapping ticks": Scenario(
        Letter.SERVICE, Bounds(withdrawals=1, crashes=2, ticks=2), 15_000, frozenset({SENT, EXPIRED})
    ),
    "a reminder whose look fails twice": Scenario(Letter.SERVICE, Bounds(news=2, crashes=1), 5_000, frozenset({SENT})),
    "a reminder in three doubts": Scenario(Letter.SERVICE, Bounds(crashes=3), 3_000, frozenset({SENT, UNKNOWN})),
    "marketing that is withdrawn while two senders crash": Scenario(
        Letter.MARKETING,
        Bounds(news=1, withdrawals=1, agenda_writes=1, crashes=2),
        20_000,
        frozenset({SENT, EXPIRED, UNKNOWN}),
    ),
}
CLASSES: Mapping[MessageClass, Letter] = {
    MessageClass.TRANSACTIONAL: Letter.ORDER_NEWS,
    MessageClass.SERVICE: Letter.SERVICE,
    MessageClass.STAFF: Letter.SERVICE,
    MessageClass.MARKETING: Letter.MARKETING,
    MessageClass.GREETING: Letter.MARKETING,
}
"""As which letter each class of e-mail leaves."""


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_promise_is_kept_whatever_comes_between(name: str) -> None:
    scenario = SCENARIOS[name]
    walked = walk(scenario.letter, PROTOCOLS[scenario.letter], scenario.bounds)
    worlds, stuck, ends = len(walked.reached_by), walked.stuck(), {end.message.status for end in walked.ends}
    assert walked.broken == []
    assert stuck == 0
    assert ends == scenario.ends
    assert worlds > scenario.worlds


def test_a_call_may_cross_only_a_withdrawal_that_was_answered_after_the_look() -> None:
    walked = walk(Letter.SERVICE, PROTOCOLS[Letter.SERVICE], Bounds(withdrawals=1))
    answered = [world for world in walked.reached_by if world.head.withdrawal is Withdrawal.ANSWERED]
    about_to_call = [each for world in answered for each in world.senders if each.phase is Phase.LOOKED]
    assert {sender.came_too_late for sender in about_to_call} == {False}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_protocol_broken_on_purpose_breaks_its_promise(name: str) -> None:
    mutant = MUTANTS[name]
    [broken] = walk(mutant.letter, mutant.protocol, mutant.bounds).broken
    print(f"A sender or outbox that {name}:", *broken.trace, f"Broken: {broken.promise}", sep="\n  ")
    assert broken.promise is mutant.breaks


def test_what_shows_a_broken_protocol_breaks_nothing_in_the_true_one() -> None:
    for letter, bounds in {(mutant.letter, mutant.bounds) for mutant in MUTANTS.values()}:
        assert walk(letter, PROTOCOLS[letter], bounds).broken == []


def test_each_promise_is_broken_by_some_mutant() -> None:
    assert {mutant.breaks for mutant in MUTANTS.values()} == set(AT_THE_END)


def test_four_steps_show_that_a_look_before_the_claim_is_wrong() -> None:
    mutant = MUTANTS["looks before it claims"]
    [broken] = walk(mutant.letter, mutant.protocol, mutant.bounds).broken
    four = ("sees that the facts stand", "the withdrawal is answered", "claims", "calls the provider")
    assert tuple(end for step in broken.trace for end in four if step.endswith(end)) == four
    assert len(broken.trace) < 10


def test_two_failed_looks_and_a_crash_are_what_ends_a_letter_whose_attempts_are_taken_for_doubts() -> None:
    mutant = MUTANTS["takes attempts for doubts"]
    [broken] = walk(mutant.letter, mutant.protocol, mutant.bounds).broken
    telling = ("sees that the facts do not stand", "crashes", "closes it as unknown", "calls the provider")
    told = [end for step in broken.trace for end in telling if step.endswith(end)]
    assert told == [telling[0], telling[0], "crashes", "closes it as unknown"]


def test_the_outbox_allows_as_many_doubts_as_the_model() -> None:
    assert CLASSES.keys() == set(MessageClass)
    for message_class, letter in CLASSES.items():
        assert PROTOCOLS[letter].most_doubts == (MOST_DOUBTS if message_class in ONCE_MORE else 1)


def test_the_attempts_matter_only_where_ticks_overlap() -> None:
    """With one tick at a time the status alone would keep a claim apart from a later one."""
    bounds = replace(MUTANTS["claims without comparing the attempts"].bounds, ticks=1)
    assert walk(Letter.SERVICE, CLAIMS_BY_STATUS_ALONE, bounds).broken == []
