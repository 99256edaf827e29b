"""A product as a shop's orders show it, and one that is recommended."""

from collections.abc import Mapping
from dataclasses import dataclass

from shopbell.domain.model.events import Json

Item = Mapping[str, Json]
"""What is told of a product: its `sku`, `name`, `unit_price`, `url`, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Product:
    """As it was last ordered, and what goes with it, with how well: the best first."""

    item: Item
    along: tuple[tuple[float, Item], ...] = ()


@dataclass(frozen=True, slots=True)
class Recommended:
    """`beside`: the name of what it goes with; `learnt`: from orders, else the shop says so."""

    item: Item
    beside: str
    learnt: bool
