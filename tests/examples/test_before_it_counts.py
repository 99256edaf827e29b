"""A change of a shop's own is tried before customers see it: another cadence, a letter in its own words."""

from datetime import UTC, datetime, timedelta

import pytest

from local.testing import Shopbell
from shopbell.domain.model.problems import Refused
from tests.examples.test_first_letter import DOBRA
from tests.examples.test_first_letter import ORDER as MONDAYS_ORDER

FRIDAY = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
"""Ten in the morning in Kyiv: what waits for a working day waits for Monday."""
ORDER = MONDAYS_ORDER | {"placed_at": "2026-03-06T08:00:00Z"}
OLENA = "olena@customer.example"
SOONER = {"journeys": {"order_unpaid_first": {"after": "1 working day"}}}
FRIENDLY = "{% block subject %}Hurrah, {{ customer.name }}: order {{ order.number }}{% endblock %}"


@pytest.fixture
def shopbell_now() -> datetime:
    return FRIDAY


def test_a_reminder_after_one_working_day_leaves_on_monday(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA | SOONER)
    shopbell.tell("dobra", "order.placed", {"order": ORDER})
    shopbell.advance_to(FRIDAY + timedelta(days=3))
    (reminder,) = shopbell.letters(to=OLENA, kind="order_unpaid_first")
    assert reminder.sent_at == "2026-03-09T08:00:00Z"


def test_a_letter_in_the_shops_own_words_leaves_in_place_of_the_shipped_one(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA)
    shopbell.put_letter("dobra", "en/order_received", FRIENDLY)
    shopbell.tell("dobra", "order.placed", {"order": ORDER})
    (receipt,) = shopbell.letters(to=OLENA)
    assert receipt.subject == "Hurrah, Olena: order 1001"


def test_a_letter_that_names_what_no_order_has_is_refused_with_its_line(shopbell: Shopbell) -> None:
    shopbell.put_shop("dobra", DOBRA)
    with pytest.raises(Refused, match=r"en/order_received:1: there is no fact 'ordr'"):
        shopbell.put_letter("dobra", "en/order_received", FRIENDLY.replace("order.number", "ordr.number"))
