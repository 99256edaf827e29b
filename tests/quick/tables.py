"""What stands beside the table of notifications: samples, requirements, words for what is missing, documents."""

from collections.abc import Collection, Iterator
from pathlib import Path

from shopbell.domain.journeys import JOURNEYS, KINDS
from shopbell.rendering.fields import nearest
from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.sandbox import Part
from tests.documents.generated import written
from tests.documents.reading import DOCS
from tests.quick.files import languages
from tests.rendering import usual
from tests.rendering.facts import FACTS
from tests.requirements import REQUIREMENTS, named

SAMPLES = Path(usual.__file__)


def missing_rows() -> Iterator[str]:
    """Kinds and facts that the samples do not know, and those that nobody else does."""
    rows = usual.SAMPLE_OF
    where = f"tests/rendering/{SAMPLES.name}"
    for kind in KINDS:
        if kind not in rows:
            yield f"{where}: SAMPLE_OF has no row {kind!r}{nearest(kind, _beyond(rows, KINDS))}"
    for kind in _beyond(rows, KINDS):
        yield f"{where}:{_line(kind)}: {kind!r} is no kind of the table{nearest(kind, KINDS)}"
    for kind, sample in rows.items():
        for name in _beyond(f"{sample.tells} {sample.sms}".split(), FACTS):
            yield f"{where}:{_line(kind)}: {kind} is to tell {name!r}, no name of FACTS{nearest(name, FACTS)}"


def _beyond(names: Collection[str], known: Collection[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in known]


def _line(kind: str) -> int:
    lines = SAMPLES.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if f'"{kind}": Sample' in line)


def unknown_requirements() -> Iterator[str]:
    numbers = {each.number for each in REQUIREMENTS}
    for row in JOURNEYS:
        for number in sorted({*named(row.answers)} - numbers):
            yield f"layers/core/shopbell/domain/journeys: {row.name} answers R{number:03d}, which nobody asked for"


def missing_words(folder: Path) -> Iterator[str]:
    """In each language: how the staff read of each fact that a letter may wait for."""
    required = {str(fact) for row in JOURNEYS for fact in row.requires}
    for language in languages(folder):
        words = LocaleTemplates(folder, language.name, Part.PLAIN).module("_staff.j2").fact_names
        for fact in sorted(required - words.keys()):
            yield f"templates/{language.name}/_staff.j2: fact_names has no {fact!r}{nearest(fact, words)}"


def old_documents() -> Iterator[str]:
    for name, text in written().items():
        if (DOCS / name).read_text("utf-8") != text:
            yield f"docs/{name} is not what the code says: make docs"
