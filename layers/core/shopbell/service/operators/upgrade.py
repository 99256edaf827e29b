"""Upgrade: what a former version stored is brought to the present form, and what it did not keep is filled in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import Protocol, Self

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.agenda import Agenda, NextStep
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Record
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import StoredPart
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import SubjectKind, Sweep
from shopbell.errors import where
from shopbell.service.operators.days import begin_days
from shopbell.service.ports import Session
from shopbell.service.subjects.identity import who_it_is
from shopbell.service.subjects.pointers import add_pointer
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.work import Work, Workplace

ShopOf = Callable[[str], Shop | None]


class WholeTable(Protocol):
    def pages(self) -> Iterator[Sequence[StoredPart]]:
        """All that is stored of persons."""
        ...


class Each(Protocol):
    """As the built-in `map`; a pool's does several at once."""

    def __call__(
        self, work: Callable[[StoredPart], "Upgraded"], parts: Iterable[StoredPart], /
    ) -> Iterable["Upgraded"]: ...


@dataclass(frozen=True, slots=True)
class Upgraded:
    """So many partitions were looked at. Of subjects, `moved` were in the former form, `listed` are customers and
    `pointed` orders and complaints that no list and no history named; `remembered` are orders that their customers did
    not remember, `woken` customers who are to be looked at; so many items got an end; `failed` stay as they were."""

    looked: int = 0
    moved: int = 0
    listed: int = 0
    pointed: int = 0
    remembered: int = 0
    woken: int = 0
    ended: int = 0
    failed: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(sum, zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The use case. `is_outage`: whether the table cannot be had, so that nothing else can be looked at either."""

    workplace: Workplace
    table: WholeTable
    is_outage: Callable[[Exception], bool]
    each: Each = map

    def __call__(self, now: datetime) -> Iterator[Upgraded]:
        """What is done so far, after each page. May be broken off anywhere, and run again: what is done stays done."""
        done, shop_of = Upgraded(), cache(partial(self._shop, now))
        for page in self.table.pages():
            for one in self.each(partial(self._alone, shop_of, now), page):
                done += one
            yield done

    def _shop(self, now: datetime, name: str) -> Shop | None:
        """Its people are told of each day from now on."""
        shop = self.workplace.store.shop(name)
        if shop is not None:
            begin_days(self.workplace, shop, now)
        return shop

    def _alone(self, shop_of: ShopOf, now: datetime, part: StoredPart) -> Upgraded:
        """The failure of one is its own; one that is written to meanwhile is read again."""
        try:
            return retry_on_conflict(lambda: self._bring(shop_of, now, part))
        except Exception as error:
            if self.is_outage(error):
                raise
            self.workplace.log("not_upgraded", {"shop": part.shop, "place": part.partition, **where(error)})
            return Upgraded(looked=1, failed=1)

    def _bring(self, shop_of: ShopOf, now: datetime, part: StoredPart) -> Upgraded:
        shop = shop_of(part.shop)
        if shop is None:
            raise LookupError(part.shop)
        work = self.workplace.work(shop, now, renews=False)
        session = work.session
        done = Upgraded(looked=1) + _subject(work, part)
        done += Upgraded(ended=session.renew(part.endless))
        session.commit()
        return done


def _subject(work: Work, part: StoredPart) -> Upgraded:
    """With each place that is read there is more of it."""
    session, subject = work.session, None
    for place in part.subject:
        subject = session.subject_at(place)
    if subject is None:
        return Upgraded()
    if part.is_former:
        session.save(subject, has_new_facts=False)
    return Upgraded(
        moved=part.is_former,
        listed=_list(session, subject),
        pointed=_point(session, subject),
        remembered=_remember(work, subject),
        woken=_wake(work, subject),
    )


def _list(session: Session, subject: Subject[Entity]) -> bool:
    """Together with a look at whether they are merged or forgotten meanwhile."""
    customer = subject.entity
    if not isinstance(customer, Customer) or customer.merged_into or customer.erased:
        return False
    if session.is_listed(customer.key):
        return False
    session.check(subject)
    session.list_customer(customer.key)
    return True


def _point(session: Session, subject: Subject[Entity]) -> bool:
    """Orders that were never placed, and complaints: so that an erasure finds them."""
    if not subject.customer or session.is_pointed(subject):
        return False
    add_pointer(session, subject)
    return True


def _remember(work: Work, subject: Subject[Entity]) -> bool:
    """An order that its customer's own record does not have as it is; whatever may come of it the next tick finds."""
    if not isinstance(subject.entity, Order) or not subject.customer:
        return False
    before = who_it_is(work.session, subject.customer)
    bought = Record(occurrences=SUBJECTS[SubjectKind.ORDER].for_customer(subject.entity, work.shop))
    after = replace(before.entity, record=before.entity.record.merged(bought))
    if after == before.entity:
        return False
    work.session.save(replace(before, entity=after, agenda=_looked_at(before.agenda, work.now)), has_new_facts=True)
    return True


def _wake(work: Work, subject: Subject[Entity]) -> bool:
    """A customer for whom nothing was to come."""
    customer, agenda = subject.entity, subject.agenda
    if not isinstance(customer, Customer) or customer.merged_into or customer.erased or agenda.next:
        return False
    work.session.save(replace(subject, agenda=_looked_at(agenda, work.now)), has_new_facts=False)
    return True


def _looked_at(agenda: Agenda, now: datetime) -> Agenda:
    """With the next tick, at the latest."""
    look = NextStep(now, Sweep.BETWEEN_ORDERS)
    return replace(agenda, next=look if agenda.next is None or agenda.next.at > now else agenda.next)
