"""What is kept beside what is paused of a shop, and read with the shop."""

from shopbell.domain.model.shop import Paused
from shopbell.storage import keys
from shopbell.storage.documents import dumped
from shopbell.storage.table import Item, Table, Value


def item_of(table: Table, shop: str) -> Item | None:
    key = (keys.pause_partition(shop), keys.HEAD)
    return table.get([key]).get(key)


def save(table: Table, shop: str, name: str, value: Value, read: Item | None) -> None:
    """One attribute; `read`: the item that it was decided on. Raises Conflict where somebody else wrote it since."""
    values: Item = {"nothing": dumped({"paused": Paused.NOTHING}), "new": value}
    seen: Item = {"old": read[name]} if read and name in read else {}
    condition = f"{name} = :old" if seen else f"attribute_not_exists({name})"
    change = f"SET doc = if_not_exists(doc, :nothing), {name} = :new"
    table.update((keys.pause_partition(shop), keys.HEAD), change, condition, values | seen)
