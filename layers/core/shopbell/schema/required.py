"""Fields that must hold something, and do not."""

from collections.abc import Collection, Iterator, Mapping

from shopbell.domain.model.events import Json
from shopbell.domain.model.problems import Problem
from shopbell.schema.reading import Step, pointer


def missing(value: Json, paths: Collection[str], root: str, problems: Collection[Problem]) -> list[Problem]:
    """A problem for each of the paths ("order.items.*.sku", "*" for every element, or every name) at which `value` has
    nothing.

    `root` is the JSON pointer of `value`. A field that has one of the `problems`, or stands in one that has, is left
    out: one mistake is named once.
    """
    absent: list[Problem] = []
    named = {problem.pointer for problem in problems}
    for path in paths:
        for steps, held in _places(value, path.split(".")):
            if held in (None, "", []) and named.isdisjoint(_leading_to(root, steps)):
                absent.append(_absent(pointer(root, *steps), held))
                named.add(absent[-1].pointer)
    return absent


def _leading_to(root: str, steps: tuple[Step, ...]) -> Iterator[str]:
    return (pointer(root, *steps[:length]) for length in range(len(steps) + 1))


def _absent(where: str, held: Json) -> Problem:
    if held is None:
        return Problem(where, "missing", "is required")
    return Problem(where, "empty", "must not be empty")


def _places(value: Json, path: list[str]) -> Iterator[tuple[tuple[Step, ...], Json]]:
    """The steps to every place that the path leads to, with what stands there (None where nothing does)."""
    if not path:
        yield (), value
        return
    first, rest = path[0], path[1:]
    if first == "*":
        inner: Iterator[tuple[Step, Json]] = iter(
            value.items() if isinstance(value, Mapping) else enumerate(value or [])
        )
    else:
        inner = iter([(first, (value or {}).get(first))])
    for step, part in inner:
        for steps, held in _places(part, rest):
            yield (step, *steps), held
