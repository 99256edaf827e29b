"""Takes the performance figures and prints them as a table or as JSON: `make bench`."""

import argparse
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from functools import partial

from benchmarks import row_8, row_9
from benchmarks.scoreboard import Figure, as_json, as_table
from benchmarks.stack import NotTaken

Rows = Mapping[int, Callable[[bool], list[Figure]]]
"""What takes a row's figures, by its number; it is given whether to play little."""
ROWS: Rows = {8: row_8.figures, 9: row_9.figures}


def main(arguments: Sequence[str] | None = None, rows: Rows = ROWS) -> int:
    """0 where every figure could be taken, whether or not its goal is met."""
    given = _parser(rows).parse_args(arguments)
    figures: list[Figure] = []
    complaints: list[str] = []
    log = io.StringIO()
    for row in given.rows:
        try:
            with redirect_stdout(log):  # what the product logs, as it does on AWS, is no part of what we print
                figures += rows[row](given.small)
        except NotTaken as error:
            complaints.append(f"bench: row {row} could not be taken: {error}")
    print(as_json(figures) if given.json else as_table(figures))
    for line in (*complaints, *_alarms(log)) if complaints else ():
        print(line, file=sys.stderr)
    return 1 if complaints else 0


def _alarms(log: io.StringIO) -> Iterator[str]:
    return (line for line in log.getvalue().splitlines() if '"level":"ERROR"' in line)


def _parser(rows: Rows) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--rows", type=partial(_chosen, rows), default=sorted(rows), metavar="8,9", help="these rows alone"
    )
    parser.add_argument("--small", action="store_true", help="play a tenth")
    return parser


def _chosen(rows: Rows, text: str) -> list[int]:
    """Raises ArgumentTypeError for a row that there is not."""
    try:
        numbers = [int(number) for number in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers, such as 8,9") from None
    if unknown := [number for number in numbers if number not in rows]:
        raise argparse.ArgumentTypeError(f"there is no row {unknown[0]}, only {', '.join(map(str, sorted(rows)))}")
    return numbers


if __name__ == "__main__":
    sys.exit(main())
