"""What a play left, arranged for the judges: the providers' ledger beside what the product says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain, combinations
from zoneinfo import ZoneInfo

from shopbell.domain.model.facts import first_of
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.shop import Paused
from shopbell.domain.model.state import Decision, Message
from shopbell.domain.model.vocabulary import MessageClass
from shopbell.domain.rules.erasure import unnamed
from shopbell.storage.ledger import read_ledger
from shopbell.storage.table import Item, plain
from tests.simulator.books import Books, books_of, pages_of
from tests.simulator.played import Closing, Played
from tests.simulator.providers import Taken
from tests.simulator.rules import Complaint, Order, complaints_of, occurrence_id_of, orders_of, zone_of
from tests.simulator.story import ZONES, Act, Pause, Person, Story, Tell

NEVER = 10**9
"""The number of a call beyond all."""
CONTACTS = ("email", "phone")
MOST_DOUBTFUL = 3
"""Of so many things that were being told at a call any part may have been known."""
TELL_OF_PEOPLE = frozenset(
    {
        "order.placed",
        "customer.updated",
        "complaint.opened",
        "callback.agreed",
        "call.missed",
        "review.posted",
        "bonus.spent",
    }
)
"""Events that say something of a person, not of an order alone."""


@dataclass(frozen=True)
class Closure:
    """What came of a task: when it was being told, and by which call it was known; `tried`: not before that one."""

    closing: Closing
    message: Message
    tried: int
    known: int
    done_at: datetime

    @property
    def shop(self) -> str:
        return self.message.shop

    @property
    def outcome(self) -> str:
        return self.closing.outcome

    def as_told(self) -> list[Tell]:
        """As the shop's own `order.accepted` would have said it: at the first try, and at the one that was heard."""
        moments = {self.closing.at, self.done_at}
        data = {"order": {"id": self.message.order}}
        return [Tell(at, self.shop, self.closing.event, "order.accepted", at, data) for at in sorted(moments)]


