"""Every key of the table. Ids are encoded, so that no separator in one reaches another's key."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b

from shopbell.domain.model.ids import encoded as encoded
from shopbell.domain.model.vocabulary import ChannelName, SubjectKind
from shopbell.domain.time.calendar import format_instant, format_stamp

Key = tuple[str, str]
"""Partition and sort key."""

HEAD, LINES = "head", "lines"
"""A subject's head; an order's items, which stand apart: large, and rarely changed."""
MESSAGE, DECISION, ORDER, COMPLAINT, BONUS = "message#", "decision#", "order#", "complaint#", "bonus#"
DUE = "due#"
"""Where the former version kept the next moment and the steps of each sweep."""
ALONG, REDEEMED = "along", "redeemed"
"""Of a product: what goes with it. Of a code: that it was used."""
STOCK, ORDERED = "stock", "ordered#"
"""Of a product: how much of it the shop said there is, and what was ordered since, an order each."""
PLACES, COUNT, TALLY, RECENT, CHANNEL = "places", "count#", "tally#", "recent", "channel#"
COUNTS, MAILING = "counts", "mailing"
"""Of a campaign: what became of its letters; of a shop: the address that it writes to many from."""
PARKING, PACE, MAILINGS = "parking", "pace", "mailings"
"""Of a provider: whether it serves anybody, and how fast."""

_PERSONAL = frozenset({*SubjectKind, "customers", "contact", "coupon", "task", "wanted"}) - {
    SubjectKind.STAFF,
    SubjectKind.CAMPAIGN,
}
_TAG = re.compile(r"(order|customer|complaint|staff|campaign)([-_])([A-Za-z0-9_-]+)")


def shop_partition(shop: str) -> str:
    return f"{shop}#shop"


def pause_partition(shop: str) -> str:
    """Beside the shop, not in its item: putting a configuration and pausing never overwrite each other."""
    return f"{shop}#pause"


def letters_partition(shop: str) -> str:
    """The shop's own letters, by "<locale>/<kind>", and a head that names them."""
    return f"{shop}#letters"


def rhythm_partition(shop: str) -> str:
    """How its customers order, as its own past tells."""
    return f"{shop}#rhythm"


def order_partition(shop: str, order: str) -> str:
    return f"{shop}#order#{encoded(order)}"


def customer_partition(shop: str, customer: str) -> str:
    return f"{shop}#customer#{encoded(customer)}"


def complaint_partition(shop: str, complaint: str) -> str:
    return f"{shop}#complaint#{encoded(complaint)}"


def staff_partition(shop: str, team: str) -> str:
    return f"{shop}#staff#{encoded(team)}"


def campaign_partition(shop: str, campaign: str) -> str:
    return f"{shop}#campaign#{encoded(campaign)}"


def campaigns_partition(shop: str) -> str:
    """The list of a shop's campaigns, by their ids."""
    return f"{shop}#campaigns"


def tasks_partition(shop: str) -> str:
    """The list of what a shop's staff were asked to do, by the ids of the tasks."""
    return f"{shop}#tasks"


def task_partition(shop: str, task: str) -> str:
    return f"{shop}#task#{encoded(task)}"


def coupon_partition(shop: str, code: str) -> str:
    return f"{shop}#coupon#{encoded(code)}"


def coupon(shop: str, code: str) -> tuple[Key, Key]:
    """Where a code stands as it was handed out, and where it stands that it was redeemed."""
    place = coupon_partition(shop, code)
    return (place, HEAD), (place, REDEEMED)


def product_partition(shop: str, sku: str) -> str:
    return f"{shop}#product#{encoded(sku)}"


def list_partition(shop: str, customer: str) -> str:
    """One of sixteen, by the customer's key: the list of a shop's customers."""
    return f"{shop}#customers#{blake2b(customer.encode(), digest_size=1).hexdigest()[0]}"


def list_partitions(shop: str) -> Iterator[str]:
    yield from (f"{shop}#customers#{digit}" for digit in "0123456789abcdef")


def wanted_partition(shop: str, sku: str) -> str:
    """Who asked for a product that is not there, the first to ask first."""
    return f"{shop}#wanted#{encoded(sku)}"


