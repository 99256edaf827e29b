"""A field that a fact does not have is found before any letter is made, with its line and what may have been meant."""

import pytest
from jinja2 import Environment

from shopbell.commands.letter_facts import SHAPES
from shopbell.rendering.fields import nearest, unknown_fields
from shopbell.rendering.rules import LETTER

WRONG = [
    ("{{ order.nubmer }}", "1 there is no 'order.nubmer'; perhaps 'number'"),
    ("\n{{ order.delivery.adress | upper }}", "2 there is no 'order.delivery.adress'; perhaps 'address'"),
    ("{% if order.payment.dues %}x{% endif %}", "1 there is no 'order.payment.dues'; perhaps 'due'"),
    ("{% for item in order.items %}{{ item.nmae }}{% endfor %}", "1 there is no 'item.nmae'; perhaps 'name'"),
    ("{{ order.items[0].skuu }}", "1 there is no '….skuu'; perhaps 'sku'"),
    ("{{ (order.items | first).skuu }}", "1 there is no '….skuu'; perhaps 'sku'"),
    ("{% set where = order.delivery %}{{ where.adress }}", "1 there is no 'where.adress'; perhaps 'address'"),
    ("{{ (order.delivery if order).adress }}", "1 there is no '….adress'; perhaps 'address'"),
    ("{{ shop.xyz }}", "1 there is no 'shop.xyz'"),
    (
        (
            "{% for each in waiting %}{{ each.number }}{% endfor %}"
            "{% for each in alternatives %}{{ each.numbr }}{% endfor %}"
        ),
        "1 there is no 'each.numbr'",
    ),
]
RIGHT = [
    "{{ order.number }} {{ order.delivery.address }} {{ (order.items | last).name }} {{ order.items[:3][0].sku }}",
    "{% for name, value in item.options %}{{ name.anything }}{% endfor %}",
    "{% set order = w %}{{ order.anything }}",
    "{% macro row(order) %}{{ order.anything }}{% endmacro %}",
    "{{ unknown.anything }} {{ w.labels.anything }} {{ order.placed_on.year }}",
    "{% set x %}{{ order.number }}{% endset %}{{ x.anything }}",
    "{{ (order or shop).anything }}",
]


@pytest.mark.parametrize(("source", "said"), WRONG)
def test_a_field_that_is_not_there_is_named_with_its_line(source: str, said: str) -> None:
    found = unknown_fields(Environment().parse(source), SHAPES[LETTER], SHAPES)
    assert [f"{line} {words}" for line, words in found] == [said]


@pytest.mark.parametrize("source", RIGHT)
def test_what_nobody_can_tell_before_a_letter_is_made_is_no_fault(source: str) -> None:
    assert [*unknown_fields(Environment().parse(source), SHAPES[LETTER], SHAPES)] == []


def test_the_nearest_name_is_offered_where_there_is_one() -> None:
    assert nearest("nubmer", ["number", "url"]) == "; perhaps 'number'"
    assert nearest("zzz", ["number", "url"]) == ""
