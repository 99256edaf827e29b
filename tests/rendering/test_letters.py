"""Walks every kind in every language by every channel with every sample, the worst included."""

import re

import pytest

from shopbell.domain.model.sms import segments
from tests.rendering.facts import same
from tests.rendering.letters import (
    RENDERER,
    by_phone,
    every_kind,
    every_letter,
    every_locale,
    every_sample,
    harmless,
    letter,
    sms,
)
from tests.rendering.reader import Reader
from tests.rendering.samples import SAMPLES, many
from tests.rendering.usual import BIRTHDAYS, TO_CUSTOMERS, usual

OF_ORDERS = [kind for kind in TO_CUSTOMERS if usual(kind, "en")["order"] is not None]
TRACKED = ("order_handed_over", "order_shipped", "parcel_ready", "parcel_uncollected")
WITH_REQUISITES = ("order_received", "order_accepted", "order_unpaid_first", "order_unpaid_final")


@every_locale
@every_letter
@harmless
def test_no_letter_shows_a_hole_or_a_seam(kind: str, locale: str, sample: str) -> None:
    said = letter(kind, locale, sample)
    every = (said.subject, said.preheader, said.text, Reader(said.html).text, *by_phone(kind, locale, sample))
    for part in every:
        assert part.strip()
        assert not re.search(r"\bNone\b|[{}]|\[\]|\(\)|&(amp|#\d+|[lg]t);|\s[,.;:!?](\s|$)|,,|\.\.(\s|$)", part)
        assert not re.search(r"[.!?][A-ZА-ЯЁЄІЇҐÁÉÍÓÖŐÚÜŰ]", part)


@every_locale
@every_letter
@every_sample
def test_a_text_has_neither_double_spaces_nor_piles_of_empty_lines(kind: str, locale: str, sample: str) -> None:
    said = letter(kind, locale, sample)
    assert not re.search(r"  |\n\n\n|[ \t]\n|\r", said.text)
    for text in by_phone(kind, locale, sample):
        assert "\n\n" not in text
        assert all(line == line.strip() for line in text.split("\n"))


@every_locale
@every_letter
@every_sample
def test_a_subject_is_one_line_and_the_preheader_adds_to_it(kind: str, locale: str, sample: str) -> None:
    said = letter(kind, locale, sample)
    assert said.subject.isprintable() or "\u202e" in said.subject or "\xa0" in said.subject
    assert not re.search(r"[\x00-\x1f]|  ", said.subject + said.preheader)
    assert said.preheader != said.subject
    assert said.preheader not in said.subject


@every_locale
@pytest.mark.parametrize("kind", OF_ORDERS)
@every_sample
def test_whoever_reads_of_an_order_sees_its_number(kind: str, locale: str, sample: str) -> None:
    number = SAMPLES[sample](kind, locale)["order"].number
    said = letter(kind, locale, sample)
    assert number in said.subject
    assert number in said.text
    assert number in Reader(said.html).text
    assert number in sms(kind, locale, sample)


@every_locale
@every_letter
@every_sample
def test_the_html_is_well_formed_with_one_heading(kind: str, locale: str, sample: str) -> None:
    html = letter(kind, locale, sample).html
    page = Reader(html)
    assert page.open == []
    assert page.tags.count("h1") == 1
    assert html.count("<img") == html.count('<img src="cid:')
    assert f'<html lang="{locale}" dir="ltr"' in html
    assert 'id="preheader"' in html
    assert html.count('class="button"') <= 1


@every_locale
@every_letter
def test_what_people_are_called_is_never_markup_nor_template(kind: str, locale: str) -> None:
    said = letter(kind, locale, "hostile")
    assert "<b>" not in said.html
    assert "red;}" not in said.html
    assert "{{7*7}}" in Reader(said.html).text
    assert '<b>Anna</b> "O\'Neil" {{7*7}} {% raw %}' in said.text
    assert "&lt;" not in said.subject + said.preheader + said.text + "".join(by_phone(kind, locale, "hostile"))


