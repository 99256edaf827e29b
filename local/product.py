"""The few places where the local stack asks the product itself: shops, its ledger, its channels."""

from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any, Protocol


class Product(Protocol):
    """What the stack needs to know of the product beyond its handlers."""

    def channels(self) -> MutableMapping[Any, Any]:
        """The channels the handlers send by, in the mapping the handlers use."""
        ...

    def shops(self) -> list[dict[str, Any]]:
        """Every shop's `id` and `name`."""
        ...

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        """Creates or replaces a shop. Raises shopbell's Refused."""
        ...

    def messages(self, shop: str | None, order: str | None, customer: str | None) -> list[dict[str, Any]]:
        """The ledger's side of the contract's messages, each with `erased`."""
        ...

    def decisions(self, shop: str | None, order: str | None, customer: str | None) -> list[dict[str, Any]]:
        """The contract's decisions, oldest first."""
        ...


class Shopbell:
    """The product in this repository, its modules imported late: a reset of the stack imports them anew."""

    def channels(self) -> MutableMapping[Any, Any]:
        channels: MutableMapping[Any, Any] = _bootstrap().channels()
        return channels

    def shops(self) -> list[dict[str, Any]]:
        shops: list[dict[str, Any]] = _bootstrap().inspect().shops()
        return shops

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        _bootstrap().put_shop(shop, document)

    def messages(self, shop: str | None, order: str | None, customer: str | None) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = _bootstrap().inspect().messages(shop, order, customer)
        return found

    def decisions(self, shop: str | None, order: str | None, customer: str | None) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = _bootstrap().inspect().decisions(shop, order, customer)
        return found


def _bootstrap() -> Any:
    return import_module("shopbell.bootstrap")
