"""The promises about presents: personal codes that the door knows, and units that are counted once."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from shopbell.domain.model.bonus import Entry
from shopbell.domain.rules.bonus import EARNED, SPENT
from shopbell.storage.items import bonus_of
from shopbell.storage.table import plain
from tests.simulator.books import NONE, books_of
from tests.simulator.case import Case

Ledgers = dict[tuple[str, str], list[Entry]]


def strange_codes(case: Case) -> Iterator[str]:
    """No letter shows a code that the door does not know: it is stored before the letter leaves."""
    for taken in case.all_taken:
        if taken.strange:
            yield f"{taken.letter.kind} of {taken.letter.shop} left with {taken.strange}, of which nothing was known"


def shared_codes(case: Case) -> Iterator[str]:
    """Each letter its own code, and always the same, however often it leaves; used once it is shown no more. Where
    several tasks are one letter, nobody can tell from it whose is which."""
    owners: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    shown: dict[str, set[str]] = defaultdict(set)
    for taken in case.all_taken:
        message = case.by_id.get(taken.id)
        for code in taken.codes if message and not taken.letter.along else ():
            assert message
            owners[taken.letter.shop, code].add((message.subject, f"{message.kind} {message.occurrence_id}"))
            shown[taken.id].add(code)
    yield from (f"{code} of {shop} stands in {sorted(each)}" for (shop, code), each in owners.items() if len(each) > 1)
    yield from (f"one letter showed {sorted(each)}" for each in shown.values() if len(each) > 1)
    for told in case.played.redeemed:
        known, code = case.known(told.shop, told.id), str(told.data["code"])
        if any(code in taken.codes and taken.invoked > known for taken in case.all_taken):
            yield f"{code} of {told.shop} was used, and was handed out again"


def unredeemed(case: Case) -> Iterator[str]:
    """What was told of a code is kept."""
    for told in case.played.redeemed:
        if (f"{told.shop}#coupon#{told.data['code']}", "redeemed") not in case.played.cloud.table.items:
            yield f"{told.data['code']} of {told.shop} was used, and nobody knows"


def ledgers(case: Case) -> Ledgers:
    """All entries of each order, in whosever ledger they stand."""
    found: Ledgers = defaultdict(list)
    for (place, sort), item in case.played.cloud.table.items.items():
        if sort.startswith("bonus#"):
            entry = bonus_of(plain(item))
            found[place.partition("#")[0], entry.order].append(entry)
    return found


def counted_twice(case: Case) -> Iterator[str]:
    """An order earns once, and spends once; what follows is a change of what was earned."""
    for (shop, order), entries in ledgers(case).items():
        kinds = Counter(entry.name.partition("#")[0] for entry in entries)
        if order and (kinds[EARNED] > 1 or kinds[SPENT] > 1):
            yield f"{shop} {order} is counted twice: {sorted(entry.name for entry in entries)}"
    spent = Counter((tell.shop, tell.id) for tell in case.played.story.tells() if tell.type == "bonus.spent")
    told = sum(1 for _ in spent)
    kept = sum(entry.name.startswith(SPENT) for entries in ledgers(case).values() for entry in entries)
    if kept > told:
        yield f"{kept} times units were spent, and {told} times that was told"


def uncounted(case: Case) -> Iterator[str]:
    """A unit of each hryvnia or forint that was paid of an order's price and kept, once all of it was paid; with a new
    price once that is paid."""
    found = ledgers(case)
    for order in case.orders.values():
        if case.forgotten(order):
            continue
        entries = [each for each in found.get((order.shop, order.id), ()) if not each.name.startswith(SPENT)]
        units, books = sum(each.units for each in entries), books_of(order.tells)
        spent = NONE if books.off else max(min(books.held, books.costs), NONE)
        if (books.settled and units != spent) or not 0 <= units <= spent:
            ledger = [(each.name, each.units) for each in entries]
            yield f"of {order.shop} {order.id} {spent} was spent; its ledger: {ledger}"


PRESENTS = (strange_codes, shared_codes, unredeemed, counted_twice, uncounted)
