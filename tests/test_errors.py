"""What is logged of an error: its type and its place, and nothing of what it says."""

import pytest

from shopbell.errors import where


def broken() -> None:
    raise ValueError("olena@customer.example")


def test_an_error_is_told_by_its_type_and_the_function_and_line_that_raised_it() -> None:
    with pytest.raises(ValueError, match="olena") as raised:
        broken()
    assert where(raised.value) == {"error": "ValueError", "at": f"broken:{broken.__code__.co_firstlineno + 1}"}


def test_an_error_that_nobody_raised_has_no_place() -> None:
    assert where(KeyError()) == {"error": "KeyError", "at": ""}
