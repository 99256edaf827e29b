"""`make demo`: what it promises, what it leaves, and that it says so when anything goes wrong."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from standardwebhooks import Webhook

from local.demo.catalogue import Catalogue
from local.demo.client import signed
from local.demo.expectations import unmet
from local.demo.play import PAGE_LINK, PERSONAL_CODE, ClosedTask, Played
from local.demo.steps import Click, Close, Event, NewestMessage, Redeem, Report
from local.demo.story import STORY, DemoShop, Story, read
from local.demo.view import view_of
from shopbell.domain.journeys import KINDS
from tests.local.outsider import HANGS, ROOT, environment
from tests.log_watch import heard

TEXTS = (".html", ".txt")


@dataclass(frozen=True, slots=True)
class Run:
    """A demo that was run: where it left its files, what it printed, how it ended."""

    out: Path
    printed: str
    code: int

    def files(self) -> list[Path]:
        return [path for path in sorted(self.out.rglob("*")) if path.suffix in TEXTS]


def run(out: Path, told: Path = STORY) -> Run:
    start = f"import sys; from pathlib import Path; from local.demo.__main__ import main; \
sys.exit(main(Path({str(told)!r}), Path({str(out)!r})))"
    ended = subprocess.run(
        [sys.executable, "-c", start],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=6 * HANGS,
        check=False,
    )
    heard((out / "log.txt").read_text())
    return Run(out, ended.stdout + ended.stderr, ended.returncode)


def untold(demo: Run) -> list[str]:
    """The kinds of which the demo says that its story has no occasion for them."""
    said = re.search(r"no occasion for ([^.]*)\.", demo.printed)
    return re.split(r",\s+", said[1]) if said else []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("demo") / "out")


@pytest.mark.slow
def test_the_demo_ends_well_and_shows_every_kind_of_message_or_says_which_it_does_not(demo: Run) -> None:
    assert demo.code == 0, demo.printed
    assert [kind for kind in KINDS if not re.search(rf"^{kind} .*\d", demo.printed, re.MULTILINE)] == untold(demo)
    for word in ("uk", "ru", "hu", "en", "email", "SMS", "held", "lost", "unsubscribed"):
        assert re.search(rf"\b{word}\b", demo.printed), word
    assert max(len(line) for line in demo.printed.splitlines() if "file://" not in line and "/" not in line) <= 80


@pytest.mark.slow
def test_every_message_is_left_as_a_file_and_every_link_of_the_index_leads_to_one(demo: Run) -> None:
    pages = [demo.out / "index.html", demo.out / "overview.html", *(demo.out / "read").iterdir()]
    local = {
        (page.parent / link).resolve()
        for page in pages
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text())
        if not link.startswith("data:")
    }
    assert [link for link in local if not link.is_file()] == []
    assert len(pages) > 200
    assert {page.resolve() for page in pages[2:]} <= local


@pytest.mark.slow
def test_the_pages_fetch_nothing_from_outside(demo: Run) -> None:
    """The letters are shown in frames of their own; the shops' links in them lead out, as in any letter."""
    own = [path for path in demo.files() if path.parent.name != "messages"]
    assert [path.name for path in own if re.search(r'(?:href|src)="(?:https?:)?//', path.read_text())] == []
    letters = [path for path in demo.files() if path.parent.name == "messages" and path.suffix == ".html"]
    fetching = re.compile(r'<link\b|<script\b(?! type="application/ld\+json">)|@import|src=(?!"data:)')
    assert [path.name for path in letters if fetching.search(path.read_text())] == []


@pytest.mark.slow
@pytest.mark.parametrize("personal", ["Nagy Péter", "peter@posta.example", "+3615550102", "Nyárfa sor"])
def test_nothing_of_a_customer_who_was_erased_is_left(demo: Run, personal: str) -> None:
    assert [path.name for path in demo.files() if personal in path.read_text()] == []
    assert personal not in demo.printed


@pytest.mark.slow
def test_a_bounce_becomes_an_sms_where_there_is_a_phone_and_a_task_where_there_is_none(demo: Run) -> None:
    names = [path.name for path in demo.files()]
    assert [name for name in names if "order_shipped-ru-sms" in name]
    tasks = [path.read_text() for path in demo.files() if path.match("*-staff_unreachable_customer-hu-staff.txt")]
    assert [task for task in tasks if "julia@posta.example" in task]


