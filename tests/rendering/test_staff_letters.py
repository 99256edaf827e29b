"""What the shop's own people read: whom to ring, and what to say."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from shopbell.domain.journeys import JOURNEYS
from tests.rendering.facts import plain_templates
from tests.rendering.languages import TONE_OF
from tests.rendering.letters import RENDERER
from tests.rendering.parts import TODAY, customer, goods, item_context
from tests.rendering.reader import Reader
from tests.rendering.samples import SAMPLES
from tests.rendering.usual import usual

RISK, SATISFIED, UNREACHABLE = "staff_refusal_risk", "staff_call_satisfaction", "staff_unreachable_customer"
NEWS = sorted({row.kind for row in JOURNEYS if row.message_class == "transactional"})

PAGE = {"outcome": "", "notice": "", "answers": ("reached",), "card": ""}
every_locale = pytest.mark.parametrize("locale", sorted(RENDERER.locales()))


@every_locale
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_staff_are_told_whom_to_ring(locale: str, sample: str) -> None:
    content = SAMPLES[sample](UNREACHABLE, locale)
    said = RENDERER.render(UNREACHABLE, locale, "staff", content)
    phone, email = content["customer"].phone, content["customer"].email
    assert content["order"].number in said.subject
    assert f"tel:{phone}" in Reader(said.html).links or not phone
    for part in (said.text, Reader(said.html).text):
        assert phone[-4:-2] in part
        assert email in part


@every_locale
def test_the_staff_are_told_in_words_what_the_customer_has_not_heard(locale: str) -> None:
    told = {}
    for news in NEWS:
        content = usual(UNREACHABLE, locale)
        content["undelivered"] = SimpleNamespace(news=[news], channel="email", why="bounced")
        told[news] = RENDERER.render(UNREACHABLE, locale, "staff", content).text
    assert len(set(told.values())) == len(NEWS)
    assert not [news for news, text in told.items() if news in text]


@every_locale
def test_the_staff_are_told_of_a_letter_without_such_words_all_the_same(locale: str) -> None:
    content = usual("staff_facts_missing", locale)
    content["lacking"].news = "birthday_week"
    said = RENDERER.render("staff_facts_missing", locale, "staff", content)
    assert "birthday" not in said.text + said.html


@every_locale
def test_the_staff_are_told_why_it_did_not_arrive(locale: str) -> None:
    reasons = [("email", "bounced"), ("email", "refused"), ("sms", "refused"), ("email", "silent"), ("sms", "silent")]
    reasons += [("", why) for why in ("bounced", "complained", "no_contact", "no_consent")]
    said = set()
    for channel, why in reasons:
        content = usual(UNREACHABLE, locale)
        content["undelivered"] = SimpleNamespace(news=["order_shipped"], channel=channel, why=why)
        said.add(RENDERER.render(UNREACHABLE, locale, "staff", content).text)
    assert len(said) == len(reasons)


@every_locale
@pytest.mark.parametrize("kind", ["staff_confirm_order", "staff_order_late"])
@pytest.mark.parametrize("email", ["", "anna@customer.example"], ids=["no address", "a dead one"])
def test_nobody_is_asked_to_write_where_no_letter_arrives(kind: str, locale: str, email: str) -> None:
    content = usual(kind, locale)
    content["customer"] = customer(locale, phone="", email=email, can_be_written_to=False)
    for step in ("20_minutes", "1_hour", "3_hours"):
        said = RENDERER.render(kind, locale, "staff", content | {"step": step})
        whole = f"{said.subject} {said.preheader} {said.text} {Reader(said.html).text}".lower()
        assert not [words for words in TONE_OF[locale].by_email if words.lower() in whole]


@every_locale
def test_where_there_is_an_address_and_no_number_they_are_asked_to_write(locale: str) -> None:
    content = usual("staff_confirm_order", locale)
    content["customer"] = customer(locale, phone="")
    said = RENDERER.render("staff_confirm_order", locale, "staff", content)
    assert [words for words in TONE_OF[locale].by_email if words in said.text or words in said.subject]


@every_locale
@pytest.mark.parametrize(
    "kind", ["staff_confirm_order", "staff_order_late", "staff_call_unpaid", "staff_unreachable_customer"]
)
def test_the_staff_see_a_contact_that_cannot_be_read_as_it_was_written(kind: str, locale: str) -> None:
    content = usual(kind, locale)
    content["customer"] = customer(
        locale, phone="", email="", can_be_written_to=False, phone_written="067 <ABC> 45", email_written="anna@x.con"
    )
    said = RENDERER.render(kind, locale, "staff", content)
    for part in (said.text, Reader(said.html).text):
        assert "067 <ABC> 45" in part
        assert "anna@x.con" in part


@every_locale
@pytest.mark.parametrize("fields", [{"email": "anna@gmial.com"}, {"email": "", "email_written": "anna@gmail.con"}])
def test_an_address_that_looks_mistyped_stands_as_it_was_written_beside_the_likely_one(
    fields: dict[str, str], locale: str
) -> None:
    content = usual("staff_confirm_order", locale)
    content["customer"] = customer(locale, **fields, email_meant="gmail.com")
    said = RENDERER.render("staff_confirm_order", locale, "staff", content)
    (written,) = filter(None, fields.values())
    for part in (said.text, Reader(said.html).text):
        (line,) = (each for each in part.splitlines() if written in each)
        assert "gmail.com?" in line.replace("\u2060", "")
    to_them = usual("order_received", locale) | {"customer": content["customer"]}
    assert "gmail.com?" not in RENDERER.render("order_received", locale, "email", to_them).text


@every_locale
@pytest.mark.parametrize("kind", ["order_received", "order_accepted", "order_shipped", "payment_received"])
def test_a_customer_is_not_shown_what_could_not_be_read(kind: str, locale: str) -> None:
    content = usual(kind, locale)
    content["customer"] = customer(locale, phone="", phone_written="067 ABC 45", email_written="anna@x.con")
    said = RENDERER.render(kind, locale, "email", content)
    assert "ABC" not in said.text + said.html
    assert "x.con" not in said.text + said.html


def test_no_letter_greets_by_the_name_as_it_was_written() -> None:
    letters = Path("templates").glob("*/*.j2")
    assert [str(letter) for letter in letters if "hello(customer.name)" in letter.read_text("utf-8")] == []


@every_locale
def test_all_that_a_customer_has_not_heard_is_named(locale: str) -> None:
    content = usual(UNREACHABLE, locale)
    alone = []
    for news in (["order_shipped"], ["parcel_ready"], ["order_shipped", "parcel_ready"]):
        content["undelivered"] = SimpleNamespace(news=news, channel="", why="no_contact")
        alone.append(RENDERER.render(UNREACHABLE, locale, "staff", content).text)
    assert len(alone[2]) > max(len(alone[0]), len(alone[1]))


@every_locale
def test_a_letter_to_the_staff_does_not_thank_them_for_their_order(locale: str) -> None:
    ours = RENDERER.render(UNREACHABLE, locale, "staff", usual(UNREACHABLE, locale))
    customers = RENDERER.render("order_shipped", locale, "email", usual("order_shipped", locale))
    why_order = customers.text.splitlines()[-1]
    assert why_order in Reader(customers.html).text
    assert why_order not in ours.text + Reader(ours.html).text


def quoted(text: str, words: str) -> int:
    """Where a sentence stands, whole; its full stop is the language's to place."""
    return text.index(words.removesuffix("."))


