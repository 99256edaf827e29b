"""What the events of a batch are about, and which of them touch the same subjects."""

from collections.abc import Iterable, Iterator, Sequence

from shopbell.domain.model.events import Event, EventType
from shopbell.service.in_step import Reader
from shopbell.service.ports import ContactKey, Session
from shopbell.service.subjects.identity import contact_hashes, key_of
from shopbell.service.subjects.reading import expecting_people


def subjects_named(event: Event) -> Iterator[str]:
    """The names of the subjects that an event is about, as far as it says itself."""
    if event.order_id:
        yield f"order/{event.order_id}"
    complaint = event.extra.get("complaint")
    if isinstance(complaint, dict):
        yield f"complaint/{complaint['id']}"
        if complaint.get("order"):
            yield f"order/{complaint['order']}"
    campaign = event.extra.get("campaign")
    if isinstance(campaign, dict):
        yield f"campaign/{campaign['id']}"
    if event.customer_id:
        yield f"customer/id:{event.customer_id}"
    if event.type == EventType.CUSTOMER_UNSUBSCRIBED:
        yield f"customer/{event.extra['whose']}"


def reading_event(session: Session, event: Event, contact_key: ContactKey) -> Reader[frozenset[str]]:
    """Reads what an event is about, whose it is, and their contacts. Returns the names of all that it touches."""
    named, contacts = list(subjects_named(event)), contact_hashes(event, contact_key)
    session.prefetch(subjects=named, contacts=contacts)
    yield
    owners = [owner for name in named if not name.startswith("customer/") and (owner := session.whose(name))]
    key = key_of(event, owners[0] if owners else "", [session.contact(contact) for contact in contacts])
    whose = list(dict.fromkeys(filter(None, (*owners, key))))
    if event.order_id:
        session.prefetch_items_of(event.order_id)
    yield from expecting_people(session, event.shop, whose, contact_key)
    return frozenset({*named, *(f"customer/{each}" for each in whose), *contacts})


def grouped(touched: Sequence[Iterable[str]]) -> list[list[int]]:
    """The numbers of those that touch the same, directly or by others; each group in their order."""
    groups: list[tuple[set[str], list[int]]] = []
    for number, each in enumerate(touched):
        names = set(each)
        ours = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in ours]
        groups.append((names.union(*(group[0] for group in ours)), sorted([*(n for g in ours for n in g[1]), number])))
    return [numbers for _, numbers in groups]
