"""Whatever the bytes: an event is taken or refused with its reasons, and nothing else ever happens."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import check, read
from shopbell.schema.codes import CODES
from shopbell.service.door.receive import LARGEST_BODY
from shopbell.service.subjects.queued import queue_message
from tests.dialects.bodies import LOCALES, NOW, SHOP, body, notes, raw, wrong, wrong_in

MEBIBYTE = 1024 * 1024
"""What a queue's message may have (SQS)."""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"NaN",
        b"[Infinity]",
        b"{'type': 1}",
        b'{"type": 1,}',
        b'{"type"',
        b"\xef\xbb\xbf" + raw(body()),
        raw(body()) + b"x",
        json.dumps(body(), ensure_ascii=False).encode("utf-16"),
        json.dumps(body(), ensure_ascii=False).encode("cp1251"),
        raw(body()).replace(b"A-1001", b"A\xff"),
        raw(body()).replace(b"A-1001", b"\xed\xa0\x80"),
        raw(body()).replace(b"A-1001", b"\\ud800"),
        raw(body()).replace(b"A-1001", b"\\udc00\\ud800"),
        b"[" * 100_000,
        b'{"data":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"type": 1e999}',
        b"1" * 10_000,
    ],
)
def test_what_is_no_json_is_refused_as_such(content: bytes) -> None:
    assert wrong(content) == [("#", "not_json")]


@pytest.mark.parametrize("content", [[], 5, "order.placed", None, True])
def test_json_that_is_no_object_is_no_event(content: Any) -> None:
    assert wrong(content) == [("#", "wrong_type")]


def test_a_nul_is_taken_out_of_words_and_refused_in_ids() -> None:
    assert wrong_in(**{"data.order.customer.name": "Ol\u0000ena"}) == []
    assert wrong_in(**{"data.order.id": "1\u0000"}) == [("#/data/order/id", "not_an_id")]


def test_fields_nested_without_end_are_ignored_where_nobody_knows_them() -> None:
    deep: list[Any] = []
    for _ in range(300):
        deep = [deep]
    assert wrong_in(mystery=deep, **{"data.order.customer.phone": deep}) == []


def outcome(content: bytes) -> str:
    """ "taken" or "refused"; what was taken can be queued and read."""
    if found := wrong(content):
        assert {code for _, code in found} <= set(CODES)
        assert all(pointer.startswith("#") for pointer, _ in found)
        return "refused"
    checked = check(content, NOW)
    message = queue_message("dobra", "msg_1", checked, NOW)
    assert message.isascii()
    read(json.loads(message), SHOP, LOCALES, NOW)
    notes(json.loads(content))
    return "taken"


def flipped(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def cut(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randrange(1, 40) :]


def doubled(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    return content[:start] + content[start : start + 40] * chance.randrange(2, 50) + content[start:]


def sprinkled(chance: random.Random, content: bytes) -> bytes:
    junk = [b"\x00", b"\xff", b"NaN", b"null", b"-1", b"{}", b"[]", b'""', b"\\ud800", b"\xef\xbb\xbf", b"1e400"]
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(junk) + content[place:]


JUNK: list[Any] = [
    None,
    True,
    -1,
    1.5,
    1e300,
    2**70,
    "",
    " ",
    "\u0000",
    "x" * 1001,
    "🎁",
    [],
    [[]],
    {},
    {"": ""},
    {"id": 5},
]


def replaced(chance: random.Random, content: bytes) -> bytes:
    """One value, at any depth, is another."""
    document = json.loads(content)
    node: Any = document
    while True:
        places = list(node) if isinstance(node, dict) else list(range(len(node)))
        place = chance.choice(places)
        if not isinstance(node[place], dict | list) or not node[place] or chance.random() < 0.3:
            node[place] = chance.choice(JUNK)
            return raw(document)
        node = node[place]


@pytest.mark.parametrize("mutate", [flipped, cut, doubled, sprinkled, replaced])
def test_2000_mutated_bodies_are_taken_or_refused(mutate: Callable[[random.Random, bytes], bytes]) -> None:
    chance = random.Random(f"mutations {mutate.__name__}")
    bodies = [raw(example) for example in EXAMPLES.values()]
    outcomes = [outcome(mutate(chance, chance.choice(bodies))) for _ in range(400)]
    assert {"taken", "refused"} >= set(outcomes)
    assert "refused" in outcomes


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=15,
)
PATHS = st.sampled_from(
    [
        "timestamp",
        "data.order.id",
        "data.order.total",
        "data.order.items",
        "data.order.items.0",
        "data.order.items.0.options",
        "data.order.payment",
        "data.order.delivery",
        "data.order.customer",
        "data.order.customer.phone",
        "data.order.customer.email",
        "data.order.customer.locale",
        "data.order.customer.timezone",
        "data.order.customer.consent",
    ]
)


@settings(max_examples=300)
@given(path=PATHS, value=JSON_VALUES)
def test_any_json_at_any_place_is_taken_or_refused(path: str, value: Any) -> None:
    content = json.dumps(body(**{path: value})).encode()
    assert outcome(content) in ("taken", "refused")


@pytest.mark.parametrize("filler", ["x", "ї", "🎁", '"', "\\", "<"])
def test_the_largest_body_fits_the_queue(filler: str) -> None:
    """However its 256 KiB have to be written there."""
    item = body()["data"]["order"]["items"][0] | {"name": filler * 1000}
    number = (LARGEST_BODY - len(raw(body()))) // (len(raw(item)) + len(", "))
    content = raw(body(**{"data.order.items": [item] * number}))
    assert 0.97 * LARGEST_BODY < len(content) <= LARGEST_BODY
    assert len(queue_message("dobra", "m" * 128, check(content, NOW), NOW)) < MEBIBYTE
