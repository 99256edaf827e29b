"""What is packed, what goes in with it, and the page of the task that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from shopbell.domain.model.shop import Coupon
from shopbell.domain.model.state import Conflict
from shopbell.domain.model.tokens import Token, sign_token, verify_token
from shopbell.rendering.qr import svg
from shopbell.service.pages.customer_page import Visit
from shopbell.service.pages.task_page import TaskPage
from tests.rendering.letters import RENDERER
from tests.world import OLENA, World, a_busy_shop

TEMPLATES = Path(__file__).parents[2] / "templates"
CARD = {"thank_you": Coupon(Decimal(5), days=30, unique=True)}
BY_COURIER = {"delivery.method": "courier", "delivery.address": "Kyiv, 1 Sample St", "delivery.time_window": "10-12"}


def busy() -> World:
    return World(shop=a_busy_shop(coupons=CARD))


@dataclass
class Packer:
    """Somebody of the shop with the link of a task."""

    world: World = field(default_factory=busy)

    def __post_init__(self) -> None:
        store, ledger = self.world.store, self.world.ledger
        verify = lambda text, now: verify_token(self.world.keys.links, text, now)
        late_facts = self.world.late_facts()
        everything = (
            store,
            ledger,
            self.world.react,
            self.world.contact_key,
            late_facts,
            verify,
            self.world.as_told,
            RENDERER,
            self.world.signed,
        )
        self.page = TaskPage(*everything, svg, (Conflict,))

    def ask(
        self, task: str, method: str = "GET", form: Mapping[str, str] | None = None, shop: str = "dobra"
    ) -> tuple[int, str]:
        named = next((m.id for m in self.world.sent() if m.name == task), task)
        token = sign_token(self.world.keys.links, Token(shop, named, "task"), self.world.now)
        answer = self.page(Visit(token, method, form or {}, "en"), self.world.now)
        self.world.deliver_requests()
        return answer


def packing(world: World) -> list[str]:
    return [task for task in world.tasks if task.startswith("staff_pack")]


def test_what_is_paid_is_packed_once() -> None:
    world = busy()
    world.place()
    assert packing(world) == []
    world.tell("order.paid")
    world.tell("order.paid")
    assert packing(world) == ["staff_pack"]


@pytest.mark.parametrize("method", ["cash_on_delivery", "cash_to_courier"])
def test_what_is_paid_on_receipt_is_packed_when_it_is_accepted(method: str) -> None:
    world = busy()
    world.place(**{"payment.method": method})
    assert packing(world) == []
    world.tell("order.accepted")
    world.tell("order.paid")
    assert packing(world) == ["staff_pack.accepted"]


def test_what_is_paid_beforehand_is_not_packed_when_it_is_accepted() -> None:
    world = busy()
    world.place()
    world.tell("order.accepted")
    assert packing(world) == []


@pytest.mark.parametrize("gone", ["order.shipped", "order.handed_over", "order.delivered", "order.cancelled"])
def test_what_has_left_or_was_called_off_needs_no_packing(gone: str) -> None:
    world = busy()
    world.place()
    world.tell(gone)
    world.tell("order.paid")
    assert packing(world) == []


def test_paid_before_it_was_placed_is_packed_when_the_order_comes() -> None:
    world = busy()
    world.tell("order.paid")
    world.place()
    assert packing(world) == ["staff_pack"]


def test_the_card_in_the_parcel_has_a_code_for_everybody_the_same_in_letter_and_page() -> None:
    packer = Packer()
    packer.world.place()
    packer.world.tell("order.paid")
    code = packer.world.renderer.said[-1]["coupon"].code
    assert len(code) == 8
    packer.world.now += timedelta(days=2)
    assert code in packer.ask("staff_pack")[1]


def test_after_a_delay_a_small_present_goes_in() -> None:
    world = busy()
    world.place()
    world.tell("order.delayed", delay={"new_date": "2026-03-09", "reason": "Flood"})
    world.tell("order.paid")
    assert world.renderer.said[-1]["order"].delayed is True


def test_the_page_prints_a_card_with_the_address_and_a_code_that_opens_the_map() -> None:
    packer = Packer()
    packer.world.place(OLENA | {"phone": "+380445550101"}, **BY_COURIER)
    packer.world.tell("order.paid")
    status, page = packer.ask("staff_pack")
    assert status == 200
    for said in ("Kyiv, 1 Sample St", "10-12", "Olena", "tel:+380445550101", "1001", "<svg"):
        assert said in page


def test_only_the_task_of_the_packer_has_a_card() -> None:
    packer = Packer()
    packer.world.place(OLENA, **BY_COURIER)
    assert "<svg" not in packer.ask("staff_confirm_order")[1]


def test_looking_at_a_task_changes_nothing_and_an_answer_closes_it() -> None:
    packer = Packer()
    packer.world.place()
    before = packer.world.stored()
    assert packer.ask("staff_confirm_order")[0] == 200
    assert packer.world.stored() == before
    status, page = packer.ask("staff_confirm_order", "POST", {"outcome": "accepted"})
    assert status == 200
    assert "The order is accepted" in page
    assert packer.world.kinds == ["order_received", "order_accepted"]
    packer.world.until("2026-03-03T12:00:00Z")
    assert not [task for task in packer.world.tasks if task.startswith("staff_order_late")]


def test_pressed_twice_it_is_done_once() -> None:
    packer = Packer()
    packer.world.place()
    for _ in range(2):
        assert packer.ask("staff_confirm_order", "POST", {"outcome": "accepted"})[0] == 200
    assert packer.world.kinds == ["order_received", "order_accepted"]


@pytest.mark.parametrize("form", [{}, {"outcome": ""}, {"outcome": "eaten"}, {"List-Unsubscribe": "One-Click"}])
def test_what_is_no_answer_is_asked_again(form: dict[str, str]) -> None:
    packer = Packer()
    packer.world.place()
    before = packer.world.stored()
    assert packer.ask("staff_confirm_order", "POST", form)[0] == 400
    assert packer.world.stored() == before


@pytest.mark.parametrize("task", ["0" * 32, "", "../x", "ї" * 300])
def test_of_a_task_that_is_not_there_the_page_says_so(task: str) -> None:
    assert Packer().ask(task)[0] == 410
    assert Packer().ask(task, "POST", {"outcome": "reached"})[0] == 410


def test_the_task_of_whoever_was_forgotten_shows_nothing() -> None:
    packer = Packer()
    packer.world.place()
    packer.world.tell("customer.erased", customer={"email": OLENA["email"]})
    status, page = packer.ask("staff_confirm_order")
    assert status == 410
    assert "Olena" not in page


def test_who_wants_no_more_news_gets_no_more_offers() -> None:
    packer = Packer()
    yes = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
    packer.world.tell("customer.updated", customer=OLENA | yes, customer_id="7")
    packer.world.place()
    packer.ask("staff_confirm_order", "POST", {"outcome": "refused"})
    packer.world.until("2026-03-30T00:00:00Z")
    assert not [kind for kind in packer.world.kinds if kind.startswith("birthday")]
