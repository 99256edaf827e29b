"""A shop's mailing while another shop's customers order: birthday letters or cards, receipts and staff tasks in virtual
time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from shopbell import bootstrap
from shopbell.dialects.signatures import sign
from shopbell.domain.model.ids import subject_tag
from shopbell.domain.time.calendar import parse_instant
from tests.prove.telling import DAY, MONDAY, placed, tell
from tests.simulator.moments import on_grid
from tests.simulator.shops import SECRET, TASKS, configuration
from tests.simulator.story import Person, Tell
from tests.virtual_time.aws import Letter
from tests.virtual_time.feeds import MAIL_CONCURRENCY
from tests.virtual_time.outcome import Outcome
from tests.virtual_time.stage import world
from tests.virtual_time.world import TICK, World

SENDER, OTHER = "dobra", "kert"
"""The shop that sends the mailing, and the one whose customers order."""
STAFF = "team@kert.example"
BIRTHDAY = "1990-03-03"
"""The day after all is told, so that what is said some days before it is past."""
CONSENT = {"email_marketing": {"granted": True, "at": "2026-03-01T09:00:00+02:00", "source": "checkout"}}
ORDERS_APART = 5.0
"""Seconds from one order of the other shop to the next."""
IMPORT_A_SECOND = 50.0
"""As many requests as the door takes (template.yaml, RequestsPerSecond)."""
LONGEST = 6
"""So many times as long as the provider needs, and some ticks, a mailing is watched."""


HOLIDAYS = {"holidays": {"anniversary": {"on": "03-03", "name": {"uk": "День крамниці"}}}}


@dataclass(frozen=True, slots=True)
class Mailing:
    """`cards`: birthday letters that are due at once, or cards of a `holiday`; `rate`: letters a second that the
    provider takes, counted over `window` seconds; `imported`: orders of the same shop, placed days ago; `own_letter`: a
    template of its own."""

    cards: int
    rate: float
    window: int = 1
    mail_concurrency: int = MAIL_CONCURRENCY
    imported: int = 0
    own_letter: str = ""
    holiday: bool = False

    @property
    def sweep(self) -> str:
        return "between_orders" if self.holiday else "birthdays"


def played(mailing: Mailing) -> Outcome:
    with world(MONDAY, mailing.rate, mailing.mail_concurrency) as on:
        on.aws.provider.window = mailing.window
        play = Play(on, mailing)
        play.fill()
        play.run()
        return play.outcome()


@dataclass
class Play:
    """`due`: the second at which all cards are due; `told`: when the other shop told of each order."""

    world: World
    mailing: Mailing
    due: float = 0.0
    told: list[float] = field(default_factory=list)

    def fill(self) -> None:
        """Shops and customers are there."""
        sender = configuration(SENDER, {task: {"enabled": False} for task in TASKS})
        bootstrap.put_shop(SENDER, sender | (HOLIDAYS if self.mailing.holiday else {}))
        bootstrap.put_shop(OTHER, configuration(OTHER) | {"staff": {"email": STAFF}})
        if self.mailing.own_letter:
            bootstrap.own_letters().put(SENDER, "uk/birthday_today", self.mailing.own_letter)
        for number in range(self.mailing.cards):
            self._tell(
                tell("customer.updated", MONDAY, {"customer": self._celebrating(number).as_sent}, f"card-{number}")
            )
            if number % 10 == 9 or number == self.mailing.cards - 1:
                batch = self.world.aws.queues.receive("EVENTS_QUEUE_URL", 10, TICK)
                self.world.invoke("react_to_event", {"Records": [each.record for each in batch]})
        moment = on_grid(parse_instant(self.world.aws.table.earliest()[self.mailing.sweep]))
        self.due = (moment - MONDAY).total_seconds()

    def run(self) -> None:
        """The outbox has set a pace before; its tick is the first of each five minutes, for it is short."""
        on, sent = self.world, self.mailing
        on.open()
        on.at(self.due - TICK, partial(on.tick, "sweep_outbox"))
        on.at(self.due, partial(on.tick, f"sweep_{sent.sweep}"))
        on.at(self.due, self._order)
        for number in range(sent.imported):
            on.at(self.due + number / IMPORT_A_SECOND, partial(self._import, number))
        on.run(self._is_over, self.due + LONGEST * (sent.cards / sent.rate + TICK))

    def _is_over(self) -> bool:
        letters = self.world.aws.provider.letters
        return len(letters) >= self.mailing.cards and sum(map(_is_card, letters)) >= self.mailing.cards

    def _order(self) -> None:
        """The other shop's next one, and so on."""
        number, now = len(self.told), self.world.now
        self.told.append(now)
        whose = Person(OTHER, f"k-{number}", "Zita Minta", email=f"order{number}@customer.example")
        self._tell(placed(f"o-{number}", whose, MONDAY + timedelta(seconds=now)))
        self.world.at(now + ORDERS_APART, self._order)

    def _import(self, number: int) -> None:
        whose = Person(SENDER, f"i-{number}", "Zorina Imported", email=f"past{number}@customer.example")
        self._tell(placed(f"past-{number}", whose, MONDAY - 3 * DAY))

    def _tell(self, event: Tell) -> None:
        body = json.dumps(event.body).encode()
        self.world.aws.clock.begin(self.world.now)
        headers = sign(SECRET, event.id, self.world.aws.clock.now(), body)
        request = {"pathParameters": {"shop": event.shop}, "headers": headers, "body": body.decode()}
        answer, _ = self.world.invoke("receive_webhook", request)
        assert answer["statusCode"] == 200, answer

    def _celebrating(self, number: int) -> Person:
        email, birthday = f"card{number}@customer.example", "" if self.mailing.holiday else BIRTHDAY
        return Person(SENDER, f"c-{number}", "Zorina Quist", email=email, birthday=birthday, consent=CONSENT)

    def outcome(self) -> Outcome:
        aws = self.world.aws
        cards = [each.at for each in aws.provider.letters if _is_card(each)]
        sweep = f"sweep_{self.mailing.sweep}"
        looked = [(number, took) for name, number, took in self.world.swept if name == sweep and number]
        parked = [key[0] for key, item in aws.table.items.items() if "parked_until" in item or "failures" in item]
        return Outcome(
            left=len(cards),
            seconds=max(cards, default=0) - self.due,
            waits=[*self._waits()],
            refused=aws.provider.refused,
            looked=looked,
            parked=parked,
            merged=sum(sort == "head" and "#order#past-" in pk for pk, sort in aws.table.items),
            alarms=aws.alarms,
        )

    def _waits(self) -> Iterator[float]:
        """Of each order's first letter and first task: until the end where it has not left."""
        letters = sorted(self.world.aws.provider.letters, key=lambda each: -each.at)
        left = {(each.tags["subject"], each.to == STAFF): each.at for each in letters}
        for number, told in enumerate(self.told[:-1]):
            for is_task in (False, True):
                yield left.get((subject_tag(f"order/o-{number}"), is_task), self.world.now) - told


def _is_card(letter: Letter) -> bool:
    return letter.to.startswith("card")