@every_locale
@every_letter
def test_a_letter_is_small_and_grows_gently_with_its_items(kind: str, locale: str) -> None:
    size = {n: len(RENDERER.render(kind, locale, "email", many(kind, locale, n)).html.encode()) for n in (1, 20)}
    assert size[1] < 17_000  # a tenth of it data for programs
    assert size[20] < 36_000


@every_locale
@every_kind
def test_the_shop_can_be_reached_from_every_letter(kind: str, locale: str) -> None:
    shop, said = usual(kind, locale)["shop"], letter(kind, locale, "usual")
    assert f"tel:{shop.phone}" in Reader(said.html).links
    assert f"mailto:{shop.email}" in Reader(said.html).links
    assert same(shop.hours) in same(said.text)
    assert shop.email in said.text


@every_locale
@pytest.mark.parametrize("kind", OF_ORDERS)
@every_sample
def test_the_link_to_track_a_parcel_stands_once_in_the_text(kind: str, locale: str, sample: str) -> None:
    url = SAMPLES[sample](kind, locale)["order"].delivery.tracking_url
    said = letter(kind, locale, sample)
    times = said.text.count(url) if url else 0
    assert times <= 1
    assert times == 1 or sample != "usual" or kind not in TRACKED
    assert not times or url in Reader(said.html).links


@every_locale
@pytest.mark.parametrize("kind", BIRTHDAYS)
def test_a_birthday_letter_carries_the_present_and_the_way_out(kind: str, locale: str) -> None:
    content, said = usual(kind, locale), letter(kind, locale, "usual")
    page = Reader(said.html)
    assert content["unsubscribe_url"] in page.links
    for part in (said.text, sms(kind, locale, "usual")):
        assert content["unsubscribe_url"] in part
        assert content["coupon"].code in part
    assert content["coupon"].code in page.text


@every_locale
@pytest.mark.parametrize("kind", WITH_REQUISITES)
def test_requisites_are_there_when_one_pays_ahead_and_only_then(kind: str, locale: str) -> None:
    line = usual(kind, locale)["order"].payment.details.splitlines()[-1]
    assert line in Reader(letter(kind, locale, "usual").html).text
    assert line in letter(kind, locale, "usual").text
    assert line not in letter(kind, locale, "to_pay_there").text
    assert usual(kind, locale)["order"].payment.url in Reader(letter(kind, locale, "usual").html).links


@every_locale
@pytest.mark.parametrize("sample", ["usual", "longest", "to_pay_there"])
def test_what_the_customer_told_us_is_echoed(locale: str, sample: str) -> None:
    told = SAMPLES[sample]("order_received", locale)["customer"]
    said = letter("order_received", locale, sample)
    assert told.email in said.text
    assert told.phone[-4:-2] in said.text
    assert told.email in Reader(said.html).text


@every_locale
def test_the_last_reminder_by_sms_is_enough_to_pay_by(locale: str) -> None:
    content, text = usual("order_unpaid_final", locale), sms("order_unpaid_final", locale, "usual")
    for line in content["order"].payment.details.splitlines():
        assert line in text
    assert content["shop"].phone in text
    assert segments(text) <= 3


@every_locale
@every_kind
def test_an_sms_begins_with_the_shops_name_and_is_short(kind: str, locale: str) -> None:
    text = sms(kind, locale, "usual")
    assert text.startswith(usual(kind, locale)["shop"].name)
    assert segments(text) <= (3 if kind in (*WITH_REQUISITES, "payment_failed") else 2)


@pytest.mark.parametrize("kind", [kind for kind in TO_CUSTOMERS if kind not in BIRTHDAYS])
def test_an_english_sms_needs_no_costly_alphabet(kind: str) -> None:
    # To the bank's details this one adds until when to pay, and when the order leaves.
    assert segments(sms(kind, "en", "usual")) == (2 if kind == "order_accepted" else 1)
