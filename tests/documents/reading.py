"""Reads the project's documents: their headings, links and what stands in them as code."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITTEN = frozenset({"build", "out"})
SHORTEST = 3
"""A fence has so many backticks at least."""

_FENCED = re.compile(rf"^(`{{{SHORTEST},}})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+?)#*$", re.MULTILINE)


@cache
def documents() -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    return tracked("*.md")


def tracked(*patterns: str) -> tuple[Path, ...]:
    """The project's files of such names: neither what tools leave nor what the targets of make write."""
    rooms = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in WRITTEN]
    ours = [path for path in rooms if not path.name.startswith(".") or path.name == ".github"]
    found = {path for pattern in patterns for room in ours for path in room.rglob(pattern)}
    return tuple(sorted(found | {path for pattern in patterns for path in ROOT.glob(pattern)}))


def told() -> str:
    """All that docs/ says."""
    return "\n".join(path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))


def fenced(text: str, language: str) -> list[str]:
    """The blocks of that language."""
    return [block for _, named, block in _FENCED.findall(text) if named == language]


def without_fences(text: str) -> str:
    return _FENCED.sub("", text)


def spans(text: str) -> list[str]:
    """What stands within backticks in the prose."""
    return [span.strip() for _, span in _SPAN.findall(without_fences(text))]


def code(text: str) -> Iterator[str]:
    """Spans and the blocks that a shell reads, or nobody."""
    yield from spans(text)
    for language in ("sh", ""):
        yield from fenced(text, language)


def links(text: str) -> list[str]:
    return _LINK.findall(_SPAN.sub("", without_fences(text)))


def anchors(text: str) -> set[str]:
    """The names that GitHub gives to the headings: a second heading of the same words has a number."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in _HEADING.findall(without_fences(text)):
        name = slug(heading)
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


def slug(heading: str) -> str:
    """Small letters; what is no letter, digit, hyphen or underscore goes, and a space is a hyphen."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
