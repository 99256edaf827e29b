"""The pages of tasks, with their real words: readable whatever has happened since the task was sent."""

import re
from datetime import timedelta
from functools import cache
from html import unescape

import pytest

from shopbell.domain.rules.conditions import OUTCOMES
from shopbell.rendering.colours import MIN_CONTRAST, contrast
from tests.browser import Page
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, a_busy_shop

PAGES = RENDERER
LOCALES = sorted(PAGES.locales())
BOTH = OLENA | {"phone": "+380445550101"}


@cache
def a_busy_week() -> World:
    """All that it was about is settled by now: the parcel arrived, and who did not answer was reached after all."""
    world = World(shop=a_busy_shop(), pages=PAGES)
    world.place(BOTH)
    world.close("staff_confirm_order", "no_answer")
    world.until(MONDAY + timedelta(hours=3))
    world.tell("order.repriced", repriced={"old_total": "1499.00", "new_total": "1600.00", "reason": "the maker"})
    world.close("staff_refusal_risk", "no_answer")
    world.tell("order.item_unavailable", sku="MUG-1", alternatives=[])
    world.tell("complaint.opened", None, BOTH, said={"complaint": {"id": "c1", "text": "Where is it?"}})
    world.tell("call.missed", None, BOTH, said={"phone": BOTH["phone"]})
    world.close("staff_missed_call", "no_answer")
    world.tell("callback.agreed", None, BOTH, said={"at": "2026-03-03T08:00:00Z", "note": "the mug"})
    world.until(MONDAY + timedelta(hours=30))
    world.tell("order.paid")
    world.until("2026-03-09T07:05:00Z")
    world.close("staff_dispatch_overdue", "no_answer")
    world.until("2026-03-09T17:00:00Z")
    world.tell("order.delivered")
    for message in [m for m in world.sent() if "~" in m.occurrence_id]:
        first = next(m for m in world.sent() if (m.name, m.occurrence_id) == (message.name, message.occurrence_id[:-2]))
        world.tell("call.done", task=first.id, outcome="reached")
    return world


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_an_old_task_s_page_names_nobody_and_asks_nothing(locale: str, outcome: str) -> None:
    html = PAGES.past_task(locale, outcome, "1001", "<b>Olena</b> Petrenko", BOTH["phone"])
    page = Page(html)
    assert (page.locale, page.forms) == (locale, [])
    assert "1001 · <… P… · +380 … 01" in page.text
    assert not {"Olena", "Petrenko", "4455", "None"} & {*page.text.split(), *html.split()}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("staff_confirm_order", 2),
        ("staff_refusal_risk", 2),
        ("staff_refusal_risk.unavailable", 1),
        ("staff_complaint", 1),
        ("staff_complaint.owner", 1),
        ("staff_missed_call", 2),
        ("staff_callback", 1),
        ("staff_pack", 1),
        ("staff_promise_at_risk", 1),
        ("staff_dispatch_overdue", 2),
    ],
)
def test_a_task_s_page_can_be_read_after_all_that_it_was_about_is_settled(locale: str, name: str, sent: int) -> None:
    world = a_busy_week()
    world.shop = a_busy_shop(locale=locale)
    asked = [m for m in world.sent() if m.name == name]
    assert len(asked) == sent
    for message in asked:
        status, html = world.visit(world.link_of(message))
        assert (status, Page(html).locale) == (200, locale)
        assert "None" not in Page(html).text


@cache
def an_order_called_off() -> World:
    """Paid and being packed when it was called off, and the payment taken back besides."""
    world = World(shop=a_busy_shop(), pages=PAGES)
    world.place(BOTH)
    world.tell("order.paid", at=MONDAY + timedelta(minutes=1))
    world.now += timedelta(minutes=10)
    world.tell("order.cancelled", said={"reason": "Nobody wants it"}, at=MONDAY + timedelta(minutes=9))
    world.now += timedelta(minutes=10)
    world.tell("order.payment_reversed", said={"payment": {"reason": "disputed"}}, at=MONDAY + timedelta(minutes=19))
    world.until(MONDAY + timedelta(hours=2))
    return world


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("name", "wanted"), [("staff_stop_packing", "done"), ("staff_payment_reversed", "reached")])
def test_a_task_about_money_or_an_order_called_off_has_a_page_that_says_what_is_left_to_do(
    locale: str, name: str, wanted: str
) -> None:
    world = an_order_called_off()
    world.shop = a_busy_shop(locale=locale)
    (message,) = (m for m in world.sent() if m.name == name)
    status, html = world.visit(world.link_of(message))
    assert (status, Page(html).locale) == (200, locale)
    assert f'value="{wanted}"' in html
    assert "None" not in Page(html).text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["staff_confirm_order", "staff_pack"])
def test_a_task_about_an_order_called_off_says_that_it_is_over_and_asks_nothing(locale: str, name: str) -> None:
    world = an_order_called_off()
    world.shop = a_busy_shop(locale=locale)
    (message,) = (m for m in world.sent() if m.name == name)
    status, html = world.visit(world.link_of(message))
    assert (status, "<form" in html, "<button" in html) == (200, False, False)
    assert 'class="notice called_off"' in html


@pytest.mark.parametrize("locale", LOCALES)
def test_a_task_that_settled_itself_says_so(locale: str) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place(BOTH)
    world.now += timedelta(minutes=10)
    world.tell("order.accepted")
    html = world.visit(world.link("staff_confirm_order"))[1]
    assert ("<form" in html, 'class="notice settled"' in html) == (False, True)


BROKEN = {"at": "tomorrow <b>at ten</b>", "note": '\nthe "blue" one', "sku": "NO-1", "email": "olena at example"}


