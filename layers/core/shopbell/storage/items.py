"""The items of the table: each a version, a JSON document, and what the index and the TTL need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.deciding.marketing_places import Holder, Places
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.customer import Contact
from shopbell.domain.model.product import Product
from shopbell.domain.model.state import ContactState, CouponState, Decision, ListedTask, Message, Pointer, Task
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.domain.time.calendar import format_instant, format_stamp, parse_day, parse_instant
from shopbell.storage.documents import dumped, loaded, moment_of
from shopbell.storage.heads import number
from shopbell.storage.table import Item, Value

KEEP_MESSAGES = timedelta(days=400)


def version_of(item: Item | None) -> int:
    value = item["v"] if item else 0
    return value if isinstance(value, int) else 0


def _document(item: Item | None) -> dict[str, Any]:
    return loaded(item["doc"]) if item else {}


def contact_item(state: ContactState) -> Item:
    contact = state.contact
    names = ("whose", "bounced_at", "complained_at", "erased_at")
    document = {name: getattr(contact, name) for name in names} | {"withdrawn": dict(contact.withdrawn)}
    document |= {"also": list(contact.also)} if contact.also else {}
    more = {"read_on": contact.read_on, "asked_at": contact.asked_at, "soft_bounces": list(contact.soft_bounces)}
    document |= {name: value for name, value in more.items() if value}
    return {"v": state.version + 1, "doc": dumped(document)}


def contact_of(key: str, item: Item | None) -> ContactState:
    document = _document(item)
    also, soft = tuple(document.pop("also", ())), tuple(document.pop("soft_bounces", ()))
    return ContactState(
        Contact(key, also=also, soft_bounces=soft, **document), version_of(item), number(item, "expires_at")
    )


def indexed(partition: str, moment: datetime) -> Item:
    return {"due_pk": partition, "due_at": format_instant(moment)}


def pointer_item(pointer: Pointer) -> Item:
    total = None if pointer.total is None else str(pointer.total)
    placed_at = format_instant(pointer.placed_at) if pointer.placed_at else None
    document = {"order": pointer.order, "placed_at": placed_at, "total": total}
    return {"doc": dumped(document | {"currency": pointer.currency, "skus": list(pointer.skus)})}


def pointer_of(item: Item) -> Pointer:
    document = _document(item)
    total = None if document["total"] is None else Decimal(document["total"])
    placed_at = parse_instant(document["placed_at"]) if document["placed_at"] else None
    return Pointer(document["order"], placed_at, total, document["currency"], tuple(document["skus"]))


def task_of(message: Message) -> Task:
    return Task(message.id, message.subject, message.kind, message.name, message.occurrence_id)


KEEP_TASKS = timedelta(days=8)
"""In the list of tasks, after the window of one has closed."""


def listed_item(task: ListedTask) -> Item:
    document = {"subject": task.subject, "until": format_instant(task.until)}
    if task.closed_at:
        document |= {"outcome": task.outcome, "closed_at": format_instant(task.closed_at)}
    ends = max(task.until, task.closed_at or task.until) + KEEP_TASKS
    return {"doc": dumped(document), "expires_at": int(ends.timestamp())}


def listed_of(item: Item) -> ListedTask:
    document = _document(item)
    closed_at = parse_instant(document["closed_at"]) if "closed_at" in document else None
    until = parse_instant(document["until"])
    return ListedTask(str(item["sk"]), document["subject"], until, document.get("outcome", ""), closed_at)


def former_task_of(item: Item | None) -> Task | None:
    """The former version kept tasks apart: their ids do not say what they are about."""
    document = _document(item)
    if not document:
        return None
    occurrence_id = document.pop("occurrence")
    return Task(**document, occurrence_id=occurrence_id)


def coupon_item(state: CouponState) -> Item:
    """As it is handed out; written again it is the same."""
    document = {"code": state.code, "kind": state.kind, "percent": str(state.percent), "until": state.until.isoformat()}
    return {"v": 1, "doc": dumped(document), **_end_of(state)}


def redemption_item(state: CouponState) -> Item:
    return {"v": state.version + 1, "doc": dumped({"redeemed_at": state.redeemed_at}), **_end_of(state)}


def _end_of(state: CouponState) -> dict[str, Value]:
    kept = datetime.combine(state.until, time(0), UTC) + KEEP_MESSAGES
    return {"expires_at": int(kept.timestamp())}


def coupon_of(item: Item | None, redemption: Item | None) -> CouponState | None:
    """The former version noted the redemption with the code itself."""
    document, redeemed = _document(item), _document(redemption)
    if not document:
        return None
    percent, until = Decimal(document["percent"]), parse_day(document["until"])
    redeemed_at = redeemed.get("redeemed_at") or document.get("redeemed_at", "")
    return CouponState(document["code"], document["kind"], percent, until, redeemed_at, version_of(redemption))


def bonus_item(entry: Entry) -> Item:
    document = {"name": entry.name, "at": format_instant(entry.at), "units": entry.units, "order": entry.order}
    return {"doc": dumped(document | {"spent": str(entry.spent)})}


def bonus_of(item: Item) -> Entry:
    document = _document(item)
    at, spent = parse_instant(document["at"]), Decimal(document["spent"])
    return Entry(document["name"], at, document["units"], document["order"], spent)


def product_item(product: Product, until: datetime) -> Item:
    """It ends by itself where it is not learnt anew."""
    along = [[round(score, 6), dict(item)] for score, item in product.along]
    return {"doc": dumped({"is": dict(product.item), "along": along}), "expires_at": int(until.timestamp())}


def product_of(item: Item) -> Product:
    document = _document(item)
    return Product(document["is"], tuple((score, said) for score, said in document["along"]))


def places_item(places: Places) -> Item:
    """Who held them stands beside the document, which the former version reads, too."""
    taken = {name: format_instant(at) for name, at in places.taken.items()}
    holders = {name: [held.customer, format_instant(held.at)] for name, held in places.holders.items()}
    return {"v": places.version + 1, "doc": dumped(taken), **({"holders": dumped(holders)} if holders else {})}


def places_of(item: Item | None) -> Places:
    taken = {name: parse_instant(at) for name, at in _document(item).items()}
    holders = loaded(item["holders"]) if item and "holders" in item else {}
    held = {name: Holder(customer, parse_instant(at)) for name, (customer, at) in holders.items()}
    return Places(taken, version_of(item), held)


def decision_document(decision: Decision) -> Mapping[str, str]:
    names = ("shop", "kind", "step", "order", "customer", "outcome", "reason", "detail")
    return {"at": format_stamp(decision.at)} | {name: str(getattr(decision, name)) for name in names}


def decision_of(document: Mapping[str, str]) -> Decision:
    rest = {name: document[name] for name in ("shop", "kind", "step", "order", "customer", "detail")}
    at = moment_of(document["at"])
    return Decision(at=at, outcome=Outcome(document["outcome"]), reason=Reason(document["reason"]), **rest)


def decision_item(decision: Decision, kept: timedelta) -> Item:
    return {"doc": dumped(decision_document(decision)), "expires_at": int((decision.at + kept).timestamp())}


REPORTED = "reported_"
"""Before the name of a provider's report: the attribute that says when it first came."""

