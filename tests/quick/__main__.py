"""`python -m tests.quick`: prints each cause in a line; ends with 1 where there is one."""

import re
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PURE = ("tests/domain", "tests/rendering/test_checks.py", "tests/rendering/test_fields.py")
"""The tests of what has no edges: the domain's rules, and the letters' facts, tone, size and grammar."""


Check = tuple[str, str, bool]
"""A module and a function of tests/quick, and whether it is given the folder of templates."""
READ: tuple[Check, ...] = (
    ("files", "missing_files", True),
    ("letters", "wrong_letters", True),
    ("words", "unknown_words", True),
    ("tables", "missing_rows", False),
    ("tables", "missing_words", True),
    ("tables", "unknown_requirements", False),
    ("tables", "old_documents", False),
)
"""What is seen in the files as they stand."""
MADE: tuple[Check, ...] = (("letters", "letters_not_made", True),)
"""What is seen only when letters are made; it would say the same of what `READ` finds once more."""


def causes() -> list[str]:
    return _found(READ) or _found(MADE)


def _found(checks: Iterable[Check]) -> list[str]:
    return list(dict.fromkeys(cause for check in checks for cause in _causes_of(*check)))


def _causes_of(module: str, name: str, of_templates: bool) -> list[str]:
    try:
        # Imported here: a file that cannot be read is a cause like any other.
        check: Callable[..., Iterable[str]] = getattr(import_module(f"tests.quick.{module}"), name)
        return [*check(*((TEMPLATES,) if of_templates else ()))]
    except Exception as error:  # noqa: BLE001  # whatever a file of the project raises when it is read
        return [_in_a_line(error)]


def _in_a_line(error: Exception) -> str:
    """Of an error: the innermost line of the project's own files, and what it says."""
    if isinstance(error, SyntaxError):
        return f"{_shown(error.filename or '')}:{error.lineno}: {error.msg}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if ROOT in Path(frame.filename).parents]
    own = [frame for frame in frames if "tests/quick" not in frame.filename and ".venv" not in frame.filename]
    where = f"{_shown(own[-1].filename)}:{own[-1].lineno}: " if own else ""
    return f"{where}{type(error).__name__}: {error}"


def _shown(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else file


def failures(printed: str) -> list[str]:
    """A line for each test that pytest's summary names; the cases of one test are one cause."""
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*\])?(?: - (.*))?$", printed, re.MULTILINE)
    counts, first = Counter(test for test, _ in failed), dict(reversed(failed))
    return [f"{test}{_cases(count)}: {first[test]}" for test, count in counts.items()]


def _cases(count: int) -> str:
    return f" ({count} cases)" if count > 1 else ""


def main(workers: str = "2") -> int:
    found = causes()
    if not found:
        print("files, facts and tables: nothing is missing", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", "--hypothesis-profile=quick", "-n", workers]
        ended = subprocess.run([*command, *PURE], cwd=ROOT, capture_output=True, text=True, check=False)
        found = failures(ended.stdout)
        if ended.returncode and not found:
            found = [(ended.stdout + ended.stderr).strip().splitlines()[-1]]
        print(ended.stdout.strip().splitlines()[-1] if not found else "", flush=True)
    for cause in found:
        print(cause)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