@dataclass(frozen=True)
class Case:
    played: Played

    @cached_property
    def story(self) -> Story:
        """Each event as it counts: one that came before its moment, as by a fast clock, from when it came."""
        return replace(self.played.story, acts=tuple(map(self._as_it_counts, self.played.story.acts)))

    def _as_it_counts(self, act: Act) -> Act:
        if not isinstance(act, Tell):
            return act
        accepted = self.played.accepted.get((act.shop, act.id), act.happened)
        return replace(act, happened=min(act.happened, accepted), by_its_clock=act.happened)

    @cached_property
    def orders(self) -> dict[tuple[str, str], Order]:
        found = orders_of(self.story)
        for each in self.closures:
            order = found.get((each.shop, each.message.order))
            if each.closing.page and each.known == NEVER:
                continue  # the page of a task that is over takes nothing
            if order and each.outcome == "accepted" and each.message.subject.startswith("order/"):
                order.events.setdefault("order.accepted", []).extend(each.as_told())
        return found

    @cached_property
    def closures(self) -> list[Closure]:
        """What came of the tasks, as far as it was told."""
        found = []
        for each in self.played.closed:
            done_at = self.played.accepted.get((each.shop, each.event), each.at)
            tried = self.played.tried[each.shop, each.event]
            known = self.known(each.shop, each.event)
            found.append(Closure(each, self.by_id[each.task], tried, known, done_at))
        return found

    def refusals(self, person: Person) -> Iterator[Closure]:
        """Calls in which they refused to hear more."""
        for each in self.closures:
            if each.outcome == "refused" and self.person_of(each.message) == person:
                yield each

    @cached_property
    def complaints(self) -> dict[tuple[str, str], Complaint]:
        return complaints_of(self.story)

    def complains(self, person: Person, number: int) -> bool:
        """Whether a complaint of theirs was known to be open, and nobody had begun to tell that it is resolved."""
        ours = (each for each in self.complaints.values() if each.person == person)
        return any(self.is_open(each, number) for each in ours)

    def is_open(self, complaint: Complaint, number: int) -> bool:
        if complaint.opened is None:
            return False
        known = self.known(complaint.shop, complaint.opened.id) < number
        resolved = complaint.resolved
        return known and (resolved is None or self.played.tried.get((complaint.shop, resolved.id), 10**9) > number)

    def person_of(self, message: Message) -> Person | None:
        """Whose message it is: of an order, a complaint, or by the shop's own id."""
        about, _, name = message.subject.partition("/")
        known: Order | Complaint | None = None
        if about != "customer":
            known = self.orders_told.get((message.shop, name)) or self.complaints.get((message.shop, name))
        if known:
            return known.person
        people = (each for each in self.played.story.people if each.shop == message.shop and each.id)
        return next((each for each in people if message.customer == f"id:{each.id}"), None)

    @cached_property
    def orders_told(self) -> dict[tuple[str, str], Order]:
        """As the shops told them, whatever came of the tasks."""
        return orders_of(self.story)

    @property
    def all_taken(self) -> list[Taken]:
        return self.played.cloud.providers.taken

    @cached_property
    def taken(self) -> list[Taken]:
        """What customers got; of several messages in one letter each."""
        letters = (each for each in self.all_taken if each.letter.message_class is not MessageClass.STAFF)
        return [said for each in letters for said in self._said_in(each)]

    def _said_in(self, taken: Taken) -> Iterator[Taken]:
        yield taken
        for name in taken.letter.along:
            yield replace(taken, letter=replace(taken.letter, id=name, kind=self.by_id[name].kind, along=()))

    @cached_property
    def ledger(self) -> tuple[list[Message], list[Decision]]:
        messages, decisions = read_ledger([plain(item) for item in self.played.cloud.table.items.values()])
        return [replace(each, occurrence_id=self._name(each.occurrence_id)) for each in messages], decisions

    def _name(self, occurrence_id: str) -> str:
        """As it was called before its customer was forgotten."""
        first = first_of(occurrence_id)
        names = (self._forgotten_names.get(name, name) for name in first.split(" "))
        return " ".join(names) + occurrence_id[len(first) :]

    @cached_property
    def _forgotten_names(self) -> dict[str, str]:
        names = {occurrence_id_of(tell) for tell in self.played.story.tells()}
        return {unnamed(name): name for name in names | set(map(tag_of, names))}

    @cached_property
    def alarms(self) -> str:
        """The lines of the log that wake somebody because of a message that is given up."""
        lines = self.played.log.splitlines()
        return "\n".join(line for line in lines if '"alarm"' in line and '"doubts"' in line)

    @property
    def messages(self) -> list[Message]:
        return self.ledger[0]

    @cached_property
    def by_id(self) -> dict[str, Message]:
        return {message.id: message for message in self.messages}

    @cached_property
    def alone(self) -> list[tuple[str, Decision]]:
        """Decisions that belong to no message, each with the partition it stands in."""
        items = self.played.cloud.table.items
        found: dict[str, list[Item]] = {key[0]: [] for key in items if key[1].startswith("decision#")}
        for key, item in items.items():
            if key[1].startswith("decision#"):
                found[key[0]].append(plain(item))
        return [(place, decision) for place, each in found.items() for decision in read_ledger(each)[1]]

    @cached_property
    def by_contact(self) -> dict[str, Person]:
        return {contact: person for person in self.played.story.people for contact in person.contacts}

    def order_of(self, message: Message) -> Order | None:
        """The order that it is about; of one about a complaint, none."""
        about, _, name = message.subject.partition("/")
        return self.orders.get((message.shop, name)) if about == "order" else None

    def strange(self, message: Message) -> bool:
        """Whether its shop never told of the order that it is about."""
        return message.subject.startswith("order/") and (message.shop, message.order) not in self.orders_told

    def decided(self, shop: str, order: str, kind: str) -> list[Decision]:
        return [d for d in self.ledger[1] if (d.shop, d.order, d.kind) == (shop, order, kind)]

    def known(self, shop: str, event: str) -> int:
        """The number of the call by which an event had been reacted to; beyond all where it never was."""
        return self.played.reacted.get((shop, event), NEVER)

    def erased(self, person: Person) -> int:
        """By when the customer was forgotten."""
        told = [tell for tell in self.played.story.tells() if tell.type == "customer.erased" and names(tell.id, person)]
        return min((self.known(tell.shop, tell.id) for tell in told if tell.shop == person.shop), default=10**9)

    def heard_of_since(self, person: Person) -> bool:
        """Whether the shop told of a customer anew, of something later than their being forgotten."""
        tells = [tell for tell in self.played.story.tells() if tell.shop == person.shop]
        erased = [tell.happened for tell in tells if tell.type == "customer.erased" and names(tell.id, person)]
        whole = [tell for tell in tells if tell.type in TELL_OF_PEOPLE]
        words = (person.name, *person.contacts, *(person.written[name] for name in CONTACTS if name in person.written))
        ours = [tell for tell in whole if any(word in str(tell.data) for word in words)]
        return any(tell.happened > min(erased, default=tell.happened) for tell in ours)

    def may_stand(self, order: Order, number: int, until: int = 0) -> list[Books]:
        """What the books of an order may have said at a call, or at one after it (`until`): of what was being told then
        any part may count. None at all where that was much."""
        known = [tell for tell in order.tells if self.known(tell.shop, tell.id) < number]
        later = (tell for tell in order.tells if self.known(tell.shop, tell.id) >= number)
        doubtful = [tell for tell in later if self.tried(tell) < max(number, until)]
        if len(doubtful) > MOST_DOUBTFUL:
            return []
        parts = chain.from_iterable(combinations(doubtful, size) for size in range(len(doubtful) + 1))
        return [books_of([*known, *part]) for part in parts]

    def pages(self, order: Order) -> list[Books]:
        """What the books of an order may have said at some time: by what had been taken until then."""
        tells = sorted(order.tells, key=lambda tell: self.played.accepted.get((tell.shop, tell.id), tell.at))
        return [page for number in range(len(tells) + 1) for page in pages_of(tells[:number])]

    def lives(self, order: Order) -> int:
        """In how many lives it may have been: one more each time that it was brought back."""
        return max((page.life for page in self.pages(order)), default=1)

    def tried(self, tell: Tell) -> int:
        return self.played.tried.get((tell.shop, tell.id), 10**9)

    def forgotten(self, order: Order) -> bool:
        """Whether whoever placed it asked, then or later, to be forgotten: a later order is a new customer's."""
        tells = [tell for tell in self.played.story.tells() if tell.type == "customer.erased"]
        people = self.as_one(order.person)
        asked = [t.happened for t in tells if t.shop == order.shop and any(names(t.id, each) for each in people)]
        return any(order.placed.happened <= at for at in asked)

    def is_placed(self, person: Person, number: int) -> bool:
        """Whether it was known by a call where somebody lives, and not forgotten."""
        if self.erased(person) < number:
            return False
        told = (tell for tell in self.played.story.tells() if tell.shop == person.shop and _says_who(tell, person))
        return any(self.known(tell.shop, tell.id) < number for tell in told)

    def local_times(self, taken: Taken) -> list[datetime]:
        """The customer's; and the shop's while nobody has told where they live."""
        person = self.by_contact[taken.to]
        zones = [zone_of(person), *([] if self.is_placed(person, taken.invoked) else [ZoneInfo(ZONES[person.shop])])]
        return [taken.at.astimezone(zone) for zone in zones]

    def as_one(self, person: Person) -> list[Person]:
        """All ids under which a shop knows somebody."""
        ours = (each for each in self.played.story.people if each.shop == person.shop)
        return [each for each in ours if each == person or each.contacts & person.contacts]

    def calm(self, start: datetime, end: datetime, shop: str = "") -> timedelta:
        """The longest time between two moments in which nothing was broken, nor all of the shop paused."""
        acts = (each for each in self.played.story.acts if isinstance(each, Pause) and each.shop == shop)
        paused = [(each.at, each.until) for each in acts if each.what == Paused.EVERYTHING]
        spans = [*self.played.broken, *paused, *((at, at) for at in self.played.cloud.wire.struck)]
        longest, since = timedelta(), start
        for begins, ends in sorted(spans):
            longest = max(longest, min(begins, end) - since)
            since = max(since, ends)
        return max(longest, end - since)

    def contacts_in_use(self) -> Iterator[str]:
        for person in self.played.story.people:
            yield from (person.name, *person.contacts)


def _says_who(tell: Tell, person: Person) -> bool:
    placed = tell.type == "order.placed" and tell.order[0] == person.name[-1]
    return placed or tell.id == f"{person.shop}-{person.id}-known"


def names(event_id: str, person: Person) -> bool:
    """Whether a `customer.erased` is about this person; its id says so (see the generator)."""
    return event_id == f"{person.shop}-{person.name[-1]}-erased"
