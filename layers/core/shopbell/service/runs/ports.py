"""What runs need of the table."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from shopbell.domain.model.product import Product
from shopbell.domain.model.run import Run, Wish
from shopbell.domain.model.state import DuePlace
from shopbell.domain.model.stock import Stock


class Runs(Protocol):
    def at(self, place: DuePlace) -> Run | None: ...
    def save(self, shop: str, run: Run) -> None:
        """Raises domain.model.state.Conflict where somebody else has taken the page."""
        ...

    def end(self, shop: str, run: Run) -> None: ...
    def wishes(self, shop: str, sku: str, after: str, most: int) -> list[Wish]: ...
    def forget_wishes(self, shop: str, sku: str, wishes: Iterable[Wish]) -> None: ...
    def count_product(self, shop: str, sku: str, *, is_counted: bool) -> None:
        """Raises domain.model.state.Conflict."""
        ...

    def save_products(self, shop: str, products: Mapping[str, Product], until: datetime) -> None: ...
    def stock(self, shop: str, skus: Iterable[str]) -> dict[str, Stock]: ...
