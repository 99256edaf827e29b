"""No log names anybody; and a test whose log does is caught, wherever the line comes from."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.outsider import ROOT, environment
from tests.personal import NAMES, named

TESTS = {
    "a_note": 'note("event_taken", {"shop": "dobra", "to": "stranger@elsewhere.example"})',
    "a_crash": 'print("Traceback: KeyError: +380671234567", file=sys.stderr)',
    "a_fake": 'heard("alarm customer=Олена Зразкова")',
    "a_process": 'overhear(io.StringIO("{}\\n044 555 01 01 has no name\\n")).join()',
    "nobody": 'note("event_taken", {"shop": "dobra", "customer": "9f86d081884c", "at": "2026-03-02T08:00:00+02:00"})',
}
HEAD = """\
import io, sys
from shopbell.observability import note
from tests.log_watch import heard, overhear

"""


def test_whatever_names_somebody_in_a_log_fails_its_test_by_name(tmp_path: Path) -> None:
    bodies = (f"def test_{name}() -> None:\n    {line}\n" for name, line in TESTS.items())
    (tmp_path / "test_some.py").write_text(HEAD + "\n".join(bodies))
    plugins = ["-p", "tests.log_watch", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", "/dev/null"]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "--rootdir", str(tmp_path), "test_some.py"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    for name in TESTS:
        assert (f"ERROR test_some.py::test_{name} " in ended.stdout) == (name != "nobody"), ended.stdout
    assert "logs: 6 lines of 5 tests searched, 4 name somebody" in ended.stdout, ended.stdout


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ('"to":"Olena <olena@customer.example>"', ["Olena", "a@customer.e"]),
        ('"phone":"+380445550101"', ["+380445550101"]),
        ('"name":"Олена"', ["Олена"]),
        ('"error":"Annotation", "at":"2026-03-02 08:00:00,000+0000"', []),
        ('"to":"9f86d081884c7d659a2feaa0c55ad015"', []),
    ],
)
def test_names_addresses_and_numbers_are_told_from_hashes_and_moments(line: str, who: list[str]) -> None:
    assert sorted(named(line)) == sorted(who)


def test_every_name_that_a_test_gives_to_a_customer_is_searched_for() -> None:
    given = {name for path in (ROOT / "tests").rglob("*.py") for name in _customers(ast.parse(path.read_text()))}
    assert [name for name in given if not any(named(name))] == []
    assert given > {"Olena", "Олена", "Лев"}
    assert set(NAMES) >= {"Quist"}


def _customers(tree: ast.Module) -> Iterator[str]:
    """The `name` of each dict that has a customer's fields beside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            said = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
            name, beside = said.get("name"), said.keys() & {"email", "phone", "birthday", "consent"}
            if isinstance(name, ast.Constant) and beside and not said.keys() & {"sender", "sms_id", "hours"}:
                yield str(name.value)
