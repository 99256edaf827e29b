"""The demo's story, read from infrastructure/demo: what each shop tells its door, and what customers do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from local.demo.goods import Said, Shelf
from local.demo.steps import Click, Close, Event, Newest, Redeem, Report, Step

TOLD = Path(__file__).parents[2] / "infrastructure" / "demo"
BESIDE = ("review.posted", "bonus.spent", "complaint.opened", "complaint.resolved")
"""Events that name their order by its id."""
OWN = ("at", "type", "sent", "again")
"""What an event of an order says to the story alone."""


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
    told = [occurrence.get("data", {}).get("customer", {}) for occurrence in happenings]
    return {customer["id"]: customer for customer in told if "name" in customer}


def _steps(folder: Path, shop: Shop, told: Said) -> Iterator[Step]:
    document = shop.document
    site, currency, locale = document["contacts"]["site"], document["currency"], document["locale"]
    shelf = Shelf(_yaml(folder / "products.yaml"), site, currency, locale)
    for order in _yaml(folder / "orders.yaml"):
        yield from _of_order(order, shop, shelf)
    for number, said in enumerate(told["happenings"][shop.id]):
        yield _step(said, f"{shop.id}-{number}", "", shop.people.get(said.get("customer", ""), {}), shop)


def _step(said: Said, name: str, order: str, customer: Said, shop: Shop) -> Step:
    """What people do with a message, or an event just as the contract has it."""
    at, asked = _moment(said["at"], shop.zone), customer.get("id", "")
    if "clicks" in said:
        return Click(at, Newest(shop.id, said["kind"], customer=asked))
    if "reports" in said:
        return Report(at, Newest(shop.id, said["kind"], customer=asked), said["reports"])
    if "closes" in said:
        order = said.get("order", order)
        task = Newest(shop.id, said["closes"], order, "" if order else asked)
        return Close(at, task, said["outcome"], said.get("via") == "page", name)
    if "redeems" in said:
        return Redeem(at, Newest(shop.id, said["redeems"], said.get("from", ""), asked), order, name)
    return Event(at, shop.id, name, said["type"], at, said["data"])


def _of_order(order: Said, shop: Shop, shelf: Shelf) -> Iterator[Step]:
    placed, customer = _moment(order["placed"], shop.zone), shop.people[order["customer"]]
    whole = shelf.order(order, customer, placed.isoformat())
    yield Event(placed, shop.id, f"{order['id']}-0", "order.placed", placed, {"order": whole})
    for number, said in enumerate(order["events"], 1):
        name = f"{order['id']}-{number}"
        if "type" not in said:
            yield _step(said, name, order["id"], customer, shop)
        else:
            yield from _news(said, name, shop, _data(said, order["id"], shelf, customer))


def _data(said: Said, order: str, shelf: Shelf, customer: Said) -> Said:
    data = {key: value for key, value in said.items() if key not in OWN}
    if said["type"] in BESIDE:
        return _beside(data, order, customer)
    data["order"] = {"id": order, **said.get("order", {})}
    for held in (part for part in (data["order"], data) if isinstance(part, dict)):
        for key in ("items", "alternatives"):
            if key in held:
                held[key] = shelf.items(held[key], customer)
    return data


def _beside(data: Said, order: str, customer: Said) -> Said:
    """Who says it and about which order, in the event or in its complaint."""
    who = {name: customer[name] for name in ("id", "email", "phone") if name in customer}
    known = {"customer": dict(list(who.items())[:1]), "order": order}
    return {"complaint": {**known, **data["complaint"]}} if "complaint" in data else {**known, **data}


def _news(said: Said, name: str, shop: Shop, data: Said) -> Iterator[Event]:
    """The event as it came; with `again`, a second time under another id."""
    happened = _moment(said["at"], shop.zone)
    sent = _moment(said["sent"], shop.zone) if "sent" in said else happened
    yield Event(sent, shop.id, name, said["type"], happened, data)
    if "again" in said:
        again = _moment(said["again"], shop.zone)
        yield Event(again, shop.id, f"{name}-again", said["type"], happened, data)
