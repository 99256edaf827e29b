"""Groups of customers, as events and configurations name them."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from shopbell.domain.rules.segments import NAMED, WORDS, is_segment
from shopbell.schema.reading import Gap, Step, WrongError
from shopbell.schema.texts import Line
from shopbell.schema.types import Schema

MOST_SEGMENTS = 10


class Segments(list[str]):
    """One segment, or several: whoever is in all of them."""

    schema: ClassVar[Schema] = {
        "oneOf": [
            {"type": "string", "pattern": f"^({'|'.join(WORDS)}|({'|'.join(NAMED)}):.+)$"},
            {"type": "array", "minItems": 1, "maxItems": MOST_SEGMENTS, "items": {"type": "string"}},
        ],
        "examples": ["silent", ["loyal", "bought:kitchen"]],
    }

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Raises WrongError; `inside` names the element."""
        if isinstance(value, str):
            return cls([_segment(value, ())])
        if not isinstance(value, list):
            raise WrongError("wrong_type", "must be a segment or an array of them")
        if not value:
            raise WrongError("empty", "must not be empty")
        if len(value) > MOST_SEGMENTS:
            raise WrongError("too_many", f"must have at most {MOST_SEGMENTS} elements")
        known = ((index, each) for index, each in enumerate(value) if not isinstance(each, Gap))
        return cls(dict.fromkeys(_segment(each, (index,)) for index, each in known))


def _segment(value: Any, inside: tuple[Step, ...]) -> str:
    if not isinstance(value, str):
        raise WrongError("wrong_type", "must be a string", inside)
    word = Line.canonical(value)
    if not is_segment(word):
        names = (*WORDS, *(f"{name}:…" for name in NAMED))
        detail = f"must be one of: {', '.join(names)}{nearest(word.partition(':')[0], (*WORDS, *NAMED))}"
        raise WrongError("unknown_value", detail, inside)
    return word


def nearest(name: str, names: Collection[str], likeness: float = 0.6) -> str:
    """ "; is "loyal" meant?", or "" where no name is like it."""
    from difflib import get_close_matches  # late: a body without mistakes does not need it

    found = get_close_matches(name, names, 1, likeness)
    return f'; is "{found[0]}" meant?' if found else ""
