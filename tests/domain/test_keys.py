"""The text that holds a stack's keys: a plain one, as every stack has at first, or secrets by purpose and number."""

import json
from typing import Any

import pytest

from shopbell.domain.model.keys import Keys, NumberedKeys, read_keys
from shopbell.domain.model.problems import Refused

FIRST = "what the stack was made with"
SECOND = "a second one of at least thirty-two characters"
THIRD = "a third one of at least thirty-two characters, too"
GOOD: dict[str, Any] = {"links": {"1": FIRST, "2": SECOND}, "codes": {"1": FIRST}, "contacts": {"1": FIRST}}


@pytest.mark.parametrize("text", [FIRST, "x", "[1]", '"{', "7", "null", " ", "plain\n"])
def test_a_plain_text_is_number_1_of_every_purpose(text: str) -> None:
    one = NumberedKeys({1: text.encode()})
    assert read_keys(text) == Keys(one, one, one)


@pytest.mark.parametrize("before", ["", "\n "])
def test_secrets_by_number_are_read_for_each_purpose(before: str) -> None:
    keys = read_keys(before + json.dumps(GOOD))
    assert keys.links == NumberedKeys({1: FIRST.encode(), 2: SECOND.encode()})
    assert keys.codes == keys.contacts == NumberedKeys({1: FIRST.encode()})
    assert (keys.links.current, keys.codes.current) == (2, 1)


def test_a_number_may_be_left_out_and_the_highest_is_the_current_one() -> None:
    keys = read_keys(json.dumps(GOOD | {"links": {"10": THIRD, "9": SECOND}}))
    assert keys.links.current == 10
    assert [number for number, _ in keys.links.newest_first()] == [10, 9]


WRONG: list[tuple[str, str, str]] = [
    ("", "#", "empty"),
    ("{", "#", "not_json"),
    ("{'links': {}}", "#", "not_json"),
    (json.dumps(GOOD)[:-1], "#", "not_json"),
    (json.dumps(GOOD) + ",", "#", "not_json"),
    ('{"links":' * 100_000, "#", "not_json"),
    ('{"links": ' + "9" * 5000 + "}", "#", "not_json"),
    (json.dumps(GOOD).replace('"2"', '"1"'), "#", "given_twice"),
    (json.dumps(GOOD).replace('"codes"', '"links"'), "#", "given_twice"),
    (json.dumps(GOOD | {SECOND: {"1": FIRST}}), "#", "unknown_field"),
    (json.dumps({"links": GOOD["links"], "codes": GOOD["codes"]}), "#/contacts", "missing"),
    *(
        (json.dumps(GOOD | {"codes": codes}), pointer, code)
        for codes, pointer, code in (
            (None, "#/codes", "missing"),
            ({}, "#/codes", "missing"),
            (SECOND, "#/codes", "missing"),
            ([SECOND], "#/codes", "missing"),
            ({"0": SECOND}, "#/codes", "not_a_number"),
            ({"01": SECOND}, "#/codes", "not_a_number"),
            ({"-1": SECOND}, "#/codes", "not_a_number"),
            ({"1.0": SECOND}, "#/codes", "not_a_number"),
            ({"33": SECOND}, "#/codes", "not_a_number"),
            ({"\N{ARABIC-INDIC DIGIT TWO}": SECOND}, "#/codes", "not_a_number"),
            ({SECOND: "1"}, "#/codes", "not_a_number"),
            ({"1": ""}, "#/codes/1", "too_short"),
            ({"2": SECOND[:31]}, "#/codes/2", "too_short"),
            ({"1": None}, "#/codes/1", "wrong_type"),
            ({"1": [SECOND]}, "#/codes/1", "wrong_type"),
            ({"1": "\ud800" + SECOND}, "#/codes/1", "wrong_type"),
            ({"1": SECOND, "2": SECOND}, "#/codes", "same_secret"),
        )
    ),
    (json.dumps(GOOD | {"links": {"1000": SECOND}}), "#/links", "not_a_number"),
    (json.dumps(GOOD | {"contacts": {"1": FIRST, "2": SECOND}}), "#/contacts", "one_number_only"),
]


@pytest.mark.parametrize(("text", "pointer", "code"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_text_is_refused_with_what_is_wrong_and_never_with_a_secret(text: str, pointer: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_keys(text)
    assert (pointer, code) in [(problem.pointer, problem.code) for problem in refusal.value.problems]
    assert not [word for word in (FIRST, SECOND, SECOND[:31]) if word in str(refusal.value)]
    assert refusal.value.__context__ is None


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        read_keys(json.dumps({"links": {"x": FIRST}, "codes": {"2": "short"}, "other": {}}))
    assert [(problem.pointer, problem.code) for problem in refusal.value.problems] == [
        ("#", "unknown_field"),
        ("#/links", "not_a_number"),
        ("#/links", "too_short"),
        ("#/codes/2", "too_short"),
        ("#/contacts", "missing"),
    ]


def test_keys_do_not_show_their_secrets() -> None:
    assert FIRST not in repr(read_keys(FIRST))
