"""Whoever waits for an answer over HTTP gets one before their function ends, whatever is silent behind it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from shopbell import bootstrap
from shopbell.dialects.signatures import sign
from shopbell.domain.model.vocabulary import ChannelName
from tests.prove.telling import HOUR, MONDAY, OLENA, placed
from tests.prove.withdrawing import click
from tests.simulator.callers import PAGE
from tests.simulator.faults import Fault, Target
from tests.simulator.play import Play, live
from tests.simulator.shops import SECRET
from tests.simulator.stage import TIMEOUTS
from tests.simulator.story import Break

ANSWERING = ("receive_webhook", "check_coupon", "customer_page", "staff_task")
SILENT = (Target.READ, Target.WRITE, Target.SECRETS, Target.QUEUE)


def test_a_click_is_not_lost_in_the_silence_of_the_table() -> None:
    for target in (Target.READ, Target.WRITE):
        made = click(target, Fault.TIMEOUT_BEFORE, 0)
        assert (made.status, made.holds) == (202, True)


@pytest.mark.parametrize("function", ANSWERING)
def test_a_function_has_time_for_two_calls_that_nobody_answers_and_much_else(function: str) -> None:
    silence = bootstrap.PROMPT.retries["total_max_attempts"] * (
        bootstrap.PROMPT.connect_timeout + bootstrap.PROMPT.read_timeout
    )
    assert TIMEOUTS[function] >= 1_000 * (2 * silence + 5)


@pytest.mark.parametrize("silent", SILENT)
def test_the_door_and_the_pages_answer_while_aws_is_silent(silent: Target) -> None:
    with live(MONDAY, (OLENA,), quiet=False) as world:
        world.act(placed("1", OLENA, MONDAY))
        world.until(MONDAY + HOUR)
        requests = [*_signed(world), *_pages(world)]
        world.act(Break(world.cloud.now, silent, Fault.TIMEOUT_BEFORE, until=MONDAY + 2 * HOUR))
        for function, event in requests:
            answer = world.stage.invoke(function, event, TIMEOUTS[function])
            assert answer is not None, f"{function} outlived by {silent}"
            assert answer["statusCode"] in (200, 202, 404, 503)


def _signed(world: Play) -> Iterator[tuple[str, Any]]:
    now, body = world.cloud.now, json.dumps(placed("2", OLENA, MONDAY).body)
    told = {"pathParameters": {"shop": "dobra"}, "headers": sign(SECRET, "evt", now, body.encode()), "body": body}
    yield "receive_webhook", told
    # A shop that this process does not know yet, and a signature that fits none of its secrets.
    yield "receive_webhook", told | {"pathParameters": {"shop": "kert"}}
    asked = {"pathParameters": {"shop": "dobra", "code": "A"}, "headers": sign(SECRET, "ask", now, b"")}
    yield "check_coupon", asked


def _pages(world: Play) -> Iterator[tuple[str, Any]]:
    staff = [each for each in world.cloud.providers.taken if each.letter.channel is ChannelName.STAFF]
    task = PAGE.search(staff[-1].letter.text)
    assert task
    customer = bootstrap.links().preferences("dobra", f"id:{OLENA.id}", world.cloud.now).rsplit("/", 1)[1]
    forms = ("List-Unsubscribe=One-Click", "was.email_marketing=no&email_marketing=yes", "profile=yes&gender=female")
    yield from (("customer_page", _visit(customer, "POST", form)) for form in forms)
    yield from (("customer_page", _visit(customer, method)) for method in ("GET", "HEAD"))
    yield from (("staff_task", _visit(task[1], method)) for method in ("GET", "HEAD"))
    yield "staff_task", _visit(task[1], "POST", "outcome=reached")


def _visit(token: str, method: str, form: str = "") -> dict[str, Any]:
    return {
        "pathParameters": {"token": token},
        "requestContext": {"http": {"method": method}},
        "headers": {"content-type": "application/x-www-form-urlencoded"},
        "body": form,
    }
