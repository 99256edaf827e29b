"""Bringing a shop in: its configuration to the table, its webhook secrets to where secrets live."""

from collections.abc import Mapping
from typing import Any, Protocol


class Configurations(Protocol):
    def save_shop(self, shop: str, document: Mapping[str, Any]) -> None: ...


class Secrets(Protocol):
    def put(self, shop: str, scheme: str, value: Any) -> None: ...


def put_shop(
    shop: str,
    configuration: Mapping[str, Any],
    secrets_by_scheme: Mapping[str, Any],
    shops: Configurations,
    secrets: Secrets,
) -> None:
    """Creates or replaces a shop; both documents are checked. A scheme that is not named keeps its secrets."""
    for scheme, value in secrets_by_scheme.items():
        secrets.put(shop, scheme, value)
    shops.save_shop(shop, configuration)
