"""What letters say of money: what came, what is due and how to pay it, in every state of it, and nothing besides."""

import re
from functools import cache
from typing import Any

import pytest

from shopbell.rendering import Rendered
from tests.rendering.facts import FACTS, plain_templates, same, spellings
from tests.rendering.languages import SAMPLES_OF, TONE_OF
from tests.rendering.letters import RENDERER, every_locale
from tests.rendering.markup import Inspector
from tests.rendering.money import (
    PAID,
    PLACED,
    REMINDERS,
    UNPAID,
    State,
    by_card,
    by_card_without_a_link,
    called_off,
    cash_after_a_deposit,
    for_nothing,
    paid,
    paid_and_accepted,
    paid_and_not_sent,
    paid_too_much,
    part_paid,
    states,
    unpaid_and_not_sent,
)
from tests.rendering.parts import THURSDAY, money
from tests.rendering.reader import Reader

every_state = pytest.mark.parametrize(("kind", "state"), tuple(states()))


@cache
def email(kind: str, state: State, locale: str) -> Rendered:
    return RENDERER.render(kind, locale, "email", state(kind, locale))


@cache
def sms(kind: str, state: State, locale: str) -> str:
    return RENDERER.render(kind, locale, "sms", state(kind, locale)).text


def parts(kind: str, state: State, locale: str) -> list[str]:
    """The text, the page as it is seen and the SMS, each on its own."""
    said = email(kind, state, locale)
    return [same(part) for part in (said.text, Reader(said.html).text, sms(kind, state, locale))]


def words_of(locale: str) -> Any:
    return plain_templates(locale).environment.globals["w"]


def body(kind: str, state: State, locale: str) -> str:
    """What it says before the things that were ordered."""
    text = email(kind, state, locale).text
    return same(text.split(f"\n{words_of(locale).ordered}\n")[0].split("\n--\n")[0])


def told(name: str, part: str, kind: str, state: State, locale: str) -> bool:
    content = state(kind, locale)
    value = FACTS[name](content)
    ways = [*spellings(value, content, short=False), *spellings(value, content, short=True)]
    return any(same(way) in part for way in ways)


def amounts(pounds: str, locale: str) -> list[str]:
    tools, currency = plain_templates(locale).environment.filters, paid(PAID, locale)["order"].currency
    return [same(tools[name](money(locale, pounds), currency)) for name in ("money", "money_short")]


def tells_sum(pounds: str, part: str, locale: str) -> bool:
    return any(way in part for way in amounts(pounds, locale))


@every_locale
@every_state
def test_in_no_state_of_the_money_has_a_letter_a_hole_or_a_seam(kind: str, state: State, locale: str) -> None:
    said = email(kind, state, locale)
    for part in (said.subject, said.preheader, said.text, Reader(said.html).text, sms(kind, state, locale)):
        assert part.strip()
        assert not re.search(r"\bNone\b|[{}]|\[\]|\(\)|&(amp|#\d+|[lg]t);| [,.;:!?](\s|$)|,,|\.\.(\s|$)|;\.", part)
        assert not re.search(r"[.!?][A-ZА-ЯЁЄІЇҐÁÉÍÓÖŐÚÜŰ]", part)
    assert not re.search(r"  |\n\n\n|[ \t]\n|\r", said.text)
    assert Inspector(said.html).faults == []


@every_locale
@every_state
def test_in_every_state_it_is_courteous(kind: str, state: State, locale: str) -> None:
    said = email(kind, state, locale)
    words = "\n".join([said.subject, said.preheader, said.text, sms(kind, state, locale)])
    assert not re.search("|".join(TONE_OF[locale].pressing), words, re.IGNORECASE)
    assert not re.search(TONE_OF[locale].familiar, words)
    assert not re.search(f"[{''.join(set('«»„”“') - set(TONE_OF[locale].quotes))}]", words)
    assert "!" not in said.subject + said.preheader + sms(kind, state, locale)


@every_locale
@pytest.mark.parametrize("state", [by_card, by_card_without_a_link])
@pytest.mark.parametrize("kind", [*PLACED, "payment_failed"])
def test_whoever_pays_by_card_is_told_no_bank_details_at_once(kind: str, state: State, locale: str) -> None:
    account = SAMPLES_OF[locale].payment_details.splitlines()[-1]
    assert not [part for part in parts(kind, state, locale) if account in part]


@every_locale
@pytest.mark.parametrize("state", [by_card, by_card_without_a_link])
@pytest.mark.parametrize("kind", REMINDERS)
def test_a_reminder_names_them_after_the_link_as_another_way(kind: str, state: State, locale: str) -> None:
    account, url = SAMPLES_OF[locale].payment_details.splitlines()[-1], state(kind, locale)["order"].payment.url
    said = email(kind, state, locale)
    for part in (said.text, said.html, sms(kind, state, locale)):
        assert part.index(account) > (part.index(url) if url else 0)


@every_locale
@pytest.mark.parametrize("kind", [*PLACED, "payment_failed"])
def test_without_any_way_to_pay_it_says_what_is_due_and_whom_to_ask(kind: str, locale: str) -> None:
    phone = by_card_without_a_link(kind, locale)["shop"].phone[-2:]
    before = body(kind, by_card_without_a_link, locale)
    assert told("due", before, kind, by_card_without_a_link, locale)
    assert phone in before
    assert phone in sms(kind, by_card_without_a_link, locale)


