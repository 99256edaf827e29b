"""How far an order has come, in a line: from its account and its days, as each language says it."""

from datetime import date
from types import SimpleNamespace as Part

import pytest

from shopbell.domain.letter_context.delivery import delivery_context
from shopbell.domain.model.facts import Trigger
from tests.domain.stories import moment, placed, said, whole
from tests.rendering.letters import RENDERER, every_locale, letter
from tests.rendering.parts import step
from tests.rendering.usual import TO_CUSTOMERS, usual

MOVING = ("order_shipped", "parcel_ready", "order_delayed")


def line(steps: list[Part]) -> str:
    """ "received, paid, [sent 2], arrives 5": the day of March of each, the one that is reached in brackets."""
    return ", ".join(f"[{_short(each)}]" if each.present else _short(each) for each in steps)


def _short(each: Part) -> str:
    days = [str(day.day) for day in (each.first, each.last) if day]
    return f"{each.name} {'-'.join(days)}".strip()


@pytest.mark.parametrize(
    ("story", "now", "steps"),
    [
        ("placed", "Mon 02 12:00", "[received]"),
        ("placed, accepted, paid", "Mon 02 13:00", "received, [paid]"),
        ("placed, paid a 200", "Mon 02 12:00", "[received]"),
        ("placed on a card for nothing", "Mon 02 12:00", "[received]"),
        ("placed to arrive on Thursday, paid", "Mon 02 12:00", "received, [paid], arrives 5"),
        ("placed, paid, shipped", "Mon 02 13:00", "received, paid, [sent 2]"),
        ("placed, paid, shipped A for Thursday", "Mon 02 13:00", "received, paid, [sent 2], arrives 5"),
        ("placed, paid, shipped A for Thursday", "Fri 06 10:00", "received, paid, [sent 2]"),
        ("placed for cash, shipped A for Thursday", "Mon 02 13:00", "received, [sent 2], arrives 5"),
        ("placed, paid, shipped A for Thursday, ready A", "Mon 02 14:00", "received, paid, sent 2, [ready]"),
        ("placed, paid, ready A", "Mon 02 13:00", "received, paid, sent, [ready]"),
        ("placed, paid, ready A, Tue 03 10:00 shipped A", "Tue 03 11:00", "received, paid, sent, [ready]"),
        ("placed, paid, delayed to Tuesday", "Mon 02 13:00", "received, [paid], leaves 10"),
        ("placed to arrive on Thursday, paid, delayed to Tuesday", "Mon 02 13:00", "received, [paid], leaves 10"),
        ("placed, paid, shipped A, delayed to Tuesday", "Mon 02 14:00", "received, paid, [sent 2], arrives 10"),
        ("placed, paid, shipped, refunded s 500", "Mon 02 14:00", ""),
        ("placed, paid, cancelled", "Mon 02 13:00", ""),
        ("placed, cancelled, shipped", "Mon 02 13:00", ""),
        ("placed for no delivery, paid", "Mon 02 12:00", ""),
        ("placed for a download, paid", "Mon 02 12:00", ""),
        ("placed to arrive last week, paid", "Mon 02 12:00", "received, [paid]"),
    ],
)
def test_the_steps_are_those_of_the_account_and_of_days_that_can_be(story: str, now: str, steps: str) -> None:
    facts = whole(story)
    assert line(delivery_context(facts, Trigger("", moment(now)), moment(now)).progress) == steps


@pytest.mark.parametrize(
    ("event", "delivery", "steps"),
    [
        ("placed", {"ships_by": "2026-03-04"}, "[received], gets_ready 4"),
        ("ready", {"pickup_until": "2026-03-12"}, "received, [ready 12]"),
    ],
)
def test_what_is_fetched_from_the_shop_is_never_sent(event: str, delivery: dict[str, str], steps: str) -> None:
    changes = {f"delivery.{name}": day for name, day in delivery.items()} | {"delivery.method": "self_pickup"}
    facts = placed(**changes)(whole(""), moment("Mon 02 10:00"))
    if event != "placed":
        facts = said(event)(facts, moment("Mon 02 11:00"))
    now = moment("Mon 02 12:00")
    assert line(delivery_context(facts, Trigger("", now), now).progress) == steps


WORDS = {
    "en": "Received · Paid · *Sent 3 March* · Expected 6–7 March",
    "uk": "Оформлено · Оплачено · *Відправлено 3 березня* · Прибуде 6–7 березня",
    "ru": "Оформлен · Оплачен · *Отправлен 3 марта* · Ожидается 6–7 марта",
    "hu": "Megrendelve · Kifizetve · *Feladva: március 3.* · Várható érkezés: március 6–7.",
}


@every_locale
def test_a_language_says_it_in_its_own_words_and_the_step_that_is_reached_stands_out(locale: str) -> None:
    shipped = letter("order_shipped", locale, "usual")
    assert WORDS[locale] in shipped.text.replace("\xa0", " ").replace("\u2060", "")
    present = WORDS[locale].split("*")[1]
    html = shipped.html.replace("\xa0", " ")
    assert f">{present}</strong>" in html
    assert html.index("</h1>") < html.index(present)


MARCH, APRIL = date(2026, 3, 30), date(2026, 4, 2)
STEPS = {
    "leaves": (None, APRIL),
    "gets_ready": (None, APRIL),
    "sent": (None, APRIL),
    "arrives": (None, APRIL),
    "arrives within": (MARCH, APRIL),
    "ready": (None, APRIL),
    "ready still": (None, None),
}


@every_locale
@pytest.mark.parametrize("name", STEPS)
def test_each_step_has_its_day(name: str, locale: str) -> None:
    content = usual("parcel_ready", locale)
    content["order"].delivery.progress = [step("received"), step(name.split(maxsplit=1)[0], *STEPS[name], present=True)]
    text = RENDERER.render("parcel_ready", locale, "email", content).text.replace("\xa0", " ")
    (told,) = (each for each in text.splitlines() if " · *" in each)
    assert [day for day in ("30", "2") if f"{day} " in f"{told} ".replace("*", " ").replace(".", " ")] == [
        str(day.day) for day in STEPS[name] if day
    ]


@every_locale
@pytest.mark.parametrize("kind", TO_CUSTOMERS)
def test_only_letters_that_move_an_order_on_show_it(kind: str, locale: str) -> None:
    made = letter(kind, locale, "usual")
    assert ("\xa0· *" in made.text, '<strong class="present"' in made.html) == (kind in MOVING,) * 2


@every_locale
@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize("steps", [[], [step("received", present=True)]])
def test_where_there_is_no_way_to_show_nothing_is_shown(kind: str, locale: str, steps: list[Part]) -> None:
    content = usual(kind, locale)
    content["order"].delivery.progress = steps
    made = RENDERER.render(kind, locale, "email", content)
    assert "<strong" not in made.html
    assert "\xa0·" not in made.text