_STATIC = ("id", "shop", "subject", "name", "kind", "customer", "whose", "order")


def message_item(message: Message, partition: str) -> Item:
    document = {name: getattr(message, name) for name in _STATIC} | {
        "occurrence": message.occurrence_id,
        "occasion_at": format_stamp(message.triggered_at),
        "channel": message.channel,
        "message_class": message.message_class,
        "until": format_instant(message.until),
        "instead_of": message.instead_of or "",
    }
    item: Item = {
        "v": 1,
        "doc": dumped(document),
        "status": message.status,
        "attempts": message.attempts,
        "planned_for": format_instant(message.due_at),
        "decisions": [dumped(decision_document(each)) for each in message.decisions],
        "expires_at": int((message.until + KEEP_MESSAGES).timestamp()),
    }
    return item | indexed(partition, message.look_at or message.due_at)


def message_of(item: Item) -> Message:
    document = _document(item)
    listed = item["decisions"] if isinstance(item["decisions"], list) else []
    message = Message(
        **{name: document[name] for name in _STATIC},
        occurrence_id=document["occurrence"],
        triggered_at=moment_of(document["occasion_at"]),
        channel=ChannelName(document["channel"]),
        message_class=MessageClass(document["message_class"]),
        due_at=parse_instant(str(item["planned_for"])),
        until=parse_instant(document["until"]),
        status=Status(str(item["status"])),
        look_at=_at(item, "due_at"),
        reported=dict(_reported(item)),
        instead_of=ChannelName(document["instead_of"]) if document.get("instead_of") else None,
        decisions=tuple(decision_of(loaded(each)) for each in listed),
    )
    return replace(
        message,
        attempts=_number(item, "attempts"),
        doubts=_number(item, "doubts"),
        claimed_at=_at(item, "claimed_at"),
        letter=str(item.get("letter", "")),
        along=tuple(_along(item)),
        sent_at=_at(item, "sent_at"),
    )


def _number(item: Item, name: str) -> int:
    value = item.get(name, 0)
    return value if isinstance(value, int) else 0


def along_values(along: Sequence[tuple[str, str]]) -> list[str]:
    return [dumped({"subject": subject, "message": message}) for subject, message in along]


def _along(item: Item) -> Iterator[tuple[str, str]]:
    listed = item.get("along")
    for each in listed if isinstance(listed, list) else ():
        named = loaded(each)
        yield str(named["subject"]), str(named["message"])


def _reported(item: Item) -> Iterator[tuple[str, datetime]]:
    for name in item:
        if name.startswith(REPORTED) and (at := _at(item, name)):
            yield name.removeprefix(REPORTED), at


def _at(item: Item, name: str) -> datetime | None:
    return parse_instant(str(item[name])) if name in item else None
