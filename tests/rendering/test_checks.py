"""Checks over every letter: its facts, its tone, its size, its colours, its grammar of numbers."""

from collections.abc import Iterable

import pytest

from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.sms import plain
from tests.rendering.facts import BY_SMS, FACTS, NEWS, TASKS, same, spellings
from tests.rendering.letters import LOCALES, letter, sms
from tests.rendering.reader import Reader
from tests.rendering.samples import SAMPLES
from tests.rendering.usual import usual

every_locale = pytest.mark.parametrize("locale", LOCALES)


def lacking(kind: str, locale: str, facts: str, part: str, *, short: bool = False) -> list[str]:
    """The facts that this part of the letter does not tell."""
    said, text = usual(kind, locale), same(part)
    wanted = {name: FACTS[name](said) for name in facts.split()}
    every = [(name, each) for name, value in wanted.items() for each in (value if isinstance(value, list) else [value])]
    return [name for name, value in every if not is_told(spellings(value, said, short=short), text)]


def is_told(ways: Iterable[str], text: str) -> bool:
    """As it is written, or in the cheap letters of an SMS."""
    return any(same(way) in text or same(plain(way)) in text for way in ways)


def test_every_kind_has_its_facts_declared() -> None:
    assert {*NEWS, *TASKS} == {journey.kind for journey in JOURNEYS}


@every_locale
@pytest.mark.parametrize("kind", [*NEWS, *TASKS])
def test_each_letter_tells_the_facts_of_its_kind(kind: str, locale: str) -> None:
    said, facts = letter(kind, locale, "usual"), (NEWS | TASKS)[kind]
    page = Reader(said.html)
    assert lacking(kind, locale, facts, said.subject + "\n" + said.text) == []
    assert lacking(kind, locale, facts, " ".join([said.subject, page.text, *page.links])) == []


@every_locale
@pytest.mark.parametrize("kind", BY_SMS)
def test_each_sms_tells_the_facts_of_its_kind(kind: str, locale: str) -> None:
    assert lacking(kind, locale, BY_SMS[kind], sms(kind, locale, "usual"), short=True) == []