@pytest.mark.slow
def test_whoever_has_a_landline_alone_is_called_and_what_was_written_of_them_is_shown(demo: Run) -> None:
    tasks = [path.read_text() for path in demo.files() if path.match("*-staff_unreachable_customer-hu-staff.txt")]
    assert [task for task in tasks if "Fekete Ilona" in task and "nincs" in task]
    assert not [path for path in demo.files() if "-sms" in path.name and "2018" in path.read_text()]


@pytest.mark.slow
def test_a_card_order_paid_within_the_minute_is_told_in_one_letter(demo: Run) -> None:
    assert {"2001", "1001"} <= orders(demo, "order_received") - orders(demo, "payment_received")
    assert {"2007", "1017"} <= orders(demo, "payment_received")
    assert orders(demo, "payment_failed") == {"2007"}


@pytest.mark.slow
def test_two_unpaid_orders_of_one_hour_are_one_letter(demo: Run) -> None:
    letters = [path.read_text() for path in demo.files() if path.match("*-csendes-order_unpaid_first-hu-email.txt")]
    assert [letter for letter in letters if "2016" in letter and "2020" in letter]


@pytest.mark.slow
def test_tasks_read_as_tasks_and_say_what_came_of_them(demo: Run) -> None:
    """Wherever they are listed, and with their own page where they were closed there."""
    assert re.search(r"missed_call +task +↻", demo.printed)
    assert re.search(r"missed_call +task +✓", demo.printed)
    pages = [path for path in demo.files() if path.name.endswith("-page.html")]
    assert len(pages) >= 5
    assert all('class="given"' in path.read_text() for path in pages)
    assert '<label for="staff">' in (demo.out / "index.html").read_text()


@pytest.mark.slow
def test_an_order_is_late_and_a_promise_broken_only_where_the_story_says_so(demo: Run) -> None:
    assert orders(demo, "staff_order_late") == {"1013"}
    assert orders(demo, "staff_dispatch_overdue") == {"1018"}
    assert orders(demo, "staff_parcel_overdue") == {"1013", "1015", "2019"}


def orders(demo: Run, kind: str) -> set[str]:
    """The orders about which a message of the kind left."""
    read = (path.read_text() for path in (demo.out / "read").iterdir() if f"-{kind}-" in path.name)
    return {found[1] for text in read if (found := re.search(r"· order (\d+)", text))}


@pytest.mark.slow
def test_whoever_ends_the_letters_by_the_link_gets_no_more_of_them(demo: Run) -> None:
    emilys = [path.name for path in demo.files() if "emily@mail.example" in path.read_text()]
    assert [name for name in emilys if "birthday_week" in name]
    assert [name for name in emilys if "birthday_today" in name or "birthday_soon" in name] == []


def test_the_story_is_large_enough_and_stays_among_invented_people() -> None:
    story = read()
    orders = [order for shop in story.shops.values() for order in shop.orders]
    people = [person for shop in story.shops.values() for person in shop.people.values()]
    assert (len(story.shops) >= 2, len(people) >= 14, len(orders) >= 34) == (True, True, True)
    assert {person["locale"][:2] for person in people if "locale" in person} == {"uk", "ru", "hu", "en"}
    assert all(person["email"].endswith(".example") for person in people if "@" in person.get("email", ""))
    assert "--02-29" in {f"--{person['birthday'][-5:]}" for person in people if "birthday" in person}
    told = {step.type for step in story.steps if isinstance(step, Event)}
    assert {"customer.erased", "customer.updated", "order.item_unavailable"} <= told
    assert {"call.missed", "callback.agreed", "complaint.resolved", "review.posted", "bonus.spent"} <= told
    closings = [step for step in story.steps if isinstance(step, Close)]
    assert {step.outcome for step in closings} == {"reached", "no_answer", "refused", "accepted", "done"}
    assert {step.on_page for step in closings} == {True, False}
    assert any(isinstance(step, Redeem) for step in story.steps)
    assert any(isinstance(step, Click) for step in story.steps)
    assert {step.event for step in story.steps if isinstance(step, Report)} == {"bounce"}


