"""Runs, the wishes that they walk, and how much there is of a product."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from shopbell.domain.model.product import Product
from shopbell.domain.model.run import Run, RunKind, Wish
from shopbell.domain.model.state import DuePlace
from shopbell.domain.model.stock import Stock
from shopbell.domain.model.vocabulary import Sweep
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_instant
from shopbell.storage import beside_pause, keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.items import indexed, product_item, version_of
from shopbell.storage.keys import Key
from shopbell.storage.table import Item, Table, Write

KEEP_ORDERED = timedelta(days=60)
"""What was ordered of a product counts until the next word of how much there is."""


MOST_COUNTED = 500
"""Products of a shop at a time; of any other its number is taken as the shop told it."""


@dataclass(frozen=True, slots=True)
class Runs:
    table: Table
    shards: int

    @staticmethod
    def is_run(place: DuePlace) -> bool:
        return keys.is_run(place.key[0])

    def at(self, place: DuePlace) -> Run | None:
        item = self.table.get([place.key]).get(place.key)
        return run_of(item) if item else None

    def save(self, shop: str, run: Run) -> None:
        """Raises Conflict where somebody else has taken the page."""
        key = run_key(shop, run)
        self.table.write([Write(key, run_item(shop, run, self.shards), run.version)])

    def end(self, shop: str, run: Run) -> None:
        self.table.write([Write(run_key(shop, run), deletes=True, version=run.version)])

    def wishes(self, shop: str, sku: str, after: str, most: int) -> list[Wish]:
        """The first to ask first; `after`: the place of the last one of the page before."""
        items = self.table.after(keys.wanted_partition(shop, sku), after, most)
        return [_wish_of(item) for item in items]

    def forget_wishes(self, shop: str, sku: str, wishes: Iterable[Wish]) -> None:
        partition = keys.wanted_partition(shop, sku)
        self.table.write_plainly([Write((partition, wish.place), deletes=True) for wish in wishes])

    def count_product(self, shop: str, sku: str, *, is_counted: bool) -> None:
        """Whether it is counted from now on how many of it are ordered; beside what is paused, which is read with the
        shop. Raises Conflict where somebody else writes there at this moment."""
        item = beside_pause.item_of(self.table, shop)
        before = counted_of(item)
        after = before | {sku} if is_counted else before - {sku}
        if after != before and len(after) <= MOST_COUNTED:
            beside_pause.save(self.table, shop, "counted", sorted(after), item)

    def save_products(self, shop: str, products: Mapping[str, Product], until: datetime) -> None:
        """By their codes; each its own."""
        places = {sku: (keys.product_partition(shop, sku), keys.ALONG) for sku in products}
        self.table.write_plainly([Write(places[sku], product_item(each, until)) for sku, each in products.items()])

    def stock(self, shop: str, skus: Iterable[str]) -> dict[str, Stock]:
        """Of the products whose number the shop told."""
        places = {sku: (keys.product_partition(shop, sku), keys.STOCK) for sku in skus}
        items = self.table.get(list(places.values()))
        return {sku: self._counted(shop, sku, items[place]) for sku, place in places.items() if place in items}

    def _counted(self, shop: str, sku: str, item: Item) -> Stock:
        document = loaded(item["doc"])
        told_at = parse_instant(document["at"])
        if document["quantity"] is None:
            return Stock(told_at)
        since = keys.ordered_since(told_at)
        ordered = self.table.between(keys.product_partition(shop, sku), since, f"{keys.ORDERED}~")
        total = sum((Decimal(str(each["quantity"])) for each in ordered), Decimal(0))
        return Stock(told_at, Decimal(document["quantity"]), total)


def counted_of(item: Item | None) -> frozenset[str]:
    """Of what is read with the shop: the products whose orders are counted."""
    counted = item.get("counted", []) if item else []
    return frozenset(counted) if isinstance(counted, list) else frozenset()


def run_key(shop: str, run: Run) -> Key:
    return keys.run_partition(shop, run.id), keys.HEAD


def run_item(shop: str, run: Run, shards: int) -> Item:
    document = {
        "kind": run.kind,
        "about": run.about,
        "begun_at": format_stamp(run.begun_at),
        "cursor": run.cursor,
        "facts": dict(run.facts),
    }
    due = indexed(keys.due_partition(Sweep.RUNS, keys.run_partition(shop, run.id), shards), run.next_at)
    return {"v": run.version + 1, "doc": dumped(document), **due}


def run_of(item: Item) -> Run:
    document = loaded(item["doc"])
    return Run(
        RunKind(document["kind"]),
        document["about"],
        parse_instant(document["begun_at"]),
        parse_instant(str(item["due_at"])),
        document["cursor"],
        document["facts"],
        version_of(item),
    )


def stock_item(quantity: str | None, at: datetime) -> Item:
    return {"doc": dumped({"quantity": quantity, "at": format_stamp(at)})}


def ordered_item(quantity: Decimal, now: datetime) -> Item:
    return {"quantity": str(quantity), "expires_at": int((now + KEEP_ORDERED).timestamp())}


def wish_item(wish: Wish) -> Item:
    return {"customer": wish.customer, "asked_at": format_instant(wish.asked_at)}


def wish_place(wish: Wish) -> str:
    return f"{format_stamp(wish.asked_at)}#{keys.encoded(wish.customer)}"


def _wish_of(item: Item) -> Wish:
    return Wish(str(item["customer"]), parse_instant(str(item["asked_at"])), str(item["sk"]))
