"""A stack that the former version stored is read, moved as it is touched, and nothing of what was to come is lost."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.state import Decision
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.service.subjects.planning import DAY_LETTER
from shopbell.storage.heads import document_of
from shopbell.storage.ledger import read_ledger
from shopbell.storage.table import plain
from tests.simulator.desk import urged
from tests.simulator.play import Play, live
from tests.simulator.shops import FIGURES
from tests.simulator.story import Tell

DATA = Path(__file__).parent / "data"
STOOD_AT = parse_instant("2026-03-12T20:04:00Z")
PLAYED_TO = parse_instant("2026-03-27T12:00:00Z")
Entry = dict[str, str]
PROFILE, WEEK = "profile_completion", timedelta(days=7)
FORMER_FIGURES = {"staff_order_late.20_minutes": timedelta(minutes=20)}


@cache
def stored() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((DATA / "stored_stack_fa1eddf.json").read_text("utf-8"))
    return items


@cache
def coming() -> list[Entry]:
    entries: list[Entry] = json.loads((DATA / "stored_stack_fa1eddf_due.json").read_text("utf-8"))
    return entries


LOOKS = [entry for entry in coming() if "message" not in entry]
MESSAGES = [entry for entry in coming() if "message" in entry]


@contextmanager
def the_stored_stack() -> Iterator[Play]:
    """As it stood, with the handlers of today; the figures that the rows had then are the shops' own."""
    with live(STOOD_AT) as world:
        world.cloud.table.items.clear()
        for item in stored():
            world.cloud.table.put_item({"TableName": "shopbell", "Item": _with_figures(_typed(item))})
        yield world


def _typed(item: dict[str, Any]) -> dict[str, Any]:
    return {name: {"B": base64.b64decode(value["B"])} if "B" in value else value for name, value in item.items()}


def _with_figures(item: dict[str, Any]) -> dict[str, Any]:
    if not item["pk"]["S"].endswith("#shop") or item["sk"]["S"] != "head":
        return item
    return item | {"doc": {"S": json.dumps(json.loads(item["doc"]["S"]) | {"journeys": FIGURES})}}


def due_at(entry: Entry) -> str:
    """Of an urging, of which a shop has no figure of its own, by the figure that its row has today."""
    if entry["step"] not in FORMER_FIGURES:
        return entry["due_at"]
    later = urged(entry["step"])[0] - FORMER_FIGURES[entry["step"]]
    return format_instant(parse_instant(entry["due_at"]) + later)


def items_of(world: Play) -> list[dict[str, Any]]:
    return [plain(item) for item in world.cloud.table.items.values()]


def left_of_the_former(world: Play) -> list[str]:
    """Items of what comes next that a sweep of the former version would still look at."""
    dues = [item for item in items_of(world) if str(item["sk"]).startswith("due#") and "due_at" in item]
    return sorted(f"{item['pk']} {item['sk']}" for item in dues)


def decided_at(world: Play, entry: Entry) -> list[str]:
    """When the step was decided: the moments of its decisions, and of its messages' first."""
    messages, decisions = read_ledger(items_of(world))
    ours = [m for m in messages if (m.shop, m.subject, m.name) == (entry["shop"], entry["subject"], entry["step"])]
    moments = [decision.at for message in ours for decision in message.decisions[:1]]
    moments += [decision.at for decision in decisions if is_about(decision, entry)]
    return sorted({format_instant(moment) for moment in moments})


def is_in_time(world: Play, entry: Entry) -> bool:
    """What can wait is decided when the letter of the day leaves, or the outbox missed that."""
    decided, due = decided_at(world, entry), parse_instant(due_at(entry))
    if entry["step"] == PROFILE and (due := after_a_quiet_week(world, entry, due)) > PLAYED_TO:
        return decided == []
    latest = due + (DAY_LETTER if BY_NAME[entry["step"]].can_wait else timedelta())
    return any(due <= parse_instant(at) <= latest for at in decided)


