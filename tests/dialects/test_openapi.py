"""The published reference is the one that the types of the door make."""

import json
from pathlib import Path
from typing import Any

import pytest

from shopbell.dialects.event_types import DATA
from shopbell.openapi import document

PUBLISHED = Path(__file__).parents[2] / "infrastructure" / "openapi.json"


def test_the_published_reference_is_up_to_date() -> None:
    """If not: `make openapi`."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == document()


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for each in node for found in references(each)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for value in node.values() for found in references(value)]


def test_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]
    assert {found.removeprefix("#/components/schemas/") for found in references(document())} <= set(schemas)


@pytest.mark.parametrize("event_type", DATA)
def test_every_type_of_event_is_in_the_reference_with_an_example(event_type: str) -> None:
    content = document()["paths"]["/v1/shops/{shop}/events"]["post"]["requestBody"]["content"]["application/json"]
    assert {"$ref": f"#/components/schemas/{event_type}"} in content["schema"]["oneOf"]
    assert content["examples"][event_type]["value"]["type"] == event_type


def test_the_reference_says_what_a_new_order_needs() -> None:
    demand = document()["components"]["schemas"]["order.placed"]["properties"]["data"]["allOf"][1]
    order = demand["properties"]["order"]
    assert order["required"] == ["id", "number", "placed_at", "currency", "total", "items", "payment", "customer"]
    assert order["properties"]["items"]["items"]["required"] == ["sku", "name", "quantity", "unit_price"]
    assert order["properties"]["payment"]["required"] == ["method"]


def test_the_reference_names_every_answer_of_the_door() -> None:
    answers = document()["paths"]["/v1/shops/{shop}/events"]["post"]["responses"]
    assert list(answers) == ["200", "400", "401", "413", "429", "503"]
