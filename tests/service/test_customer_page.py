"""The page behind the link in a letter: what a customer sees there, and what becomes of what they choose."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shopbell.dialects.native import read
from shopbell.domain.model.state import Conflict
from shopbell.domain.model.tokens import Token, sign_token, verify_token
from shopbell.domain.time.calendar import format_instant
from shopbell.rendering.pages import Pages
from shopbell.schema.phones import read_phone
from shopbell.service.delivery.recommending import suits
from shopbell.service.pages.customer_page import CustomerPage, Visit
from shopbell.service.pages.preferences import Preferences
from shopbell.service.pages.profile import Profile
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Write
from tests.browser import Page
from tests.memory_table import MemoryTable
from tests.world import KEYS, OLENA, World, an_order

PAGES = Pages(Path(__file__).parents[2] / "templates")
LOCALES = sorted(PAGES.locales())
PHONE = {"phone": "+380445550101"}
BOTH = OLENA | PHONE
EMAIL_YES = {"consent.email_marketing": {"granted": True}}
ABOUT_YOU = {"birthday_day", "gender", "phone_number"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BIRTHDAY = {"birthday": "--03-20"}


class Outage(Exception):
    """The table is down."""


@dataclass
class Queue:
    """The queue of events, which the page fills where the table takes nothing."""

    bodies: list[str] = field(default_factory=list)
    down: bool = False

    def put(self, body: str, shop: str) -> None:
        if self.down:
            raise Outage
        self.bodies.append(body)


@dataclass
class Visitor:
    """A customer, number 7, with the link of a letter of today."""

    world: World = field(default_factory=World)
    customer: str = "id:7"
    queue: Queue = field(default_factory=Queue)

    def __post_init__(self) -> None:
        preferences = Preferences(self.world.store, self.world.contact_key)
        profile = Profile(self.world.workplace, self.world.enqueue, read_phone)
        verify = lambda text, now: verify_token(KEYS.links, text, now)
        look_up = lambda shop, customer, now: suits(self.world.store.session(shop.id), shop, customer, now)
        self.page = CustomerPage(
            *(preferences, profile, self.world.store.shop, verify, PAGES, (Conflict, Outage), self.queue),
            *(self.world.note, look_up),
        )
        self.token = sign_token(KEYS.links, Token("dobra", self.customer, "preferences"), self.world.now)

    def ask(
        self, method: str = "GET", form: dict[str, str] | None = None, token: str | None = None
    ) -> tuple[int, Page]:
        visit = Visit(self.token if token is None else token, method, form or {}, "uk-UA,uk;q=0.9")
        status, html = self.page(visit, self.world.now)
        return status, Page(html)

    def look(self) -> Page:
        status, page = self.ask()
        assert status == 200
        return page

    def save(self, **ticked: bool) -> Page:
        """Opens the page, changes these checkboxes, and saves."""
        status, page = self.ask("POST", self.look().forms[0].posted(**ticked))
        assert status == 200
        return page

    def stop(self) -> Page:
        status, page = self.ask("POST", ONE_CLICK)
        assert status == 200
        return page

    def record(self, path: str) -> Any:
        return self.world.store.session("dobra").customer(self.customer).entity.record.get(path)


def known(customer: dict[str, Any], world: World | None = None) -> Visitor:
    visitor = Visitor(world or World())
    visitor.world.tell("customer.updated", None, customer, customer_id="7")
    visitor.world.now += timedelta(hours=1)
    return visitor


def order_news(visitor: Visitor) -> list[str]:
    """What customer 7 hears of a new parcel, in the daytime."""
    before = len(visitor.world.kinds)
    visitor.world.tell("order.placed", an_order(), {}, customer_id="7")
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("order.shipped", {"delivery.tracking_number": "59000"})
    return [kind for kind in visitor.world.kinds[before:] if "shipped" in kind]


YES, NO = {"granted": True}, {"granted": False}


@pytest.mark.parametrize(
    ("customer", "boxes"),
    [
        (OLENA, {"email_marketing": False, "email_news": False}),
        (OLENA | EMAIL_YES, {"email_marketing": True, "email_news": False}),
        (PHONE, {"sms_service": True, "sms_marketing": False}),
        (PHONE | {"consent.sms_service": NO}, {"sms_service": False, "sms_marketing": False}),
        (PHONE | {"consent.sms_marketing": YES}, {"sms_service": True, "sms_marketing": True}),
        (BOTH, {"email_marketing": False, "email_news": False, "sms_service": False, "sms_marketing": False}),
        (
            BOTH | {"consent.sms_service": YES},
            {"email_marketing": False, "email_news": False, "sms_service": True, "sms_marketing": False},
        ),
    ],
)
def test_the_page_offers_what_fits_the_contacts_and_shows_what_holds(
    customer: dict[str, Any], boxes: dict[str, bool]
) -> None:
    page = known(customer).look()
    assert page.boxes == boxes
    assert page.labelled - ABOUT_YOU == set(boxes)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_speaks_the_customers_language_and_hides_their_contacts(locale: str) -> None:
    page = known(BOTH | {"locale": locale}).look()
    assert page.locale == locale
    assert "o…a@customer.example" in page.text
    assert "+380 … 01" in page.text
    assert "olena" not in page.html
    assert "4455" not in page.html
    assert "<script" not in page.html


def test_looking_changes_nothing_whatever_the_question() -> None:
    visitor = known(BOTH | EMAIL_YES)
    before = visitor.world.stored()
    for method in ("GET", "HEAD", "PUT", "get"):
        assert visitor.ask(method, ONE_CLICK | {"was.email_marketing": "yes"})[0] == 200
    assert visitor.world.stored() == before


def test_one_click_of_a_mail_provider_ends_all_that_goes_beyond_orders() -> None:
    visitor = known(BOTH | BIRTHDAY | EMAIL_YES | {"consent.sms_marketing": YES, "consent.sms_service": YES})
    assert visitor.stop().boxes == {
        "email_marketing": False,
        "email_news": False,
        "sms_service": True,
        "sms_marketing": False,
    }
    assert ONE_CLICK not in [form.hidden for form in visitor.look().forms]
    assert order_news(visitor) == ["order_shipped", "sms order_shipped"]
    visitor.world.until("2026-03-29T00:00:00Z")
    assert [kind for kind in visitor.world.kinds if "birthday" in kind] == []
    assert visitor.world.reasons("birthday_today") == ["skipped unsubscribed"]


def test_one_click_holds_for_whoever_else_has_that_address() -> None:
    visitor = known(OLENA | EMAIL_YES)
    visitor.stop()
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("customer.updated", None, OLENA | EMAIL_YES | BIRTHDAY, customer_id="8")
    visitor.world.until("2026-03-29T00:00:00Z")
    assert visitor.world.kinds == []


def test_one_click_twice_is_as_good_as_once() -> None:
    visitor = known(OLENA | EMAIL_YES)
    assert visitor.stop().boxes == visitor.stop().boxes == {"email_marketing": False, "email_news": False}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"email_marketing": "yes"},
        {"List-Unsubscribe": "one-click"},
        {"List-Unsubscribe": ""},
        {"was.email_marketing": "perhaps"},
        {"was.everything": "no", "everything": "yes"},
        {"\ud800": "\udfff"},
    ],
)
def test_a_post_that_is_no_form_of_ours_is_refused_with_the_page(form: dict[str, str]) -> None:
    visitor = known(OLENA | EMAIL_YES)
    before = visitor.world.stored()
    status, page = visitor.ask("POST", form)
    assert (status, page.boxes) == (400, {"email_marketing": True, "email_news": False})
    assert "nothing has changed" in page.text
    assert visitor.world.stored() == before


@pytest.mark.parametrize("purpose", ["email_marketing", "sms_service", "sms_marketing"])
def test_what_is_saved_holds_and_is_shown(purpose: str) -> None:
    visitor = known(BOTH)
    everything = visitor.look().boxes
    assert visitor.save(**{purpose: True}).boxes == everything | {purpose: True}
    assert visitor.save(**{purpose: False}).boxes == everything
    assert visitor.save(**{purpose: True}).boxes == visitor.look().boxes == everything | {purpose: True}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_consent_is_kept_with_its_moment_its_source_and_the_sentence_they_read(locale: str) -> None:
    visitor = known(BOTH | {"locale": locale})
    read = visitor.look().text
    visitor.save(email_marketing=True, sms_service=True)
    for purpose in ("email_marketing", "sms_service"):
        word = visitor.record(f"consent.{purpose}")
        assert (word["granted"], word["at"], word["source"]) == (True, "2026-03-02T09:00:00Z", "customer page")
        assert word["long"]
        assert word["wording"] in read
        assert len(word["wording"].split()) > 8
    assert visitor.record("consent.sms_marketing") is None


def test_the_sentence_kept_is_the_one_they_read_though_their_language_changed_meanwhile() -> None:
    visitor = known(OLENA | {"locale": "hu"})
    page = visitor.look()
    visitor.world.tell("customer.updated", None, {"locale": "uk"}, customer_id="7")
    visitor.ask("POST", page.forms[0].posted(email_marketing=True))
    assert visitor.record("consent.email_marketing")["wording"] in page.text


def test_saving_without_a_change_says_nothing_new() -> None:
    visitor = known(BOTH | EMAIL_YES)
    before = visitor.world.stored()
    visitor.save()
    assert visitor.world.stored() == before


def test_saving_an_old_page_leaves_alone_what_was_changed_elsewhere() -> None:
    visitor = known(BOTH | EMAIL_YES)
    old = visitor.look().forms[0]
    visitor.stop()
    _, page = visitor.ask("POST", old.posted(sms_service=True))
    assert page.boxes == {"email_marketing": False, "email_news": False, "sms_service": True, "sms_marketing": False}


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        ({"consent.email_marketing": YES}, True),
        ({"consent.email_marketing": NO}, False),
        ({"consent.email_marketing": None}, False),
        ({"name": "Olena"}, True),
    ],
)
def test_who_comes_back_by_the_page_stays_unless_the_shop_says_no(later: dict[str, Any], holds: bool) -> None:
    visitor = known(OLENA | EMAIL_YES)
    visitor.stop()
    assert visitor.save(email_marketing=True).boxes == {"email_marketing": True, "email_news": False}
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("customer.updated", None, later, customer_id="7")
    assert visitor.look().boxes == {"email_marketing": holds, "email_news": False}


def test_a_consent_of_the_shop_with_its_moment_lifts_a_withdrawal_for_good() -> None:
    visitor = known(OLENA | EMAIL_YES)
    visitor.stop()
    consented = {"granted": True, "at": "2026-03-02T10:00:00Z", "source": "profile", "wording": "Yes", "long": True}
    for word, holds in ((YES, False), (consented, True), (YES, True)):
        visitor.world.now += timedelta(hours=1)
        visitor.world.tell("customer.updated", None, {"consent.email_marketing": word}, customer_id="7")
        assert visitor.look().boxes == {"email_marketing": holds, "email_news": False}


def test_an_older_event_of_the_shop_does_not_undo_a_choice() -> None:
    visitor = known(OLENA)
    visitor.save(email_marketing=True)
    old = visitor.world.now - timedelta(minutes=5)
    visitor.world.tell("customer.updated", None, {"consent.email_marketing": NO}, customer_id="7", at=old)
    assert visitor.look().boxes == {"email_marketing": True, "email_news": False}


def test_who_agrees_on_the_page_gets_birthday_letters() -> None:
    visitor = known(OLENA | BIRTHDAY)
    visitor.save(email_marketing=True)
    visitor.world.until("2026-03-29T00:00:00Z")
    assert visitor.world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]


@pytest.mark.parametrize(
    ("customer", "ticked", "heard"),
    [
        (PHONE, {}, ["sms order_shipped"]),
        (PHONE, {"sms_service": False}, []),
        (BOTH, {}, ["order_shipped"]),
        (BOTH, {"sms_service": True}, ["order_shipped", "sms order_shipped"]),
        (BOTH | {"consent.sms_service": YES}, {"sms_service": False}, ["order_shipped"]),
    ],
)
def test_news_of_orders_by_sms_follow_the_page(
    customer: dict[str, Any], ticked: dict[str, bool], heard: list[str]
) -> None:
    visitor = known(customer)
    if ticked:
        visitor.save(**ticked)
    assert order_news(visitor) == heard


def test_who_refused_order_sms_as_the_only_way_stays_refused_after_a_bare_yes() -> None:
    visitor = known(PHONE)
    visitor.save(sms_service=False)
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("customer.updated", None, {"consent.sms_service": YES}, customer_id="7")
    assert order_news(visitor) == []
    assert visitor.save(sms_service=True).boxes["sms_service"]


def test_the_link_of_a_guest_opens_the_page_of_the_customer_they_became() -> None:
    world = World()
    world.place(OLENA | EMAIL_YES)
    guest = world.messages()[0].customer
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, BOTH, customer_id="7")
    visitor = Visitor(world, guest)
    assert visitor.look().boxes == {
        "email_marketing": True,
        "email_news": False,
        "sms_service": False,
        "sms_marketing": False,
    }
    visitor.save(email_marketing=False)
    assert Visitor(world).look().boxes["email_marketing"] is False


def test_what_a_guest_withdrew_the_customer_they_become_has_withdrawn() -> None:
    world = World()
    world.place(OLENA | EMAIL_YES)
    Visitor(world, world.messages()[0].customer).stop()
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, OLENA | EMAIL_YES, customer_id="7")
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, {"email": "new@customer.example"} | EMAIL_YES, customer_id="7")
    assert Visitor(world).look().boxes == {"email_marketing": False, "email_news": False}


@pytest.mark.parametrize("form", [None, ONE_CLICK, {"was.email_marketing": "no", "email_marketing": "yes"}])
def test_of_the_forgotten_the_page_knows_nothing_and_keeps_nothing(form: dict[str, str] | None) -> None:
    visitor = known(BOTH | EMAIL_YES)
    visitor.save(email_marketing=False)
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("customer.erased", None, {}, customer_id="7")
    before = visitor.world.stored()
    status, page = visitor.ask("POST" if form else "GET", form)
    assert (status, page.forms) == (200, [])
    assert "We have no contact details for you" in page.text
    assert "customer.example" not in page.html
    assert visitor.world.stored() == before


def test_who_refused_order_sms_and_was_forgotten_is_still_refused_when_they_order_again() -> None:
    visitor = known(PHONE)
    visitor.save(sms_service=False)
    visitor.world.tell("customer.erased", None, {}, customer_id="7")
    visitor.world.now += timedelta(days=1)
    visitor.world.tell("customer.updated", None, PHONE, customer_id="8")
    assert Visitor(visitor.world, "id:8").look().boxes["sms_service"] is False


STRANGERS = {
    "of another shop": Token("other", "id:7", "preferences"),
    "for another purpose": Token("dobra", "id:7", "task"),
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", STRANGERS.values(), ids=STRANGERS)
def test_a_link_that_is_not_for_this_page_opens_nothing(token: Token, method: str) -> None:
    visitor = known(OLENA | EMAIL_YES)
    before = visitor.world.stored()
    status, page = visitor.ask(method, ONE_CLICK, sign_token(KEYS.links, token, visitor.world.now))
    assert (status, page.locale, page.forms) == (404, "uk", [])
    assert visitor.world.stored() == before


@pytest.mark.parametrize("token", ["", "1.x.y", "\ud800", "ї" * 9, "." * 100_000, "1." + "A" * 100_000])
def test_what_is_no_link_gets_a_kind_page(token: str) -> None:
    visitor = known(OLENA | EMAIL_YES)
    before = visitor.world.stored()
    for method in ("GET", "POST"):
        assert visitor.ask(method, ONE_CLICK, token)[0] == 404
    assert visitor.world.stored() == before


def test_a_link_of_more_than_a_year_ago_opens_nothing() -> None:
    visitor = known(OLENA | EMAIL_YES)
    visitor.world.now += timedelta(days=366)
    assert visitor.ask("POST", ONE_CLICK)[0] == 404


def test_any_bit_of_the_link_turned_unsubscribes_nobody() -> None:
    visitor = known(OLENA | EMAIL_YES)
    before = visitor.world.stored()
    raw = visitor.token.encode()
    for bit in range(len(raw) * 8):
        wrong = bytearray(raw)
        wrong[bit // 8] ^= 1 << bit % 8
        assert visitor.ask("POST", ONE_CLICK, wrong.decode("latin-1"))[0] == 404
    assert visitor.world.stored() == before


class Table(MemoryTable):
    """Runs what is in `before` ahead of the next calls, one each."""

    def __init__(self) -> None:
        super().__init__()
        self.before_reading: list[Callable[[], object]] = []
        self.before_writing: list[Callable[[], object]] = []

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        if self.before_reading:
            self.before_reading.pop()()
        return super().get(keys)

    def write(self, writes: Iterable[Write]) -> None:
        if self.before_writing:
            self.before_writing.pop()()
        super().write(writes)


def beside(customer: dict[str, Any]) -> tuple[Visitor, Table]:
    table = Table()
    visitor = known(customer, World(table=table))
    return visitor, table


def failing(error: type[Exception]) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", [Outage, Conflict])
@pytest.mark.parametrize(
    ("method", "form"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("POST", {"was.email_marketing": "yes"}),
        ("POST", {"profile": "yes", "gender": "female"}),
    ],
)
def test_while_the_table_is_down_the_page_asks_to_come_again(
    error: type[Exception], method: str, form: dict[str, str]
) -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    before = visitor.world.stored()
    for calls, count in ((table.before_writing, 5), (table.before_reading, 1)):
        calls[:] = [failing(error)] * count
        if method == "POST" or calls is table.before_reading:
            status, page = visitor.ask(method, form)
            assert (status, page.locale, page.forms) == (503, "uk", [])
            assert ("перевірте, що позначено" in page.text) is (method == "POST")
        calls.clear()
    assert (visitor.world.stored(), visitor.queue.bodies) == (before, [])


def worked_off(visitor: Visitor) -> None:
    """What waits in the queue of events, as the function behind it does."""
    world = visitor.world
    for body in visitor.queue.bodies:
        world.hear(read(json.loads(body), world.shop, {"en", "uk"}, world.now))


@pytest.mark.parametrize("error", [Outage, Conflict])
@pytest.mark.parametrize("reading", [True, False])
def test_one_click_that_cannot_be_written_is_queued_and_done_later_once_and_as_of_then(
    error: type[Exception], reading: bool
) -> None:
    visitor, table = beside(BOTH | EMAIL_YES)
    (table.before_reading if reading else table.before_writing)[:] = [failing(error)] * (1 if reading else 5)
    asked, before = visitor.world.now, visitor.world.stored()
    status, page = visitor.ask("POST", ONE_CLICK)
    assert (status, page.locale, page.forms) == (202, "uk", [])
    assert visitor.world.stored() == before
    assert "olena" not in visitor.queue.bodies[0].lower()
    table.before_writing.clear()
    visitor.world.now += timedelta(hours=2)
    worked_off(visitor)
    after = visitor.world.stored()
    assert visitor.look().boxes == {
        "email_marketing": False,
        "email_news": False,
        "sms_service": False,
        "sms_marketing": False,
    }
    assert visitor.record("consent.email_marketing")["at"] == format_instant(asked)
    worked_off(visitor)
    assert visitor.world.stored() == after


def test_who_chose_on_the_page_after_their_click_has_what_they_chose() -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    table.before_writing[:] = [failing(Outage)]
    assert visitor.ask("POST", ONE_CLICK)[0] == 202
    visitor.save(email_marketing=False)
    visitor.save(email_marketing=True)
    visitor.world.now += timedelta(hours=1)
    worked_off(visitor)
    assert visitor.look().boxes == {"email_marketing": True, "email_news": False}


def test_who_agreed_in_the_shop_after_their_click_has_agreed_and_a_decision_says_so() -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    table.before_writing[:] = [failing(Outage)]
    visitor.ask("POST", ONE_CLICK)
    visitor.world.now += timedelta(hours=1)
    agreed = {
        "granted": True,
        "at": format_instant(visitor.world.now),
        "source": "checkout",
        "wording": "Yes",
        "long": True,
    }
    visitor.world.tell("customer.updated", None, {"consent.email_marketing": agreed}, customer_id="7")
    worked_off(visitor)
    assert visitor.look().boxes == {"email_marketing": True, "email_news": False}
    assert visitor.world.reasons("customer.unsubscribed") == ["skipped superseded"]


def test_a_bare_yes_of_the_shop_does_not_outlive_a_click_that_waits() -> None:
    visitor, table = beside(OLENA)
    table.before_writing[:] = [failing(Outage)]
    visitor.ask("POST", ONE_CLICK)
    visitor.world.now += timedelta(hours=1)
    visitor.world.tell("customer.updated", None, EMAIL_YES, customer_id="7")
    worked_off(visitor)
    assert visitor.look().boxes == {"email_marketing": False, "email_news": False}


def test_of_who_was_forgotten_before_their_click_was_worked_off_nothing_is_written_but_why() -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    table.before_writing[:] = [failing(Outage)]
    visitor.ask("POST", ONE_CLICK)
    visitor.world.now += timedelta(minutes=5)
    visitor.world.tell("customer.erased", None, {}, customer_id="7")
    worked_off(visitor)
    assert visitor.record("consent.email_marketing") is None
    assert visitor.world.reasons("customer.unsubscribed") == ["skipped erased"]


def test_where_the_queue_takes_nothing_either_a_click_is_to_be_made_again() -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    visitor.queue.down = True
    before = visitor.world.stored()
    table.before_writing[:] = [failing(Outage)]
    assert visitor.ask("POST", ONE_CLICK)[0] == 503
    assert visitor.world.stored() == before


@pytest.mark.parametrize("token", ["", "1.x.y"])
def test_no_click_of_a_stranger_is_queued_while_the_table_is_down(token: str) -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    table.before_reading[:] = [failing(Outage)] * 3
    assert visitor.ask("POST", ONE_CLICK, token)[0] == 404
    for stranger in STRANGERS.values():
        assert visitor.ask("POST", ONE_CLICK, sign_token(KEYS.links, stranger, visitor.world.now))[0] in (202, 404)
    assert all(json.loads(body)["shop"] == "other" for body in visitor.queue.bodies)


def test_who_clicks_while_something_else_is_written_is_heard_all_the_same() -> None:
    visitor, table = beside(OLENA | EMAIL_YES)
    table.before_writing[:] = [failing(Conflict)] * 4
    assert visitor.stop().boxes == {"email_marketing": False, "email_news": False}


def test_of_two_choices_at_once_both_are_kept() -> None:
    visitor, table = beside(BOTH | EMAIL_YES)
    form = visitor.look().forms[0].posted(sms_service=True)
    table.before_writing.append(visitor.stop)
    _, page = visitor.ask("POST", form)
    assert page.boxes == {"email_marketing": False, "email_news": False, "sms_service": True, "sms_marketing": False}


def test_a_contact_that_comes_while_the_form_is_read_is_left_as_it_is() -> None:
    visitor, table = beside(OLENA)
    form = visitor.look().forms[0].posted(email_marketing=True) | {"was.sms_service": "no", "sms_service": "yes"}
    arrives = lambda: visitor.world.tell("customer.updated", None, PHONE, customer_id="7")
    table.before_writing.append(arrives)
    _, page = visitor.ask("POST", form)
    assert page.boxes == {"email_marketing": True, "email_news": False, "sms_service": False, "sms_marketing": False}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", ["choices", "nobody", "unknown", "later", "unsaved", "queued"])
@pytest.mark.parametrize("notice", ["", "saved", "stopped", "unclear"])
@pytest.mark.parametrize("works", [(True, True), (True, False), (False, True), (False, False)])
def test_every_page_can_be_written_in_every_language(
    locale: str, state: str, notice: str, works: tuple[bool, bool]
) -> None:
    content = {
        "shop": "<b>Dobra</b>",
        "accent": "#000000",
        "email": "olena@customer.example",
        "phone": PHONE["phone"],
        "email_works": works[0],
        "phone_works": works[1],
        "choices": {"email_marketing": works[0], "email_news": False, "sms_service": works[1], "sms_marketing": False},
        "notice": notice,
    }
    html = PAGES.render(locale, state, content)
    assert "<b>" not in html
    assert Page(html).locale == locale
    assert all("  " not in sentence for sentence in PAGES.wordings(locale, content).values())
