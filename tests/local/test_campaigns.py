"""A campaign through the door, as a shop asks for it: the dry run, the letters, the page of its task."""

import json
from typing import Any

import pytest

from local.testing import NotTaken, Shopbell

pytest_plugins = ("local.testing",)

SHOP: dict[str, Any] = {
    "name": "Добра Крамниця",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "hello@dobra.example", "name": "Добра Крамниця", "sms_id": "DOBRA"},
    "staff": {"email": "team@dobra.example", "owner": "owner@dobra.example"},
    "coupons": {"holiday": {"percent": 10, "code": "FEST10"}},
}
BLOCKS = [{"is": "arrivals", "text": "Нові чашки.", "items": [{"name": "Чашка", "url": "https://dobra.example/1"}]}]
CAMPAIGN: dict[str, Any] = {
    "id": "spring",
    "segment": "all",
    "content": {"uk": {"subject": "Чашки до весни", "blocks": BLOCKS}},
    "coupon": "holiday",
}


def with_customers(shopbell: Shopbell, number: int) -> None:
    shopbell.put_shop("dobra", SHOP)
    for each in range(number):
        email = f"olena{each}@customer.example"
        told = {"id": f"c{each}", "email": email, "locale": "uk", "consent": {"email_marketing": True}}
        shopbell.tell("dobra", "customer.updated", {"customer": told})


def request(shopbell: Shopbell, **changes: Any) -> None:
    shopbell.tell("dobra", "campaign.requested", {"campaign": {**CAMPAIGN, **changes}})
    shopbell.advance(minutes=6)


def test_the_owner_hears_first_and_each_gets_one_letter(shopbell: Shopbell) -> None:
    with_customers(shopbell, 3)
    request(shopbell, dry_run=False)
    (told,) = shopbell.letters()
    assert (told.kind, told.to) == ("staff_campaign", "owner@dobra.example")
    shopbell.tell("dobra", "campaign.requested", {"campaign": {"id": "spring"}})
    shopbell.advance(minutes=6)
    letters = shopbell.letters(kind="campaign")
    assert sorted(letter.customer for letter in letters) == ["c0", "c1", "c2"]
    assert {letter.subject for letter in letters} == {"Чашки до весни"}
    assert "FEST10" in letters[0].text
    assert letters[0].headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    shopbell.advance(hours=2)
    assert len(shopbell.letters(kind="staff_campaign")) == 2


def test_its_task_has_a_page_that_can_be_answered(shopbell: Shopbell) -> None:
    with_customers(shopbell, 1)
    request(shopbell)
    (message,) = shopbell.stack.messages(shop="dobra")
    assert shopbell.stack.request("GET", message["page"], {}, b"").status == 200
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert shopbell.stack.request("POST", message["page"], form, b"outcome=done").status == 200


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"segment": "loyals"}, "segment", "unknown_value"),
        ({"segment": ["all", "bought"]}, "segment/1", "unknown_value"),
        ({"segment": []}, "segment", "empty"),
        ({"segment": None}, "segment", "missing"),
        ({"content": None}, "content", "missing"),
        ({"content": {}}, "content", "empty"),
        ({"content": {"english": {}}}, "content", "not_a_locale"),
        ({"content": {"uk": {"subject": "", "blocks": BLOCKS}}}, "content/uk/subject", "empty"),
        ({"content": {"uk": {"blocks": BLOCKS}}}, "content/uk/subject", "missing"),
        ({"content": {"uk": {"subject": "A", "blocks": []}}}, "content/uk/blocks", "too_few"),
        ({"content": {"uk": {"subject": "A", "blocks": [{"text": "B"}]}}}, "content/uk/blocks/0/is", "missing"),
        ({"content": {"uk": {"subject": "A", "blocks": [{"is": "ofer"}]}}}, "content/uk/blocks/0/is", "unknown_value"),
        (
            {"content": {"uk": {"subject": "A", "blocks": BLOCKS, "bloks": []}}},
            "content/uk/bloks",
            "unknown_field",
        ),
        ({"valid_until": "soon"}, "valid_until", "not_a_day"),
        ({"coupon": "holidays"}, "coupon", "unknown_value"),
        ({"dry_run": "yes"}, "dry_run", "wrong_type"),
        ({"id": None}, "id", "missing"),
    ],
)
def test_what_is_wrong_is_named(shopbell: Shopbell, changes: dict[str, Any], pointer: str, code: str) -> None:
    shopbell.put_shop("dobra", SHOP)
    with pytest.raises(NotTaken) as refused:
        shopbell.tell("dobra", "campaign.requested", {"campaign": {**CAMPAIGN, **changes}})
    status, _, answer = str(refused.value).partition(" ")
    wrong = [(error["pointer"], error["code"]) for error in json.loads(answer)["errors"]]
    assert (status, wrong) == ("400", [(f"#/data/campaign/{pointer}", code)])


def test_the_nearest_name_is_told(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", SHOP)
    with pytest.raises(NotTaken, match='is \\\\"loyal\\\\" meant'):
        shopbell.tell("dobra", "campaign.requested", {"campaign": {**CAMPAIGN, "segment": "loyals"}})
