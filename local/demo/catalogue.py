"""Makes of an order in the story's short form the `order` of an event: names, prices, links and sums are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shopbell.domain.model.money import rounded

Fields = Mapping[str, Any]
"""A mapping of the story's YAML."""
AS_WRITTEN = ("payment", "delivery", "channel", "planned_repeat_on")
"""Parts of an order that the story writes just as the event has them."""

ITS_OWN = ("lasts_days", "renews_after_days")
"""What a product says of itself whatever the language."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A shop's products by `sku`; its site, its currency, and its language for customers who named none."""

    products: Mapping[str, Fields]
    site: str
    currency: str
    locale: str

    def items(self, items: Sequence[Fields], customer: Fields) -> list[dict[str, Any]]:
        """The items with their names in the customer's language."""
        locale = customer.get("locale", self.locale)[:2]
        return [self._item(item, locale) for item in items]

    def _item(self, item: Fields, locale: str) -> dict[str, Any]:
        product = self.products.get(item["sku"], {})
        defaults = {"name": product.get(locale), "unit_price": product.get("price")}
        defaults |= {name: product[name] for name in ITS_OWN if name in product}
        return {**defaults, "url": f"{self.site}/products/{item['sku'].lower()}", **item}

    def order(self, written: Fields, customer: Fields, placed_at: str) -> dict[str, Any]:
        """The whole order, with the page to pay on where it is paid beforehand."""
        order_id, items = written["id"], self.items(written["items"], customer)
        parts = {part: written[part] for part in AS_WRITTEN if part in written}
        if written["payment"]["method"] in ("bank_transfer", "card"):
            parts["payment"] = {"url": f"{self.site}/pay/{order_id}", **written["payment"]}
        if "discount" in written:
            parts["discount_total"] = written["discount"]
        return {
            "id": order_id,
            "number": order_id,
            "url": f"{self.site}/orders/{order_id}",
            "placed_at": placed_at,
            "currency": self.currency,
            "total": self._total(items, written),
            "items": items,
            "customer": dict(customer),
            **parts,
        }

    def _total(self, items: Sequence[Fields], written: Fields) -> str:
        goods = sum((Decimal(item["unit_price"]) * Decimal(str(item["quantity"])) for item in items), Decimal(0))
        delivery = Decimal(written["delivery"].get("price", "0"))
        return str(rounded(goods + delivery - Decimal(written.get("discount", "0")), self.currency))
