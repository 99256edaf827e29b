"""Stories of an order's money: two payments, a reversal, a refund, a new price and a cancellation, in every order.

With a judge who knows only what was told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

from shopbell.domain.model.state import Message
from tests.world import MONDAY, OLENA, Plain, PlainRenderer, World, a_busy_shop, an_order

HALF_A_DAY = timedelta(hours=12, minutes=1)
FIRST = MONDAY + HALF_A_DAY + timedelta(minutes=5)
"""When the first event after the placing is told: never at the moment of a reminder."""
METHODS = ("bank_transfer", "card", "cash_on_delivery")
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a story. `sum`: its amount; None: all of it."""

    type: str
    id: str = ""
    sum: str | None = None

    @property
    def amount(self) -> Decimal | None:
        return None if self.sum is None else Decimal(self.sum)


Story = tuple[Told, ...]


def stories() -> Iterator[Story]:
    """Of an order of 30.00, after it was placed."""
    for paid, price, refund in VARIANTS:
        yield from permutations(
            (
                *paid,
                Told("order.payment_reversed"),
                Told("order.refunded", "r", refund),
                Told("order.repriced", sum=price),
                Told("order.cancelled"),
            )
        )


PARTS = (Told("order.paid", "a", "10.00"), Told("order.paid", "b", "20.00"))
TWICE = (Told("order.paid", "a", "30.00"), Told("order.paid", "b", "30.00"))
UNNAMED = (Told("order.paid"), Told("order.accepted"))
VARIANTS = ((PARTS, "40.00", "10.00"), (TWICE, "20.00", "99.00"), (UNNAMED, "40.00", "30.00"))


class NumberedRenderer(PlainRenderer):
    """A letter's subject is the number of what it was made of, in `said`."""

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Plain:
        rendered = super().render(kind, locale, channel, content, own)
        return replace(rendered, subject=str(len(self.said) - 1))


def played(story: Story, method: str) -> World:
    """Half a day and a minute between two events, and two weeks after the last."""
    world = World(shop=a_busy_shop(), renderer=NumberedRenderer())
    placed = an_order(**{"payment.method": method, "total": "30.00", "payment.url": "https://dobra.example/pay"})
    world.tell("order.placed", placed, OLENA)
    for number, told in enumerate(story, 1):
        world.until(FIRST + (number - 1) * HALF_A_DAY)
        world.tell(told.type, *_changes(told), **_beside(told))
    world.until(MONDAY + timedelta(days=17))
    return world


def _changes(told: Told) -> tuple[Mapping[str, str], ...]:
    return ({"total": str(told.sum)},) if told.type == "order.repriced" else ()


def _beside(told: Told) -> dict[str, Any]:
    match told.type:
        case "order.paid" | "order.payment_reversed" if told.sum or told.id:
            return {"payment": {"id": told.id, "amount": told.sum}}
        case "order.refunded":
            return {"refund": {"id": told.id, "amount": told.sum}}
        case "order.repriced":
            return {"repriced": {"old_total": "30.00", "new_total": told.sum}}
    return {}


@dataclass(frozen=True, slots=True)
class Books:
    """What whoever reads the events alone knows of the money: no reading of the product's own."""

    costs: Decimal = Decimal("30.00")
    came: tuple[tuple[str, Decimal], ...] = ()
    gone: Decimal = NONE
    back: Decimal = NONE
    off: bool = False
    lives: int = 1

    @property
    def held(self) -> Decimal:
        return sum((amount for _, amount in self.came), NONE) - self.gone

    def most_due(self) -> Decimal:
        return NONE if self.off else max(self.costs - self.held + self.back, NONE)

    def least_due(self) -> Decimal:
        """A refund does not make anything due, while the order lives on."""
        return NONE if self.off or self.lives > 1 else max(self.costs - self.held - self.back, NONE)

    def after(self, told: Told) -> "Books":
        match told.type:
            case "order.repriced":
                return replace(self, costs=told.amount or NONE)
            case "order.paid":
                owed = max(self.costs - self.held + (self.back if self.lives > 1 else NONE), NONE)
                return replace(self, came=(*self.came, (told.id, owed if told.amount is None else told.amount)))
            case "order.payment_reversed":
                return replace(self, gone=self.gone + (self.came[-1][1] if self.came else NONE))
            case "order.refunded":
                back = self.back + min(told.amount or NONE, max(self.held - self.back, NONE))
                return replace(self, back=back, off=self.off or (back > self.back and back >= self.held))
            case "order.cancelled":
                return replace(self, off=True)
            case "order.accepted":
                return replace(self, off=False, lives=self.lives + self.off)
        raise ValueError(told.type)


def wrong(story: Story, method: str) -> list[str]:
    """Each sentence about money in the story's letters that is not so."""
    world = played(story, method)
    found = list(_wrong_letters(world, story))
    back = sum(_told_as_given_back(world), NONE)
    if back > (paid := sum(amount for _, amount in _books(story, len(story)).came)):
        found.append(f"told as given back: {back}, paid: {paid}")
    return found


def _books(story: Story, so_many: int) -> Books:
    books = Books()
    for told in story[:so_many]:
        books = books.after(told)
    return books


def _wrong_letters(world: World, story: Story) -> Iterator[str]:
    for message, said in letters(world):
        books = _books(story, _told_by(message))
        for asked in asked_for(message.kind, said):
            if not books.least_due() <= asked <= books.most_due() or not asked:
                yield f"{message.kind} asks for {asked}; due: {books.least_due()} to {books.most_due()}"
        if message.kind.startswith("order_unpaid") and (books.off or books.gone):
            yield f"{message.kind}: called off, or a payment went back"


def _told_by(message: Message) -> int:
    """How many events of a story had been told when it left."""
    return (
        max(int((message.sent_at - FIRST) / HALF_A_DAY) + 1, 0) if message.sent_at and message.sent_at >= FIRST else 0
    )


def letters(world: World) -> Iterator[tuple[Message, Mapping[str, Any]]]:
    """Each message that left with what its letter was made of."""
    made = {letter.id: world.renderer.said[int(letter.subject)] for letter in world.email.taken}
    for message in world.sent():
        if message.id in made:
            yield message, made[message.id]


ASKING = frozenset({"order_received", "order_accepted", "payment_failed", "order_unpaid_first", "order_unpaid_final"})


def asked_for(kind: str, said: Mapping[str, Any]) -> Iterable[Decimal]:
    if kind in ASKING and said["order"].payment.prepaid and said["order"].payment.due is not None:
        yield said["order"].payment.due
    if kind == "payment_received" and said["rest"] is not None:
        yield said["rest"]
    if kind == "order_repriced" and said["repriced"].rest is not None:
        yield said["repriced"].rest


def _told_as_given_back(world: World) -> Iterator[Decimal]:
    told_apart = False
    for message, said in letters(world):
        if message.kind == "order_refunded":
            told_apart = True
            yield said["refund"].amount
        if message.kind == "order_cancelled" and said["given_back"] is not None and not told_apart:
            yield said["given_back"]