def after_a_quiet_week(world: Play, entry: Entry, due: datetime) -> datetime:
    """A week after the last other letter to that customer: the former version kept no such distance."""
    letters = (m for m in read_ledger(items_of(world))[0] if m.channel is not ChannelName.STAFF and m.name != PROFILE)
    for sent_at in sorted(m.sent_at for m in letters if m.sent_at and entry["subject"] == f"customer/{m.customer}"):
        if due - WEEK < sent_at <= due:
            due = sent_at + WEEK
    return due


def is_about(decision: Decision, entry: Entry) -> bool:
    step = f"{decision.kind}.{decision.step}" if decision.step else decision.kind
    whose = decision.order or decision.customer
    return (decision.shop, step) == (entry["shop"], entry["step"]) and entry["subject"].endswith(whose)


@pytest.fixture(scope="module")
def played() -> Iterator[Play]:
    with the_stored_stack() as world:
        world.until(PLAYED_TO)
        yield world


@pytest.mark.parametrize("entry", LOOKS, ids=lambda entry: f"{entry['subject'][-12:]} {entry['step']}")
def test_each_step_that_was_to_come_is_decided_at_its_moment(played: Play, entry: Entry) -> None:
    assert is_in_time(played, entry)


@pytest.mark.parametrize("entry", MESSAGES, ids=lambda entry: f"{entry['subject'][-12:]} {entry['step']}")
def test_each_message_that_waited_has_an_end(played: Play, entry: Entry) -> None:
    messages, _ = read_ledger(items_of(played))
    (message,) = [each for each in messages if each.id == entry["message"]]
    assert message.status in {"sent", "expired", "unknown", "bounced", "failed", "delivered"}


def test_what_was_looked_at_is_moved_into_its_head(played: Play) -> None:
    assert left_of_the_former(played) == []
    moved = {f"{entry['shop']}#{entry['subject'].partition('/')[0]}#" for entry in LOOKS}
    heads = [item for item in items_of(played) if item["sk"] == "head" and str(item["pk"]).startswith(tuple(moved))]
    assert sum("z" in item for item in heads) >= len({(entry["shop"], entry["subject"]) for entry in LOOKS})


def test_no_step_is_decided_twice(played: Play) -> None:
    messages, _ = read_ledger(items_of(played))
    steps = [(m.shop, m.subject, m.name, m.occurrence_id, m.channel) for m in messages]
    assert len(set(steps)) == len(steps)


def test_a_half_moved_stack_goes_on_where_the_former_version_wrote_beside_a_new_head() -> None:
    goes_on_where_the_former_version_wrote_beside()


def goes_on_where_the_former_version_wrote_beside() -> None:
    """The former version still runs while the new one is rolled out: it writes its item of a sweep once more."""
    with the_stored_stack() as world:
        accepted = {"order": {"id": "o-unpaid"}}
        world.act(Tell(STOOD_AT, "dobra", "evt-touch", "order.accepted", STOOD_AT, accepted))
        assert "z" in world.cloud.table.items["dobra#order#o-unpaid", "head"]
        assert not [line for line in left_of_the_former(world) if "o-unpaid" in line]
        for item in stored():
            if item["pk"]["S"] == "dobra#order#o-unpaid" and item["sk"]["S"].startswith("due#"):
                world.cloud.table.put_item({"TableName": "shopbell", "Item": _typed(item)})
        world.until(parse_instant("2026-03-16T13:10:00Z"))
        assert not [line for line in left_of_the_former(world) if "o-unpaid" in line]
        messages, _ = read_ledger(items_of(world))
        firsts = [m for m in messages if (m.subject, m.kind) == ("order/o-unpaid", "order_unpaid_first")]
        assert len(firsts) == 1


def test_a_moved_head_holds_all_that_the_former_one_said() -> None:
    with the_stored_stack() as world:
        key = ("dobra#order#o-unpaid", "head")
        before = document_of(plain(world.cloud.table.items[key]))
        world.until(parse_instant("2026-03-16T13:05:00Z"))
        after = document_of(plain(world.cloud.table.items[key]))
    assert after["fields"].keys() | {"items"} >= before["fields"].keys()
    assert after["happened"].keys() >= before["happened"].keys()
    assert after["agenda"]["decided"].keys() >= before["told"].keys()
    assert after["customer"] == before["customer"]
