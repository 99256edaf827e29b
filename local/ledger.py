"""Reads the whole table: all shops, messages and decisions, which on AWS no function could afford."""

from collections.abc import Iterator
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from local.cloudformation import ACCOUNT, REGION
from shopbell.domain.model.state import Decision, Message
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.storage import keys
from shopbell.storage.documents import loaded
from shopbell.storage.heads import document_of
from shopbell.storage.ledger import read_ledger
from shopbell.storage.table import Item, plain

Row = dict[str, Any]


def shops() -> list[Row]:
    """Every shop's `id` and `name`."""
    heads = [item for item in _items() if (item["pk"], item["sk"]) == (keys.shop_partition(_shop(item)), keys.HEAD)]
    return [{"id": _shop(item), "name": loaded(item["doc"])["name"]} for item in heads]


def messages() -> list[Row]:
    """What the ledger knows of each message, for GET /local/messages; `erased`: its customer was erased since."""
    items = list(_items())
    erased_at = {key: at for item in items for key, at in _erased(item)}
    return [_message_row(message, erased_at) for message in read_ledger(items)[0]]


def decisions() -> list[Row]:
    """Every decision as GET /local/decisions answers it, oldest first."""
    return [_decision_row(decision) for decision in read_ledger(list(_items()))[1]]


def _items() -> Iterator[Item]:
    """Every item of every table."""
    # moto's own way to all items copies and sorts them.
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        for row in table.items.values():
            yield from (plain(item.to_json()["Attributes"]) for item in row.values())


def _shop(item: Item) -> str:
    return str(item["pk"]).split("#", 1)[0]


def _erased(item: Item) -> Iterator[tuple[tuple[str, str], str]]:
    """(shop, customer) and the instant of the erasure, where the item is the head of a customer who was erased."""
    if "#customer#" in str(item["pk"]) and item["sk"] == keys.HEAD:
        customer = document_of(item)
        if customer.get("emptied_at"):
            yield (_shop(item), customer["key"]), customer["emptied_at"]


def _message_row(message: Message, erased_at: dict[tuple[str, str], str]) -> Row:
    emptied_at = erased_at.get((message.shop, message.customer))
    left_at = message.sent_at or message.due_at
    return {
        "id": message.id,
        "shop": message.shop,
        "kind": message.kind,
        "channel": str(message.channel),
        "class": str(message.message_class),
        "order": message.order or None,
        "customer": message.whose or None,
        "status": str(message.status),
        "attempts": message.attempts,
        "due_at": format_instant(message.due_at),
        "sent_at": format_instant(message.sent_at) if message.sent_at else None,
        "erased": bool(emptied_at and left_at <= parse_instant(emptied_at)),
    }


def _decision_row(decision: Decision) -> Row:
    return {
        "at": format_instant(decision.at),
        "shop": decision.shop,
        "kind": decision.kind,
        "step": decision.step or None,
        "order": decision.order or None,
        "customer": decision.customer or None,
        "outcome": str(decision.outcome),
        "reason": str(decision.reason),
        "detail": decision.detail,
    }
