"""`make quick` names each mistake in a line of its own, with its place and what may have been meant."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopbell.domain.journeys import KINDS
from tests.quick import tables
from tests.quick.__main__ import _in_a_line, failures
from tests.quick.files import missing_files
from tests.quick.letters import letters_not_made, wrong_letters
from tests.quick.words import unknown_words
from tests.rendering import usual
from tests.rendering.languages import TEMPLATES

Check = Callable[[Path], Iterator[str]]


@pytest.fixture
def one_language(tmp_path: Path) -> Path:
    """A folder of templates with English alone: all of them take long."""
    for path in (*TEMPLATES.glob("_*"), *TEMPLATES.glob("en/*")):
        copy = tmp_path / path.relative_to(TEMPLATES)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    source = (folder / name).read_text("utf-8")
    assert old in source
    (folder / name).write_text(source.replace(old, new, 1), "utf-8")


MISTAKES: list[tuple[Check, str, str, str, str]] = [
    (
        wrong_letters,
        "en/order_shipped.j2",
        "order.delivery.tracking_url",
        "order.delivery.tracking_ulr",
        "templates/en/order_shipped.j2:24: there is no 'order.delivery.tracking_ulr'; perhaps 'tracking_url'",
    ),
    (
        wrong_letters,
        "en/order_refunded.j2",
        "refund.amount",
        "refnd.amount",
        "templates/en/order_refunded.j2:1: there is no fact 'refnd' in a letter of this kind; perhaps 'refund'",
    ),
    (
        wrong_letters,
        "en/order_shipped.j2",
        "{% endblock %}",
        "{% endblok %}",
        (
            "templates/en/order_shipped.j2:2: Encountered unknown tag 'endblok'. Jinja was looking for the following"
            " tags: 'endblock'. The innermost block that needs to be closed is 'block'."
        ),
    ),
    (
        wrong_letters,
        "en/order_shipped.j2",
        "| weekday",
        "| wekday",
        "templates/en/order_shipped.j2:8: there is no filter 'wekday' for letters; perhaps 'weekday'",
    ),
    (
        unknown_words,
        "en/order_shipped.j2",
        "w.hello(",
        "w.helo(",
        "templates/en/order_shipped.j2:16: there is no 'helo' in templates/en/_words.j2; perhaps 'hello'",
    ),
    (
        unknown_words,
        "_facts.j2",
        "w.payments[",
        "w.paymnts[",
        "templates/_facts.j2:15: there is no 'paymnts' in templates/en/_words.j2; perhaps 'payments'",
    ),
    (
        unknown_words,
        "en/order_shipped.j2",
        'facts("shipped_on"',
        'facts("shiped_on"',
        "templates/en/order_shipped.j2:25: no fact 'shiped_on' is listed in templates/_facts.j2; perhaps 'shipped_on'",
    ),
    (
        tables.missing_words,
        "en/_staff.j2",
        '"refund_amount"',
        '"refund_ammount"',
        "templates/en/_staff.j2: fact_names has no 'refund_amount'; perhaps 'refund_ammount'",
    ),
]


@pytest.mark.parametrize(("check", "name", "old", "new", "said"), MISTAKES, ids=[each[-1][:60] for each in MISTAKES])
def test_a_mistake_in_a_letter_is_one_line(
    one_language: Path, check: Check, name: str, old: str, new: str, said: str
) -> None:
    change(one_language, name, old, new)
    assert [*dict.fromkeys(check(one_language))] == [said]


def test_a_letter_that_cannot_be_made_is_named_with_the_line_where_it_fails(one_language: Path) -> None:
    change(
        one_language,
        "en/order_shipped.j2",
        "We sent your parcel on {{ shipped_on",
        "We sent your parcel on {{ order.number - 1",
    )
    (said,) = letters_not_made(one_language)
    assert said.startswith("templates/en/order_shipped.j2:22: ")


def test_a_letter_that_a_language_lacks_is_named_with_the_stray_that_may_be_it(one_language: Path) -> None:
    (one_language / "en" / "order_shipped.j2").rename(one_language / "en" / "order_shiped.j2")
    assert [*missing_files(one_language)] == [
        "templates/en/order_shipped.j2 is missing; perhaps 'order_shiped'",
        "templates/en/order_shiped.j2 is of no kind; perhaps 'order_shipped'",
    ]


def test_a_file_that_only_one_language_has_is_missing_in_the_other(one_language: Path) -> None:
    (one_language / "hu").mkdir()
    for name in ("_words.j2", *(f"{kind}.j2" for kind in KINDS)):
        shutil.copyfile(TEMPLATES / "hu" / name, one_language / "hu" / name)
    assert [*missing_files(one_language)] == [
        f"templates/hu/{name} is missing"
        for name in ("_page.j2", "_samples.yaml", "_staff.j2", "_task.j2", "_tone.yaml")
    ]


def test_a_kind_without_samples_is_named_and_so_is_a_fact_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {**usual.SAMPLE_OF, "order_shipped": usual.Sample("number shiped_on")}
    del rows["parcel_ready"]
    monkeypatch.setattr(usual, "SAMPLE_OF", rows)
    missing, unknown = tables.missing_rows()
    assert missing == "tests/rendering/usual.py: SAMPLE_OF has no row 'parcel_ready'"
    assert unknown.endswith("order_shipped is to tell 'shiped_on', no name of FACTS; perhaps 'shipped_on'")


def test_what_stands_in_the_files_is_whole() -> None:
    for check in (missing_files, wrong_letters, unknown_words, tables.missing_words):
        assert [*check(TEMPLATES)] == []
    assert [*tables.missing_rows(), *tables.unknown_requirements(), *tables.old_documents()] == []


def test_a_file_that_python_cannot_read_is_a_line_as_well() -> None:
    with pytest.raises(SyntaxError) as raised:
        compile("x =", str(TEMPLATES.parent / "layers" / "core" / "row.py"), "exec")
    assert _in_a_line(raised.value) == "layers/core/row.py:1: invalid syntax"


def test_the_cases_of_one_test_are_one_cause() -> None:
    printed = "FAILED tests/a.py::test_x[1-2] - assert 1 == 2\nFAILED tests/a.py::test_x[3] - boom\nERROR tests/b.py\n"
    assert failures(printed) == ["tests/a.py::test_x (2 cases): assert 1 == 2", "tests/b.py: "]
