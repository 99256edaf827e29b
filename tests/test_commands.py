"""The operators' command line itself: what it offers, and what it refuses before it asks anybody."""

import pytest
from typer.testing import CliRunner

from shopbell.commands import app

COMMANDS = ("explain", "redrive", "pause", "resume", "replan", "journeys", "shop put", "shop check", "shop secret")
OF_WHAT_IS_STORED = ("show", "upgrade", "export", "shop remove")
LETTERS = ("letter put", "letter list", "letter remove", "letter check")


@pytest.mark.parametrize("command", [*COMMANDS, *OF_WHAT_IS_STORED, *LETTERS])
def test_each_command_says_what_it_does(command: str) -> None:
    assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["pause", "dobra", "--marketing", "--everything"],
        ["explain", "dobra"],
        ["explain", "dobra", "--order", "1", "--customer", "7"],
        ["export", "dobra"],
        ["export", "dobra", "--email", "a@customer.example", "--customer", "7"],
    ],
)
def test_what_makes_no_sense_is_refused_at_once(words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2
