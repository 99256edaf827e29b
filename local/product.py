"""The few places where the local stack asks the product itself: its channels, its shops, its ledger."""

import logging
from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any, Protocol

from local import ledger

Row = dict[str, Any]


class Product(Protocol):
    """What the stack needs to know of the product beyond its handlers."""

    def channels(self) -> MutableMapping[Any, Any]:
        """The channels the handlers send by, in the very mapping the handlers use."""
        ...

    def log(self) -> logging.Logger:
        """Where the handlers note what happened."""
        ...

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        """Creates or replaces a shop. Raises shopbell's Refused."""
        ...

    def shops(self) -> list[Row]:
        """Every shop's `id` and `name`."""
        ...

    def messages(self) -> list[Row]:
        """The ledger's side of the contract's messages, each with `erased`."""
        ...

    def decisions(self) -> list[Row]:
        """The contract's decisions, oldest first."""
        ...


class Shopbell:
    """The product in this repository."""

    shops = staticmethod(ledger.shops)
    messages = staticmethod(ledger.messages)
    decisions = staticmethod(ledger.decisions)

    def channels(self) -> MutableMapping[Any, Any]:
        channels: MutableMapping[Any, Any] = _bootstrap().channels()
        return channels

    def log(self) -> logging.Logger:
        return logging.getLogger(import_module("shopbell.observability").logger().name)

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        _bootstrap().put_shop(shop, document)


def _bootstrap() -> Any:
    """Imported once AWS is moto and the environment stands."""
    return import_module("shopbell.bootstrap")
