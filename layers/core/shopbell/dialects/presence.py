"""What must be there and is not."""

from collections.abc import Collection, Iterator

from shopbell.dialects.reading import Step, pointer
from shopbell.domain.events import Json
from shopbell.domain.problems import Problem


def missing(said: Json, paths: Collection[str], root: str, known: Collection[Problem]) -> list[Problem]:
    """What the paths under `root` name and `said` does not hold; "*" is every element of a list.

    A field about which something is known already, or about what it stands in, is passed over.
    """
    found = list(known)
    for path in paths:
        for steps, value in _at(said, path.split(".")):
            where = pointer(root, *steps)
            if value in (None, "", []) and not any(_leads_to(problem, where) for problem in found):
                found.append(_absent(where, value))
    return found[len(known) :]


def _leads_to(problem: Problem, where: str) -> bool:
    return f"{where}/".startswith(f"{problem.pointer}/")


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
