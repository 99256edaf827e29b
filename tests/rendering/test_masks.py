"""A forwarded link shows little of its owner."""

import pytest

from shopbell.rendering.masks import masked_email, masked_name, masked_phone


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("olena@customer.example", "o…a@customer.example"),
        ("olga@customer.example", "o…a@customer.example"),
        ("ole@customer.example", "o…@customer.example"),
        ("ol@customer.example", "o…@customer.example"),
        ("o@customer.example", "…@customer.example"),
        ('"a@b"@customer.example', '"…"@customer.example'),
        ("", ""),
    ],
)
def test_an_address(address: str, shown: str) -> None:
    assert masked_email(address) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+380445550101", "+380 … 01"),
        ("+3615550199", "+36 … 99"),
        ("+442079460958", "+44 … 58"),
        ("+79991234567", "+7 … 67"),
        ("+37255501012", "+372 … 12"),
        ("", ""),
    ],
)
def test_a_number(number: str, shown: str) -> None:
    assert masked_phone(number, " ") == shown


@pytest.mark.parametrize(("name", "shown"), [("Olena Petrenko", "O… P…"), ("Олена", "О…"), (" ", ""), ("", "")])
def test_a_name(name: str, shown: str) -> None:
    assert masked_name(name) == shown
