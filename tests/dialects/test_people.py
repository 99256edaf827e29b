"""Phones, addresses, locales and zones as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.schema.addresses import read_email, read_emails
from shopbell.schema.contacts import read_locale, read_zone
from shopbell.schema.phones import is_national, read_known_phone, read_one_phone, read_phone
from shopbell.schema.reading import UnreadableError


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
        ("+1 (202) 555-0123", "UA", "+12025550123"),
        ("8 067 123 45 67", "UA", "+380671234567"),
        ("8(067)123-45-67", "UA", "+380671234567"),
        ("8-067-123-45-67", "UA", "+380671234567"),
        ("80671234567", "UA", "+380671234567"),
        ("8 912 345-67-89", "RU", "+79123456789"),
        ("8 701 234 56 78", "KZ", "+77012345678"),
        ("8 029 123 45 67", "BY", "+375291234567"),
        ("+38(067)123-45-67", "UA", "+380671234567"),
        ("+380 (0) 67 123 45 67", "UA", "+380671234567"),
        ("0038 067 1234567", "UA", "+380671234567"),
        ("\u202a+380\xa067 123 45 67\u202c", "GB", "+380671234567"),
        ("044 123 45 67 доб. 12", "UA", "+380441234567"),
        ("044 123 45 67, дод. 12", "UA", "+380441234567"),
        ("044 123 45 67 (вн. 12)", "UA", "+380441234567"),
        ("(06 1) 234 5678, mellék: 12", "HU", "+3612345678"),
        ("020 7946 0000 ext 12", "GB", "+442079460000"),
        ("моб. 067 123 45 67", "UA", "+380671234567"),
        ("067 123 45 67 (Олена, після 18:00)", "UA", "+380671234567"),
        ("06-30/123-4567", "HU", "+36301234567"),
    ],
)
def test_a_phone_in_any_spelling_is_e164(written: str, country: str, e164: str) -> None:
    assert read_phone(written, country) == e164


@pytest.mark.parametrize(
    "written",
    [
        "067 123 45 67, 050 765 43 21",
        "067 123 45 67; 050 765 43 21",
        "067 123 45 67 / 050 765 43 21",
        "067-123-45-67/050-765-43-21",
        "067 123 45 67 або 050 765 43 21",
        "067 123 45 67 или 050 765 43 21",
        "067 123 45 67\n050 765 43 21",
        "067 123 45 67 050 765 43 21",
        "+380671234567+380507654321",
        "8 067 123 45 67, 8 050 765 43 21",
        "044 123 45 67, 067 123 45 67",
        "044 123 45 67 (офіс), 067 123 45 67 (Олена)",
        "067 12З 45 67, 067 123 45 67",
        "067 123 45, 067 123 45 67",
        "044 123 45 67 доб. 5, m: 067 123 45 67",
    ],
)
def test_of_several_numbers_the_first_mobile_one_that_can_be_read_counts(written: str) -> None:
    assert read_phone(written, "UA") == "+380671234567"


def test_of_several_numbers_none_of_which_is_mobile_the_first_counts() -> None:
    assert read_phone("044 123 45 67, 032 123 45 67", "UA") == "+380441234567"


@pytest.mark.parametrize(
    ("written", "country"),
    [
        *((text, "UA") for text in ("", "-", "12", "+", "my phone", "🎁", "044 123 45 67 89 01 23")),
        ("+999 123 456 789", "UA"),
        ("0800-FLOWERS", "UA"),
        ("+1-800-FLOWERS", "UA"),
        ("1-800-FLOWERS", "US"),
        ("o67 123 45 67", "UA"),
        ("о67 123 45 67", "UA"),
        ("+38O67 123 45 67", "UA"),
        ("+38O 67 123 45 67", "UA"),
        ("067 123 4S 67", "UA"),
        ("067 ABC 45 67", "UA"),
        ("067 123 45", "UA"),
        ("067 123 45 678", "UA"),
        ("123-45-67", "UA"),
        ("000 000 00 00", "UA"),
        ("+380 00 123 45 67", "UA"),
        ("+1 555 010 9999", "US"),
        ("07700 900123", "GB"),
        ("+067 123 45 67", "UA"),
        ("+8 067 123 45 67", "UA"),
        ("8 912 345 67 89", "UA"),
        ("8 067 123 45 67", "HU"),
        ("+36 30 123 45", "HU"),
    ],
)
def test_what_is_no_phone_or_nobody_can_have_is_unreadable(written: str, country: str) -> None:
    with pytest.raises(UnreadableError):
        read_phone(written, country)


@given(st.text(alphabet="0123456789 +()-/,;o678", max_size=40))
def test_a_number_that_is_read_stands_in_what_was_written(written: str) -> None:
    """Its digits in their order, whatever was left out before them."""
    try:
        number = read_phone(written, "UA")
    except UnreadableError:
        return
    assert number.removeprefix("+380") in "".join(filter(str.isdecimal, written))


@given(
    st.permutations(["067 123 45 67", "044 123 45 67", "067 123 45", "0800-FLOWERS"]),
    st.sampled_from([",", ";", "\n", "|"]),
)
def test_whatever_stands_beside_it_the_mobile_number_counts(written: list[str], separator: str) -> None:
    assert read_phone(f"{separator} ".join(written), "UA") == "+380671234567"


def test_what_the_former_version_kept_is_found_by_a_number_that_nobody_can_have() -> None:
    assert read_known_phone("07700 900123", "GB") == "+447700900123"
    assert read_known_phone("8 067 123 45 67", "UA") == "+380671234567"


def test_a_shop_has_one_number_of_its_own() -> None:
    assert read_one_phone("+44 1632 960123", "GB") == "+441632960123"
    for written in ("0800-FLOWERS", "067 123 45 67, 050 765 43 21"):
        with pytest.raises(UnreadableError):
            read_one_phone(written, "UA")


@pytest.mark.parametrize(
    ("written", "national"),
    [("+380671234567", False), ("067 123 45 67", True), ("+380 44 123 45 67, 067 123 45 67", True), ("", False)],
)
def test_it_takes_a_country_to_read_a_number_without_a_plus(written: str, national: bool) -> None:
    assert is_national(written) is national


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
    "written",
    [
        '"Anna" <anna@x.example>',
        "Anna Smith <anna@X.example>",
        '"Smith, Anna" <anna@x.example>',
        "<anna@x.example>",
        "mailto:anna@x.example",
        "E-mail: anna@x.example",
        "anna@x.example.",
        "anna@x.example,",
        " anna@x.example; ",
        "'anna@x.example'",
        "anna @ x.example",
        "anna@ x.example",
        "anna@x.example, olena@y.example",
        "anna@x.example olena@y.example",
        "anna@x.example/olena@y.example",
        "anna@x.example або olena@y.example",
        "anna@x.example\nBcc: olena@y.example",
        "anna@x.con, anna@x.example",
        "ａｎｎａ＠x.example",
        "\u202aanna@x.example\u202c",
    ],
)
def test_an_address_is_read_as_people_write_it(written: str) -> None:
    assert read_emails(written) == "anna@x.example"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            ".",
            "anna",
            "anna@",
            "@x.example",
            "anna@x",
            "anna@x..example",
            "an na@x.example",
            "Anna anna@x.example",
        ),
        *("anna,smith@x.example", "anna@x,example", "anna@x.example.ua, ua", "anna@@x.example"),
        *(f"anna@x.{end}" for end in ("con", "cmo", "ocm", "comm", "vom", "nte", "ogr", "uaa", "onlien", "kom", "xx")),
    ],
)
def test_an_address_with_a_slip_is_unreadable_and_never_put_right(written: str) -> None:
    with pytest.raises(UnreadableError):
        read_emails(written)


@pytest.mark.parametrize("end", ["com", "com.ua", "ua", "hu", "co.uk", "shop", "online", "укр", "xn--p1ai", "newer"])
def test_an_address_may_end_in_whatever_exists_or_may_be_newer_than_the_list(end: str) -> None:
    assert read_emails(f"anna@x.{end}").startswith("anna@x.")


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
