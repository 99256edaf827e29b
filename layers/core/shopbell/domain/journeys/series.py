"""Series of marketing letters, each of which counts as one, in the order of their priority."""

from shopbell.domain.model.vocabulary import Series

PRIORITY = tuple(Series)
"""Who goes first where several want the same place."""


def series_of(place: str) -> str:
    """The series of a place: of "birthday|2026", "birthday"."""
    return place.split("|", 1)[0]


def rank(place: str) -> int:
    series = series_of(place)
    return PRIORITY.index(Series(series)) if series in PRIORITY else len(PRIORITY)


def comes_last(place: str) -> bool:
    return rank(place) >= len(PRIORITY) - 1
