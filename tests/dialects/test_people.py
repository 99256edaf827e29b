"""Phones, addresses, locales and zones as people write them."""

import pytest

from shopbell.schema.contacts import UnreadableError, read_email, read_locale, read_phone, read_zone


@pytest.mark.parametrize(
    ("written", "country", "e164"),
    [
        ("+380441234567", "HU", "+380441234567"),
        ("+38 (044) 123-45-67", "HU", "+380441234567"),
        ("044 123 45 67", "UA", "+380441234567"),
        ("0441234567", "UA", "+380441234567"),
        ("380441234567", "UA", "+380441234567"),
        ("00 380 44 123 45 67", "UA", "+380441234567"),
        ("０４４ １２３ ４５ ６７", "UA", "+380441234567"),
        ("tel:+380441234567", "UA", "+380441234567"),
        ("06 20 123 4567", "HU", "+36201234567"),
        ("06-1-123-4567", "HU", "+3611234567"),
        ("020 7946 0000", "GB", "+442079460000"),
        ("020 7946 0000", "GB-ENG", "+442079460000"),
        ("+1 (555) 010-9999", "UA", "+15550109999"),
    ],
)
def test_a_phone_in_any_spelling_is_e164(written: str, country: str, e164: str) -> None:
    assert read_phone(written, country) == e164


@pytest.mark.parametrize(
    "written", ["", "-", "12", "+", "+999 123 456 789", "my phone", "044 123 45 67 89 01 23", "🎁"]
)
def test_what_is_no_phone_is_unreadable(written: str) -> None:
    with pytest.raises(UnreadableError):
        read_phone(written, "UA")


def test_a_national_number_says_nothing_in_a_country_without_numbers() -> None:
    with pytest.raises(UnreadableError):
        read_phone("044 123 45 67", "ZZ")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("olena@customer.example", "olena@customer.example"),
        (" olena@Customer.EXAMPLE\n", "olena@customer.example"),
        ("o.lena+shop@mail.customer.test", "o.lena+shop@mail.customer.test"),
        ("olena@покупець.example", "olena@xn--e1ajldcxx2c.example"),
        ("o'lena_1@customer.example", "o'lena_1@customer.example"),
    ],
)
def test_an_address_has_its_domain_in_small_ascii(written: str, kept: str) -> None:
    assert read_email(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "olena",
        "@customer.example",
        "olena@",
        "olena@customer",
        "olena@@customer.example",
        "ol ena@customer.example",
        "olena@customer.example,oleh@customer.example",
        "Olena <olena@customer.example>",
        "olena@customer.example\nBcc: x@customer.example",
        "olena\u0000@customer.example",
        "олена@customer.example",
        "olena@[127.0.0.1]",
        f"{'o' * 65}@customer.example",
    ],
)
def test_what_is_no_address_or_could_become_a_header_is_unreadable(written: str) -> None:
    with pytest.raises(UnreadableError):
        read_email(written)


@pytest.mark.parametrize(
    ("written", "language"),
    [("uk", "uk"), ("uk-UA", "uk"), ("uk_UA", "uk"), ("UK", "uk"), (" hu ", "hu"), ("en-Latn-GB", "en")],
)
def test_a_locale_is_its_language(written: str, language: str) -> None:
    assert read_locale(written, {"uk", "hu", "en"}) == language


@pytest.mark.parametrize("written", ["", "u", "de", "ua", "english", "uk UA", "uk/../en", "*"])
def test_a_locale_without_letters_is_unreadable(written: str) -> None:
    with pytest.raises(UnreadableError):
        read_locale(written, {"uk", "hu", "en"})


@pytest.mark.parametrize("name", ["Europe/Kyiv", "America/Argentina/Buenos_Aires", "Etc/GMT+3", "UTC", "Asia/Kolkata"])
def test_a_zone_is_one_of_the_database(name: str) -> None:
    assert read_zone(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Kyiv",
        "Europe",
        "Europe/",
        "Europe/Nowhere",
        "europe/kyiv",
        "/etc/localtime",
        "../Europe/Kyiv",
        "Europe/../Europe/Kyiv",
        "Europe/Kyiv\u0000",
        "posix/Europe/Kyiv",
        "right/Europe/Kyiv",
        "localtime",
        "+02:00",
        "Europe/" + "x" * 500,
    ],
)
def test_what_is_no_zone_or_leads_elsewhere_is_unreadable(name: str) -> None:
    with pytest.raises(UnreadableError):
        read_zone(name)
