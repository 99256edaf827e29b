"""All that people look at: each letter, and each page behind a link, with little in it and with very much."""

import re
from collections.abc import Iterator
from types import SimpleNamespace as Part
from typing import Any, NamedTuple

from shopbell.domain.journeys import JOURNEYS, Journey
from shopbell.domain.journeys.staff import DAY
from shopbell.domain.model.vocabulary import Asked
from shopbell.domain.rules.conditions import PROFILE
from shopbell.rendering.pages import Pages
from shopbell.rendering.qr import svg
from shopbell.service.pages.task_page import answers
from shopbell.service.subjects.identity import OFFERED
from tests.rendering.languages import SAMPLES_OF, TEMPLATES
from tests.rendering.letters import RENDERER, letter
from tests.rendering.parts import MORNING, TODAY, money
from tests.rendering.preview import with_pictures
from tests.rendering.samples import LONG, SAMPLES

PAGES = Pages(TEMPLATES)
LONGEST_EMAIL = f"{'wolfeschlegelsteinhausenbergerdorff' * 2}@{'customer-' * 6}.example"
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
BY_A_CALENDAR = {Asked.AT: "2026-03-20T10:30", Asked.NEW_DATE: "2026-03-20", Asked.PLANNED_REPEAT_ON: "2026-06-01"}
FILLED_IN = dict.fromkeys(Asked, f"{LONG}, {LONG}") | BY_A_CALENDAR | {Asked.EMAIL: LONGEST_EMAIL}


class Sheet(NamedTuple):
    """`name`: what is in it. `ask_axe`: not of what is made of the same parts as another sheet."""

    name: str
    html: str
    ask_axe: bool = True


def letters(kind: str, locale: str) -> Iterator[Sheet]:
    """And as Gmail shows it in a phone's browser: it knows no style element."""
    for sample in ("usual", "bare", "longest"):
        yield Sheet(sample, with_pictures(letter(kind, locale, sample)), sample == "usual")
    yield Sheet("usual, without style", STYLE.sub("", letter(kind, locale, "usual").html), False)


def task_pages(kind: str, locale: str) -> Iterator[Sheet]:
    """Nothing said yet; answered; filled in, and much of it wrong; and over. That of a day asks nothing."""
    if kind == DAY:
        yield Sheet("page, board", RENDERER.task(kind, locale, SAMPLES["usual"](kind, locale), {}))
        return
    journey = next(row for row in JOURNEYS if row.kind == kind)
    page = _task_page(journey, locale)
    wrong = dict.fromkeys([each for each in journey.asks if each not in BY_A_CALENDAR], "unreadable")
    over: dict[str, Any] = {"over": "settled", "ended_by": "order.accepted", "ended_at": MORNING, "answers": ()}
    for name, sample, changed in (
        ("open", "usual", {}),
        ("answered", "bare", {"outcome": page["answers"][0], "standing": None}),
        ("wrong", "to_pay_there", {"notice": "wrong", "typed": FILLED_IN, "wrong": wrong}),
        ("longest", "longest", {}),
        ("over", "usual", over),
    ):
        html = RENDERER.task(kind, locale, SAMPLES[sample](kind, locale), page | changed)
        yield Sheet(f"page, {name}", html, name in ("open", "wrong"))


def _task_page(journey: Journey, locale: str) -> dict[str, Any]:
    parcel = Part(state="sent", on=TODAY, number="20451234567890")
    days = dict.fromkeys(("accepted_on", "delayed_to", "resolved_on"), TODAY)
    sums = {"paid": money(locale, "46.10"), "due": money(locale, "4.00"), "given_back": money(locale, "1.00")}
    return {
        "outcome": "",
        "notice": "",
        "answers": answers(journey),
        "fields": [*map(str, journey.asks)],
        "now": MORNING,
        "standing": Part(**days, **sums, called_off_on=None, parcels=[parcel, parcel]),
        "card": svg("https://maps.example/1") if journey.courier_card else "",
    }


def other_pages(locale: str) -> Iterator[Sheet]:
    """A task's page that has nothing to show, and the customer's page."""
    for state in ("unknown", "later", "unsaved", "over"):
        yield Sheet(f"task, {state}", RENDERER.no_task(locale, state))
    past = RENDERER.past_task(locale, "reached", "1001", LONG, "+380445550101", {"text": LONG})
    yield Sheet("task, past", past)
    for state in ("nobody", "unknown", "later", "unsaved", "queued"):
        yield Sheet(f"customer, {state}", PAGES.render(locale, state, {}))
    shop = SAMPLES_OF[locale].long_shop_name
    asked: dict[str, Any] = {"email": LONGEST_EMAIL, "phone": "+380445550101", "email_works": True, "phone_works": True}
    unasked: dict[str, Any] = {"shop": shop, "profile": PROFILE, "choices": dict.fromkeys(OFFERED, True)}
    variants: dict[str, dict[str, Any]] = {
        "usual": {"choices": dict.fromkeys(OFFERED, False)},
        "bare": {"phone": "", "email_works": False, "profile": (), "choices": {}},
        "longest": {"notice": "unclear", "wrong": ("birthday", "phone"), "refusal": True},
        "saved": {"notice": "saved", "phone_works": False},
    }
    for name, changed in variants.items():
        yield Sheet(f"customer, {name}", PAGES.render(locale, "choices", asked | unasked | changed))
