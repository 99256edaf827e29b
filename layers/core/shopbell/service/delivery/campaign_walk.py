"""A campaign's walk through its shop's customers: first it counts, then it plans a letter each, page by page.

What a page found is stored with where the walk goes on, or not at all; a page that is walked again after a crash plans
nobody twice, for who has the letter is known from their own record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from shopbell.domain.deciding.pace import Pace
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.letter_context.campaign import coupon_of
from shopbell.domain.model.agenda import NextStep
from shopbell.domain.model.campaign import Campaign, Counts, Found, Hold, Mailing, Stage, Walk
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, LateFacts, Trigger
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.sms import segments, transliterate
from shopbell.domain.model.state import CampaignListed, DuePlace, MailingAddress, SendRequest
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import ChannelName, Lane, Reason, SubjectKind, Sweep
from shopbell.domain.rules.campaigns import (
    BULK,
    ONE_DAY,
    Turn,
    allowed_in_a_day,
    average,
    broken,
    coming,
    days_of_warming_up,
    forecast,
    next_walk,
    of_the_provider,
    timetable,
    trusted_with,
    turn_of_today,
)
from shopbell.domain.time.calendar import at_local, format_instant, local_day, next_send_moment
from shopbell.errors import where
from shopbell.service.delivery.audience import ROW, Member, counted, members, planned_before, with_chosen
from shopbell.service.ports import Campaigns, Enqueue, LetterRenderer
from shopbell.service.subjects.advance import advance
from shopbell.service.subjects.campaigns import happened, happened_again, record
from shopbell.service.subjects.reading import read_subject
from shopbell.service.subjects.rounds import Piece, Rounds
from shopbell.service.subjects.sweep import AdvanceDue, Mailings
from shopbell.service.subjects.work import Work, Workplace

LOOKED_BACK = 30
"""Days whose letters say how many an address is trusted with."""
TICK = timedelta(minutes=5)
Named = Subject[Any]


@dataclass(frozen=True, slots=True)
class WalkCampaigns:
    """The use case of the sweep. `unsubscribe`: the link that an SMS ends with, of a shop; `pace`: of the lanes;
    `page`: so many customers are looked at together."""

    workplace: Workplace
    enqueue: Enqueue
    is_outage: Callable[[Exception], bool]
    mailings: Mailings
    campaigns: Campaigns
    renderer: LetterRenderer
    unsubscribe: Callable[[str, datetime], str]
    pace: Callable[[], Pace]
    advance_due: AdvanceDue
    page: int = 50

    def __call__(self, places: Sequence[DuePlace], now: datetime, enough: Callable[[], bool]) -> int:
        """Walks what is due until `enough` says that time is short, or as many letters are planned as leave until the
        next tick; returns how many campaigns were looked at."""
        looked, tick = 0, _Tick(self.mailings, enough)
        for place in places:
            if tick.is_over():
                break
            if self._is_campaign(place):
                self._alone(place, now, tick)
            else:
                tick.plan(self.advance_due([place], now))
            looked += 1
        if tick.planned:
            self.mailings.planned(tick.planned, now)
        return looked

    def _is_campaign(self, place: DuePlace) -> bool:
        """A customer for whom a row of the table could not be judged stands there as well."""
        name = self.workplace.store.session(place.shop).name_at(place)
        return name is not None and name.startswith(f"{SubjectKind.CAMPAIGN}/")

    def _alone(self, place: DuePlace, now: datetime, tick: "_Tick") -> None:
        """The failure of one is its own."""
        try:
            while not tick.is_over() and self._step(place, now, tick):
                pass
        except Exception as error:  # noqa: BLE001  # logged, and looked at again
            self.advance_due.failed(place, now, error)

    def _step(self, place: DuePlace, now: datetime, tick: "_Tick") -> bool:
        """Whether there is more to do at once."""
        shop = self.workplace.store.shop(place.shop)
        if shop is None:
            raise LookupError(place.shop)
        work = self.workplace.work(shop, now, renews=False)
        subject: Named | None = work.session.subject_at(place)
        if subject is None or subject.agenda.next is None or subject.agenda.next.at > now:
            return False
        requests = _Page(self, work, subject, tick)()
        work.session.commit()
        self.enqueue(requests)
        return True


@dataclass(slots=True)
class _Tick:
    mailings: Mailings
    enough: Callable[[], bool]
    planned: int = 0
    most: int | None = None

    def plan(self, requests: Sequence[SendRequest]) -> None:
        self.planned += sum(request.lane is Lane.MARKETING_EMAIL for request in requests)

    def is_over(self) -> bool:
        if self.planned and self.most is None:
            self.most = self.mailings.most()
        return self.enough() or (self.most is not None and self.planned >= self.most)


@dataclass(frozen=True, slots=True)
class _Page:
    """One step of one campaign."""

    walker: WalkCampaigns
    work: Work
    before: Named
    tick: _Tick
    requests: list[SendRequest] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        campaign: Campaign = self.before.entity
        return campaign

    @property
    def walk(self) -> Walk:
        return self.campaign.walk

    @property
    def shop(self) -> Shop:
        return self.work.shop

    @property
    def now(self) -> datetime:
        return self.work.now

    def __call__(self) -> list[SendRequest]:
        if self.walk.hold is Hold.CANCELLED:
            self._end()
        elif self.walk.stage is Stage.IDLE:
            self._begin_by_calendar()
        elif self.walk.stage is Stage.COUNTING:
            self._count()
        elif why := self._why_stopped():
            self._stop(why)
        elif self.walk.hold is not Hold.NOTHING:
            self._go_on(at=None)
        elif self.walk.stage is Stage.SENDING:
            self._send()
        else:
            self._look_whether_all_left()
        return self.requests

    def _begin_by_calendar(self) -> None:
        due = next((each for each in coming(self.campaign, self.shop, self.now) if each[0] <= self.now), None)
        if due is None:
            self._save(self.walk)
            return
        _, entry, run = due
        segment = entry.segment or self.campaign.segment
        self._save(Walk(run, Stage.COUNTING, at=self.now, segment=segment, sends=True))

    def _members(self) -> tuple[list[Member], str]:
        """Of the next page, and the place after it, "" once all were looked at."""
        keys, place = self.walker.workplace.store.customers_after(self.shop.id, self.walk.after, self.walker.page)
        languages = frozenset(self.walker.renderer.locales())
        mailing = Mailing(replace(self.campaign, walk=replace(self.walk, hold=Hold.NOTHING)), Counts(), languages)
        return members(self.walker.workplace, self.walker.is_outage, self.shop, keys, mailing, self.now), place

    def _count(self) -> None:
        page, place = self._members()
        found = counted(self.walk.found, page)
        if place:
            self._go_on(after=place, found=found)
        else:
            self._conclude(found)

    def _conclude(self, found: Found) -> None:
        """All were counted: the owner hears of it, letters go, or cost more than they bring."""
        report, walk = self._report(found), replace(self.walk, found=found, after="")
        is_refused = walk.sends and not report["worth"] and not walk.forced
        campaign = self.campaign
        if walk.tells or is_refused:
            report = {**report, "refused": is_refused}
            campaign = happened_again(campaign, EventType.CAMPAIGN_COUNTED, report, self.now)
        if is_refused:
            cost = f"it costs {report['cost']} and may bring {report['least']}"
            record(self.work, campaign, Reason.NOT_WORTH_IT, cost)
        if walk.sends and not is_refused:
            campaign = happened(campaign, EventType.CAMPAIGN_STARTED, walk.run, {}, self.now)
            listed = CampaignListed(campaign.id, _asked_at(campaign) or self.now, campaign.is_offer, self.now)
            self.work.session.list_campaign(listed)
            walk = self._begun_pass(replace(walk, stage=Stage.SENDING, at=self.now, planned=0))
        else:
            walk = replace(walk, stage=Stage.IDLE, at=None, sends=False)
        self._advance(replace(campaign, walk=replace(walk, tells=False)))

    def _report(self, found: Found) -> dict[str, Json]:
        letters, texts = found.by(ChannelName.EMAIL), found.by(ChannelName.SMS)
        coupon, sms = coupon_of(self.campaign, self.shop), self._sms_segments(found)
        each, terms = average(found), self.shop.sms
        expected = forecast(letters + texts, each, coupon, terms.price_per_segment * sms)
        address, most_so_far, today = self._address()
        pace, most = self.walker.pace(), self.shop.limits.per_shop
        a_second = Pace(pace.rate).most_in_a_tick(Lane.MARKETING_EMAIL) / TICK.total_seconds()
        first_day = next(days_of_warming_up(most_so_far, today, most))
        allowed = of_the_provider(days_of_warming_up(most_so_far, today, most), pace.a_day, pace.sent)
        leaves = timetable(letters, self.now, self.shop, a_second, allowed)
        return {
            "segment": " + ".join(self.walk.segment),
            **{"people": found.people, "letters": letters, "sms": texts},
            **{"reached": dict(found.reached), "kept_back": dict(found.kept_back)},
            **{"segments": sms, "sms_cost": str(expected.sms), "average": str(each)},
            "brings": {str(rate): str(amount) for rate, amount in expected.brings.items()},
            "coupon_cost": {str(rate): str(amount) for rate, amount in expected.coupon.items()},
            "percent": str(coupon.percent) if coupon else "",
            **{"cost": str(expected.cost), "least": str(expected.least)},
            "worth": expected.is_worth_it,
            **{"last": format_instant(leaves.last) if leaves.last else "", "days": leaves.days},
            "first_day": first_day if first_day < letters else 0,
            **{"gmail": found.gmail, "gmail_first": found.gmail > BULK and not address.is_bulk},
            "offers": self._are_all_offers(),
        }

    def _address(self) -> tuple[MailingAddress, int, int]:
        """From where it is sent, with how many letters a day it is trusted, and how many of campaigns left today."""
        domain, today = self.shop.sender.email.rpartition("@")[2], local_day(self.now, self.shop.zone)
        address = self.walker.campaigns.address(self.shop.id)
        if address.domain != domain:
            address = MailingAddress(domain, today.isoformat() if address.domain else "")
            self.walker.campaigns.save_address(self.shop.id, address)
        days = [today - ONE_DAY * number for number in range(LOOKED_BACK + 1)]
        letters = self.walker.campaigns.letters_on(self.shop.id, days)
        before = [each for day, each in letters.items() if day != today and day.isoformat() >= address.since]
        return address, trusted_with(before), letters[today].of_campaigns

    def _are_all_offers(self) -> bool:
        """The two before it were offers and nothing else, and so is this one."""
        listed = [each for each in self.walker.campaigns.list(self.shop.id) if each.started_at]
        started = sorted(listed, key=lambda each: each.started_at or self.now)
        others = [each for each in started if each.id != self.campaign.id][-2:]
        return self.campaign.is_offer and len(others) == 2 and all(each.is_offer for each in others)

    def _sms_segments(self, found: Found) -> int:
        """Of all text messages: each language's is made once, with a link and a code of the usual length."""
        texts = {name.partition("|")[0]: number for name, number in found.reached.items() if _is_sms(name)}
        return sum(number * segments(self._sms_in(language)) for language, number in texts.items())

    def _sms_in(self, language: str) -> str:
        mailing = Mailing(self.campaign, Counts(), frozenset({language}))
        facts = Facts(self.shop, Customer(""), mailing=mailing, late_facts=LateFacts(code="XXXXXXXX"))
        context = letter_context(facts, ROW, Trigger(self.walk.run, self.now), self.now)
        links = {"unsubscribe_url": self.walker.unsubscribe(self.shop.id, self.now), "task_url": ""}
        context = {**context, **links, "locale": language}
        text = self.walker.renderer.render(ROW.kind, language, ChannelName.SMS, context).text
        return transliterate(text, language) if self.shop.sms.transliterate else text

    def _begun_pass(self, walk: Walk) -> Walk:
        """Through the whole list once more; of a new address each day some, who read last first."""
        _, most_so_far, today = self._address()
        allowed = min(allowed_in_a_day(most_so_far), self.shop.limits.per_shop)
        room = max(allowed - today, 0)
        day = local_day(self.now, self.shop.zone).isoformat()
        turn = turn_of_today(walk.found.ranks, walk.planned, room)
        walk = replace(walk, after="", planned=0, today=0, left=0, most=room, of_day=day)
        return replace(walk, least=turn.least, ties=turn.of_least)

    def _send(self) -> None:
        if self.walk.of_day != local_day(self.now, self.shop.zone).isoformat():
            self._save(self._begun_pass(self.walk))
            return
        page, place = self._members()
        before = planned_before(page)
        of_today = [each for each in page if each.key in before and self._is_of_today(before[each.key].at)]
        today, ties = len(of_today), sum(each.rank == self.walk.least for each in of_today)
        turn = Turn(self.walk.least, self.walk.ties - ties)
        takes = _chosen(page, self.walk.most - self.walk.today - today, turn)
        waiting = [each for each in page if each.decided is None and each.channel and each not in takes]
        failed = self._plan([*takes, *(each for each in page if each.decided is None and each.channel is None)])
        planned = [each for each in takes if each.key not in failed]
        letters = sum(each.channel is ChannelName.EMAIL for each in planned)
        if letters:
            self.walker.campaigns.count_letters(self.shop.id, self.walk.of_day, letters, self.now)
        walk = replace(
            self.walk,
            planned=self.walk.planned + len(before) + len(planned),
            today=self.walk.today + today + letters,
            ties=turn.of_least - sum(_is_tie(each, turn) for each in planned),
            left=self.walk.left + len(waiting),
        )
        if place:
            self._save(replace(walk, after=place))
        else:
            self._end_of_pass(walk)

    def _is_of_today(self, at: datetime) -> bool:
        return local_day(at, self.shop.zone).isoformat() == self.walk.of_day

    def _end_of_pass(self, walk: Walk) -> None:
        """Who waits for another day has their turn tomorrow."""
        if walk.today > BULK and walk.found.gmail > BULK:
            address = self.walker.campaigns.address(self.shop.id)
            self.walker.campaigns.save_address(self.shop.id, replace(address, is_bulk=True))
        if not walk.left:
            self._save(replace(walk, stage=Stage.ENDING, after="", at=self.now + TICK))
            return
        tomorrow = at_local(local_day(self.now, self.shop.zone) + ONE_DAY, time(0), self.shop.zone)
        opens = next_send_moment(tomorrow, self.shop.send_hours, self.shop.zone)
        self._save(replace(walk, after="", at=opens))

    def _plan(self, takes: Sequence[Member]) -> frozenset[str]:
        """Each in a transaction of its own; the keys of those for whom nothing could be planned."""
        workplace, reads = self.walker.workplace, self.walker.workplace.store.reads()
        pieces = [[Piece(number, self.shop, partial(self._choose, each))] for number, each in enumerate(takes)]
        done = Rounds(workplace, reads, self.now, renews=False)(pieces)
        self.tick.plan(done.requests)
        self.walker.enqueue(done.requests)
        for number, error in done.failed.items():
            if self.walker.is_outage(error):
                raise error
            facts: dict[str, object] = {"shop": self.shop.id, "campaign": self.campaign.id, **where(error)}
            self.work.log("alarm", {**facts, "customer": takes[number].facts.customer.key})
        return frozenset(takes[number].key for number in done.failed)

    def _choose(self, member: Member, work: Work) -> list[SendRequest]:
        read = read_subject(work.session, self.shop, f"customer/{member.key}", work.contact_key)
        facts = with_chosen(replace(read.facts(self.shop), mailing=member.facts.mailing), self.now)
        return advance(work, read.subject, replace(read.subject, entity=facts.customer), read.person)

    def _counts(self) -> Counts:
        return self.walker.campaigns.counts(self.shop.id, self.campaign.id)

    def _why_stopped(self) -> str:
        return "" if self.walk.hold is Hold.STOPPED else broken(self._counts(), self.walk.forgiven)

    def _stop(self, why: str) -> None:
        stopped = happened_again(self.campaign, EventType.CAMPAIGN_STOPPED, self._standing(), self.now)
        walk = replace(self.walk, hold=Hold.STOPPED, at=None)
        self.walker.workplace.log("alarm", {"shop": self.shop.id, "campaign": self.campaign.id, "stopped": why})
        self._advance(replace(stopped, walk=walk))

    def _standing(self) -> dict[str, Json]:
        counts = self._counts()
        numbers = {"sent": counts.sent, "bounces": counts.bounce, "complaints": counts.complaint}
        people = self.walk.found.by(ChannelName.EMAIL) + self.walk.found.by(ChannelName.SMS)
        return {**numbers, "people": people, "planned": max(self.walk.planned, counts.sent)}

    def _look_whether_all_left(self) -> None:
        begun = self.campaign.record.occurrences[EventType.CAMPAIGN_STARTED][self.walk.run].at
        is_over = self.now >= self.shop.calendar.plus(begun, ROW.lasts)
        if self._counts().sent >= self.walk.planned or is_over:
            self._end()
            return
        wait = min(max(TICK, (self.now - begun) / 8), timedelta(hours=6))
        self._go_on(at=self.now + wait)

    def _end(self) -> None:
        walk, is_cancelled = self.walk, self.walk.hold is Hold.CANCELLED
        campaign = replace(self.campaign, walk=replace(walk, stage=Stage.IDLE, at=None, after="", sends=False))
        if walk.is_under_way or (is_cancelled and walk.stage in (Stage.SENDING, Stage.ENDING)):
            standing = {**self._standing(), "cancelled": is_cancelled}
            campaign = happened(campaign, EventType.CAMPAIGN_ENDED, walk.run, standing, self.now)
        self._advance(campaign)

    def _advance(self, campaign: Campaign) -> None:
        """With what somebody is to hear of."""
        after = replace(self.before, entity=campaign)
        self.requests.extend(advance(self.work, self.before, after, None, is_tick=True))

    def _go_on(self, **changes: Any) -> None:
        self._save(replace(self.walk, **changes))

    def _save(self, walk: Walk) -> None:
        """How far it is: nothing that a letter is decided on. A walk that goes on is not overdue."""
        walk = replace(walk, at=max(walk.at, self.now)) if walk.at else walk
        campaign = replace(self.campaign, walk=walk)
        at = next_walk(campaign, self.shop, self.now)
        agenda = replace(self.before.agenda, next=NextStep(at, Sweep.RUNS) if at else None)
        after = replace(self.before, entity=campaign, agenda=agenda)
        self.work.session.save(after, has_new_facts=False)


def _chosen(page: Sequence[Member], room: int, turn: Turn) -> list[Member]:
    """Of a page those whose turn it is; text messages need no room."""
    chosen: list[Member] = []
    ties = turn.of_least
    for each in page:
        if each.decided is not None or each.channel is None:
            continue
        if each.channel is ChannelName.EMAIL:
            has_turn = each.rank > turn.least or (each.rank == turn.least and ties > 0)
            if room <= 0 or not has_turn:
                continue
            room, ties = room - 1, ties - _is_tie(each, turn)
        chosen.append(each)
    return chosen


def _is_tie(member: Member, turn: Turn) -> bool:
    return member.channel is ChannelName.EMAIL and member.rank == turn.least


def _is_sms(name: str) -> bool:
    return name.endswith(f"|{ChannelName.SMS}")


def _asked_at(campaign: Campaign) -> datetime | None:
    return campaign.first(EventType.CAMPAIGN_REQUESTED)
