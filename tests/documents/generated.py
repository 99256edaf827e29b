"""The parts of the documents that are made from the code, and how each is put in its place."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shopbell.commands.journey_table import markdown as journeys
from shopbell.commands.letter_fact_table import markdown as facts
from shopbell.commands.samples import any_shop, samples
from shopbell.commands.wording import REASONS, STATUSES
from shopbell.domain.journeys import JOURNEYS, KINDS, Journey
from tests.documents.reading import DOCS, ROOT
from tests.documents.rooms import picture
from tests.requirements import markdown as requirements


class Part(NamedTuple):
    """What stands between `<!-- name -->` and `<!-- /name -->` of a document."""

    document: str
    name: str
    text: str


def parts() -> list[Part]:
    return [
        Part("notifications.md", "journeys", _text(journeys(JOURNEYS))),
        Part("notifications.md", "reasons", _text(_words("reason", REASONS))),
        Part("notifications.md", "statuses", _text(_words("status", STATUSES))),
        Part("requirements.md", "requirements", _text(requirements())),
        Part("integrating.md", "fields", _text(_fields(JOURNEYS))),
        Part("letters.md", "facts", _text(facts({kind: [*samples(kind, "en", any_shop())] for kind in KINDS}))),
        Part("architecture.md", "rooms", _text(picture(_import_rules()))),
    ]


def written() -> Mapping[str, str]:
    """Each document that has such a part, by its name, as it ought to be."""
    documents: dict[str, str] = {}
    for part in parts():
        text = documents.get(part.document) or (DOCS / part.document).read_text("utf-8")
        documents[part.document] = put(text, part.name, part.text)
    return documents


def put(text: str, name: str, inner: str) -> str:
    """Raises ValueError where the document has no place of that name, or two."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    if not text.count(begin) == text.count(end) == 1:
        raise ValueError(f"there is to be one place {begin.strip()} … {end}")
    before, _, rest = text.partition(begin)
    return f"{before}{begin}{inner}{end}{rest.partition(end)[2]}"


def _words(head: str, words: Mapping[Any, str]) -> Iterator[str]:
    """What `shopbell explain` says of each."""
    yield f"| {head} | means |"
    yield "| --- | --- |"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in words.items())


def _fields(journeys: Iterable[Journey]) -> Iterator[str]:
    """What the page of each task takes; the steps of a kind together where they take the same."""
    yield "| task | its page takes |"
    yield "| --- | --- |"
    asked = [(row.name, row.kind, row.asks) for row in journeys if row.asks]
    whole = {kind for _, kind, asks in asked if all(own == asks for _, other, own in asked if other == kind)}
    told = {kind if kind in whole else name: asks for name, kind, asks in asked}
    yield from (f"| `{name}` | {', '.join(f'`{each}`' for each in asks)} |" for name, asks in told.items())


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _import_rules() -> list[Mapping[str, Any]]:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return list(rules)
