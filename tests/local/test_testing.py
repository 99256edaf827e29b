"""The fixture `shopbell`: what it shows, what it refuses, and that a project beside this one can have it."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local.testing import NotTaken, Shopbell
from shopbell.domain.model.problems import Refused
from tests.examples.test_first_letter import DOBRA, ORDER
from tests.local.outsider import ROOT


def test_everything_that_left_is_shown_and_found_by_any_of_its_fields(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA)
    shopbell.tell("dobra", "order.placed", {"order": ORDER | {"customer": {"phone": "050 555 01 01"}}})
    assert {(letter.kind, letter.channel, bool(letter.subject)) for letter in shopbell.letters()} == {
        ("order_received", "sms", False),
        ("staff_confirm_order", "staff", True),
    }
    (sms,) = shopbell.letters(to="+380505550101", order="1001")
    assert "1001" in sms.text
    (sent,) = shopbell.decisions(kind="order_received", outcome="sent")
    assert (sent.shop, sent.order, sent.reason, sent.at) == ("dobra", "1001", "due", "2026-03-02T08:00:00Z")


def test_an_event_that_came_twice_is_told_once(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA)
    for _ in range(2):
        shopbell.tell("dobra", "order.placed", {"order": ORDER}, id="evt_1", at=datetime(2026, 3, 2, 7, 59, tzinfo=UTC))
    assert len(shopbell.letters(kind="order_received")) == 1


def test_what_the_door_left_out_or_refused_is_said(shopbell: Shopbell) -> None:
    with pytest.raises(NotTaken, match=r"401 .*There is no shop 'dobra' here"):
        shopbell.tell("dobra", "order.placed", {"order": ORDER})
    shopbell.put_shop("dobra", DOBRA)
    answer = shopbell.tell("dobra", "order.placed", {"order": ORDER | {"url": "nowhere"}})
    assert [note["pointer"] for note in answer["notes"]] == ["#/data/order/url"]
    with pytest.raises(NotTaken, match=r"400 .*#/data/order/total"):
        shopbell.tell("dobra", "order.placed", {"order": ORDER | {"total": "much"}})
    with pytest.raises(Refused, match="name"):
        shopbell.put_shop("dobra", {**DOBRA, "name": ""})


@pytest.mark.slow
def test_the_readme_of_the_examples_works_in_a_project_beside_this_one(tmp_path: Path) -> None:
    said = re.findall(r"```(?:ini|python)\n(.*?)```", (ROOT / "tests/examples/README.md").read_text("utf-8"), re.DOTALL)
    files = zip(("pytest.ini", "conftest.py", "test_mine.py"), said, strict=True)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "shopbell").symlink_to(ROOT)
    for name, text in (*files, ("dobra.json", json.dumps(DOBRA)), ("order.json", json.dumps(ORDER))):
        (tmp_path / name).write_text(text)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_mine.py"],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout
