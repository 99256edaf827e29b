"""Checks over every letter: its facts, its tone, its size, its colours, its grammar of numbers."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from babel import Locale

from shopbell.domain.journeys import KINDS
from shopbell.domain.model.sms import plain, segments
from shopbell.rendering.colours import MIN_CONTRAST, contrast
from shopbell.rendering.qr import svg
from tests.rendering.contrast import Painted
from tests.rendering.facts import FACTS, plain_templates, same, spellings
from tests.rendering.languages import SAMPLES_OF, TEMPLATES, TONE_OF
from tests.rendering.letters import (
    LOCALES,
    RENDERER,
    every_kind,
    every_letter,
    every_locale,
    letter,
    sms,
)
from tests.rendering.markup import Inspector
from tests.rendering.parts import customer, shop
from tests.rendering.reader import Reader
from tests.rendering.samples import many
from tests.rendering.usual import BIRTHDAYS, CARDS, SAMPLE_OF, TO_CUSTOMERS, TO_STAFF, WITH_LINK, usual

LARGE = Decimal("12345678.90")
TERMED = [kind for kind in KINDS if kind not in BIRTHDAYS]
"""Letters that speak of terms: "soon" is no term in a birthday's."""


def lacking(kind: str, locale: str, facts: str, *parts: str, short: bool = False) -> list[str]:
    """The facts that one of these parts does not tell; an SMS may write them in its cheap letters."""
    said, texts = usual(kind, locale), [same(part) for part in parts]
    left = []
    for name in facts.split():
        value = FACTS[name](said)
        for each in value if isinstance(value, list) else [value]:
            ways = list(spellings(each, said, short=short))
            ways = [same(way) for way in (*ways, *(map(plain, ways) if short else ()))]
            left += [name for text in texts if not any(way in text for way in ways)]
    return left


def test_every_kind_has_its_facts_declared() -> None:
    assert set(SAMPLE_OF) == set(KINDS)


@every_locale
@pytest.mark.parametrize("kind", SAMPLE_OF)
def test_each_letter_tells_the_facts_of_its_kind(kind: str, locale: str) -> None:
    said, facts = letter(kind, locale, "usual"), SAMPLE_OF[kind].tells
    page = Reader(said.html)
    html = " ".join([said.subject, page.text, *page.links])
    assert lacking(kind, locale, facts, f"{said.subject}\n{said.text}", html) == []


@every_locale
@pytest.mark.parametrize("kind", TO_CUSTOMERS)
def test_each_sms_tells_the_facts_of_its_kind(kind: str, locale: str) -> None:
    assert lacking(kind, locale, SAMPLE_OF[kind].sms, sms(kind, locale, "usual"), short=True) == []


TEXTS = ("usual", "bare", "unpaid", "collected", "to_pay_there")
"""Samples that between them say every sentence."""


@cache
def words_of(kind: str, locale: str, sample: str) -> str:
    """All that a letter says."""
    said = letter(kind, locale, sample)
    return f"{said.subject}\n{said.preheader}\n{said.text}"


def unwanted(kinds: Iterable[str], locale: str, patterns: Iterable[str], flags: int = re.IGNORECASE) -> list[str]:
    """Each place where a letter of these kinds says such a thing."""
    texts = ((kind, words_of(kind, locale, sample)) for kind in kinds for sample in TEXTS)
    said = re.compile("|".join(patterns), flags)
    return [f"{kind}: {hit.group()}" for kind, text in texts for hit in said.finditer(text)]


@every_locale
def test_no_term_is_told_without_its_end(locale: str) -> None:
    assert unwanted(TERMED, locale, TONE_OF[locale].open_ended) == []


@every_locale
def test_no_letter_says_what_a_courteous_shop_would_not(locale: str) -> None:
    assert unwanted(KINDS, locale, TONE_OF[locale].stiff) == []
    assert unwanted(TO_CUSTOMERS, locale, TONE_OF[locale].pressing) == []


@every_locale
def test_everybody_is_addressed_with_respect(locale: str) -> None:
    assert unwanted(KINDS, locale, [TONE_OF[locale].familiar], flags=0) == []


