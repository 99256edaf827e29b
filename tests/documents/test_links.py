"""Whoever follows a link in a document gets there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.reading import ROOT, anchors, documents, links, slug

MOST_OF_A_README = 10 * 1024
"""Bytes. It is the first thing that is read; the rest stands in docs/."""


def dead(document: Path) -> Iterator[str]:
    for link in links(document.read_text("utf-8")):
        path, _, heading = link.partition("#")
        if path.startswith(("https://", "http://", "mailto:")):
            continue
        target = document.parent / path if path else document
        if not target.exists() or (heading and heading not in anchors(target.read_text("utf-8"))):
            yield link


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_or_a_heading_that_is_there(document: Path) -> None:
    assert [*dead(document)] == []


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text(
        "# One\n\n## Two `three`\n\n[a](b.md) [c](#two-three) [d](#four) [e](a.md#one) [f](a.md#five)"
        " `[g](h.md)` [i](https://shop.example/j)\n\n```sh\n[k](l.md)\n```\n",
        "utf-8",
    )
    assert [*dead(document)] == ["b.md", "#four", "a.md#five"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Your shop's first letter", "your-shops-first-letter"),
        ("What is kept, and until when", "what-is-kept-and-until-when"),
        ("`order.placed`", "orderplaced"),
        ("[Why](why.md) it is so", "why-it-is-so"),
        ("Ціна", "ціна"),
        ("two_words – three", "two_words--three"),
    ],
)
def test_headings_have_the_names_that_github_gives_them(heading: str, name: str) -> None:
    assert slug(heading) == name


def test_a_second_heading_of_the_same_words_has_a_number() -> None:
    assert anchors("# A\n\n## B\n\n## B\n\n```\n# no heading\n```\n") == {"a", "b", "b-1"}


def test_the_readme_is_short_and_every_document_is_linked_from_it_or_from_another() -> None:
    readme = ROOT / "README.md"
    assert len(readme.read_bytes()) <= MOST_OF_A_README
    linked = {
        (document.parent / link.partition("#")[0]).resolve()
        for document in documents()
        for link in links(document.read_text("utf-8"))
        if not link.startswith(("http", "#"))
    }
    pages = {path for path in documents() if path.is_relative_to(ROOT / "docs") or "decisions" in path.parts}
    assert pages - linked == set()
