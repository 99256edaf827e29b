"""What is looked up late and can be done without holds no letter up; what cannot steps aside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from shopbell.domain.model.state import CouponState
from shopbell.service.delivery.send import Send
from shopbell.service.subjects.planning import send_request_of
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Value
from tests.memory_table import MemoryTable
from tests.service.test_coupons import THANKS, YES
from tests.world import KEYS, MONDAY, OLENA, World, a_shop


class OutageError(Exception):
    """The table cannot be had."""


class Broken(MemoryTable):
    """`part` cannot be read; `together`: of how many products was asked in one call, at most."""

    def __init__(self, part: str = "", error: type[Exception] = KeyError) -> None:
        super().__init__()
        self.part, self.error, self.together = part, error, 0

    def query(self, partition: str, prefix: str = "") -> Iterator[Item]:
        if self.part and prefix == self.part:
            raise self.error
        return super().query(partition, prefix)

    def get(self, keys: Sequence[Key]) -> dict[Key, Item]:
        self.together = max(self.together, sum(sort == "along" for _, sort in keys))
        if any(self.part in (sort, place.split("#")[1]) for place, sort in keys):
            raise self.error
        return super().get(keys)


def left_out(world: World) -> list[tuple[object, object]]:
    return [(facts["late_fact"], facts["error"]) for name, facts in world.log if name == "left_out"]


def reprice(world: World, items: int = 1) -> None:
    kinds = [{"sku": f"S{number}", "name": "Thing", "quantity": "1", "unit_price": "1.00"} for number in range(items)]
    world.place(items=kinds)
    world.tell("order.repriced", said={"repriced": {"old_total": "1499.00", "new_total": "1600.00"}})


def test_without_its_bonus_a_payment_is_thanked_for_all_the_same() -> None:
    table = Broken()
    world = World(table=table)
    world.place()
    world.deaf = True
    world.tell("order.paid")
    table.part, world.deaf = "bonus#", False
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received", "payment_received"]
    assert world.renderer.said[-1]["bonus"] is None
    assert left_out(world) == [("bonus", "KeyError")]


def test_without_what_goes_with_it_a_new_price_is_told_all_the_same() -> None:
    table = Broken(part="along")
    world = World(table=table)
    reprice(world)
    assert world.kinds == ["order_received", "order_repriced"]
    assert world.renderer.said[-1]["companions"] == []
    assert left_out(world) == [("companions", "KeyError")]


def test_an_order_of_five_hundred_kinds_hears_of_its_new_price() -> None:
    table = Broken()
    world = World(table=table)
    reprice(world, 500)
    assert world.kinds == ["order_received", "order_repriced"]
    assert table.together == 20


def test_without_its_code_a_letter_steps_aside_and_leaves_when_it_can_be_had() -> None:
    world = World(shop=a_shop(coupons=THANKS), keys=None)  # type: ignore[arg-type]
    world.place(OLENA | YES)
    assert world.reasons("order_received") == ["sent due", "held missing_facts"]
    world.keys = KEYS
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["order_received"]


def test_while_the_table_cannot_be_had_no_letter_is_called_unfit() -> None:
    table = Broken(part="coupon", error=OutageError)
    world = World(shop=a_shop(coupons=THANKS), table=table, deaf=True)
    world.place(OLENA | YES)
    (message,) = world.messages()
    sent = Send(replace(world.send.mailroom, outages=(OutageError,)))([send_request_of(message)])
    assert [type(error) for _, error in sent.failed] == [OutageError]
    assert (world.messages(), world.log) == ([message], [])


class Watched(MemoryTable):
    """`claims`: how many codes were there by then, of each claim."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: tuple[int, ...] = ()

    def update(
        self, key: Key, change: str, condition: str, values: Mapping[str, Value], *, returns: bool = False
    ) -> Item:
        if "claimed_at = " in change:
            self.claims += (sum("#coupon#" in place for place, _ in self.items),)
        return super().update(key, change, condition, values, returns=returns)


def test_a_code_is_written_before_its_letter_is_claimed_and_is_no_part_of_the_claim() -> None:
    table = Watched()
    world = World(shop=a_shop(coupons=THANKS), table=table)
    world.place(OLENA | YES)
    assert table.claims == (1,)


def test_a_code_that_is_issued_again_stays_as_redeemed_as_it_was() -> None:
    world = World()
    code = CouponState("ABCD2345", "thank_you", Decimal(5), MONDAY.date())
    world.store.issue([("dobra", code)])
    session = world.store.session("dobra")
    session.redeem(replace(code, redeemed_at="2026-03-02T09:00:00Z"))
    session.commit()
    world.store.issue([("dobra", code)])
    known = world.store.session("dobra").coupon("ABCD2345")
    assert known == replace(code, redeemed_at="2026-03-02T09:00:00Z", version=1)
