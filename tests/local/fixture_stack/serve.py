"""Serves the fixture's template, with a product that has shops and no ledger; prints its address."""

import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local.http import Server
from local.stack import Stack
from shopbell.domain.model.problems import Problem, Refused


class Tiny:
    """Takes any shop with a name; its ledger says that whatever is called "gone" was erased."""

    def __init__(self) -> None:
        self._shops: dict[str, str] = {}

    def channels(self) -> dict[str, Any]:
        return {}

    def log(self) -> logging.Logger:
        return logging.getLogger("fixture")

    def shops(self) -> list[dict[str, Any]]:
        return [{"id": shop, "name": name} for shop, name in self._shops.items()]

    def put_shop(self, shop: str, document: Mapping[str, Any]) -> None:
        if "name" not in document:
            raise Refused(Problem("#/name", "missing", "name is missing"))
        self._shops[shop] = document["name"]

    def messages(self) -> list[dict[str, Any]]:
        gone = {"id": "gone", "shop": "fixture", "customer": "c1", "status": "sent", "erased": True}
        held = {"id": "late", "shop": "fixture", "customer": "c1", "status": "held", "erased": False}
        return [gone, held]

    def decisions(self) -> list[dict[str, Any]]:
        return []


def main() -> None:
    template = Path(sys.argv[1])
    with Server(0) as server:
        now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
        with Stack(now, base_url=server.base_url, template=template, product=Tiny()) as server.stack:
            print(server.base_url, flush=True)
            server.serve_forever()


if __name__ == "__main__":
    main()