def controls(html: str) -> dict[str, str]:
    """What each control of the form holds, by its name."""
    areas = re.findall(r"<textarea[^>]* name=\"(\w+)\"[^>]*>\n([^<]*)</textarea>", html)
    inputs = re.findall(r"<input[^>]* name=\"(\w+)\"[^>]* value=\"([^\"]*)\"", html)
    chosen = re.findall(r"<select id=\"(\w+)\".*?</select>", html, re.DOTALL)
    return {name: unescape(value) for name, value in [*areas, *inputs]} | dict.fromkeys(chosen, "")


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_typed_is_kept_and_what_is_wrong_stands_at_its_field(locale: str) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place({"name": "Olena", "phone": BOTH["phone"]})
    status, html = world.visit(world.link("staff_confirm_order"), "accepted", **BROKEN)
    assert (status, controls(html)) == (400, BROKEN | {"sku": "", "planned_repeat_on": ""})
    for name in ("at", "sku", "email"):
        assert re.search(rf'<p class="wrong" id="{name}-wrong"[^>]*>[^<]+</p>', html)
        assert re.search(rf'name="{name}"[^>]* aria-describedby="{name}-wrong[^>]* aria-invalid="true"', html)
    assert 'id="note-wrong"' not in html


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["staff_confirm_order", "staff_call_unpaid", "staff_pack", "staff_complaint"])
def test_every_field_has_its_label_and_the_wanted_answer_is_the_first_button(locale: str, name: str) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place(BOTH)
    if name == "staff_complaint":
        world.tell("complaint.opened", None, BOTH, said={"complaint": {"id": "c1", "text": "Where is it?"}})
    if name == "staff_pack":
        world.tell("order.paid")
    world.until(MONDAY + timedelta(days=2, hours=4))
    html = world.visit(world.link(name))[1]
    page = Page(html)
    named = {*re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', html)}
    assert (named, len(page.forms)) == (page.labelled, 1)
    wanted = {"staff_confirm_order": "accepted", "staff_pack": "done"}.get(name, "reached")
    assert re.findall(r"<button[^>]*>", html)[0] == (
        f'<button type="submit" name="outcome" value="{wanted}" class="primary">'
    )
    assert "<script" not in html
    assert '<form method="post" class="ask" autocomplete="off">' in html


@pytest.mark.parametrize(("name", "rings"), [("staff_confirm_order", True), ("staff_pack", False)])
def test_the_number_to_ring_is_the_first_thing_on_the_page_of_a_call(name: str, rings: bool) -> None:
    world = World(shop=a_busy_shop(), pages=PAGES)
    world.place(BOTH)
    if name == "staff_pack":
        world.tell("order.paid")
    main = world.visit(world.link(name))[1].partition("<main>")[2].strip()
    assert main.startswith(f'<a class="ring" href="tel:{BOTH["phone"]}"') is rings


@pytest.mark.parametrize("locale", LOCALES)
def test_what_was_taken_is_said_for_each_event(locale: str) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place(BOTH)
    fields = {"at": "2026-03-20T10:30", "sku": "MUG-1", "planned_repeat_on": "2026-06-01"}
    status, html = world.visit(world.link("staff_confirm_order"), "accepted", **fields)
    notice = re.search(r'<div class="notice" role="status">(.*?)</div>', html, re.DOTALL)
    assert notice
    assert (status, notice[1].count("<p ")) == (200, 4)
    assert {*controls(html).values()} == {""}


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_over_says_why_and_shows_what_could_not_be_taken(locale: str) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place(BOTH)
    link = world.link("staff_confirm_order")
    world.now += timedelta(minutes=10)
    world.tell("order.accepted")
    status, html = world.visit(link, at="2026-03-20T10:30", note="<the blue one>")
    assert (status, "<form" in html) == (410, False)
    assert "2026-03-20T10:30" in html
    assert "&lt;the blue one&gt;" in html
    assert '"ring"' not in html
    assert re.search(r'class="notice settled" role="status"><p[^>]*>[^<]+<br>[^<]+10:10\.</p>', html)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("forgotten", [False, True])
def test_what_comes_too_late_is_said_not_to_be_taken(locale: str, forgotten: bool) -> None:
    world = World(shop=a_busy_shop(locale=locale), pages=PAGES)
    world.place(BOTH)
    link = world.link("staff_confirm_order")
    world.visit(link, "reached")
    world.now += timedelta(days=8)
    if forgotten:
        world.tell("customer.erased", None, {"email": BOTH["email"]})
    status, html = world.visit(link, "reached", at="2026-03-20T10:30", note="<the blue one>")
    assert (status, "Olena" in html) == (410, False)
    assert 'role="alert"' in html
    assert "&lt;the blue one&gt;" in html
    assert 'role="alert"' not in world.visit(link)[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *(("ink", "paper"), ("soft", "paper"), ("wrong", "paper"), ("ink", "done"), ("ink", "ground")),
        ("on-button", "button"),
    ],
)
@pytest.mark.parametrize("accent", ["#1f5f8b", "#ffe14d", "#0b0b0b", "#7a1fa2"])
def test_the_page_can_be_read_by_day_and_by_night(scheme: str, ink: str, paper: str, accent: str) -> None:
    world = World(shop=a_busy_shop(accent=accent), pages=PAGES)
    world.place(BOTH)
    html = world.visit(world.link("staff_confirm_order"))[1]
    assert ":root { color-scheme: light dark;" in html
    day, night = re.findall(r":root \{ (?:color-scheme: light dark; )?(--ink: .*?) \}", html)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", day if scheme == "light" else night))
    whole = {name: "#" + colour[1:] * (2 if len(colour) == 4 else 1) for name, colour in colours.items()}
    assert contrast(whole[ink], whole[paper]) >= MIN_CONTRAST
