"""The secrets behind links, personal codes and contact hashes: each purpose has its own, and they are numbered."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from shopbell.domain.model.problems import Problem, Refused

SHORTEST_SECRET = 32
"""Characters of a secret that is added. Number 1 may be shorter: it is what the stack has."""

_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


class KeyPurpose(StrEnum):
    """What a key is for; the names in the parameter's text."""

    LINKS = auto()
    CODES = auto()
    CONTACTS = auto()


HIGHEST_NUMBER: Mapping[KeyPurpose, int] = {KeyPurpose.LINKS: 999, KeyPurpose.CODES: 32, KeyPurpose.CONTACTS: 999}
"""A code names its key in one letter, and there are 31 of them; number 1 needs none."""


@dataclass(frozen=True, slots=True)
class NumberedKeys:
    """The secrets of one purpose. What is made now uses the highest number; none is ever printed."""

    secrets: Mapping[int, bytes] = field(repr=False)

    @property
    def current(self) -> int:
        return max(self.secrets)

    def newest_first(self) -> list[tuple[int, bytes]]:
        return sorted(self.secrets.items(), reverse=True)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a stack, by purpose."""

    links: NumberedKeys
    codes: NumberedKeys
    contacts: NumberedKeys


def read_keys(text: str) -> Keys:
    """The keys from a plain text, which is number 1 of every purpose, or from a JSON object of numbered secrets:
    `{"links": {"1": "…", "2": "…"}, "codes": {"1": "…"}, "contacts": {"1": "…"}}`.

    Raises Refused, which says what is wrong and repeats nothing that could be a secret.
    """
    if not text:
        raise Refused(Problem("#", "empty", "the keys' text must not be empty"))
    if not text.lstrip().startswith("{"):
        one = NumberedKeys({1: text.encode()})
        return Keys(one, one, one)
    document = _json_object(text)
    problems = list(_wrong(document))
    if problems:
        raise Refused(*problems)
    return Keys(**{purpose: _numbered(document[purpose]) for purpose in KeyPurpose})


def _numbered(secrets: Mapping[str, str]) -> NumberedKeys:
    return NumberedKeys({int(number): secret.encode() for number, secret in secrets.items()})


def _json_object(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text, object_pairs_hook=_names_once))
    except json.JSONDecodeError as error:
        detail = f"the keys' text begins with {{ but is not JSON from character {error.pos} on"
    except (ValueError, RecursionError):
        detail = "the keys' text begins with { but is not JSON that can be read"
    raise Refused(Problem("#", "not_json", detail))  # outside of `except`: the error there holds the text


def _names_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON's own rule, the last one counts, would drop a key without a word."""
    if len(dict(pairs)) < len(pairs):
        raise Refused(Problem("#", "given_twice", "a purpose or a number is given twice"))
    return dict(pairs)


def _wrong(document: Mapping[str, Any]) -> Iterator[Problem]:
    if document.keys() - set(KeyPurpose):
        yield Problem("#", "unknown_field", f"there are keys of {', '.join(KeyPurpose)} and of nothing else")
    for purpose in KeyPurpose:
        keys = document.get(purpose)
        if isinstance(keys, dict) and keys:
            yield from _wrong_numbers(purpose, keys)
            yield from _wrong_secrets(purpose, keys)
        else:
            yield Problem(f"#/{purpose}", "missing", 'must be an object of secrets by number, like {"1": "…"}')


def _wrong_numbers(purpose: KeyPurpose, keys: Mapping[str, Any]) -> Iterator[Problem]:
    highest = HIGHEST_NUMBER[purpose]
    if not all(_is_number(name, highest) for name in keys):
        yield Problem(f"#/{purpose}", "not_a_number", f'every name must be a number from "1" to "{highest}"')
    if purpose is KeyPurpose.CONTACTS and len(keys) > 1:
        detail = "must be one key alone: contacts stored under another would no longer be found, nor their withdrawals"
        yield Problem(f"#/{purpose}", "one_number_only", detail)


def _is_number(name: str, highest: int) -> bool:
    return _NUMBER.fullmatch(name) is not None and int(name) <= highest


def _wrong_secrets(purpose: KeyPurpose, keys: Mapping[str, Any]) -> Iterator[Problem]:
    for number, secret in keys.items():
        pointer = f"#/{purpose}/{number}" if _NUMBER.fullmatch(number) else f"#/{purpose}"
        shortest = 1 if number == "1" else SHORTEST_SECRET
        if not isinstance(secret, str) or not _is_unicode(secret):
            yield Problem(pointer, "wrong_type", "must be a secret text")
        elif len(secret) < shortest:
            yield Problem(pointer, "too_short", f"must have {shortest} characters at least")
    if len({repr(secret) for secret in keys.values()}) < len(keys):
        yield Problem(f"#/{purpose}", "same_secret", "each number must have a secret of its own")


def _is_unicode(text: str) -> bool:
    """JSON can spell halves of characters, which no encoding takes."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
