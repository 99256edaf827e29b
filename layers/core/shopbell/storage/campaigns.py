"""A shop's campaigns: their list, what became of their letters, and the address that they are sent from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shopbell.domain.model.campaign import Counts
from shopbell.domain.model.state import CampaignListed, MailingAddress
from shopbell.domain.rules.campaigns import OfADay
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.storage import keys
from shopbell.storage.documents import dumped, loaded
from shopbell.storage.heads import number
from shopbell.storage.reads import Reads
from shopbell.storage.table import Item, Table, Value, Write

_NAMES = ("sent", "bounce", "complaint")
_KEPT = timedelta(days=70)


@dataclass(frozen=True, slots=True)
class Campaigns:
    table: Table

    def add(self, shop: str, campaign: str, numbers: Mapping[str, int]) -> None:
        """So many more of each; a count more or less after a crash harms nobody."""
        values: dict[str, Value] = {name: numbers[name] for name in _NAMES if numbers.get(name)}
        if values:
            change = "ADD " + ", ".join(f"{name} :{name}" for name in values)
            self.table.update(_counts_key(shop, campaign), change, "", values)

    def expect(self, reads: Reads, shop: str, campaign: str) -> None:
        reads.expect([_counts_key(shop, campaign)])

    def counts(self, shop: str, campaign: str, reads: Reads | None = None) -> Counts:
        item = (reads or Reads(self.table)).item(_counts_key(shop, campaign))
        return Counts(*(number(item, name) for name in _NAMES))

    def list(self, shop: str) -> Iterator[CampaignListed]:
        """Oldest first."""
        listed = [_listed(item) for item in self.table.query(keys.campaigns_partition(shop))]
        yield from sorted(listed, key=lambda each: (each.asked_at, each.id))

    def enlist(self, shop: str, campaign: CampaignListed) -> None:
        """As it is now."""
        self.table.write_plainly([listed_write(shop, campaign)])

    def address(self, shop: str) -> MailingAddress:
        item = self.table.get([_address_key(shop)]).get(_address_key(shop))
        return MailingAddress(**loaded(item["doc"])) if item else MailingAddress()

    def save_address(self, shop: str, address: MailingAddress) -> None:
        document = {"domain": address.domain, "since": address.since, "is_bulk": address.is_bulk}
        self.table.write_plainly([Write(_address_key(shop), {"doc": dumped(document)})])

    def count_letters(self, shop: str, day: str, letters: int, now: datetime) -> None:
        """So many more of campaigns were planned for that day."""
        values: dict[str, Value] = {"letters": letters, "expires": int((now + _KEPT).timestamp())}
        change = "ADD taken :letters SET expires_at = :expires"
        self.table.update(_count_key(shop, "campaigns", day), change, "", values)

    def letters_on(self, shop: str, days: Iterable[date]) -> dict[date, OfADay]:
        """How many messages of a shop left on each day, as its limit counts them, and how many of campaigns."""
        places = {day: [_count_key(shop, of, str(day)) for of in ("per_shop", "campaigns")] for day in days}
        items = self.table.get([place for both in places.values() for place in both])
        return {day: OfADay(*(number(items.get(place), "taken") for place in both)) for day, both in places.items()}


def listed_write(shop: str, campaign: CampaignListed) -> Write:
    document = {"id": campaign.id, "asked_at": format_instant(campaign.asked_at), "offer": campaign.is_offer}
    document |= {"started_at": format_instant(campaign.started_at)} if campaign.started_at else {}
    return Write((keys.campaigns_partition(shop), keys.encoded(campaign.id)), {"doc": dumped(document)})


def _listed(item: Item) -> CampaignListed:
    document = loaded(item["doc"])
    started: datetime | None = parse_instant(document["started_at"]) if document.get("started_at") else None
    return CampaignListed(document["id"], parse_instant(document["asked_at"]), bool(document["offer"]), started)


def _count_key(shop: str, of: str, day: str) -> keys.Key:
    return keys.shop_partition(shop), f"{keys.COUNT}{of}#{day}"


def _counts_key(shop: str, campaign: str) -> keys.Key:
    return keys.campaign_partition(shop, campaign), keys.COUNTS


def _address_key(shop: str) -> keys.Key:
    return keys.shop_partition(shop), keys.MAILING