def test_the_tone_is_judged_by_patterns_that_hit() -> None:
    tables = [table for tone in TONE_OF.values() for table in (tone.stiff, tone.pressing, tone.open_ended)]
    examples = [pair for table in tables for pair in table.items()]
    assert [pattern for pattern, said in examples if not re.search(pattern, said, re.IGNORECASE)] == []


@every_locale
@every_letter
def test_no_letter_shouts(kind: str, locale: str) -> None:
    said, content = letter(kind, locale, "usual"), usual(kind, locale)
    text = said.text.split("\n--\n")[0]
    greeting = re.search(rf"^{TONE_OF[locale].greeting}.*", text, re.MULTILINE) if kind in TO_CUSTOMERS else None
    assert text.count("!") - (greeting.group().count("!") if greeting else 0) <= 1
    assert said.subject.count("!") <= (kind in BIRTHDAYS)
    loud = re.findall(r"\b[^\W\d_a-zà-žа-яёєіїґ]{3,}\b", words_of(kind, locale, "usual"))
    assert [word for word in loud if word not in f"{content} {TONE_OF[locale].abbreviations}"] == []


@every_locale
@every_kind
def test_a_letter_to_a_customer_greets_them_before_anything_is_asked(kind: str, locale: str) -> None:
    for sample in TEXTS:
        title, greeting, *rest = letter(kind, locale, sample).text.split("\n\n")
        assert re.match(TONE_OF[locale].greeting, greeting)
        assert rest
        assert "\n" not in title


@every_locale
@every_kind
def test_a_letter_to_a_customer_ends_with_whom_to_turn_to(kind: str, locale: str) -> None:
    said, shop = letter(kind, locale, "usual"), usual(kind, locale)["shop"]
    body, end = (same(part) for part in said.text.rsplit("\n--\n", 1))
    assert body.strip()
    whose = (shop.email, shop.hours, shop.name, shop.address)
    assert all(same(told) in end for told in (*whose, *(() if kind in CARDS else (shop.site,))))
    assert shop.phone[-2:] in end


@every_locale
@pytest.mark.parametrize(
    "kind", ["order_delayed", "item_unavailable", "order_repriced", "complaint_received", "complaint_resolved"]
)
def test_bad_news_comes_with_an_apology(kind: str, locale: str) -> None:
    for text in (letter(kind, locale, "usual").text, Reader(letter(kind, locale, "usual").html).text):
        assert re.search(TONE_OF[locale].sorry, text, re.IGNORECASE)


@every_locale
def test_the_thank_you_coupon_may_be_given_to_a_friend(locale: str) -> None:
    said = letter("order_received", locale, "usual")
    assert all(re.search(TONE_OF[locale].friend, text) for text in (said.text, Reader(said.html).text))
    assert not re.search(TONE_OF[locale].friend, letter("order_received", locale, "to_pay_there").text)


@every_locale
def test_quotes_and_dashes_are_the_languages_own(locale: str) -> None:
    foreign = "".join(set("\"'`“”„‟«»‘’‚‹›") - set(TONE_OF[locale].quotes))
    dashes = "".join(set("-–—") - set(TONE_OF[locale].dash))
    assert unwanted(KINDS, locale, [f"[{foreign}]"]) == []
    assert unwanted(KINDS, locale, [rf"(?<=\S)[ \xa0][{dashes}](?=[ \xa0])"]) == []


WITH_DETAILS = ("order_received", "order_accepted", "order_unpaid_first", "order_unpaid_final")


def costliest(kind: str, locale: str) -> dict[str, Any]:
    """A long name of the shop and of the customer, a sum of ten digits, a long number, a real link to the page."""
    said = usual(kind, locale)
    said["shop"] = shop(locale, name=SAMPLES_OF[locale].long_shop_name)
    said["customer"] = customer(locale, name="Wolfeschlegelstein Wolfeschlegelstein")
    said.update({name: LARGE for name in ("amount",) if name in said})
    if said["order"] is not None:
        said["order"].number, said["order"].total = "2026-0001001", LARGE
        said["order"].payment.due = said["order"].payment.due and LARGE
    if said["unsubscribe_url"]:
        said["unsubscribe_url"] = f"https://abcdefghij.execute-api.eu-central-1.amazonaws.com/u/{'A' * 70}"
    return said