def run_partition(shop: str, run: str) -> str:
    return f"{shop}#run#{encoded(run)}"


def is_run(partition: str) -> bool:
    return partition.split("#")[1] == "run"


def ordered(placed_at: datetime, order: str) -> str:
    return f"{ordered_since(placed_at)}#{encoded(order)}"


def ordered_since(moment: datetime) -> str:
    return ORDERED + format_stamp(moment)


def contact_partition(shop: str, contact: str) -> str:
    return f"{shop}#contact#{contact}"


def provider_partition(channel: str) -> str:
    """Of all shops: the one partition that begins with none, and holds nothing of a shop's. No partition of a shop that
    should be called so ends like it."""
    return f"provider#{channel}"


_OF_ALL_SHOPS = frozenset(provider_partition(channel.provider) for channel in ChannelName)


def subject_partition(shop: str, subject: str) -> str:
    """The partition of "order/<id>", "complaint/<id>", "customer/<key>", "staff/team" or "campaign/<id>"."""
    kind, _, name = subject.partition("/")
    return _PARTITIONS[kind](shop, name)


_PARTITIONS: Mapping[str, Callable[[str, str], str]] = {
    "order": order_partition,
    "complaint": complaint_partition,
    "customer": customer_partition,
    "staff": staff_partition,
    "campaign": campaign_partition,
}


def tagged_partition(shop: str, tag: str) -> str:
    """The same, from what domain.model.ids.subject_tag made of it; "" for a tag that is not ours."""
    parts = _TAG.fullmatch(tag)
    return f"{shop}#{parts[1]}#{'~' if parts[2] == '_' else ''}{parts[3]}" if parts else ""


def is_of(shop: str, partition: str) -> bool:
    """Not what is of all shops, though one should be called "provider"."""
    return partition.startswith(f"{shop}#") and partition not in _OF_ALL_SHOPS


def due(sweep: str) -> str:
    return DUE + sweep


def lines(name: str) -> str:
    """An order's items by the name that its head gives them; "" is the former version's."""
    return f"{LINES}#{name}" if name else LINES


def order_pointer(order: str) -> str:
    return ORDER + encoded(order)


def former_order_pointer(order: str, placed_at: datetime) -> str:
    """As the former version called it: both are read."""
    return f"{ORDER}{format_instant(placed_at)}#{encoded(order)}"


def complaint_pointer(complaint: str) -> str:
    return COMPLAINT + encoded(complaint)


def kind_of(partition: str) -> SubjectKind:
    """Of a subject's partition."""
    return SubjectKind(kind_name(partition))


def is_personal(partition: str) -> bool:
    """Whether what stands there is of a person, and ends."""
    return kind_name(partition) in _PERSONAL


def kind_name(partition: str) -> str:
    """ "order", "contact", …: what its items are about."""
    return partition.split("#", 2)[1]


def shop_of(partition: str) -> str:
    return partition.split("#", 1)[0]


def tagged_message(shop: str, message_id: str) -> Key | None:
    """The place of a message whose id says what it is about ("order-1001-<hash>"); None for any other id."""
    tag, _, _ = message_id.rpartition("-")
    return tagged(shop, tag, message_id)


def tagged(shop: str, tag: str, message_id: str) -> Key | None:
    """The place of a message by what it is about, as its tag says; None for a tag that is not ours."""
    partition = tagged_partition(shop, tag)
    return (partition, message(message_id)) if partition else None


def message(message_id: str) -> str:
    return MESSAGE + message_id


def bonus(entry: str) -> str:
    return BONUS + encoded(entry)


def decision(at: str, content: str) -> str:
    return f"{DECISION}{at}#{blake2b(content.encode(), digest_size=6).hexdigest()}"


def sweep_of(due_partition: str) -> str:
    return due_partition.rpartition("#")[0]


def due_partition(sweep: str, partition: str, shards: int) -> str:
    """The index partition in which a subject's moment stands."""
    shard = int.from_bytes(blake2b(partition.encode(), digest_size=4).digest(), "big") % shards
    return f"{sweep}#{shard}"
