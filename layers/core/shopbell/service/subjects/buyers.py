"""What a shop's customers bought, to learn from."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from heapq import nsmallest

from shopbell.domain.model.purchases import Purchase, purchases
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.errors import where
from shopbell.pool import batches
from shopbell.service.ports import Log, Store

READ_AT_ONCE = 100


def drawn(customers: Iterable[str], most: int) -> list[str]:
    """So many of them at most, the same ones each time: by a hash."""
    return nsmallest(most, customers, key=lambda key: blake2b(key.encode(), digest_size=8).digest())


def bought(
    store: Store, shop: str, customers: Iterable[str], is_outage: Callable[[Exception], bool], log: Log
) -> Iterator[tuple[Purchase, ...]]:
    """Of each customer. One who cannot be read is left out; a table that cannot be had is raised."""
    for keys in batches(customers, READ_AT_ONCE):
        session = store.session(shop)
        session.prefetch(subjects=[f"{SubjectKind.CUSTOMER}/{key}" for key in keys])
        session.read_expected()
        for key in keys:
            try:
                of_one = purchases(session.customer(key).entity)
            except Exception as error:
                if is_outage(error):
                    raise
                log("alarm", {"shop": shop, "customer": key, **where(error)})
            else:
                yield of_one
