"""Reads the demo's story from infrastructure/demo: the events that each shop sends, and what people do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from local.demo.catalogue import Catalogue, Fields
from local.demo.steps import Click, Close, Event, NewestMessage, Redeem, Report, Step

STORY = Path(__file__).parents[2] / "infrastructure" / "demo"
NAMES_ITS_ORDER = ("review.posted", "bonus.spent", "complaint.opened", "complaint.resolved")
"""Events in which `order` is an id; in any other it is an object."""
STORY_FIELDS = ("at", "type", "sent", "again")
"""Fields of an event in the story that are not its data."""


@dataclass(frozen=True, slots=True)
class DemoShop:
    """`document` is the configuration that `PUT /local/shops` takes; `people` are the customers by their name in the
    story, and `orders` says by an order's id which of them placed it."""

    id: str
    document: Fields
    people: Mapping[str, Fields]
    orders: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.document["timezone"])

    def name_of(self, customer: str | None, order: str | None) -> str:
        """The name of a customer by the shop's id, or of a guest by their order."""
        names = {person["id"]: person["name"] for person in self.people.values() if "id" in person}
        guest = self.people.get(self.orders.get(order or "", ""), {})
        return str(names.get(customer) or guest.get("name", ""))


@dataclass(frozen=True, slots=True)
class Story:
    """`steps` are in order of time; `expected` is what the demo has to show (expectations.py)."""

    begins: datetime
    ends: datetime
    shops: Mapping[str, DemoShop]
    steps: tuple[Step, ...]
    expected: Fields


def read(folder: Path = STORY) -> Story:
    document = _yaml(folder / "story.yaml")
    shops = {name: _shop(folder / name, name, document) for name in document["shops"]}
    zone = shops[document["shops"][0]].zone  # the story begins and ends by the first shop's clock
    steps = [step for shop in shops.values() for step in _steps(folder / shop.id, shop, document)]
    return Story(
        begins=_moment(document["begins"], zone),
        ends=_moment(document["ends"], zone),
        shops=shops,
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        expected=document["expected"],
    )


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _moment(local: str | datetime, zone: ZoneInfo) -> datetime:
    """What has seconds is a datetime when YAML has read it."""
    return datetime.fromisoformat(str(local)).replace(tzinfo=zone).astimezone(UTC)


def _shop(folder: Path, name: str, document: Fields) -> DemoShop:
    orders = {order["id"]: order["customer"] for order in _yaml(folder / "orders.yaml")}
    people = _yaml(folder / "customers.yaml")
    return DemoShop(name, _yaml(folder / "shop.yaml"), people | _registered(document["steps"][name]), orders)


def _registered(steps: list[Fields]) -> dict[str, Fields]:
    """Customers who are not in customers.yaml, but register in the story: by their ids."""
    customers = [step.get("data", {}).get("customer", {}) for step in steps]
    return {customer["id"]: customer for customer in customers if "name" in customer}


def _steps(folder: Path, shop: DemoShop, document: Fields) -> Iterator[Step]:
    configuration = shop.document
    catalogue = Catalogue(
        _yaml(folder / "products.yaml"),
        site=configuration["contacts"]["site"],
        currency=configuration["currency"],
        locale=configuration["locale"],
    )
    for order in _yaml(folder / "orders.yaml"):
        yield from _steps_of_order(order, shop, catalogue)
    for number, step in enumerate(document["steps"][shop.id]):
        customer = shop.people.get(step.get("customer", ""), {})
        yield _step(step, shop, step_id=f"{shop.id}-{number}", customer=customer)


def _step(step: Fields, shop: DemoShop, *, step_id: str, customer: Fields, order: str = "") -> Step:
    """What people do with a message, or an event with its `data` as the shop sends it."""
    at, customer_id = _moment(step["at"], shop.zone), customer.get("id", "")
    if "clicks" in step:
        return Click(at, NewestMessage(shop.id, step["kind"], customer=customer_id))
    if "reports" in step:
        return Report(at, NewestMessage(shop.id, step["kind"], customer=customer_id), step["reports"])
    if "closes" in step:
        order = step.get("order", order)
        # A task about an order is found by the order: its customer may have others of the kind.
        task = NewestMessage(shop.id, step["closes"], order, "" if order else customer_id)
        return Close(at, task, outcome=step["outcome"], on_page=step.get("via") == "page", id=step_id)
    if "redeems" in step:
        letter = NewestMessage(shop.id, step["redeems"], step.get("from", ""), customer_id)
        return Redeem(at, letter, order, step_id)
    return Event(at=at, shop=shop.id, id=step_id, type=step["type"], happened=at, data=step["data"])


def _steps_of_order(order: Fields, shop: DemoShop, catalogue: Catalogue) -> Iterator[Step]:
    placed, customer, order_id = _moment(order["placed"], shop.zone), shop.people[order["customer"]], order["id"]
    # Number 0 of the order's events; the story leaves it out.
    data = {"order": catalogue.order(order, customer, placed.isoformat())}
    yield Event(at=placed, shop=shop.id, id=f"{order_id}-0", type="order.placed", happened=placed, data=data)
    for number, step in enumerate(order["events"], 1):
        step_id = f"{order_id}-{number}"
        if "type" in step:
            yield from _events(step, shop, step_id, _data(step, order_id, catalogue, customer))
        else:
            yield _step(step, shop, step_id=step_id, customer=customer, order=order_id)


def _data(step: Fields, order: str, catalogue: Catalogue, customer: Fields) -> Fields:
    """The event's `data`: the story leaves out which order it is about, and what the products are called."""
    data = {name: value for name, value in step.items() if name not in STORY_FIELDS}
    if step["type"] in NAMES_ITS_ORDER:
        return _data_beside_order(data, order, customer)
    data["order"] = {"id": order, **step.get("order", {})}
    for part in (data["order"], data):
        for name in ("items", "alternatives"):
            if name in part:
                part[name] = catalogue.items(part[name], customer)
    return data


def _data_beside_order(data: Fields, order: str, customer: Fields) -> Fields:
    """With the customer and the order that it is about, which stand in `complaint` where there is one."""
    contacts = [{name: customer[name]} for name in ("id", "email", "phone") if name in customer]
    about = {"customer": contacts[0] if contacts else {}, "order": order}
    if "complaint" in data:
        return {"complaint": {**about, **data["complaint"]}}
    return {**about, **data}


def _events(step: Fields, shop: DemoShop, step_id: str, data: Fields) -> Iterator[Event]:
    """The event when it was sent; with `again`, a second time under another id."""
    happened = _moment(step["at"], shop.zone)
    sent = _moment(step["sent"], shop.zone) if "sent" in step else happened
    yield Event(at=sent, shop=shop.id, id=step_id, type=step["type"], happened=happened, data=data)
    if "again" in step:
        again = _moment(step["again"], shop.zone)
        yield Event(at=again, shop=shop.id, id=f"{step_id}-again", type=step["type"], happened=happened, data=data)
