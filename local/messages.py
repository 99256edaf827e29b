"""The answer of GET /local/messages: what the providers took, joined with what the ledger knows of it."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from local.instants import text
from local.providers import TakenMessage

EMPTIED: Mapping[str, Any] = {
    "to": "",
    "subject": "",
    "preheader": "",
    "html": "",
    "text": "",
    "headers": {},
    "page": "",
}
"""What is left of the personal fields of a customer who was erased."""
FIELDS = (
    *("id", "shop", "kind", "channel", "class", "to", "locale", "subject", "preheader", "html", "text"),
    *("headers", "segments", "order", "customer", "status", "attempts", "due_at", "sent_at", "letter", "page"),
)
FROM_PROVIDER = frozenset({"to", "subject", "preheader", "html", "text", "headers", "sent_at", "letter"})
"""Fields of which the provider's request is right, whatever the ledger says."""
FILTERS = ("shop", "order", "customer", "channel", "kind")

Row = dict[str, Any]


def taken(entries: Iterable[TakenMessage], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """One message for each time a provider took one, oldest first, that matches `wanted`; of several in one letter an
    entry each."""
    by_id = {(row["shop"], row["id"]): row for row in ledger}
    rows = (_joined(entry, name, by_id.get((_shop(entry), name), {})) for entry in entries for name in _ids(entry))
    return [row for row in rows if matches(row, wanted)]


def by_status(entries: Iterable[TakenMessage], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """The ledger's messages of one status, each with what a provider took of it last, if any did."""
    latest = {(_shop(entry), name): entry for entry in entries for name in _ids(entry)}
    rows = (_joined(latest.get((row["shop"], row["id"])), row["id"], row) for row in ledger)
    return [row for row in rows if row["status"] == wanted["status"] and matches(row, wanted)]


def _joined(entry: TakenMessage | None, name: Any, row: Row) -> Row:
    from_provider = _from_provider(entry) | {"id": name} if entry else {}
    joined = {**from_provider, **row}
    joined |= {name: value for name, value in from_provider.items() if name in FROM_PROVIDER}
    joined["page"] = page_of(str(joined.get("html") or ""), str(name))
    if row.get("erased"):
        joined |= EMPTIED
    return {name: joined.get(name) for name in FIELDS}


def page_of(html: str, task: str) -> str:
    """The path of a task's own page among the links of the letter that asks for it; "" where there is none."""
    for link in _PAGES.finditer(html):
        fields = json.loads(urlsafe_b64decode(link["payload"] + "=" * (-len(link["payload"]) % 4)))
        if fields[1] == task:
            return link[0]
    return ""


_PAGES = re.compile(r"/t/\d+\.(?P<payload>[\w-]+)\.[\w-]+", re.ASCII)
"""Links as domain.model.tokens makes them: shop, task, purpose and end as JSON in base64."""


def _from_provider(entry: TakenMessage) -> Row:
    request = entry.request
    return {
        "id": _id(entry),
        "shop": _shop(entry),
        "channel": request.channel,
        **_of_letter(entry.letter),
        "to": request.to,
        "status": "sent",
        "subject": request.subject,
        "html": request.html,
        "text": request.text,
        "headers": request.headers,
        "sent_at": text(entry.at),
        "letter": _id(entry),
    }


def _of_letter(letter: Any) -> Row:
    """What does not stand in the provider's request."""
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


def _id(entry: TakenMessage) -> Any:
    return entry.letter.id if entry.letter is not None else entry.request.tags.get("message")


def _ids(entry: TakenMessage) -> list[Any]:
    """Of all that the letter says."""
    return [_id(entry), *getattr(entry.letter, "along", ())]


def _shop(entry: TakenMessage) -> Any:
    return entry.letter.shop if entry.letter is not None else entry.request.tags.get("shop")


def matches(row: Row, wanted: Mapping[str, str]) -> bool:
    return all(row[name] == wanted[name] for name in FILTERS if wanted.get(name))
