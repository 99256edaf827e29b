"""What the documents show of the code is what the code makes."""

import pytest

from tests.documents.generated import Part, parts, put
from tests.documents.reading import DOCS
from tests.documents.rooms import picture

MENDS = "make docs"


@pytest.mark.parametrize("part", parts(), ids=lambda part: f"{part.document}-{part.name}")
def test_each_part_that_is_made_from_the_code_is_as_the_code_makes_it(part: Part) -> None:
    text = (DOCS / part.document).read_text("utf-8")
    assert put(text, part.name, part.text) == text, f"`{MENDS}` writes it anew"


@pytest.mark.parametrize("text", ["no place", "<!-- a -->\n", "<!-- /a -->\n<!-- a -->\n<!-- a -->\n<!-- /a -->\n"])
def test_a_document_without_just_one_place_for_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="one place <!-- a --> … <!-- /a -->"):
        put(text, "a", "new\n")


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    assert put("Before\n<!-- a -->\nold\n<!-- /a -->\nAfter\n", "a", "new\n") == (
        "Before\n<!-- a -->\nnew\n<!-- /a -->\nAfter\n"
    )


def test_the_picture_has_an_arrow_from_each_floor_to_the_next() -> None:
    house = {"type": "layers", "layers": ["functions | shopbell.commands", "shopbell.domain"]}
    inside = {"type": "layers", "containers": ["shopbell.domain"], "layers": ["rules", "time"]}
    forbidden = {"type": "forbidden", "source_modules": ["shopbell"], "forbidden_modules": ["local"]}
    assert list(picture([house, inside, forbidden])) == [
        "```mermaid",
        "flowchart TD",
        '    functions["functions"]',
        '    shopbell_commands["commands"]',
        "    functions & shopbell_commands --> shopbell_domain",
        '    subgraph shopbell_domain["domain"]',
        '        shopbell_domain_rules["rules"]',
        '        shopbell_domain_time["time"]',
        "        shopbell_domain_rules --> shopbell_domain_time",
        "    end",
        "```",
    ]
