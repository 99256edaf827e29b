"""The files that each kind and each language must have."""

from collections.abc import Collection, Iterator
from pathlib import Path

from shopbell.domain.journeys import KINDS
from shopbell.rendering.fields import nearest

WORDS = "_words.j2"
"""A folder with this file is a language."""


def languages(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob(f"*/{WORDS}"))


def missing_files(folder: Path, kinds: Collection[str] = KINDS) -> Iterator[str]:
    """A letter or a file of words that a language lacks, and a letter of no kind."""
    shared = {path.name for language in languages(folder) for path in language.glob("_*")}
    for language in languages(folder):
        letters = {path.stem for path in language.glob("[!_]*.j2")}
        wanted = [*(f"{kind}.j2" for kind in kinds), *sorted(shared)]
        lacking = [name for name in wanted if not (language / name).is_file()]
        strays = sorted(letters.difference(kinds))
        yield from (f"{shown(folder, language / name)} is missing{nearest(name[:-3], strays)}" for name in lacking)
        yield from (f"{shown(folder, language / stray)}.j2 is of no kind{nearest(stray, kinds)}" for stray in strays)


def shown(folder: Path, file: str | Path | None) -> str:
    """The path of a template as people write it: "templates/uk/order_shipped.j2"."""
    path = Path(file or "")
    return f"templates/{path.relative_to(folder)}" if path.is_relative_to(folder) else str(path)
