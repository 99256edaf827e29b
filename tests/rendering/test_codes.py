"""The codes that a letter shows, read back as a phone reads them, and the day for the reader's calendar."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Part
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from shopbell.domain.model.letter import Enclosure
from shopbell.rendering import Rendered, qr
from tests.rendering.decoder import read
from tests.rendering.facts import plain_templates
from tests.rendering.letters import RENDERER, every_kind, every_locale, letter
from tests.rendering.markup import Inspector
from tests.rendering.parts import delivery, money
from tests.rendering.reader import Reader
from tests.rendering.usual import usual

IBAN = "DE89370400440532013000"
AT_COUNTERS = ("parcel_ready", "parcel_uncollected")
BY_TRANSFER = ("order_received", "order_accepted", "order_unpaid_first", "order_unpaid_final")


def pictures(said: Rendered) -> list[Enclosure]:
    shown = [each for each in said.enclosures if each.content_id]
    assert re.findall(r'src="cid:([^"]+)"', said.html) == [each.content_id for each in shown]
    return shown


def codes(said: Rendered) -> list[str]:
    return [read(each.content) for each in pictures(said)]


def words_of(locale: str) -> Any:
    return plain_templates(locale).environment.globals["w"]


def rendered(kind: str, locale: str, **delivered: Any) -> Rendered:
    content = usual(kind, locale)
    content["order"].delivery = delivery(locale, **delivered)
    return RENDERER.render(kind, locale, "email", content)


# ------------------------------------------------------------------------------------------- at the counter


@every_locale
@pytest.mark.parametrize("kind", AT_COUNTERS)
def test_the_parcels_number_can_be_shown_at_the_counter(kind: str, locale: str) -> None:
    said = letter(kind, locale, "usual")
    assert codes(said) == ["20451234567890"]
    assert words_of(locale).show_code in Reader(said.html).text
    assert 'alt="20451234567890" width="174" height="174"' in said.html
    assert Inspector(said.html).faults == []


@pytest.mark.parametrize(
    ("delivered", "shown"),
    [
        ({"method": "self_pickup", "tracking_number": "20451234567890"}, ["1001"]),
        ({"method": "self_pickup", "tracking_number": ""}, ["1001"]),
        ({"method": "pickup_point", "tracking_number": ""}, ["1001"]),
        ({"method": "pickup_point", "tracking_number": "№ 2045-ї"}, ["№ 2045-ї"]),
        ({"method": "pickup_point", "tracking_number": "–"}, []),
    ],
)
def test_in_the_shop_it_is_the_orders_number(delivered: dict[str, str], shown: list[str]) -> None:
    assert codes(rendered("parcel_ready", "uk", **delivered)) == shown


def test_a_reminder_of_several_parcels_shows_no_code() -> None:
    assert codes(letter("parcel_uncollected", "en", "in_parts")) == []


@every_kind
def test_no_other_letter_carries_anything(kind: str) -> None:
    if kind not in AT_COUNTERS:
        assert letter(kind, "en", "usual").enclosures == ()


def test_a_letter_that_leaves_the_code_out_does_not_carry_it() -> None:
    own = "{% block both %}<p>Come and get it.</p>{% endblock %}"
    said = RENDERER.render("parcel_ready", "en", "email", usual("parcel_ready", "en"), own)
    assert pictures(said) == []


def test_a_shops_own_letter_may_show_it() -> None:
    own = "{% block both %}<p>Come and get it.</p>{{ in_the_parcel() }}{% endblock %}"
    assert codes(RENDERER.render("parcel_ready", "en", "email", usual("parcel_ready", "en"), own)) == ["20451234567890"]


def test_a_task_shows_none_though_it_lists_the_same_parcel() -> None:
    assert "<img" not in letter("staff_parcel_overdue", "en", "usual").html


@pytest.mark.parametrize("text", ["1", "20451234567890", "x" * 331, "Замовлення № 1001"])
def test_a_picture_is_small_and_says_what_it_is_to_say(text: str) -> None:
    picture = qr.png(text)
    assert read(picture) == text
    assert len(picture) < 2_500


# ------------------------------------------------------------------------------------------- by transfer


def owed(kind: str, locale: str, currency: str = "EUR", **known: str) -> dict[str, Any]:
    content = usual(kind, locale)
    account = {"name": "Good Shop GmbH", "iban": IBAN, "bic": "", "more": "", **known}
    content["order"].currency = currency
    content["order"].payment.account = Part(**account)
    content["order"].payment.url = ""
    return content


@every_locale
@pytest.mark.parametrize("kind", BY_TRANSFER)
def test_each_value_to_pay_by_stands_on_a_line_of_its_own(kind: str, locale: str) -> None:
    content = owed(kind, locale, more="Bank: Example Bank")
    said = RENDERER.render(kind, locale, "email", content)
    tools = plain_templates(locale).environment
    due = tools.filters["amount"](money(locale, "46.10"), "EUR")
    reference = words_of(locale).reference_text("1001")
    values = ["Good Shop GmbH", IBAN, due, reference]
    lines, page = said.text.split("\n"), said.html
    assert [value for value in values if value not in lines] == []
    assert [value for value in values if f">{value}</p>" not in page] == []
    assert "Bank: Example Bank" in said.text
    assert "Bank: Example Bank" in Reader(page).text
    assert Inspector(page).faults == []
    assert not re.search(r"  |\n\n\n", said.text)


@every_locale
@pytest.mark.parametrize("kind", BY_TRANSFER)
def test_in_euros_it_shows_a_code_that_says_the_same(kind: str, locale: str) -> None:
    said = RENDERER.render(kind, locale, "email", owed(kind, locale))
    (code,) = codes(said)
    *_, name, iban, amount, purpose, structured, reference = code.split("\n")
    assert code.startswith("BCD\n002\n1\nSCT\n")
    assert (name, iban, purpose, structured) == ("Good Shop GmbH", IBAN, "", "")
    assert amount == f"EUR{money(locale, '46.10'):.2f}"
    assert reference in ("Order 1001", "1001")


def test_of_a_part_the_code_pays_the_rest_alone() -> None:
    content = owed("order_repriced", "en")
    content["order"].payment.due = content["repriced"].rest = money("en", "5.90")
    (code,) = codes(RENDERER.render("order_repriced", "en", "email", content))
    assert "EUR5.90" in code


@pytest.mark.parametrize(
    ("currency", "known"),
    [("UAH", {}), ("HUF", {}), ("EUR", {"name": ""}), ("EUR", {"iban": "UA213223130000026007233566001"})],
)
def test_without_a_certain_account_in_euros_there_is_no_code(currency: str, known: dict[str, str]) -> None:
    said = RENDERER.render("order_received", "en", "email", owed("order_received", "en", currency, **known))
    assert pictures(said) == []
    assert (known.get("iban") or IBAN) in said.text.split("\n")


def test_two_orders_in_one_letter_have_each_its_own_code() -> None:
    one, other = owed("order_unpaid_first", "en"), owed("order_unpaid_first", "en")
    other["order"].number = "1002"
    ids = {pictures(RENDERER.render("order_unpaid_first", "en", "email", each))[0].content_id for each in (one, other)}
    assert len(ids) == 2


# ------------------------------------------------------------------------------------------- the last day


def calendar_of(said: Rendered) -> tuple[Any, bytes]:
    (file,) = [each for each in said.enclosures if each.content_type.startswith("text/calendar")]
    assert re.fullmatch(r"[a-z0-9.-]+", file.name)
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert "Shopbell" in str(calendar["PRODID"])
    return event, file.content


@every_locale
def test_the_last_day_is_an_event_of_a_whole_day_at_the_place(locale: str) -> None:
    content = usual("parcel_ready", locale)
    event, _ = calendar_of(letter("parcel_ready", locale, "usual"))
    last = content["order"].delivery.pickup_until
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (last, last + timedelta(days=1))
    assert str(event["SUMMARY"]) == words_of(locale).calendar_title("1001")
    assert str(event["LOCATION"]) == ", ".join(content["order"].delivery.address.splitlines())
    assert "20451234567890" in str(event["DESCRIPTION"])


def test_without_a_day_to_tell_there_is_no_file() -> None:
    said = rendered("parcel_ready", "en", pickup_until=None)
    assert [each.content_type for each in said.enclosures] == ["image/png"]


def test_a_later_day_takes_the_place_of_the_former() -> None:
    first, _ = calendar_of(rendered("parcel_ready", "en"))
    moved, _ = calendar_of(rendered("parcel_ready", "en", pickup_until=date(2026, 3, 20)))
    other, _ = calendar_of(rendered("parcel_ready", "en", tracking_number="B"))
    assert first["UID"] == moved["UID"] != other["UID"]


def test_it_was_written_when_the_shop_told() -> None:
    content = usual("parcel_ready", "en")
    content["happened_at"] = datetime(2026, 3, 3, 10, 30, tzinfo=ZoneInfo("Europe/Kyiv"))
    event, _ = calendar_of(RENDERER.render("parcel_ready", "en", "email", content))
    assert event["DTSTAMP"].dt == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


HOSTILE_PLACES = [
    "1 Elm Rd; flat 2, \\ the back\nsecond line",
    "Відділення № 12, вулиця Довга, будинок сорок четвертий, другий поверх, вхід із двору, за рогом",
    "END:VEVENT\r\nEND:VCALENDAR",
    "\N{SUNFLOWER}" * 60,
    "a\x00\x07b",
]


@pytest.mark.parametrize("place", HOSTILE_PLACES)
def test_no_place_breaks_the_file(place: str) -> None:
    event, file = calendar_of(rendered("parcel_ready", "uk", address=place))
    told = ", ".join(line.strip(" ,;") for line in place.splitlines()).replace("\x00", "").replace("\x07", "")
    assert str(event["LOCATION"]) == told
    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and line.decode() for line in lines[:-1])


def test_in_the_shop_the_place_is_the_shops() -> None:
    event, _ = calendar_of(rendered("parcel_ready", "en", method="self_pickup", address=""))
    assert str(event["LOCATION"]) == usual("parcel_ready", "en")["shop"].address
