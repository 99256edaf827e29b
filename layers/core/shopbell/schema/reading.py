"""From JSON to typed values, with every wrong field reported and not only the first."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from shopbell.domain.model.problems import Problem, Refused

T = TypeVar("T")
Step = str | int
"""Into a JSON value: a field's name, or the index of a list's element."""
MOST_PROBLEMS = 100
"""So many are named of one document; its sender has enough to mend by then."""

# How msgspec words what is wrong: `Expected `str`, got `int` - at `$.order.items[0].sku``.
_PLACE = re.compile(r" - at (?P<key>`key` in )?`\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]")
_MISSING = re.compile(r"missing required field `(?P<name>.*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<name>.*)`$")
_BOUND = re.compile(r"Expected `(?P<type>\w+)`(?P<length> of length)? (?P<sign><=|>=|<|>) (?P<bound>\S+)$")
_NAMES = {
    "bool": "true or false",
    "int": "a whole number",
    "str": "a string",
    "array": "an array",
    "object": "an object",
}


class WrongError(ValueError):
    """A value cannot be read; `inside` are the steps from the value to the part of it that is wrong."""

    def __init__(self, code: str, detail: str, inside: tuple[Step, ...] = ()) -> None:
        super().__init__(detail)
        self.code, self.detail, self.inside = code, detail, inside


class UnreadableError(ValueError):
    """Why a text is no phone number, address, locale or zone; it never quotes the text."""


class Gap(dict[str, Any]):
    """In place of a list's element that could not be read, so that the others keep their indexes."""


def decode(raw: bytes) -> Any:
    """JSON by RFC 8259; of a name that stands twice in an object the last counts. Raises Refused."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Refused(Problem("#", "not_json", "must be JSON in UTF-8")) from None


def collect(value: Any, kind: type[T], root: str = "#") -> tuple[T | None, list[Problem]]:
    """The value as `kind`, without the wrong parts of it, and a problem for each; None where there are too many.

    The parser stops at the first mistake: that part is taken out, and the rest read again. `root` is the JSON pointer
    of the value.
    """
    problems: list[Problem] = []
    while len(problems) < MOST_PROBLEMS:
        try:
            return msgspec.convert(value, kind, dec_hook=_parse), problems
        except msgspec.ValidationError as error:
            steps, problem = _explain(error, root)
            problems.append(problem)
            value = _without(value, steps)
    return None, problems


def wrong_with(value: Any, kind: Any) -> WrongError | None:
    """What is wrong with a value of that type; of several mistakes the first."""
    try:
        msgspec.convert(value, kind, dec_hook=_parse)
    except msgspec.ValidationError as error:
        _, problem = _explain(error, "")
        return WrongError(problem.code, problem.detail)
    return None


def plain(value: msgspec.Struct) -> dict[str, Any]:
    """The value in JSON's own types; what was absent stays absent."""
    fields: dict[str, Any] = msgspec.to_builtins(value, enc_hook=_built_in)
    return fields


def pointer(root: str, *steps: Step) -> str:
    """A JSON pointer as a fragment (RFC 6901)."""
    return "/".join([root, *(str(step).replace("~", "~0").replace("/", "~1") for step in steps)])


def _parse(kind: Any, value: Any) -> Any:
    return kind.parse(value)


def _built_in(value: Any) -> Any:
    """A Scalar as a str, options as a dict."""
    return dict(value) if isinstance(value, dict) else str(value)


def _explain(error: msgspec.ValidationError, root: str) -> tuple[list[Step], Problem]:
    """The steps to the part that is to be taken out, and the problem."""
    message = str(error)
    place = _PLACE.search(message)
    steps = _steps(place["path"]) if place else []
    wording = message[: place.start()] if place else message
    if isinstance(cause := error.__cause__, WrongError):
        steps = [*steps, *cause.inside]
        return steps, Problem(pointer(root, *steps), cause.code, cause.detail)
    if missing := _MISSING.search(wording):
        return steps, Problem(pointer(root, *steps, missing["name"]), "missing", "is required")
    if unknown := _UNKNOWN.search(wording):
        steps = [*steps, unknown["name"]]
        return steps, Problem(pointer(root, *steps), "unknown_field", "there is no such field")
    if place and place["key"]:
        return steps, Problem(pointer(root, *steps), "wrong_type", "must have strings for names")
    return steps, Problem(pointer(root, *steps), *_type_or_bound(wording))


def _steps(path: str) -> list[Step]:
    return [int(match["index"]) if match["index"] else match["name"] for match in _STEP.finditer(path)]


def _type_or_bound(wording: str) -> tuple[str, str]:
    """Code and detail for a value of another JSON type, or beyond a bound."""
    if bound := _BOUND.match(wording):
        return _out_of_bounds(bound)
    wanted = wording.removeprefix("Expected ").partition(",")[0].strip("`").removesuffix(" | null")
    return "wrong_type", f"must be {' or '.join(_NAMES.get(name, name) for name in wanted.split(' | '))}"


def _out_of_bounds(bound: re.Match[str]) -> tuple[str, str]:
    most = bound["sign"].startswith("<")
    words = f"at {'most' if most else 'least'} {bound['bound']}"
    if not bound["length"]:
        return "out_of_range", f"must be {words}"
    if bound["type"] == "array":
        return ("too_many" if most else "too_few"), f"must have {words} elements"
    return ("too_long" if most else "empty"), f"must have {words} characters"


def _without(value: Any, steps: list[Step]) -> Any:
    """A copy without the part at those steps; in a list a gap is left. Raises LookupError, TypeError."""
    if not steps:
        return Gap()
    first, rest = steps[0], steps[1:]
    copy: Any = dict(value) if isinstance(value, Mapping) else list(value)
    if rest or isinstance(copy, list):
        copy[first] = _without(copy[first], rest)
    else:
        del copy[first]
    return copy
