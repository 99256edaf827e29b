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
    "attachments": [],
    "page": "",
}
"""What is left of the personal fields of a customer who was erased."""
FIELDS = (
    *("id", "shop", "kind", "channel", "class", "to", "locale", "subject", "preheader", "html", "text"),
    *("headers", "segments", "order", "customer", "status", "attempts", "due_at", "sent_at", "letter", "page"),
    "attachments",
)
FROM_PROVIDER = frozenset({"to", "subject", "preheader", "html", "text", "headers", "attachments", "sent_at", "letter"})
"""Fields of which the provider's request is right, whatever the ledger says."""
FILTERS = ("shop", "order", "customer", "channel", "kind")

Row = dict[str, Any]


def taken(entries: Iterable[TakenMessage], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """One message for each time a provider took one, oldest first, that matches `wanted`; of several in one letter an
    entry each."""
    by_id = {(row["shop"], row["id"]): row for row in ledger}
    rows = (_joined(entry, by_id, (_shop(entry), name)) for entry in entries for name in _ids(entry))
    return [row for row in rows if matches(row, wanted)]


def by_status(entries: Iterable[TakenMessage], ledger: Sequence[Row], wanted: Mapping[str, str]) -> list[Row]:
    """The ledger's messages of one status, each with what a provider took of it last, if any did."""
    latest = {(_shop(entry), name): entry for entry in entries for name in _ids(entry)}
    by_id = {(row["shop"], row["id"]): row for row in ledger}
    rows = (_joined(latest.get(key), by_id, key) for key in by_id)
    return [row for row in rows if row["status"] == wanted["status"] and matches(row, wanted)]


def _joined(entry: TakenMessage | None, ledger: Mapping[tuple[Any, Any], Row], key: tuple[Any, Any]) -> Row:
    """A letter that names several is emptied where one of them was erased."""
    shop, name = key
    row = ledger.get(key, {})
    from_provider = _from_provider(entry) | {"id": name} if entry else {}
    joined = {**from_provider, **row}
    joined |= {name: value for name, value in from_provider.items() if name in FROM_PROVIDER}
    pages = pages_of(str(joined.get("html") or ""))
    joined["page"] = pages.get(str(name), "")
    if row.get("erased") or any(ledger.get((shop, task), {}).get("erased") for task in pages):
        joined |= EMPTIED
    return {name: joined.get(name) for name in FIELDS}


def with_pictures(row: Row) -> str:
    """A letter's HTML with the pictures that it carries written into it, as a browser shows them."""
    html = str(row["html"] or "")
    for each in row["attachments"] or ():
        if each["content_id"]:
            html = html.replace(f"cid:{each['content_id']}", f"data:{each['content_type']};base64,{each['content']}")
    return html


def pages_of(html: str) -> dict[str, str]:
    """The paths of the pages of tasks that a letter names, by the tasks' ids."""
    return {str(_payload(link)[1]): link[0] for link in _PAGES.finditer(html)}


def _payload(link: re.Match[str]) -> Sequence[Any]:
    payload = link["payload"]
    fields: Sequence[Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return fields


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
        "attachments": request.attachments,
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
