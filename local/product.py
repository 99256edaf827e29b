"""What the local stack uses of the product beside its handlers: its channels, its log, its shops, its ledger."""

import logging
from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any, Protocol

from local import ledger

Row = dict[str, Any]


class Product(Protocol):
    """What the stack needs of a product; the stack's own tests have a product of theirs."""

    def channels(self) -> MutableMapping[Any, Any]:
        """The channels that the handlers send by: the very mapping that they use, so that it may be changed."""
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
        """What the ledger knows of each message, for GET /local/messages, with `erased`."""
        ...

    def decisions(self) -> list[Row]:
        """Every decision as GET /local/decisions answers it, oldest first."""
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
    """Imported late: when the module is loaded, AWS must be moto and the environment be set."""
    return import_module("shopbell.bootstrap")
