"""The operators' command line itself: what it offers, and what it refuses before it asks anybody."""

from pathlib import Path

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


SHOP = """
name: Dobra
contacts: {email: hello@dobra.example, phone: "+380441234567", site: "https://dobra.example"}
sender: {email: hello@dobra.example, name: Dobra, sms_id: DOBRA}
payment: {details: IBAN 00}
"""
BIRTHDAY = "birthday: {percent: 10, code: BDAY10}"
WINBACK = "winback: {percent: 15, unique: true}"
HOLIDAY = "holiday: {percent: 10, days: 5, code: FEST10}"
LETTERS_OF_BIRTHDAYS = "birthday_week, birthday_soon, birthday_today"


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ("", {"birthday": LETTERS_OF_BIRTHDAYS, "winback": "winback_offer"}),
        (f"coupons: {{{BIRTHDAY}, {WINBACK}}}", {}),
        (f"coupons: {{birthday: {{percent: 10}}, {WINBACK}}}", {"birthday": LETTERS_OF_BIRTHDAYS}),
        (f"coupons: {{{BIRTHDAY}, {WINBACK}}}\nholidays: {{womens_day: offer}}", {"holiday": "holiday_offer"}),
        (f"coupons: {{{BIRTHDAY}, {WINBACK}, {HOLIDAY}}}\nholidays: {{womens_day: offer}}", {}),
        (f"coupons: {{{BIRTHDAY}}}\njourneys: {{winback_offer: {{enabled: false}}}}", {}),
        (
            f"coupons: {{{WINBACK}}}\njourneys: {{birthday_soon: {{enabled: false}}}}",
            {"birthday": "birthday_week, birthday_today"},
        ),
    ],
)
def test_a_shop_is_warned_of_letters_that_never_leave_without_their_coupon(
    said: str, lacking: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "dobra.yaml"
    file.write_text(SHOP + said, encoding="utf-8")
    result = CliRunner().invoke(app, ["shop", "check", str(file)])
    *warnings, last = result.stdout.splitlines()
    assert (result.exit_code, last) == (0, f"{file}: nothing is wrong")
    assert [line.partition(":")[0] for line in warnings] == [f"#/coupons/{name}" for name in lacking]
    for line, kinds in zip(warnings, lacking.values(), strict=True):
        assert f"these never leave: {kinds} (" in line
