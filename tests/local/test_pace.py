"""The pace of letters from outside: a tick reads the provider's rate, and no fault of the provider's strikes that."""

from typing import Any

from tests.local.test_commands import client_of
from tests.local.test_contract import NO_TASKS, Shop, order
from tests.local.test_contract import shop as shop

PACE = {"pk": {"S": "provider#email"}, "sk": {"S": "pace"}}


def stored_pace(shop: Shop) -> Any:
    table = shop.ask("GET", "/local/settings").json()["TABLE_NAME"]
    return client_of(shop, "dynamodb").get_item(TableName=table, Key=PACE).get("Item")


def break_email(shop: Shop, fault: str) -> None:
    assert shop.ask("POST", "/local/faults", {"target": "email", "fault": fault, "times": 1}).status == 204


def test_the_outboxs_tick_sets_the_pace_and_a_fault_of_the_provider_strikes_a_letter(shop: Shop) -> None:
    """A letter in doubt waits for that tick, which asks the provider for the rate before anything is sent again."""
    shop.ask("PUT", "/local/shops/dobra", NO_TASKS)
    break_email(shop, "timeout_before")
    shop.say("order.placed", order())
    assert (shop.letters(), stored_pace(shop)) == ([], None)
    break_email(shop, "throttle")
    shop.move(advance="PT1H")
    assert '"rate":14.0' in stored_pace(shop)["doc"]["S"]
    (letter,) = shop.letters()
    assert letter["attempts"] == 3


def test_what_happened_hours_ago_is_worked_off_too(shop: Shop) -> None:
    shop.say("order.placed", order(placed_at="2026-03-02T05:00:00Z"), at="2026-03-02T05:00:00Z")
    assert [letter["kind"] for letter in shop.letters()] == ["order_received"]
