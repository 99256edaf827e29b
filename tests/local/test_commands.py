"""The operators' command against the product on this machine, as an operator types it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest

from shopbell.domain.time.calendar import format_instant
from tests.local.outsider import environment
from tests.local.test_contract import NO_TASKS, SHOP, Shop, order
from tests.world import KYIV, urged

ID = "a/1#x"
URGED = urged("staff_order_late.20_minutes")


@pytest.fixture
def operated(product: str) -> Shop:
    """A shop just put into an empty stack, on Monday 2 March 2026, 10:00 in Kyiv."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", NO_TASKS).status == 204
    return shop


def shopbell(shop: Shop, *words: str, code: int = 0) -> str:
    """What the command prints; on failure, what it complains of."""
    done = subprocess_of(shop, *words)
    assert done.returncode == code, done.stderr
    return done.stderr if code else done.stdout


def subprocess_of(shop: Shop, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """`given`: what is typed in."""
    return subprocess.run(
        [sys.executable, "-m", "shopbell.commands", *words, "--local"],
        env=environment(PORT=str(urlsplit(shop.base_url).port), AWS_PROFILE="somebody-elses"),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def client_of(shop: Shop, service: str) -> Any:
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local", "region_name": "eu-central-1"}
    return boto3.Session(**keys).client(service, endpoint_url=shop.base_url)


def put_item(shop: Shop, partition: str, sort: str, **item: str) -> None:
    """As another version might have stored it."""
    name = shop.ask("GET", "/local/settings").json()["TABLE_NAME"]
    texts = {attribute: {"S": value} for attribute, value in {"pk": partition, "sk": sort, **item}.items()}
    client_of(shop, "dynamodb").put_item(TableName=name, Item=texts | {"v": {"N": "1"}})


def put_dead_letters(shop: Shop, queue: str, *bodies: str) -> None:
    """Doorbells that were tried too often."""
    settings = shop.ask("GET", "/local/settings").json()
    client = client_of(shop, "sqs")
    url = settings[queue].replace("Queue", "DeadLetters")
    for body in bodies:
        client.send_message(QueueUrl=url, MessageBody=body)


def test_a_campaign_is_shown_paused_let_go_on_and_cancelled(operated: Shop) -> None:
    agreed = {"id": "7", "email": "olena@customer.example", "consent": {"email_marketing": True}}
    operated.say("customer.updated", {"customer": agreed})
    words = {"subject": "Чашки", "blocks": [{"is": "article", "text": "Як заварити чай."}]}
    spring = {"id": "spring", "segment": "all", "content": {"uk": words}}
    operated.say("campaign.requested", {"campaign": spring})
    operated.ask("POST", "/local/clock", {"advance": "PT10M"})
    assert shopbell(operated, "campaign", "list", "dobra") == "spring: counted; 0 sent\n"
    shown = shopbell(operated, "campaign", "show", "dobra", "spring").splitlines()
    assert shown[2:5] == ["for all: 1 people", "reaches 1 by e-mail, 0 by SMS", "  uk, email: 1"]
    assert shopbell(operated, "campaign", "pause", "dobra", "spring") == "spring: paused\n"
    assert "goes on" in shopbell(operated, "campaign", "resume", "dobra", "spring")
    assert shopbell(operated, "campaign", "cancel", "dobra", "spring") == "spring: cancelled\n"
    assert shopbell(operated, "campaign", "list", "dobra") == "spring: cancelled; 0 sent\n"
    assert "unknown_campaign" in shopbell(operated, "campaign", "show", "dobra", "autumn", code=1)


def test_an_order_is_explained_in_words(operated: Shop) -> None:
    assert operated.ask("PUT", "/local/shops/dobra", SHOP).status == 204
    operated.say("order.placed", order())
    assert shopbell(operated, "explain", "dobra", "--order", ID).splitlines() == [
        "2 March 2026 10:00  order_received  to be sent: it is due (email)",
        "2 March 2026 10:00  staff_confirm_order  to be sent: it is due (staff)",
        "2 March 2026 10:00  order_received  sent (by email)",
        "2 March 2026 10:00  staff_confirm_order  sent (by staff)",
        "Still to come:",
        f"  2 March 2026 {URGED.astimezone(KYIV):%H:%M}  staff_order_late.20_minutes  if it still holds then",
        "  4 March 2026 10:00  order_unpaid_first  if it still holds then",
    ]


LATE = ("babel", "email_validator", "jinja2", "moto", "phonenumbers")
LOADED = "import sys; from shopbell.commands import app; app(sys.argv[1:], standalone_mode=False); \
print(*[name for name in {} if name in sys.modules])"


def test_it_is_explained_without_what_only_letters_need(operated: Shop) -> None:
    operated.say("order.placed", order())
    explain = (sys.executable, "-c", LOADED.format(LATE), "explain", "dobra", "--order", ID, "--local")
    port = environment(PORT=str(urlsplit(operated.base_url).port))
    done = subprocess.run(explain, env=port, capture_output=True, text=True, check=True)
    assert "order_received  sent (by email)" in done.stdout
    assert done.stdout.splitlines()[-1] == ""


@pytest.mark.parametrize(
    "by",
    [("--customer", "7"), ("--email", "olena@CUSTOMER.example"), ("--phone", "+380 50 555-01-01")],
)
def test_a_customer_is_found_by_id_address_or_number(operated: Shop, by: tuple[str, str]) -> None:
    operated.say("order.placed", order())
    told = json.loads(shopbell(operated, "explain", "dobra", *by, "--json"))
    assert f"order/{ID}" in told["subjects"]
    assert [(each["kind"], each["status"]) for each in told["happened"] if "status" in each] == [
        ("order_received", "sent")
    ]
    assert ("order_unpaid_first", "2026-03-04T08:00:00Z") in [(each["kind"], each["at"]) for each in told["to_come"]]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("explain", "dobra", "--order", "9"), "unknown_order"),
        (("explain", "dobra", "--phone", "12"), "unreadable"),
        (("explain", "nobody", "--order", "9"), "unknown_shop"),
        (("pause", "nobody"), "unknown_shop"),
        (("redrive", "nothing"), "unknown_queue"),
        (("show", "dobra", "order/9"), "unknown_subject"),
        (("show", "dobra", "letter/9"), "unknown_kind"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(operated: Shop, words: tuple[str, ...], complaint: str) -> None:
    assert complaint in shopbell(operated, *words, code=1)


def test_a_paused_shop_is_silent_until_it_goes_on_whatever_is_put_meanwhile(operated: Shop) -> None:
    assert "everything is paused" in shopbell(operated, "pause", "dobra")
    operated.say("order.placed", order())
    assert operated.ask("PUT", "/local/shops/dobra", NO_TASKS).status == 204
    operated.move(advance="PT3H")
    assert operated.kinds() == []
    assert "1 held messages" in shopbell(operated, "resume", "dobra")
    assert operated.kinds() == ["order_received"]
    assert operated.decisions("order_received") == ["held paused", "sent due"]


def test_a_shorter_cadence_counts_after_a_replan(operated: Shop) -> None:
    operated.say("order.placed", order())
    operated.move(advance="PT23H30M")
    sooner = {**NO_TASKS, "journeys": {**NO_TASKS["journeys"], "order_unpaid_first": {"after": "1 working day"}}}
    assert operated.ask("PUT", "/local/shops/dobra", sooner).status == 204
    assert shopbell(operated, "replan", "dobra") == "dobra: 3 looked at, 1 moved\n"
    operated.move(advance="P1D")
    assert operated.kinds() == ["order_received", "order_unpaid_first"]


def test_dead_letters_go_back_and_nothing_is_sent_twice(operated: Shop) -> None:
    operated.say("order.placed", order())
    message = operated.messages()[0]
    send_request = json.dumps({"shop": "dobra", "subject": f"order/{ID}", "message": message["id"]})
    put_dead_letters(operated, "ORDER_EMAIL_QUEUE_URL", *[send_request] * 12)
    assert "order_email: 12 dead letters, 0 moved back" in shopbell(operated, "redrive", "all", "--dry-run")
    assert "order_email: 12 dead letters, 12 moved back" in shopbell(operated, "redrive", "order_email")
    assert "order_email: 0 dead letters, 0 moved back" in shopbell(operated, "redrive", "all")
    assert operated.kinds() == ["order_received"]


def test_a_stack_is_upgraded_while_it_serves_and_the_second_time_nothing_is_left_to_do(operated: Shop) -> None:
    operated.say("order.placed", order())
    put_item(operated, "dobra#contact#abc", "head", doc='{"whose": "id:7"}')
    unpaid = '{"fields": {}, "happened": {}, "stamps": [], "id": "9", "customer": "id:7", "told": {}}'
    put_item(operated, "dobra#order#9", "head", doc=unpaid)
    line = "7 looked at: {} moved, 0 customers listed, {} histories filled, {} ends set, "
    line += "0 orders remembered, {} customers woken\n"
    assert shopbell(operated, "upgrade") == line.format(1, 1, 1, 0)
    assert shopbell(operated, "upgrade") == line.format(0, 0, 0, 0)


def test_an_upgrade_says_how_many_it_could_not_read(operated: Shop) -> None:
    put_item(operated, "dobra#order#9", "head", doc="broken")
    assert "1 could not be upgraded" in shopbell(operated, "upgrade", code=1)


def test_what_is_stored_of_a_subject_is_shown_to_people_and_programs(operated: Shop) -> None:
    operated.say("order.placed", order())
    lines = shopbell(operated, "show", "dobra", f"order/{ID}").splitlines()
    assert lines[:6] == [
        f"subject: order/{ID}",
        "customer: id:7",
        "version: 1",
        "facts_version: 1",
        "expires_at: 2029-05-31T08:00:00Z",
        f"next_at: {format_instant(URGED)}",
    ]
    assert [line for line in lines if "order_received|" in line] == [
        "  2026-03-02T08:00:00Z  order_received|  sent  email"
    ]
    stored = json.loads(shopbell(operated, "show", "dobra", f"order/{ID}", "--json"))
    fields = {each["field"]: each["value"] for each in stored["fields"]}
    assert (fields["number"], fields["items"][0]["sku"]) == ("1001", "MUG-1")
    assert [each["event"] for each in stored["happened"]] == ["order.placed"]
    assert [each["id"] for each in stored["messages"]] == [message["id"] for message in operated.messages()]
    customer = json.loads(shopbell(operated, "show", "dobra", "customer/id:7", "--json"))
    assert {each["field"] for each in customer["fields"]} >= {"email", "name"}


def test_a_shops_own_letter_counts_from_the_moment_it_is_put_until_it_is_removed(
    operated: Shop, tmp_path: Path
) -> None:
    file = tmp_path / "uk" / "order_received.j2"
    file.parent.mkdir()
    file.write_text(
        "{% block subject %}Ура, № {{ order.number }}{% endblock %}\n{% block sms %}{{ ordr }}{% endblock %}"
    )
    wrong = "uk/order_received:2: there is no fact 'ordr' in a letter of this kind; perhaps 'order' (unknown_name)\n"
    assert shopbell(operated, "letter", "put", "dobra", str(file), code=1) == wrong
    assert shopbell(operated, "letter", "list", "dobra") == ""
    file.write_text("{% block subject %}Ура, № {{ order.number }}{% endblock %}")
    assert "uk/order_received is the shop's own now" in shopbell(operated, "letter", "put", "dobra", str(file))
    assert shopbell(operated, "letter", "list", "dobra") == "uk/order_received\n"
    operated.say("order.placed", order())
    assert "is the shipped one again" in shopbell(operated, "letter", "remove", "dobra", "uk/order_received")
    operated.say("order.placed", order(id="2", number="1002"))
    own, shipped = (message["subject"] for message in operated.messages())
    assert own == "Ура, №\xa01001"
    assert shipped.endswith("1002")
    assert not shipped.startswith("Ура")
    assert "unknown_letter" in shopbell(operated, "letter", "remove", "dobra", "uk/order_received", code=1)


def test_a_letter_is_checked_without_any_stack(tmp_path: Path) -> None:
    file = tmp_path / "draft.j2"
    file.write_text("{% block subject %}Order {{ order.number }}{% endblock %}")
    check = [sys.executable, "-m", "shopbell.commands", "letter", "check", str(file), "--as"]
    done = [
        subprocess.run([*check, name], env=environment(), capture_output=True, text=True, check=False)
        for name in ("en/order_received", "en/order_lost")
    ]
    assert [each.returncode for each in done] == [0, 1]
    assert done[0].stdout == f"{file}: nothing is wrong\n"
    assert "unknown_kind" in done[1].stderr


@pytest.mark.parametrize(
    "by", [("--customer", "7"), ("--email", "olena@CUSTOMER.example"), ("--phone", "+380 50 555-01-01")]
)
def test_a_person_is_given_all_that_is_kept_of_them_and_after_their_forgetting_nothing_personal(
    operated: Shop, by: tuple[str, str]
) -> None:
    operated.say("order.placed", order())
    given = json.loads(shopbell(operated, "export", "dobra", *by))
    (placed,) = given["orders"]
    assert (placed["id"], placed["placed"], placed["fields"]["items"][0]["sku"]) == (ID, True, "MUG-1")
    (message,) = given["messages"]
    told = re.sub(r" \(https?://\S+/u/\S+\)", "", operated.messages()[0]["text"])
    assert (message["kind"], message["text"]) == ("order_received", told)
    assert given["customers"][0]["fields"]["email"] == "olena@customer.example"
    operated.say("customer.erased", {"customer": {"id": "7"}})
    left = shopbell(operated, "export", "dobra", *by)
    assert not [word for word in ("olena", "Олена", "380505550101", "MUG-1") if word in left]


def test_a_shop_is_removed_when_it_is_meant_and_its_door_is_shut(operated: Shop) -> None:
    operated.say("order.placed", order())
    refused = subprocess_of(operated, "shop", "remove", "dobra", given="n\n")
    assert (refused.returncode, "for ever?" in refused.stdout) == (1, True)
    assert operated.kinds() == ["order_received"]
    assert shopbell(operated, "shop", "remove", "dobra", "--yes").startswith("dobra: ")
    assert "unknown_shop" in shopbell(operated, "export", "dobra", "--customer", "7", code=1)
    operated.move(advance="P3D")
    assert operated.kinds() == ["order_received"]
    name = operated.ask("GET", "/local/settings").json()["TABLE_NAME"]
    assert client_of(operated, "dynamodb").scan(TableName=name)["Items"] == []
    assert shopbell(operated, "shop", "remove", "dobra", "--yes") == "dobra: 0 items removed\n"
