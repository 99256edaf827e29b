"""The page for people shows each message as it looks, and asks nothing of other machines."""

import re

import pytest

from tests.local.outsider import Outsider
from tests.local.test_clock import tell


@pytest.fixture
def sent(outsider: Outsider) -> Outsider:
    """A stack that sent an e-mail, and then an SMS."""
    assert outsider.ask("PUT", "/local/shops/kramnytsia", {"name": "<Добра> Крамниця"}).status == 204
    tell(outsider, "e-mail", "2026-03-02T10:00:00Z")
    tell(outsider, "short & sweet", "2026-03-02T10:05:00Z", "+380501112233")
    outsider.move(advance="PT5M")
    return outsider


def page(outsider: Outsider, query: str = "") -> str:
    answer = outsider.ask("GET", f"/{query}")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    return answer.body.decode()


def test_the_newest_message_stands_first(sent: Outsider) -> None:
    html = page(sent)
    assert html.index("short &amp; sweet") < html.index("ann@customer.example")
    assert "&lt;Добра&gt; Крамниця" in html


def test_a_message_opens_at_two_widths_without_rights_of_its_own(sent: Outsider) -> None:
    html = page(sent, "?open=0")
    frames = re.findall(r"<iframe [^>]*>", html)
    assert [re.findall(r'width="(\d+)"', frame) for frame in frames] == [["600"], ["320"]]
    assert all("sandbox title" in frame and "&lt;p&gt;Hello" in frame for frame in frames)
    assert "List-Unsubscribe" in html


def test_an_sms_opens_as_a_bubble_with_its_length(sent: Outsider) -> None:
    html = page(sent, "?open=1")
    assert '<p class="bubble">short &amp; sweet</p>' in html
    assert "13 characters" in html
    assert "<iframe" not in html


def test_a_place_that_is_not_there_opens_nothing(sent: Outsider) -> None:
    for place in ("2", "-1", "x", "%C2%B2", "9" * 99):
        assert "<iframe" not in page(sent, f"?open={place}")


def test_filters_hold_while_messages_are_opened(sent: Outsider) -> None:
    html = page(sent, "?customer=%22nobody%22")
    assert "0 messages" in html
    assert 'value="&#34;nobody&#34;"' in html


@pytest.mark.parametrize(("channel", "count"), [("email", 1), ("sms", 1), ("staff", 0), ("", 2)])
def test_tasks_letters_and_sms_can_be_seen_apart(sent: Outsider, channel: str, count: int) -> None:
    html = page(sent, f"?channel={channel}")
    assert f"{count} message" in html
    assert (f"<option selected>{channel}</option>" in html) == bool(channel)


def test_nothing_is_fetched_from_elsewhere(sent: Outsider) -> None:
    html = page(sent, "?open=0")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)


def test_a_shop_that_is_wrong_is_refused_with_the_place_of_the_fault(sent: Outsider) -> None:
    answer = sent.ask("PUT", "/local/shops/kramnytsia", {})
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["errors"] == [{"pointer": "#/name", "code": "missing", "detail": "name is missing"}]
