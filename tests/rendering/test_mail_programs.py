"""What Apple Mail, Gmail and Outlook show of every letter, by caniemail's tests, and where its links lead.

`python -m tests.rendering.test_mail_programs` prints the least of each.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from shopbell.domain.journeys import KINDS
from tests.rendering.letters import LOCALES, every_letter, every_locale, letter
from tests.rendering.mail_programs import FEATURES, PLATFORMS, Letter, shown, shown_by

PROGRAMS = ("apple-mail", "gmail", "outlook")
LEAST = 0.95
CONTENTS = ("usual", "bare", "longest")
LINK = re.compile(r"https://[\w.-]+(/\S*)?|mailto:[^@\s]+@[\w.-]+|tel:\+\d+")


def letters(kind: str, locale: str) -> Iterator[tuple[str, Letter]]:
    return ((sample, Letter(letter(kind, locale, sample).html)) for sample in CONTENTS)


@every_locale
@every_letter
def test_each_program_shows_what_a_letter_uses(kind: str, locale: str) -> None:
    found = {(sample, each): shown_by(read.uses, each) for sample, read in letters(kind, locale) for each in PROGRAMS}
    assert {at: round(part, 3) for at, part in found.items() if part < LEAST} == {}


@every_locale
@every_letter
def test_nothing_is_used_of_which_it_is_not_known_who_shows_it(kind: str, locale: str) -> None:
    assert {name for _, read in letters(kind, locale) for name in read.unknown} == set()


@every_locale
@every_letter
def test_a_link_leads_to_a_page_a_mailbox_or_a_telephone(kind: str, locale: str) -> None:
    links = [link for _, read in letters(kind, locale) for link in read.links]
    assert links
    assert [link for link in links if not LINK.fullmatch(link)] == []


@pytest.mark.parametrize(
    ("html", "uses"),
    [
        ("<p>x</p>", {("html-p",): 1}),
        ('<p style="margin:0 0 1em">x</p>', {("html-p",): 1, ("css-margin", "css-unit-em"): 1}),
        ('<td style="display:flex"><td>', {("html-table",): 2, ("css-display", "css-display-flex"): 1}),
        (
            "<style>@media (max-width:9px){p{margin:0}}</style>",
            {("html-style",): 1, ("css-at-media",): 1, ("css-margin",): 1},
        ),
        ('<b style="color:red;mso-hide:all">x</b>', {}),
        ('<a href="mailto:a@b.example">x</a>', {("html-mailto-links",): 1}),
    ],
)
def test_what_is_used_is_counted(html: str, uses: dict[tuple[str, ...], int]) -> None:
    assert +Letter(html).uses == uses


def test_what_a_program_does_not_know_counts_against_it() -> None:
    uses = Letter('<p style="display:flex">x</p>').uses
    assert shown(uses, "gmail desktop-webmail") == 1
    assert shown(uses, "outlook windows") == 0.5
    assert Letter('<blink style="zoom:2">').unknown == {"blink", "zoom"}


def test_every_feature_is_told_of_on_every_platform() -> None:
    assert {program for program, _ in map(str.split, PLATFORMS)} == {*PROGRAMS}
    assert {(len(told), *({*told} - {*"yanu"})) for told in FEATURES.values()} == {(len(PLATFORMS),)}


if __name__ == "__main__":
    for program in PROGRAMS:
        parts = (
            (shown_by(read.uses, program), kind, locale, sample)
            for kind, locale in product(KINDS, LOCALES)
            for sample, read in letters(kind, locale)
        )
        print(f"{program}: {min(parts)}")
