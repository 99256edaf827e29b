"""What was counted of a shop: an item a month, a figure an attribute."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from shopbell.domain.model.figures import Tally
from shopbell.storage import keys
from shopbell.storage.table import Item, Table

KEPT = timedelta(days=430)
"""A year and a month, and the month that is told of."""
FIGURE = "n:"


def add(table: Table, shop: str, month: str, figures: Mapping[str, int], now: datetime) -> None:
    """So many more of each."""
    table.add(_key(shop, month), {f"{FIGURE}{name}": number for name, number in figures.items()}, now + KEPT)


def tallies(table: Table, shop: str, months: Iterable[str]) -> dict[str, Tally]:
    """Of each month in which anything was counted."""
    places = {month: _key(shop, month) for month in months}
    items = table.get(list(places.values()))
    return {month: _tally(items[place]) for month, place in places.items() if place in items}


def _key(shop: str, month: str) -> keys.Key:
    return keys.shop_partition(shop), f"{keys.TALLY}{month}"


def _tally(item: Item) -> Tally:
    return {
        name.removeprefix(FIGURE): number
        for name, number in item.items()
        if name.startswith(FIGURE) and isinstance(number, int)
    }
