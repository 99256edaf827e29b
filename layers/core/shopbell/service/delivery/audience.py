"""The customers of a page of a shop's list, and which of them a campaign would reach, as things stand now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.deciding.decide import judge
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.letter_context.campaign import language
from shopbell.domain.model.agenda import StepDecided
from shopbell.domain.model.campaign import Found, Mailing
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.record import Occurrence, Record, version_at
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason
from shopbell.domain.rules.campaigns import is_gmail, rank
from shopbell.domain.rules.segments import outside
from shopbell.errors import where
from shopbell.pool import Failed
from shopbell.service.delivery.marketing import kept_by, persons
from shopbell.service.in_step import Reader, in_step
from shopbell.service.ports import Reads, Session
from shopbell.service.subjects.reading import reading
from shopbell.service.subjects.work import Workplace

ROW = BY_NAME[CAMPAIGN]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the segment. `key`: by which the shop's list names them; `channel`: by which they are reached, None
    where they are not, for `reason`; `rank`: who reads last comes first."""

    key: str
    facts: Facts
    trigger: Trigger
    channel: ChannelName | None
    reason: Reason = Reason.DUE
    rank: int = 0

    @property
    def decided(self) -> StepDecided | None:
        """What was decided of it before."""
        return self.facts.agenda.decided.get(ROW.key(self.trigger))


def members(
    workplace: Workplace,
    is_outage: Callable[[Exception], bool],
    shop: Shop,
    keys: Sequence[str],
    mailing: Mailing,
    now: datetime,
) -> list[Member]:
    """Those who are in its segment; who cannot be read keeps back no other."""
    reads = workplace.store.reads()
    read = in_step([_member(workplace, shop, key, mailing, now, reads) for key in keys], is_outage)
    for key, each in zip(keys, read, strict=True):
        if isinstance(each, Failed):
            if is_outage(each.error):
                raise each.error
            workplace.log("alarm", {"shop": shop.id, "customer": key, **where(each.error)})
    return [each for each in read if isinstance(each, Member)]


def _member(
    workplace: Workplace, shop: Shop, key: str, mailing: Mailing, now: datetime, reads: Reads
) -> Reader[Member | None]:
    session = workplace.store.session(shop.id, now=now, reads=reads)
    read = yield from reading(session, shop, f"customer/{key}", workplace.contact_key)
    facts = read.facts(shop)
    walk, is_somebody_else = mailing.campaign.walk, facts.customer.key != key
    if is_somebody_else or facts.customer.erased or not facts.customer.record.fields:
        return None
    if outside(facts.customer, walk.segment, now, shop.calendar):
        return None
    yield  # until all of the page are read: what one expects the next would read
    session.prefetch(places=persons(facts))
    yield
    return _judged(session, key, with_chosen(replace(facts, mailing=mailing), now), now)


def with_chosen(facts: Facts, now: datetime) -> Facts:
    """As they are once the campaign is theirs; told once more it is the same."""
    mailing = facts.mailing
    if mailing is None:
        return facts
    run, until = mailing.campaign.walk.run, mailing.campaign.text("valid_until")
    chosen = Occurrence(now, version_at(now, run), {"until": until} if until else {})
    if run in facts.customer.record.occurrences.get(EventType.CUSTOMER_CHOSEN, {}):
        return facts
    record = facts.customer.record.merged(Record(occurrences={EventType.CUSTOMER_CHOSEN: {run: chosen}}))
    return replace(facts, customer=replace(facts.customer, record=record))


def _judged(session: Session, key: str, facts: Facts, now: datetime) -> Member:
    run = facts.mailing.campaign.walk.run if facts.mailing else ""
    trigger = next(each for each in ROW.on(facts, now) if each.occurrence_id == run)
    member = Member(key, facts, trigger, None, rank=rank(facts.customer, facts.email))
    step = judge(facts, ROW, trigger, now)[0]
    if step.outcome is Outcome.SKIPPED or step.channel is None:
        is_over = step.reason is Reason.STALE_EVENT
        return replace(member, reason=Reason.WINDOW_PASSED if is_over else step.reason)
    if no_place := kept_by(session, facts, step, now):
        return replace(member, reason=no_place)
    return replace(member, channel=step.channel)


def counted(found: Found, page: Sequence[Member]) -> Found:
    """With one page more."""
    reached, kept_back, ranks = dict(found.reached), dict(found.kept_back), dict(found.ranks)
    gmail, spent, orders = found.gmail, found.spent, found.orders
    for each in page:
        if each.decided is not None:
            _add(kept_back, Reason.ALREADY_SENT)
        elif each.channel is None:
            _add(kept_back, each.reason)
        else:
            _add(reached, f"{language(each.facts)}|{each.channel}")
            totals = [purchase.total for purchase in purchases(each.facts.customer) if purchase.total is not None]
            spent, orders = spent + sum(totals), orders + len(totals)
            if each.channel is ChannelName.EMAIL:
                ranks[each.rank] = ranks.get(each.rank, 0) + 1
                gmail += is_gmail(each.facts.customer.text("email"))
    return Found(found.people + len(page), reached, kept_back, gmail, spent, orders, ranks)


def _add(numbers: dict[str, int], name: str) -> None:
    numbers[str(name)] = numbers.get(str(name), 0) + 1


def planned_before(page: Sequence[Member]) -> Mapping[str, StepDecided]:
    """Those who have it already, by their keys."""
    decided = {each.key: each.decided for each in page}
    return {key: step for key, step in decided.items() if step and step.outcome is not Outcome.SKIPPED}
