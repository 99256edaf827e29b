"""Whatever a fact is called, it can be written down."""

import io
import json

import pytest

from shopbell import observability


def noted(facts: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> str:
    lines = io.StringIO()
    monkeypatch.setattr(observability.logger().handlers[0], "stream", lines)
    observability.note("event_taken", facts)
    return lines.getvalue()


NAMES = ("olena@customer.example", "+380445550101", "Olena Quist", "Олена", "id:olena@customer.example", "a\ud800@b")
PLAIN = ("1001", "A-1001", "wc_order_7", "gid://shopify/Order/1", "dobra#order#~4c1c", "customer/id:7", "a/1#x", "")


@pytest.mark.parametrize("fact", sorted(observability.IDS))
@pytest.mark.parametrize("name", NAMES)
def test_an_id_that_could_be_a_name_an_address_or_a_number_is_logged_as_its_hash(
    fact: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = noted({fact: name}, monkeypatch)
    assert not [
        word
        for word in ("olena", "Olena", "380445550101", "Олена", "@")
        if word in json.dumps(json.loads(line), ensure_ascii=False)
    ]
    assert line.count("~") == 1


def test_an_address_as_an_id_is_not_logged() -> None:
    with pytest.MonkeyPatch.context() as patch:
        assert "olena" not in noted({"order": "olena@customer"}, patch)


@pytest.mark.parametrize("id", PLAIN)
def test_any_other_id_is_logged_as_it_is(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(noted({"order": id}, monkeypatch))["order"] == id


@pytest.mark.parametrize(("name", "said"), [("shop", "shop"), ("message", "message_id"), ("name", "name_id")])
def test_a_fact_of_any_name_is_noted(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.StringIO()
    monkeypatch.setattr(observability.logger().handlers[0], "stream", lines)
    observability.note("in_doubt", {name: "abc"})
    written = json.loads(lines.getvalue())
    assert (written["message"], written[said]) == ("in_doubt", "abc")
