"""What goes with what: items that were ordered together, counted, a product each."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from zlib import crc32

from shopbell.domain.model.events import Json

Item = Mapping[str, Json]
Companions = Mapping[str, tuple[int, Item]]
"""By its code: how often it was ordered along with the product, and what it was called then."""

MOST_LEARNT = 5
"""Of an order; the first ones say most, and each costs a write."""
MOST_KEPT = 12
ONE_ORDER_IN = 10
"""What goes together shows as well in every tenth order, at a tenth of the writes."""
OFFERED = 3
_TOLD = ("sku", "name", "unit_price", "url", "image_url")


def is_learnt_from(order: str) -> bool:
    """Whether this order counts: by its id, so that it does whoever tells of it, and how often."""
    return crc32(order.encode()) % ONE_ORDER_IN == 0


def pairs(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Each product of an order with the others in it; none where it stands alone."""
    by_sku = {str(item["sku"]): item for item in items if item.get("sku")}
    first = list(by_sku)[:MOST_LEARNT]
    for sku in first if len(first) > 1 else ():
        yield sku, [by_sku[other] for other in first if other != sku]


def learnt(companions: Companions, along: Iterable[Item]) -> Companions:
    """Counted once more, and what was rarest forgotten when there are too many."""
    counted = dict(companions)
    for item in along:
        sku = str(item["sku"])
        number = counted[sku][0] + 1 if sku in counted else 1
        counted[sku] = number, {name: item[name] for name in _TOLD if item.get(name)}
    kept = sorted(counted.items(), key=lambda entry: -entry[1][0])[:MOST_KEPT]
    return dict(kept)


def named(accessories: Mapping[str, Collection[str]], ordered: Collection[str]) -> tuple[Item, ...]:
    """What the shop itself says goes with what was ordered, and is not: by its code, which is all that is known."""
    codes = dict.fromkeys(code for sku in ordered for code in accessories.get(sku, ()) if code not in ordered)
    return tuple({"name": code} for code in list(codes)[:OFFERED])


def offered(of_each_item: Iterable[Companions], ordered: Collection[str]) -> tuple[Item, ...]:
    """What others took along most often and this order has not; with a name and a price."""
    counted: dict[str, tuple[int, Item]] = {}
    for companions in of_each_item:
        for sku, (number, item) in companions.items():
            counted[sku] = counted.get(sku, (0, item))[0] + number, item
    ranked = sorted(counted.items(), key=lambda entry: (-entry[1][0], entry[0]))
    fitting = (item for sku, (_, item) in ranked if sku not in ordered and item.get("name") and item.get("unit_price"))
    return tuple(fitting)[:OFFERED]
