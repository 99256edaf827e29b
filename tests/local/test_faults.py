"""Faults strike the next calls of the handlers, as many as were asked for, and nothing else."""

from typing import Any

import pytest

from tests.local.outsider import Outsider
from tests.local.test_clock import sent, tell

OVERDUE = "2026-03-01T00:00:00Z"
NUMBER = "+380501112233"


def break_(outsider: Outsider, target: str, fault: str, times: int) -> None:
    told = {"target": target, "fault": fault, "times": times}
    assert outsider.ask("POST", "/local/faults", told).status == 204


@pytest.mark.parametrize(("target", "who"), [("email", "ann@customer.example"), ("sms", NUMBER)])
@pytest.mark.parametrize("fault", ["throttle", "error", "down", "timeout_before"])
def test_a_provider_that_fails_once_takes_the_message_at_the_next_try(
    outsider: Outsider, target: str, who: str, fault: str
) -> None:
    tell(outsider, "letter", OVERDUE, who)
    break_(outsider, target, fault, 1)
    assert outsider.move(advance="PT0S")["sent"] == 0
    assert outsider.move(advance="PT1M")["sent"] == 1
    assert sent(outsider) == [("letter", "2026-03-02T10:01:00Z")]


@pytest.mark.parametrize(("target", "who"), [("email", "ann@customer.example"), ("sms", NUMBER)])
def test_a_message_taken_without_an_answer_is_listed_each_time_it_was_taken(
    outsider: Outsider, target: str, who: str
) -> None:
    tell(outsider, "letter", OVERDUE, who)
    break_(outsider, target, "timeout_after", 1)
    assert outsider.move(advance="PT0S")["sent"] == 1
    assert outsider.move(advance="PT1M")["sent"] == 1
    first, second = outsider.messages()
    assert first["id"] == second["id"]


@pytest.mark.parametrize("fault", ["throttle", "error", "down", "timeout_before"])
@pytest.mark.parametrize("target", ["table", "queue"])
def test_what_fails_before_it_is_done_is_tried_again_by_the_sdk_in_no_time(
    outsider: Outsider, target: str, fault: str
) -> None:
    break_(outsider, target, fault, 1)
    tell(outsider, "letter", OVERDUE)
    assert outsider.move(advance="PT0S")["sent"] == 1


def test_the_sdks_own_tries_count(outsider: Outsider) -> None:
    break_(outsider, "queue", "down", 3)
    assert outsider.ask("POST", "/tell/ann@customer.example", {"what": "a", "at": OVERDUE}).status == 500
    assert outsider.ask("POST", "/tell/ann@customer.example", {"what": "a", "at": OVERDUE}).status == 200


def test_a_new_fault_replaces_the_old_one_and_none_at_all_clears_it(outsider: Outsider) -> None:
    tell(outsider, "letter", OVERDUE)
    break_(outsider, "email", "down", 1000)
    break_(outsider, "email", "throttle", 1)
    outsider.move(advance="PT0S")
    break_(outsider, "email", "down", 1000)
    break_(outsider, "email", "down", 0)
    assert outsider.move(advance="PT1M")["sent"] == 1


def test_the_stacks_own_looking_answers_under_any_fault(outsider: Outsider) -> None:
    tell(outsider, "letter", "2026-03-02T10:05:00Z")
    for target in ("email", "sms", "table", "queue"):
        break_(outsider, target, "down", 1000)
    assert outsider.move(advance="PT1H")["now"] == "2026-03-02T11:00:00Z"
    assert outsider.messages() == []
    assert outsider.ask("GET", "/local/decisions").status == 200
    assert outsider.ask("GET", "/").status == 200


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"fault": "down", "times": 1}, "#/target"),
        ({"target": "post", "fault": "down", "times": 1}, "#/target"),
        ({"target": [], "fault": "down", "times": 1}, "#/target"),
        ({"target": "email", "fault": "sulk", "times": 1}, "#/fault"),
        ({"target": "email", "fault": "down"}, "#/times"),
        ({"target": "email", "fault": "down", "times": -1}, "#/times"),
        ({"target": "email", "fault": "down", "times": True}, "#/times"),
    ],
)
def test_a_fault_that_does_not_exist_is_refused(passer_by: Outsider, told: dict[str, Any], pointer: str) -> None:
    answer = passer_by.ask("POST", "/local/faults", told)
    assert (answer.status, answer.json()["errors"][0]["pointer"]) == (400, pointer)
