"""`shopbell shop remove`: of a shop nothing is left, nothing of it leaves any more, and no other shop notices."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import pytest

from shopbell import bootstrap
from shopbell.service.operators.remove import RemoveShop
from shopbell.storage.whole_table import WholeTable
from tests.prove.erasure import PEOPLE, PLACED, TYPES, event_of
from tests.prove.telling import DAY, MONDAY, OLENA, placed, taken
from tests.simulator.play import Play, live
from tests.simulator.shops import configuration
from tests.simulator.story import Person

ANNA = Person("kert", "c-0", "Zorina Quist1", email="person1@customer.example")
MINUTE = timedelta(minutes=1)


def removal(shop: str) -> Iterator[int]:
    return RemoveShop(bootstrap.secrets(), bootstrap.store(), WholeTable(bootstrap.table()))(shop)


def removed(shop: str) -> int:
    return [0, *removal(shop)][-1]


def left_of(world: Play, shop: str) -> list[str]:
    stored = [" ".join(key) for key in world.cloud.table.items if key[0].startswith(f"{shop}#")]
    return stored + [name for name in world.cloud.parameters.values if f"/shops/{shop}/" in name]


@pytest.fixture
def lived() -> Iterator[Play]:
    """Two shops that were told of everything; the queues are empty, and reminders are still to come."""
    with live(MONDAY, quiet=False) as world:
        world.cloud.move(MONDAY + 20 * MINUTE)
        for person in PEOPLE:
            for event_type in (PLACED, *TYPES):
                world.act(event_of(event_type, person))
        world.act(placed("k-1", ANNA, MONDAY, "card"))
        bootstrap.own_letters().put("dobra", "uk/order_shipped", "{% block subject %}Їде{% endblock %}")
        yield world


def test_nothing_is_left_of_it_and_all_of_the_other(lived: Play) -> None:
    before = left_of(lived, "kert")
    assert removed("dobra") > 20
    assert left_of(lived, "dobra") == []
    assert left_of(lived, "kert") == before


def test_what_waited_never_leaves_and_the_other_shops_reminders_do(lived: Play) -> None:
    removed("dobra")
    sent = taken(lived)
    lived.until(MONDAY + 4 * DAY)
    assert {each.letter.shop for each in lived.cloud.providers.taken[sent:]} == {"kert"}
    assert left_of(lived, "dobra") == []


def test_what_is_in_a_queue_ends_with_a_line_and_is_no_dead_letter(lived: Play) -> None:
    lived.tell(placed("o-2", OLENA, MONDAY))
    lived.deliver_from("EVENTS_QUEUE_URL")
    lived.tell(placed("o-3", OLENA, MONDAY))
    removed("dobra")
    lived.settle()
    lines = [line for line in lived.stage.log.getvalue().splitlines() if "no_such_shop" in line]
    assert len(lines) >= 2
    assert not any(lived.cloud.queues.dead.values())
    assert left_of(lived, "dobra") == []


def test_broken_off_after_any_page_it_is_done_by_the_next(lived: Play) -> None:
    lived.cloud.table.page = 5
    for pages in range(4):
        list(islice(removal("dobra"), pages))
    sent = taken(lived)
    lived.until(lived.cloud.now + DAY)
    assert "dobra" not in {each.letter.shop for each in lived.cloud.providers.taken[sent:]}
    removed("dobra")
    assert left_of(lived, "dobra") == []
    assert removed("dobra") == 0


def test_it_may_be_put_again_and_knows_nobody(lived: Play) -> None:
    removed("dobra")
    bootstrap.put_shop("dobra", configuration("dobra"))
    lived.act(placed("o-9", OLENA, lived.cloud.now))
    assert list(bootstrap.store().customers("dobra")) == ["id:c-0"]


def test_a_shop_called_provider_takes_nothing_of_all_shops_with_it() -> None:
    with live(MONDAY) as world:
        bootstrap.table().update(
            ("provider#email", "parking"), "SET failures = :one", "attribute_not_exists(pk)", {"one": 1}
        )
        bootstrap.put_shop("provider", configuration("dobra"))
        removed("provider")
        assert left_of(world, "provider") == ["provider#email parking"]
