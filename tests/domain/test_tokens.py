"""Links in letters: only ours open, for a year, for one shop, customer and purpose. Each key makes what it names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shopbell.domain.model.keys import KeyPurpose, Keys, NumberedKeys, read_keys
from shopbell.domain.model.tokens import (
    CODE_LETTERS,
    LONGEST,
    Token,
    contact_hash,
    coupon_codes,
    number_of,
    read_code,
    sign_token,
    verify_token,
)

KEYS = read_keys("a key of thirty-two random bytes").links
OTHER = read_keys("another key").links
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LINK = Token("dobra", "guest:" + "0123456789abcdef" * 2, "preferences")
TEXT = sign_token(KEYS, LINK, NOW)


def test_a_link_opens_what_it_was_made_for() -> None:
    assert verify_token(KEYS, TEXT, NOW) == LINK


def turned(bit: int) -> str:
    raw = bytearray(TEXT.encode())
    raw[bit // 8] ^= 1 << bit % 8
    return raw.decode("latin-1")


def test_a_link_with_any_of_its_bits_turned_opens_nothing() -> None:
    bits = range(len(TEXT) * 8)
    assert len(bits) > 600
    assert [bit for bit in bits if verify_token(KEYS, turned(bit), NOW)] == []


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
    assert (verify_token(KEYS, TEXT, NOW + later) == LINK) is opens


def test_all_links_of_a_day_are_one() -> None:
    assert sign_token(KEYS, LINK, NOW + timedelta(hours=15)) == TEXT
    assert sign_token(KEYS, LINK, NOW + timedelta(hours=16)) != TEXT


@pytest.mark.parametrize("changed", [{"shop": "other"}, {"customer": "id:7"}, {"purpose": "task"}])
def test_a_link_of_another_shop_customer_or_purpose_is_another_link(changed: dict[str, str]) -> None:
    other = sign_token(KEYS, replace(LINK, **changed), NOW)
    assert verify_token(KEYS, other, NOW) == replace(LINK, **changed)
    (version, payload, _), (_, _, mac) = other.split("."), TEXT.split(".")
    assert verify_token(KEYS, f"{version}.{payload}.{mac}", NOW) is None


def test_nobody_without_the_key_makes_a_link() -> None:
    assert verify_token(KEYS, sign_token(OTHER, LINK, NOW), NOW) is None
    assert verify_token(KEYS, sign_token(NumberedKeys({1: b""}), LINK, NOW), NOW) is None


NO_LINKS = [
    "",
    ".",
    "..",
    "...",
    "1",
    "1..",
    "2" + TEXT[1:],
    "0" + TEXT[1:],
    "01" + TEXT[1:],
    "-" + TEXT,
    "\N{ARABIC-INDIC DIGIT ONE}" + TEXT[1:],
    "1" * 5000 + TEXT[1:],
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
    assert verify_token(KEYS, text, NOW) is None


def test_a_link_cut_short_opens_nothing() -> None:
    assert [length for length in range(len(TEXT)) if verify_token(KEYS, TEXT[:length], NOW)] == []


@pytest.mark.parametrize("customer", ["id:" + "\N{GRINNING FACE}" * 128, "id:a.b/c#d", "id:Олена", "id:\ud800"])
def test_whatever_the_shop_calls_a_customer_their_link_opens(customer: str) -> None:
    token = Token("dobra", customer, "preferences")
    text = sign_token(KEYS, token, NOW)
    assert verify_token(KEYS, text, NOW) == token
    assert text.replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert len(text) <= LONGEST


SHOP = "s" * 63
LONG_IDS = {"Cyrillic": "ї" * 128, "of pictures": "\N{GRINNING FACE}" * 128, "quoted": '"' * 128}


@pytest.mark.parametrize("name", LONG_IDS.values(), ids=LONG_IDS)
def test_the_longest_id_of_a_customer_fits_the_995_characters_that_ses_takes_of_a_header(name: str) -> None:
    token = Token(SHOP, f"id:{name}", "preferences")
    keys = NumberedKeys({999: b"the last key that there can be"})
    text = sign_token(keys, token, NOW)
    url = f"https://0123456789.execute-api.ap-northeast-1.amazonaws.com/u/{text}"
    assert len(f"<{url}>") <= 995
    assert verify_token(keys, text, NOW) == token


# What stacks have stored and customers have in their letters, made before keys had numbers.
PLAIN = read_keys("a plain text, as every stack has")
LINKS_OF_BEFORE = [
    (
        Token("dobra", "id:7", "preferences"),
        "1.WyJkb2JyYSIsICJpZDo3IiwgInByZWZlcmVuY2VzIiwgMTgwNDAzMjAwMF0.-V3vn193r0w4u5ZDndcNX4GyTgPLcvjEkxB1iqY7MTk",
    ),
    (
        Token("dobra", "id:Олена", "preferences"),
        (
            "1.WyJkb2JyYSIsICJpZDpcdTA0MWVcdTA0M2JcdTA0MzVcdTA0M2RcdTA0MzAiLCAicHJlZmVyZW5jZXMiLCAxODA0MDMyMDAwXQ"
            ".G2U6TnYe4Y67k3PjOPoQo2I3speYm9MOJnF0hipmF4Y"
        ),
    ),
    (
        Token("kert", "f00d", "task"),
        "1.WyJrZXJ0IiwgImYwMGQiLCAidGFzayIsIDE4MDQwMzIwMDBd.8y5k0_Uv45dzyv4uDMPwSaDvGoqZwINFaD2OcsA7dq8",
    ),
]
CODES_OF_BEFORE = [
    ("dobra", "order/1001|1001", "HEUMU48Q"),
    ("kert", "customer/id:7|2026-03-20", "W4W6454H"),
]
CONTACTS_OF_BEFORE = [
    ("dobra", "olena@customer.example", "75de2cf20493016d3630d8afbffc13dc74075302"),
    ("dobra", "Olena@Customer.Example", "75de2cf20493016d3630d8afbffc13dc74075302"),
    ("kert", "+380441234567", "75c9de6b87b81187c818aa8bd2fbf8a19d1b9042"),
]


def with_a_second_number(keys: Keys) -> Keys:
    """The same stack after the keys of its links and codes were changed."""
    return Keys(
        NumberedKeys({**keys.links.secrets, 2: b"the second key of links, 32 bytes"}),
        NumberedKeys({**keys.codes.secrets, 2: b"the second key of codes, 32 bytes"}),
        keys.contacts,
    )


@pytest.mark.parametrize("keys", [PLAIN, with_a_second_number(PLAIN)], ids=["plain", "changed"])
@pytest.mark.parametrize(("token", "text"), LINKS_OF_BEFORE)
def test_a_link_of_before_still_opens(keys: Keys, token: Token, text: str) -> None:
    assert verify_token(keys.links, text, NOW) == token


@pytest.mark.parametrize("keys", [PLAIN, with_a_second_number(PLAIN)], ids=["plain", "changed"])
@pytest.mark.parametrize(("shop", "name", "code"), CODES_OF_BEFORE)
def test_a_code_of_before_is_still_the_one_of_its_letter(keys: Keys, shop: str, name: str, code: str) -> None:
    assert coupon_codes(keys.codes, shop, name)[-1] == code


@pytest.mark.parametrize("keys", [PLAIN, with_a_second_number(PLAIN)], ids=["plain", "changed"])
@pytest.mark.parametrize(("shop", "address", "stored"), CONTACTS_OF_BEFORE)
def test_a_contact_of_before_is_found_again(keys: Keys, shop: str, address: str, stored: str) -> None:
    assert contact_hash(keys.contacts, shop, address) == stored


def test_a_code_of_a_later_key_begins_with_the_letter_of_its_number_and_is_read_however_it_was_typed() -> None:
    newest, first = coupon_codes(with_a_second_number(PLAIN).codes, "dobra", "order/1001|1001")
    assert (len(first), len(newest), newest[0]) == (8, 9, "2")
    assert newest[1:] != first
    assert read_code(f" {newest[:3]}-{newest[3:6]}-{newest[6:]} ".lower()) == newest


@pytest.mark.parametrize(("number", "letter"), [(1, ""), (2, "2"), (9, "9"), (10, "A"), (18, "J"), (32, "Z")])
def test_a_code_names_its_key_with_a_letter_that_is_taken_for_no_other(number: int, letter: str) -> None:
    (code,) = coupon_codes(NumberedKeys({number: b"a secret"}), "dobra", "order/1001|1001")
    assert code.startswith(letter)
    assert (len(code), set(code) <= set(CODE_LETTERS)) == (8 + len(letter), True)


ONE_KEY = {
    (purpose, number): NumberedKeys({number: f"secret {number} of the {purpose}".encode()})
    for purpose in KeyPurpose
    for number in (1, 2, 10)
}
"""Purposes and numbers, each with its own secret."""


@pytest.mark.parametrize("made_with", ONE_KEY, ids=str)
def test_a_link_made_for_one_purpose_and_number_opens_with_that_key_alone(made_with: tuple[KeyPurpose, int]) -> None:
    text = sign_token(ONE_KEY[made_with], LINK, NOW)
    assert number_of(text) == made_with[1]
    assert [name for name, keys in ONE_KEY.items() if verify_token(keys, text, NOW)] == [made_with]


@pytest.mark.parametrize("made_with", ONE_KEY, ids=str)
@pytest.mark.parametrize("number", [1, 2, 10])
def test_a_link_that_is_given_another_number_opens_nothing(made_with: tuple[KeyPurpose, int], number: int) -> None:
    keys = ONE_KEY[made_with]
    text = sign_token(keys, LINK, NOW)
    every_number = NumberedKeys(dict.fromkeys((1, 2, 10), keys.secrets[made_with[1]]))
    renamed = f"{number}.{text.partition('.')[2]}"
    assert (verify_token(every_number, renamed, NOW) == LINK) is (number == made_with[1])


def test_no_two_keys_make_the_same_code_or_contact_hash() -> None:
    codes = [coupon_codes(keys, "dobra", "1001")[0] for keys in ONE_KEY.values()]
    contacts = [contact_hash(keys, "dobra", "olena@customer.example") for keys in ONE_KEY.values()]
    assert len({*codes, *contacts}) == 2 * len(ONE_KEY)


def test_a_link_is_made_with_the_highest_number_and_opens_while_its_number_is_there() -> None:
    changed = NumberedKeys({**KEYS.secrets, 2: b"the second", 10: b"the tenth"})
    text = sign_token(changed, LINK, NOW)
    assert number_of(text) == 10
    assert [verify_token(changed, made, NOW) for made in (TEXT, text)] == [LINK, LINK]
    only_new = NumberedKeys({10: b"the tenth"})
    assert [verify_token(only_new, made, NOW) for made in (TEXT, text)] == [None, LINK]


def test_a_contact_hash_of_a_later_key_begins_with_its_number() -> None:
    stored = contact_hash(NumberedKeys({2: b"a secret"}), "dobra", "olena@customer.example")
    assert stored == "2.2276f4ad2b2db24764db455534429ae0f804d919"


def test_an_address_is_known_by_a_hash_of_its_shop() -> None:
    one = contact_hash(KEYS, "dobra", "olena@customer.example")
    assert one == contact_hash(KEYS, "dobra", "Olena@Customer.Example")
    assert one != contact_hash(KEYS, "other", "olena@customer.example")
    assert one != contact_hash(OTHER, "dobra", "olena@customer.example")