@every_locale
@pytest.mark.parametrize("kind", [*UNPAID, PAID])
def test_of_a_part_it_says_what_came_what_is_still_due_and_how_to_pay_it(kind: str, locale: str) -> None:
    text, page, short = parts(kind, part_paid, locale)
    for part in (text, page):
        assert tells_sum("20.00", part, locale)
    for part in (text, page, short):
        assert tells_sum("26.10", part, locale)
        assert SAMPLES_OF[locale].payment_details.splitlines()[-1] in part
    assert not tells_sum("46.10", short, locale)


@every_locale
@pytest.mark.parametrize("state", [part_paid, cash_after_a_deposit])
def test_a_part_names_no_day_and_no_bonus(state: State, locale: str) -> None:
    for part in parts(PAID, state, locale):
        assert not told_day(part, locale)
        assert "1246" not in part.replace(" ", "").replace(",", "")


def told_day(part: str, locale: str) -> bool:
    tools = plain_templates(locale).environment.filters
    return any(same(tools[name](THURSDAY).rstrip(".")) in part for name in ("day", "weekday", "month_day", "short"))


@every_locale
@pytest.mark.parametrize("kind", PLACED)
def test_paid_at_the_checkout_it_says_all_that_payment_received_would(kind: str, locale: str) -> None:
    text, page, short = parts(kind, paid, locale)
    for part in (text, page):
        assert all(told(name, part, kind, paid, locale) for name in ("bonus", "balance", "worth", "arrives"))
    for part in (text, page, short):
        assert told("ships_by", part, kind, paid, locale) or told_day_in_digits(part, locale)
        assert tells_sum("46.10", part, locale)
        assert words_of(locale).to_pay not in part


def told_day_in_digits(part: str, locale: str) -> bool:
    return same(plain_templates(locale).environment.filters["digits"](THURSDAY)).rstrip(".") in part


@every_locale
def test_accepted_and_paid_at_the_checkout_it_says_all_three(locale: str) -> None:
    content = paid_and_accepted("order_accepted", locale)
    for part in parts("order_accepted", paid_and_accepted, locale)[:2]:
        assert content["customer"].email in part
        assert all(item.sku in part for item in content["order"].items)
        assert tells_sum("46.10", part, locale)


@every_locale
@pytest.mark.parametrize("kind", PLACED)
def test_of_an_order_of_nothing_it_names_no_sum_and_no_way_to_pay(kind: str, locale: str) -> None:
    words = words_of(locale)
    before = body(kind, for_nothing, locale)
    for part in (before, sms(kind, for_nothing, locale), email(kind, for_nothing, locale).preheader):
        assert not re.search(r"(?<![\d.,:])0([.,]00?)?\s?(£|₴|₽|Ft|грн|руб)|£0", part)
    assert f"\n{words.labels['payment']}: " not in email(kind, for_nothing, locale).text


@every_locale
@pytest.mark.parametrize("kind", [*PLACED, PAID])
def test_what_came_beyond_what_was_due_is_given_back(kind: str, locale: str) -> None:
    for part in parts(kind, paid_too_much, locale):
        assert tells_sum("5.00", part, locale)
    assert not [part for part in parts(kind, paid, locale) if tells_sum("5.00", part, locale)]


@every_locale
def test_money_for_an_order_called_off_is_told_with_who_writes_by_when_and_without_a_day(locale: str) -> None:
    by = f"{called_off(PAID, locale)['answer_by']:%H:%M}".lstrip("0")
    for part in parts(PAID, called_off, locale):
        assert by in part
        assert tells_sum("46.10", part, locale)
        assert not told_day(part, locale)
        assert TONE_OF[locale].thanks not in part.lower()
    subjects = {email(PAID, state, locale).subject for state in (paid, part_paid, called_off, paid_and_accepted)}
    assert len(subjects) == 4


@every_locale
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        *((kind, paid_and_not_sent) for kind in (*PLACED, PAID)),
        *((kind, unpaid_and_not_sent) for kind in UNPAID),
    ],
)
def test_where_nothing_is_sent_nobody_hears_of_sending(kind: str, state: State, locale: str) -> None:
    said = email(kind, state, locale)
    text = said.text.split("\n--\n")[0] + said.subject + said.preheader + sms(kind, state, locale)
    said_of_payment = ", ".join(state(kind, locale)["order"].payment.alternatives)
    assert not [word for word in TONE_OF[locale].sending if word in text.replace(said_of_payment, "").lower()]


@every_locale
def test_a_payment_that_failed_took_nothing_and_may_be_tried_again(locale: str) -> None:
    said = email("payment_failed", by_card, locale)
    assert said.html.count('class="button"') == 1
    assert by_card("payment_failed", locale)["order"].payment.url in said.text
    assert email("payment_failed", by_card_without_a_link, locale).html.count('class="button"') == 0


@every_locale
@pytest.mark.parametrize("kind", REMINDERS)
def test_a_reminder_of_the_rest_asks_for_the_rest_alone(kind: str, locale: str) -> None:
    said = email(kind, part_paid, locale)
    assert tells_sum("26.10", same(said.preheader), locale)
    assert said.text != email(kind, by_card, locale).text
