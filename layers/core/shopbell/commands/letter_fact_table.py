"""The facts that a letter may name as tables, with the kinds of letters that have them: docs/letters.md shows them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from shopbell.commands.letter_facts import FACTS, Fact
from shopbell.rendering.rules import LETTER

Content = Mapping[str, Any]
Contents = Mapping[str, Sequence[Content]]
"""By kind: what letters of that kind are made of."""
Steps = Mapping[str, set[str]]
"""By kind: steps of its journey."""


def markdown(contents: Contents) -> Iterator[str]:
    """A table of what letters name, and one of each object's own facts."""
    yield from _head("fact", "shape", "what it is", "in")
    for name, fact in FACTS[LETTER].items():
        yield _line((f"`{name}`", fact.shape, fact.words, _letters_with(name, contents)))
    for name, facts in FACTS.items():
        if name != LETTER:
            yield from ("", f"#### `{name}`", "", *_of_an_object(name, facts))


def _of_an_object(name: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    yield from _head("fact", "shape", "what it is")
    for each, fact in facts.items():
        yield _line((f"`{name}.{each}`", fact.shape, fact.words))


def _head(*words: str) -> Iterator[str]:
    yield _line(words)
    yield _line(["---"] * len(words))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _letters_with(name: str, contents: Contents) -> str:
    """In words. What every letter may name counts only where there may be something: an order in letters about one."""
    everywhere = all(name in letter for letters in contents.values() for letter in letters)
    having = _steps(contents, lambda letter: letter[name] is not None if everywhere else name in letter)
    return _in_words(having, _steps(contents, lambda letter: True))


def _steps(contents: Contents, has: Callable[[Content], bool]) -> Steps:
    steps = {kind: {str(letter["step"]) for letter in letters if has(letter)} for kind, letters in contents.items()}
    return {kind: found for kind, found in steps.items() if found}


def _in_words(having: Steps, steps: Steps) -> str:
    is_whole = all(found == steps[kind] for kind, found in having.items())
    if is_whole and having.keys() == steps.keys():
        return "every letter"
    if is_whole and having.keys() == {kind for kind in steps if kind.startswith("staff_")}:
        return "every task"
    if is_whole and len(having) > len(steps) / 2:
        return f"every letter but {', '.join(f'`{kind}`' for kind in steps if kind not in having)}"
    return ", ".join(_kind(kind, found, steps[kind]) for kind, found in having.items())


def _kind(kind: str, having: set[str], steps: set[str]) -> str:
    if having == steps:
        return f"`{kind}`"
    named = (step.replace("_", " ") or "usual" for step in sorted(having))
    return f"`{kind}` ({', '.join(named)})"
