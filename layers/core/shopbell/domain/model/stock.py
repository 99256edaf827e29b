"""How much of a product a shop has, as far as it said, less what was ordered since."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Stock:
    """`quantity`: so many at `told_at`, None where the shop says no number: enough. `ordered`: so many since."""

    told_at: datetime
    quantity: Decimal | None = None
    ordered: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal | None:
        return None if self.quantity is None else max(self.quantity - self.ordered, Decimal(0))

    @property
    def is_sold_out(self) -> bool:
        return self.left == 0
