"""From an order as the story tells it to the `order` of the contract: names, prices, links and sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Said = Mapping[str, Any]
OWN = ("payment", "delivery", "channel")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shop's products by code; its site, its currency, and its language for those who named none."""

    products: Mapping[str, Said]
    site: str
    currency: str
    locale: str

    def items(self, said: Sequence[Said], customer: Said) -> list[dict[str, Any]]:
        """In the customer's language."""
        return [self._item(item, customer.get("locale", self.locale)[:2]) for item in said]

    def _item(self, item: Said, locale: str) -> dict[str, Any]:
        """What the story says of an item counts; the rest is the product's."""
        product = self.products.get(item["sku"], {})
        known = {"name": product.get(locale), "unit_price": product.get("price")}
        return {**known, "url": f"{self.site}/products/{item['sku'].lower()}", **item}

    def order(self, said: Said, customer: Said, placed_at: str) -> dict[str, Any]:
        """The whole order, with the page to pay on where it is paid beforehand."""
        name, items = said["id"], self.items(said["items"], customer)
        order = {part: said[part] for part in OWN if part in said}
        if said["payment"]["method"] in ("bank_transfer", "card"):
            order["payment"] = {"url": f"{self.site}/pay/{name}", **said["payment"]}
        discount = {"discount_total": said["discount"]} if "discount" in said else {}
        return {
            "id": name,
            "number": name,
            "url": f"{self.site}/orders/{name}",
            "placed_at": placed_at,
            "currency": self.currency,
            "total": _total(items, said),
            "items": items,
            "customer": dict(customer),
            **discount,
            **order,
        }


def _total(items: Sequence[Said], said: Said) -> str:
    goods = sum((Decimal(item["unit_price"]) * Decimal(str(item["quantity"])) for item in items), Decimal(0))
    delivery = Decimal(said["delivery"].get("price", "0"))
    return str((goods + delivery - Decimal(said.get("discount", "0"))).quantize(Decimal("0.01")))