@every_locale
@pytest.mark.parametrize("is_question", [True, False])
def test_whoever_is_to_ring_is_told_first_of_a_complaint_that_is_open(locale: str, is_question: bool) -> None:
    words = {"id": "c-7", "text": "The handle is off.", "since": TODAY, "order": "1000"}
    complaint = SimpleNamespace(**words, is_question=is_question)
    content = usual("staff_callback", locale) | {"open_complaint": complaint}
    said = RENDERER.render("staff_callback", locale, "staff", content)
    page = Reader(RENDERER.task("staff_callback", locale, content, PAGE)).text
    assert "c-7" in said.text.splitlines()[0]
    for part in (said.text, Reader(said.html).text, page):
        assert part.index("c-7") < quoted(part, "The handle is off.")


IN_SCRIPTS = ["staff_confirm_order", "staff_order_late", "staff_call_unpaid", "staff_call_satisfaction", RISK]


@every_locale
@pytest.mark.parametrize("kind", IN_SCRIPTS)
def test_whoever_calls_says_their_name_where_the_shop_gives_it(kind: str, locale: str) -> None:
    content = usual(kind, locale)
    nameless = RENDERER.render(kind, locale, "staff", content)
    content["order"].staff = "Oksana"
    said = RENDERER.render(kind, locale, "staff", content)
    assert "Oksana" not in nameless.text + nameless.html
    for part in (said.text, Reader(said.html).text):
        line = next(each for each in part.splitlines() if "Oksana" in each)
        assert content["shop"].name in line


@every_locale
@pytest.mark.parametrize("kind", ["order_received", "order_shipped", "review_request"])
def test_a_letter_is_signed_by_whoever_sees_to_the_order(kind: str, locale: str) -> None:
    content = usual(kind, locale)
    content["order"].staff = "Oksana"
    said = RENDERER.render(kind, locale, "email", content)
    signed = f"Oksana, {content['shop'].name}"
    assert signed in said.text.splitlines()
    assert signed in Reader(said.html).text
    assert "Oksana" not in RENDERER.render(kind, locale, "email", usual(kind, locale)).text


