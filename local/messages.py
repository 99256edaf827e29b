"""Joins what the providers took with what the product's ledger knows of it: the contract's messages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from local.instants import text
from local.providers import Taken

EMPTIED: Mapping[str, Any] = {
    "to": "",
    "subject": "",
    "preheader": "",
    "html": "",
    "text": "",
    "headers": {},
}
# The contract's fields, in its order.
FIELDS = (
    *("id", "shop", "kind", "channel", "class", "to", "locale", "subject", "preheader", "html", "text"),
    *("headers", "segments", "order", "customer", "status", "attempts", "due_at", "sent_at"),
)
AS_GOT = frozenset({"to", "subject", "html", "text", "headers", "sent_at"})
FILTERS = ("shop", "order", "customer", "channel", "kind")

Row = dict[str, Any]


def taken(entries: Iterable[Taken], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """One message for each time a provider took one, oldest first, that matches `wanted`."""
    known = {(row["shop"], row["id"]): row for row in ledger}
    rows = (_joined(entry, known.get((_shop(entry), _id(entry)), {})) for entry in entries)
    return [row for row in rows if matches(row, wanted)]


def by_status(entries: Iterable[Taken], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """The ledger's messages of the status wanted, with what left of them where anything did."""
    left = {(_shop(entry), _id(entry)): entry for entry in entries}
    rows = (_joined(left.get((row["shop"], row["id"])), row) for row in ledger)
    return [row for row in rows if row["status"] == wanted["status"] and matches(row, wanted)]


def _joined(entry: Taken | None, row: Row) -> Row:
    """What the provider's own request says counts, whatever the ledger says of it."""
    got = _as_got(entry) if entry else {}
    own = {name: value for name, value in row.items() if name not in got or name not in AS_GOT}
    return _shaped({**got, **own, **(EMPTIED if row.get("erased") else {})})


def _as_got(entry: Taken) -> Row:
    got, letter = entry.got, entry.letter
    return {
        "id": _id(entry),
        "shop": _shop(entry),
        "channel": got.channel,
        **_of_letter(letter),
        "to": got.to,
        "status": "sent",
        "subject": got.subject,
        "html": got.html,
        "text": got.text,
        "headers": got.headers,
        "sent_at": text(entry.at),
    }


def _of_letter(letter: Any) -> Row:
    """What the provider is not told."""
    if letter is None:
        return {}
    return {
        "kind": str(letter.kind),
        "channel": str(letter.channel),
        "class": str(letter.message_class),
        "locale": str(letter.locale),
        "preheader": letter.preheader,
        "segments": letter.segments,
    }


def _id(entry: Taken) -> Any:
    return entry.letter.id if entry.letter is not None else entry.got.tags.get("message")


def _shop(entry: Taken) -> Any:
    return entry.letter.shop if entry.letter is not None else entry.got.tags.get("shop")


def _shaped(row: Row) -> Row:
    return {name: row.get(name) for name in FIELDS}


def matches(row: Row, wanted: Mapping[str, str]) -> bool:
    return all(row[name] == wanted[name] for name in FILTERS if wanted.get(name))
