"""What must be there and is not."""

from collections.abc import Collection, Iterator

from shopbell.domain.model.events import Json
from shopbell.domain.model.problems import Problem
from shopbell.schema.reading import Step, pointer


def missing(said: Json, paths: Collection[str], root: str, known: Collection[Problem]) -> list[Problem]:
    """What the paths under `root` name and `said` does not hold; "*" is every element of a list.

    A field about which something is known already, or about what it stands in, is passed over.
    """
    found: list[Problem] = []
    explained = {problem.pointer for problem in known}
    for path in paths:
        for steps, value in _at(said, path.split(".")):
            if value in (None, "", []) and explained.isdisjoint(_leading_to(root, steps)):
                found.append(_absent(pointer(root, *steps), value))
                explained.add(found[-1].pointer)
    return found


def _leading_to(root: str, steps: tuple[Step, ...]) -> Iterator[str]:
    return (pointer(root, *steps[:length]) for length in range(len(steps) + 1))


def _absent(where: str, value: Json) -> Problem:
    if value is None:
        return Problem(where, "missing", "is required")
    return Problem(where, "empty", "must not be empty")


def _at(said: Json, path: list[str]) -> Iterator[tuple[tuple[Step, ...], Json]]:
    """Every place that the path names, with what stands there (None where nothing does)."""
    if not path:
        yield (), said
        return
    first, rest = path[0], path[1:]
    if first == "*":
        places: Iterator[tuple[Step, Json]] = iter(enumerate(said or []))
    else:
        places = iter([(first, (said or {}).get(first))])
    for step, value in places:
        for steps, found in _at(value, rest):
            yield (step, *steps), found
