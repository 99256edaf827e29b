"""Bringing a shop in: its configuration to the table, its webhook secrets to where secrets live."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Configurations(Protocol):
    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None: ...


class Secrets(Protocol):
    def put(self, shop: str, scheme: str, value: Any) -> None: ...


Check = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
"""(shop, document) to the secrets by scheme; raises Refused with every wrong field."""


def put_shop(shop: str, document: Mapping[str, Any], check: Check, shops: Configurations, secrets: Secrets) -> None:
    """Creates or replaces; the table never sees a secret. Raises Refused, and then has changed nothing."""
    found = check(shop, document)
    for scheme, value in found.items():
        secrets.put(shop, scheme, value)
    shops.save_shop(shop, {name: value for name, value in document.items() if name != "webhooks"})
