"""Whom a letter greets: by the first name, by the whole name, or nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.letter_context.names import NOBODY, NOTHING, called, in_small_letters


@pytest.mark.parametrize(
    "name",
    [
        *("", "-", "—", "...", "n/a", "N/A", "A", "A.", "12345", "undefined undefined", "null null", "Null", "NaN"),
        *("Guest", "GUEST", "Guest Guest", "guest 12", "Guest Customer", "[object Object]", "(null)"),
        *("Гість", "Покупець", "Гость", "Неизвестный", "Vendég", "Ismeretlen vevő"),
        *(
            "undefined undefined",
            "Undefined",
            "None",
            "–",
            " - ",
            "_",
            "·",
            "?",
            "Я",
            "Á.",
            "O'",
            "test@shop",
            "0",
            "№ 1",
        ),
        *("Anonymous", "Customer 1001", "Невідомо", "Аноним", "Клієнт", "Névtelen", "Vásárló 3"),
        *("anna@buyers.example", "https://win.example/x", "+380 67 123 45 67"),
    ],
)
def test_nobody_is_greeted_by_what_is_no_name(name: str) -> None:
    assert called("", name) == ("", "")
    assert called(name, "") == ("", "")


@pytest.mark.parametrize(
    ("first_name", "name", "greeting"),
    [
        ("", "Anna Smith", "Anna Smith"),
        ("Anna", "Anna Smith", "Anna"),
        ("ANNA", "", "Anna"),
        ("undefined", "Anna Smith", "Anna Smith"),
        ("", "Anna undefined", "Anna"),
        ("", "Anna <anna@buyers.example>", "Anna"),
        ("", "Mr John Smith", "Mr John Smith"),
        ("", "Acme Ltd", "Acme Ltd"),
        ("", "Guest House Ltd", "Guest House Ltd"),
        ("", "Bo", "Bo"),
        ("", "Kovács Anna", "Kovács Anna"),
        ("", "Шевченко Тарас", "Шевченко Тарас"),
        ("", "Sales Department", "Sales Department"),
        ("Guest", "Anna Smith", "Anna Smith"),
        ("-", "Anna Smith", "Anna Smith"),
        ("A", "Anna Smith", "Anna Smith"),
        ("anna@buyers.example", "Anna Smith", "Anna Smith"),
        ("Анна-Марія", "ШЕВЧЕНКО АННА-МАРІЯ", "Анна-Марія"),
        ("ТАРАС", "ШЕВЧЕНКО ТАРАС", "Тарас"),
        ("", "null Smith", "Smith"),
    ],
)
def test_the_first_name_where_it_is_given_else_the_whole_one(first_name: str, name: str, greeting: str) -> None:
    assert called(first_name, name).greeting == greeting


@pytest.mark.parametrize(
    ("capitals", "told"),
    [
        ("JOE DOE", "Joe Doe"),
        ("O'NEILL-SMITH", "O'Neill-Smith"),
        ("D’ANGELO", "D’Angelo"),
        ("МАР'ЯНА В’ЯЧЕСЛАВІВНА", "Мар'яна В’ячеславівна"),
        ("О'НІЛ", "О'Ніл"),
        ("ЄВГЕН ЇЖАК", "Євген Їжак"),
        ("ŐZE KOVÁCS-NAGY ÁGNES", "Őze Kovács-Nagy Ágnes"),
        ("ПЁТР ИВАНОВ", "Пётр Иванов"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("JOHN MCDONALD III", "John McDonald III"),
        ("DR. SMITH", "Dr. Smith"),
        *((name, name) for name in ("McDonald", "van der Berg", "KOVÁCS Anna", "joe doe", "О'Ніл", "de la Cruz")),
    ],
)
def test_a_name_in_capitals_is_told_with_one_and_any_other_as_it_is(capitals: str, told: str) -> None:
    assert called("", capitals).greeting == told


def test_the_name_among_the_facts_stays_as_it_was_written() -> None:
    assert called("Joe", "JOE DOE").name == "JOE DOE"


def test_a_name_of_900_characters_is_not_greeted_whole() -> None:
    assert len(called("", "Wolfeschlegelstein " * 50).greeting) <= 100


@given(st.text(max_size=60))
def test_small_letters_change_nothing_but_the_letters_case(name: str) -> None:
    assert in_small_letters(name).casefold() == name.casefold()


@given(st.lists(st.sampled_from(sorted(NOBODY | NOTHING)), min_size=1, max_size=3))
def test_any_placeholders_together_greet_nobody(words: list[str]) -> None:
    assert called("", " ".join(words).title()).greeting == called("", " ".join(words).upper()).greeting == ""