@every_locale
@every_kind
def test_the_costliest_sms_has_its_limit(kind: str, locale: str) -> None:
    most = TONE_OF[locale].sms_segments
    usually = "with_details_or_a_link" if kind in WITH_LINK.union(WITH_DETAILS) else "usual"
    assert segments(RENDERER.render(kind, locale, "sms", costliest(kind, locale)).text) <= most.get(kind, most[usually])


@every_locale
@every_letter
def test_the_longest_letter_is_shown_whole(kind: str, locale: str) -> None:
    """Gmail cuts a message off after 102 KB; half of it is room for a shop's own words."""
    assert len(RENDERER.render(kind, locale, "email", many(kind, locale, 50)).html.encode()) < 70_000


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("accent", ["#1f5f8b", "#ffe066", "#000000", "#ffffff", "#d9465f"])
@pytest.mark.parametrize("kind", ["order_received", "order_shipped", "birthday_week", "staff_pack", "item_unavailable"])
def test_every_word_stands_out_from_its_paper(kind: str, accent: str, night: bool) -> None:
    content = usual(kind, "en")
    content["shop"] = shop("en", accent=accent)
    seen = Painted(RENDERER.render(kind, "en", "email", content).html, night=night).seen
    papers = {paper for _, paper, _ in seen}
    assert len(papers) >= 2
    assert ("#1c1e21" in papers) is night
    assert [(ink, paper, said) for ink, paper, said in seen if contrast(ink, paper) < MIN_CONTRAST] == []


@every_locale
@every_letter
def test_a_browser_has_nothing_to_repair(kind: str, locale: str) -> None:
    for sample in ("usual", "bare", "to_pay_there", "hostile"):
        assert Inspector(letter(kind, locale, sample).html).faults == []


@every_locale
@pytest.mark.parametrize("kind", TO_STAFF)
def test_nor_has_it_on_the_page_of_a_task(kind: str, locale: str) -> None:
    content = usual(kind, locale)
    page = {"notice": "", "outcome": "", "answers": ("reached", "no_answer")}
    html = RENDERER.task(kind, locale, content, page | {"card": svg("https://map.example") if content["order"] else ""})
    assert Inspector(html).faults == []


@pytest.mark.parametrize(
    "html",
    [
        *(
            "<p><table></table></p>",
            "<table><td>1</td></table>",
            "<a href='1'><a href='2'>x</a></a>",
            "<ul><p>x</p></ul>",
        ),
        *("<p>x", "x</p>", '<p class="a" class="b">x</p>', '<p id="a">x</p><p id="a">y</p>'),
        *('<img src="x" alt="">', '<img src="x" width="1" height="1">', "<html></html>"),
    ],
)
def test_what_a_browser_would_repair_is_noticed(html: str) -> None:
    assert Inspector(html).faults


COUNTED = {(locale, noun): forms for locale in LOCALES for noun, forms in TONE_OF[locale].counted.items()}
"""What is counted, by the categories of CLDR."""


@pytest.mark.parametrize(("locale", "counts"), COUNTED)
def test_from_0_to_200_what_is_counted_agrees_with_its_number(locale: str, counts: str) -> None:
    count: Any = getattr(plain_templates(locale).environment.globals["w"], counts)
    forms, category = COUNTED[locale, counts], Locale.parse(locale).plural_form
    for number in range(201):
        assert same(count(number)) == f"{number} {forms.get(category(number), forms['other'])}"


@pytest.mark.parametrize(("locale", "counts"), [pair for pair in COUNTED if pair[1] == "items"])
def test_a_part_of_a_thing_has_its_own_form(locale: str, counts: str) -> None:
    count: Any = getattr(plain_templates(locale).environment.globals["w"], counts)
    assert same(count(Decimal("1.5"))).endswith(f"5 {COUNTED[locale, counts]['other']}")


def test_every_macro_that_counts_is_checked() -> None:
    counting = {
        (path.parent.name, name)
        for path in TEMPLATES.glob("*/*.j2")
        for name in re.findall(r"macro (\w+)\(.*plural\(", path.read_text(encoding="utf-8"))
    }
    assert counting <= set(COUNTED)
    assert not [path.name for path in TEMPLATES.glob("*/[a-z]*.j2") if "plural(" in path.read_text(encoding="utf-8")]
