"""Tables of cases as they are read: a line a case, its cells apart by bars, the first line their names."""

from collections.abc import Mapping

import pytest

Row = Mapping[str, str]


def rows(text: str) -> list[Row]:
    names, *lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    return [dict(zip(names, cells, strict=True)) for cells in lines]


def each_row(text: str, sentence: str) -> pytest.MarkDecorator:
    """The test with every line; `sentence` names a case by its cells: "{kind} goes by {channels}"."""
    found = rows(text)
    ids = [sentence.format_map(row) for row in found]
    assert len({*ids}) == len(ids), "a case stands there twice"
    return pytest.mark.parametrize(tuple(found[0]), [tuple(row.values()) for row in found], ids=ids)
