"""The demo's story, read from infrastructure/demo: what each shop tells its door, and what customers do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from local.demo.goods import Said, Shelf

TOLD = Path(__file__).parents[2] / "infrastructure" / "demo"


@dataclass(frozen=True, slots=True)
class Event:
    """News for the door: sent at `at`, happened at `happened`; `id` is the webhook's."""

    at: datetime
    shop: str
    id: str
    type: str
    happened: datetime
    data: Said


@dataclass(frozen=True, slots=True)
class Click:
    """A customer follows the link to end letters, in the newest message of a kind that they got."""

    at: datetime
    shop: str
    customer: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """The mail provider reports something (`event`) of the newest letter of a kind that a customer got."""

    at: datetime
    shop: str
    customer: str
    kind: str
    event: str


Step = Event | Click | Report


@dataclass(frozen=True, slots=True)
class Shop:
    """A demo shop: its configuration as `PUT /local/shops` takes it, and whom its orders are for."""

    id: str
    document: Said
    people: Mapping[str, Said]
    orders: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.document["timezone"])

    def name_of(self, customer: str | None, order: str | None) -> str:
        """A customer's name by the shop's id of them, a guest's by their order."""
        known = {person["id"]: person["name"] for person in self.people.values() if "id" in person}
        guest = self.people.get(self.orders.get(order or "", ""), {})
        return str(known.get(customer) or guest.get("name", ""))


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens, oldest first; `promises` is what it has to show."""

    begins: datetime
    ends: datetime
    shops: Mapping[str, Shop]
    steps: tuple[Step, ...]
    promises: Said


def read(folder: Path = TOLD) -> Story:
    told = _yaml(folder / "story.yaml")
    shops = {name: _shop(folder / name, name, told) for name in told["shops"]}
    first = shops[told["shops"][0]].zone
    steps = [step for shop in shops.values() for step in _steps(folder / shop.id, shop, told)]
    steps.sort(key=lambda step: step.at)
    begins, ends = (_moment(told[name], first) for name in ("begins", "ends"))
    return Story(begins, ends, shops, tuple(steps), told["promises"])


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _moment(said: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=zone).astimezone(UTC)


def _shop(folder: Path, name: str, told: Said) -> Shop:
    orders = {order["id"]: order["customer"] for order in _yaml(folder / "orders.yaml")}
    people = _yaml(folder / "customers.yaml")
    return Shop(name, _yaml(folder / "shop.yaml"), people | _newcomers(told["happenings"][name]), orders)


def _newcomers(happenings: list[Said]) -> dict[str, Said]:
    """Those of whom only an event of their own tells."""
    told = [happening.get("data", {}).get("customer", {}) for happening in happenings]
    return {customer["id"]: customer for customer in told if "name" in customer}


def _steps(folder: Path, shop: Shop, told: Said) -> Iterator[Step]:
    document = shop.document
    site, currency, locale = document["contacts"]["site"], document["currency"], document["locale"]
    shelf = Shelf(_yaml(folder / "products.yaml"), site, currency, locale)
    for order in _yaml(folder / "orders.yaml"):
        yield from _of_order(order, shop, shelf)
    for number, said in enumerate(told["happenings"][shop.id]):
        at = _moment(said["at"], shop.zone)
        if "clicks" in said:
            yield Click(at, shop.id, shop.people[said["customer"]]["id"], said["kind"])
        elif "reports" in said:
            yield Report(at, shop.id, shop.people[said["customer"]]["id"], said["kind"], said["reports"])
        else:
            yield Event(at, shop.id, f"{shop.id}-{number}", said["type"], at, said["data"])


def _of_order(order: Said, shop: Shop, shelf: Shelf) -> Iterator[Event]:
    placed, customer = _moment(order["placed"], shop.zone), shop.people[order["customer"]]
    whole = shelf.order(order, customer, placed.isoformat())
    yield Event(placed, shop.id, f"{order['id']}-0", "order.placed", placed, {"order": whole})
    for number, said in enumerate(order["events"], 1):
        yield from _news(said, f"{order['id']}-{number}", order["id"], shop, shelf, customer)


def _news(said: Said, name: str, order: str, shop: Shop, shelf: Shelf, customer: Said) -> Iterator[Event]:
    """The event as it came; with `again`, a second time under another id."""
    happened = _moment(said["at"], shop.zone)
    data = {key: value for key, value in said.items() if key not in ("at", "type", "sent", "again")}
    data["order"] = {"id": order, **said.get("order", {})}
    for held in (part for part in (data["order"], data) if isinstance(part, dict)):
        for key in ("items", "alternatives"):
            if key in held:
                held[key] = shelf.items(held[key], customer)
    sent = _moment(said["sent"], shop.zone) if "sent" in said else happened
    yield Event(sent, shop.id, name, said["type"], happened, data)
    if "again" in said:
        again = _moment(said["again"], shop.zone)
        yield Event(again, shop.id, f"{name}-again", said["type"], happened, data)
