"""Takes the performance figures and prints them as a table or as JSON: `make bench`."""

import argparse
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import partial

from benchmarks import row_6, row_8, row_9, row_13, row_14, row_15, row_16
from benchmarks.scoreboard import Figure, as_json, as_table
from benchmarks.stack import NotMeasured

Rows = Mapping[int, Callable[[bool], list[Figure]]]
"""By a row's number, the function that takes its figures; its argument says whether to play a tenth."""
ROWS: Rows = {
    **{6: row_6.figures, 8: row_8.figures, 9: row_9.figures, 13: row_13.figures},
    **{14: row_14.figures, 15: row_15.figures, 16: row_16.figures},
}
ON_REQUEST = frozenset({14, 15, 16})
"""Rows that are taken only where they are named: their data are installed for them (requirements-bench.txt)."""


def main(arguments: Sequence[str] | None = None, rows: Rows = ROWS) -> int:
    """Returns 0 where every figure could be taken, whether or not its goal is met; else 1."""
    options = _parser(rows).parse_args(arguments)
    figures: list[Figure] = []
    failures: list[str] = []
    log = io.StringIO()
    for row in options.rows:
        try:
            with redirect_stdout(log):  # the product logs to standard output, as Lambda wants it
                figures += rows[row](options.small)
        except NotMeasured as error:
            failures.append(f"bench: row {row} could not be taken: {error}")
    print(as_json(figures) if options.json else as_table(figures))
    for line in (*failures, *_errors(log)) if failures else ():
        print(line, file=sys.stderr)
    return 1 if failures else 0


def _errors(log: io.StringIO) -> Iterator[str]:
    """The log's lines of errors, which may say why a figure could not be taken."""
    return (line for line in log.getvalue().splitlines() if '"level":"ERROR"' in line)


def _parser(rows: Rows) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--rows",
        type=partial(_row_numbers, rows),
        default=sorted(rows.keys() - ON_REQUEST),
        metavar="8,9",
        help=f"these rows alone; {', '.join(map(str, sorted(ON_REQUEST)))} only where named, with their data installed",
    )
    parser.add_argument("--small", action="store_true", help="play a tenth")
    return parser


def _row_numbers(rows: Rows, text: str) -> list[int]:
    """The numbers of "8,9". Raises ArgumentTypeError for a row that does not exist."""
    try:
        numbers = [int(number) for number in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers, such as 8,9") from None
    if unknown := [number for number in numbers if number not in rows]:
        raise argparse.ArgumentTypeError(f"there is no row {unknown[0]}, only {', '.join(map(str, sorted(rows)))}")
    return numbers


if __name__ == "__main__":
    sys.exit(main())