@pytest.mark.parametrize("path", sorted(STORY.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_word_of_the_story_is_cut_at_a_comma(path: Path) -> None:
    """An unquoted comma between braces makes of the rest of a sentence a field with nothing in it."""
    assert [name for name, value in fields(yaml.safe_load(path.read_text())) if value is None] == []


def fields(said: Any) -> Iterator[tuple[str, Any]]:
    pairs = said.items() if isinstance(said, dict) else enumerate(said)
    for name, value in pairs:
        yield str(name), value
        yield from fields(value) if isinstance(value, dict | list) else ()


def test_an_order_gets_names_in_the_customers_language_links_and_sums() -> None:
    products = {"MUG": {"price": "480.00", "uk": "Кухоль", "en": "Mug"}, "TEA": {"price": "165.00", "en": "Tea"}}
    catalogue = Catalogue(products, "https://shop.example", "UAH", "uk")
    said = {
        "id": "7",
        "items": [{"sku": "MUG", "quantity": 2}, {"sku": "TEA", "quantity": 1, "unit_price": "100.00"}],
        "payment": {"method": "bank_transfer"},
        "delivery": {"method": "post", "price": "60.00"},
        "discount": "20.50",
    }
    order = catalogue.order(said, {"locale": "en-GB"}, "2026-01-05T09:00:00+02:00")
    assert [item["name"] for item in order["items"]] == ["Mug", "Tea"]
    assert (order["total"], order["discount_total"]) == ("1099.50", "20.50")
    assert order["payment"]["url"] == "https://shop.example/pay/7"
    assert catalogue.items([{"sku": "MUG", "quantity": 1}], {})[0]["name"] == "Кухоль"


def test_what_people_do_with_a_message_is_said_of_the_order_that_it_is_about(tmp_path: Path) -> None:
    steps = read(tell(tmp_path, "395.00", CALLS)).steps[1:]
    task = NewestMessage("rankova", "staff_order_late", "1001")
    assert [(step.message, step.outcome, step.on_page) for step in steps if isinstance(step, Close)] == [
        (task, "no_answer", False),
        (task, "accepted", True),
    ]
    assert [(step.message, step.order) for step in steps if isinstance(step, Redeem)] == [
        (NewestMessage("rankova", "order_received", "900", "101"), "1001")
    ]
    review, complaint = (step.data for step in steps if isinstance(step, Event))
    assert review == {"customer": {"id": "101"}, "order": "1001", "rating": 5}
    assert complaint["complaint"] == {"customer": {"id": "101"}, "order": "1001", "id": "C", "text": "T"}


CALLS: list[dict[str, Any]] = [
    {"at": "2026-01-05 10:00", "closes": "staff_order_late", "outcome": "no_answer"},
    {"at": "2026-01-05 10:10", "closes": "staff_order_late", "outcome": "accepted", "via": "page"},
    {"at": "2026-01-05 10:20", "redeems": "order_received", "from": "900"},
    {"at": "2026-01-05 10:30", "type": "review.posted", "rating": 5},
    {"at": "2026-01-05 10:40", "type": "complaint.opened", "complaint": {"id": "C", "text": "T"}},
]


@pytest.mark.parametrize(
    ("closed", "kind", "came", "mark"),
    [
        ({"t": ClosedTask(datetime(2026, 1, 5, 9, tzinfo=UTC), "no_answer")}, "staff_pack", "no_answer", "↻"),
        ({"t": ClosedTask(datetime(2026, 1, 5, 9, tzinfo=UTC), "reached", "<p>")}, "staff_pack", "reached", "✓"),
        ({}, "staff_confirm_order", "done", "✓"),
        ({}, "staff_pack", "", ""),
        ({}, "staff_callback", "", ""),
    ],
)
def test_a_task_was_done_when_somebody_said_so_or_the_orders_news_do(
    closed: dict[str, ClosedTask], kind: str, came: str, mark: str
) -> None:
    shop = DemoShop("s", {"name": "S", "timezone": "Europe/Kyiv"}, {"c": {"name": "C"}}, {"1": "c"})
    now = datetime(2026, 1, 5, 8, tzinfo=UTC)
    accepted = Event(now, "s", "1-1", "order.accepted", now, {"order": {"id": "1"}})
    task = {**LETTER, "id": "t", "kind": kind, "channel": "staff", "sent_at": "2026-01-05T07:00:00Z"}
    story = Story(now, now, {"s": shop}, (accepted,), EXPECTED)
    [message] = view_of(story, Played([task], [], closed=closed)).messages
    assert (message.is_task, message.outcome, message.mark) == (True, came, mark)


@pytest.mark.parametrize(
    ("text", "link", "code"),
    [
        ("Ask: https://letters.example/t/1.ab-c_.d\n", "/t/1.ab-c_.d", None),
        ("5 %: K7QMW4XA (to 4 February), DYAKUIEMO5", None, "K7QMW4XA"),
        ("№ 20450000010017, https://shop.example/orders/1", None, None),
    ],
)
def test_links_and_codes_are_read_from_the_letter(text: str, link: str | None, code: str | None) -> None:
    found, personal = PAGE_LINK.search(text), PERSONAL_CODE.search(text)
    assert (found[1] if found else None, personal[0] if personal else None) == (link, code)


def test_events_are_signed_as_standard_webhooks_says() -> None:
    headers = signed("evt-1", 1_767_600_000, b'{"a":1}', b"k" * 32)
    theirs = Webhook(b"k" * 32).sign("evt-1", datetime.fromtimestamp(1_767_600_000, UTC), '{"a":1}')
    assert headers["webhook-signature"] == theirs


EXPECTED = {"locales": ["uk"], "channels": ["email"], "held": [], "skipped": ["lost"]}
LETTER = {
    "id": "m1",
    "shop": "s",
    "kind": "order_shipped",
    "channel": "email",
    "locale": "uk",
    "order": "1",
    "customer": "c",
    "to": "a@b.example",
    "subject": "S",
    "html": "<p>",
    "text": "T",
    "status": "sent",
}
LOST = {"shop": "s", "order": "1", "outcome": "skipped", "reason": "lost"}


def judged(letters: list[Mapping[str, Any]], decisions: list[Mapping[str, Any]], **more: Any) -> list[str]:
    shop = DemoShop("s", {"name": "S"}, {"c": {"name": "C"}}, {"1": "c"})
    now = datetime(2026, 1, 5, tzinfo=UTC)
    played = Played([dict(each) for each in letters], [dict(each) for each in decisions])
    return unmet(Story(now, now, {"s": shop}, (), EXPECTED), replace(played, **more))


def test_a_story_that_shows_all_it_promises_is_kept() -> None:
    assert judged([LETTER], [LOST]) == []
    assert judged([LETTER, {**LETTER, "id": "m2", "to": "", "text": "", "html": ""}], [LOST]) == []


@pytest.mark.parametrize(
    ("letters", "decisions", "more", "said"),
    [
        ([{**LETTER, "locale": "hu"}], [LOST], {}, "there was not a message in uk"),
        ([{**LETTER, "channel": "sms"}], [LOST], {}, "there was not a message by email"),
        ([LETTER], [{**LOST, "reason": "due"}], {}, "there was not a message skipped for the reason lost"),
        ([LETTER], [{**LOST, "order": "2"}], {}, "order 1 of s was never decided about"),
        ([LETTER, {**LETTER, "id": "2", "html": ""}], [LOST], {}, "order 1, customer c is empty"),
        ([LETTER, LETTER], [LOST], {}, "order 1, customer c left twice"),
        ([LETTER], [LOST], {"stuck": [{**LETTER, "status": "failed"}]}, "came to nothing: failed"),
    ],
)
def test_a_broken_promise_is_said(
    letters: list[Mapping[str, Any]], decisions: list[Mapping[str, Any]], more: dict[str, Any], said: str
) -> None:
    [failure] = judged(letters, decisions, **more)
    assert said in failure


def tell(folder: Path, price: str, events: Sequence[Mapping[str, Any]] = ()) -> Path:
    """A story of one order, in the shop rankova; of its first event, or of these."""
    shop, order = folder / "rankova", yaml.safe_load((STORY / "rankova" / "orders.yaml").read_text())[0]
    shop.mkdir(parents=True)
    for name in ("shop.yaml", "customers.yaml", "products.yaml"):
        (shop / name).write_text((STORY / "rankova" / name).read_text())
    order["items"][0]["unit_price"] = price
    (shop / "orders.yaml").write_text(yaml.safe_dump([{**order, "events": list(events) or order["events"][:1]}]))
    story = {"begins": "2026-01-05 06:00", "ends": "2026-01-06 06:00", "shops": ["rankova"]}
    (folder / "story.yaml").write_text(yaml.safe_dump({**story, "steps": {"rankova": []}, "expected": EXPECTED}))
    return folder


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("-1.00", "order.placed of rankova"),
        ("395.00", "there was not a message skipped for the reason lost"),
    ],
)
def test_a_refused_event_or_what_never_came_ends_the_demo_with_1_and_is_said(
    tmp_path: Path, price: str, said: str
) -> None:
    ended = run(tmp_path / "out", tell(tmp_path / "told", price))
    assert (ended.code, said in ended.printed) == (1, True), ended.printed
