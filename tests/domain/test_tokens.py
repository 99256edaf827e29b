"""Links in letters: only ours open, for a year, for one shop, customer and purpose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shopbell.domain.model.tokens import LONGEST, Token, contact_hash, opened, sealed

KEY = b"a key of thirty-two random bytes"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LINK = Token("dobra", "guest:" + "0123456789abcdef" * 2, "preferences")
TEXT = sealed(KEY, LINK, NOW)


def test_a_link_opens_what_it_was_made_for() -> None:
    assert opened(KEY, TEXT, NOW) == LINK


def turned(bit: int) -> str:
    raw = bytearray(TEXT.encode())
    raw[bit // 8] ^= 1 << bit % 8
    return raw.decode("latin-1")


def test_a_link_with_any_of_its_bits_turned_opens_nothing() -> None:
    bits = range(len(TEXT) * 8)
    assert len(bits) > 600
    assert [bit for bit in bits if opened(KEY, turned(bit), NOW)] == []


@pytest.mark.parametrize(
    ("later", "opens"),
    [
        (timedelta(0), True),
        (timedelta(days=364), True),
        (timedelta(days=365), True),
        (timedelta(days=366), False),
        (timedelta(days=3650), False),
    ],
)
def test_a_link_is_good_for_a_year(later: timedelta, opens: bool) -> None:
    assert (opened(KEY, TEXT, NOW + later) == LINK) is opens


def test_all_links_of_a_day_are_one() -> None:
    assert sealed(KEY, LINK, NOW + timedelta(hours=15)) == TEXT
    assert sealed(KEY, LINK, NOW + timedelta(hours=16)) != TEXT


@pytest.mark.parametrize("changed", [{"shop": "other"}, {"customer": "id:7"}, {"purpose": "task"}])
def test_a_link_of_another_shop_customer_or_purpose_is_another_link(changed: dict[str, str]) -> None:
    other = sealed(KEY, replace(LINK, **changed), NOW)
    assert opened(KEY, other, NOW) == replace(LINK, **changed)
    (version, payload, _), (_, _, mac) = other.split("."), TEXT.split(".")
    assert opened(KEY, f"{version}.{payload}.{mac}", NOW) is None


def test_nobody_without_the_key_makes_a_link() -> None:
    assert opened(KEY, sealed(b"another key", LINK, NOW), NOW) is None
    assert opened(KEY, sealed(b"", LINK, NOW), NOW) is None


NO_LINKS = [
    "",
    ".",
    "..",
    "...",
    "1",
    "1..",
    "2" + TEXT[1:],
    TEXT + ".",
    TEXT + "=",
    TEXT + "A",
    " " + TEXT,
    TEXT + "\n",
    TEXT.upper(),
    TEXT.rpartition(".")[0],
    TEXT * 2,
    "1." + "A" * 1_000_000 + ".A",
    "." * 1_000_000,
    TEXT.replace(".", "\N{FULLWIDTH FULL STOP}"),
    TEXT[:-1] + "\N{CYRILLIC SMALL LETTER A}",
    TEXT[:-1] + "\udc80",
    "\ud800" * 600,
    "\x00" + TEXT,
    "1.W10." + TEXT.rpartition(".")[2],
]


@pytest.mark.parametrize("text", NO_LINKS, ids=range(len(NO_LINKS)))
def test_what_is_no_link_opens_nothing_and_breaks_nothing(text: str) -> None:
    assert opened(KEY, text, NOW) is None


def test_a_link_cut_short_opens_nothing() -> None:
    assert [length for length in range(len(TEXT)) if opened(KEY, TEXT[:length], NOW)] == []


@pytest.mark.parametrize("customer", ["id:" + "\N{GRINNING FACE}" * 128, "id:a.b/c#d", "id:Олена", "id:\ud800"])
def test_whatever_the_shop_calls_a_customer_their_link_opens(customer: str) -> None:
    token = Token("dobra", customer, "preferences")
    text = sealed(KEY, token, NOW)
    assert opened(KEY, text, NOW) == token
    assert text.replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert len(text) <= LONGEST


def test_an_address_is_known_by_a_hash_of_its_shop() -> None:
    one = contact_hash(KEY, "dobra", "olena@customer.example")
    assert one == contact_hash(KEY, "dobra", "Olena@Customer.Example")
    assert one != contact_hash(KEY, "other", "olena@customer.example")
    assert one != contact_hash(b"another key", "dobra", "olena@customer.example")