def test_who_has_an_address_and_is_asked_on_the_phone_is_not_said_to_have_none() -> None:
    content = usual(SATISFIED, "en") | {"step": "instead_of_review"}
    no_address = "we have no email address"
    assert no_address not in RENDERER.render(SATISFIED, "en", "staff", content).text
    content["customer"].can_be_written_to = False
    assert no_address in RENDERER.render(SATISFIED, "en", "staff", content).text


@every_locale
def test_what_has_sold_out_is_looked_for_elsewhere_before_anything_else_is_offered(locale: str) -> None:
    words: Any = plain_templates(locale).environment.get_template(f"{locale}/_staff.j2").module
    offered = item_context(locale, "Porcelain mug", "14.90")
    content = usual(RISK, locale) | {"step": "unavailable", "repriced": None}
    said = RENDERER.render(RISK, locale, "staff", content | {"item": goods(locale)[0], "alternatives": [offered]})
    for part in (said.text, Reader(said.html).text):
        assert part.index(words.elsewhere_first) < part.index("Porcelain mug")
    assert words.elsewhere_first in said.text.splitlines()[:3]


@every_locale
@pytest.mark.parametrize("kind", ["staff_confirm_order", SATISFIED])
@pytest.mark.parametrize("is_question", [True, False])
def test_whoever_rings_knows_of_the_last_complaint_and_how_it_ended(is_question: bool, kind: str, locale: str) -> None:
    words = {"id": "c-7", "text": "The handle is off.", "outcome": "A new one was sent.", "order": "1000"}
    case = SimpleNamespace(**words, resolved_on=TODAY, is_question=is_question)
    said = RENDERER.render(kind, locale, "staff", usual(kind, locale) | {"last_complaint": case})
    for part in (said.text, Reader(said.html).text):
        (line,) = (each for each in part.splitlines() if "c-7" in each)
        assert line.index("1000") < quoted(line, "The handle is off.") < quoted(line, "A new one was sent.")
        assert "3" in line  # of March


ENDS = ("It is off", "It is off.", "Is it off?", "It is off!", "It is off…", "It is off...")


@every_locale
@pytest.mark.parametrize("words", ENDS)
@pytest.mark.parametrize("is_question", [True, False])
def test_what_is_quoted_ends_a_sentence_with_one_stop(is_question: bool, words: str, locale: str) -> None:
    known = {"id": "c-7", "text": words, "order": "1000", "is_question": is_question, "since": TODAY}
    open_now = usual("staff_callback", locale) | {"open_complaint": SimpleNamespace(**known)}
    ended = SimpleNamespace(**known, outcome=words, resolved_on=TODAY)
    told = [
        RENDERER.render("staff_callback", locale, "staff", open_now).text,
        RENDERER.render(SATISFIED, locale, "staff", usual(SATISFIED, locale) | {"last_complaint": ended}).text,
        RENDERER.render("payment_failed", locale, "email", usual("payment_failed", locale) | {"reason": words}).text,
    ]
    for text in told:
        assert words.rstrip(".") in text
        assert not re.search(r"[.!?…][”»][.!?…]|\.\.?[”»][,;:]|[^.!?…][”»] [A-ZА-ЯІЇЄҐÉÁ]", text), text


@every_locale
def test_whoever_rings_about_a_first_try_is_told_what_was_paid(locale: str) -> None:
    other = SimpleNamespace(number="1002", paid=Decimal("2899.00"), currency="UAH", on=TODAY)
    content = usual("staff_call_unpaid", locale) | {"paid_instead": other}
    said = RENDERER.render("staff_call_unpaid", locale, "staff", content)
    for part in (said.text, Reader(said.html).text):
        assert "1002" in part
        assert "899" in part


@every_locale
@pytest.mark.parametrize("method", ["bank_transfer", "card", "cash_on_delivery", "cash_to_courier", "other"])
@pytest.mark.parametrize("delivery", ["pickup_point", "courier", "post", "self_pickup", "none", ""])
def test_the_call_is_asked_for_whatever_was_chosen(locale: str, method: str, delivery: str) -> None:
    said = usual("staff_confirm_order", locale)
    said["order"].payment.method, said["order"].delivery.method = method, delivery
    said["order"].sent = delivery not in ("none", "")
    if not said["order"].sent:
        said["order"].delivery.address = ""
    text = RENDERER.render("staff_confirm_order", locale, "email", said).text
    words: Any = plain_templates(locale).environment.globals["w"]
    assert words.payments[method].lower() in text.lower()
