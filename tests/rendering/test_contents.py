"""The contents that letters are tried with here name no fact that a letter does not get in earnest."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from shopbell.commands.samples import any_shop, samples
from shopbell.domain.journeys import KINDS
from tests.rendering.samples import in_parts, of_unknown_parts
from tests.rendering.usual import usual

LINKS = {"unsubscribe_url", "task_url"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tried", [usual, in_parts, of_unknown_parts])
def test_what_a_letter_is_tried_with_it_gets_in_earnest(kind: str, tried: Callable[[str, str], dict[str, Any]]) -> None:
    in_earnest = list(samples(kind, "en", any_shop()))
    assert in_earnest
    known = {name for content in in_earnest for name in _names(content)}
    unseen = {f"{name}." for content in in_earnest for name in _unsaid(content)}
    unseen -= {path for path in unseen if any(name.startswith(path) for name in known)}
    named = (name for name in _names(tried(kind, "en")) if not name.startswith(tuple(unseen)))
    assert set(named) - known - LINKS == set()


def _names(content: Any, path: str = "") -> Iterator[str]:
    """Each fact, by its path; of a list what its elements have."""
    if isinstance(content, dict | SimpleNamespace):
        for name, value in (content if isinstance(content, dict) else vars(content)).items():
            yield f"{path}{name}"
            yield from _names(value, f"{path}{name}.")
    elif isinstance(content, list):
        for element in content:
            yield from _names(element, path)


def _unsaid(content: Any, path: str = "") -> Iterator[str]:
    """Facts that are not there, of which nobody sees what they would hold."""
    if isinstance(content, dict | SimpleNamespace):
        for name, value in (content if isinstance(content, dict) else vars(content)).items():
            if value is None or value == []:
                yield f"{path}{name}"
            yield from _unsaid(value, f"{path}{name}.")
    elif isinstance(content, list):
        for element in content:
            yield from _unsaid(element, path)
