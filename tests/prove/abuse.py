"""Figure 31: a shop's public form in the hands of a stranger, who orders in other people's names."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from shopbell.domain.model.vocabulary import ChannelName
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, HOUR, MONDAY, an_order, tell
from tests.simulator.accounts import ended_without_a_word
from tests.simulator.case import Case
from tests.simulator.play import Play, live
from tests.simulator.providers import Taken
from tests.simulator.story import Person, Tell

ORDERS = 200
SECONDS = timedelta(seconds=18)
"""Between two orders of two hundred in an hour."""
PHONE = "+380507654320"
SPELLINGS = ("victim@buyers.example", "VICTIM@buyers.example", "Victim+{}@Buyers.example", "victim@BUYERS.example")
NOT_FOR_SMS = {
    "premium": ("+19005550199", "+380900300100", "+48701234567", "+4490912345678"),
    "satellite": ("+881612345678", "+870773111632", "+979123456789"),
    "landline": ("+380445550101", "+380322970101"),
    "shared cost, free, personal": ("+380800500500", "+448431234567", "+15005550006"),
    "foreign": ("+12125550101", "+447400123456", "+36201234567", "+48501234567", "+77011234567"),
}
EVIL = "evil"
"""Stands in each link, and nowhere else."""
NAMES = (
    *("http://evil.example/win", "You won: evil.example", "www.evil.example", "Olena evil.укр", "e\u200bvil.com/x"),
    *(f"{'Olena ' * 150}http://evil.example", "Olena evil。com", "evil@evil.example", "//evil.example", "W" * 1_000),
)
TEXT = "Їжак, evil.example/x " * 40
AN_HOUR = {ChannelName.EMAIL: 10, ChannelName.SMS: 4}


def of_one_person(channel: ChannelName) -> Iterator[Tell]:
    """Under three ids and as a guest, the address in several spellings."""
    for number in range(ORDERS):
        spelled = SPELLINGS[number % len(SPELLINGS)].format(number)
        by_email = channel is ChannelName.EMAIL
        id = ("1", "2", "3", "")[number // 4 % 4] and f"{channel}-{number // 4 % 4}"
        person = Person("dobra", id, _name(number), email=spelled if by_email else "", phone="" if by_email else PHONE)
        yield an_evil_order(f"{channel}-{number}", person, MONDAY + number * SECONDS, number)


def at_numbers_not_for_sms() -> Iterator[Tell]:
    for kind, numbers in NOT_FOR_SMS.items():
        for number, phone in enumerate(numbers):
            name = f"{kind[:4]}-{number}"
            yield an_evil_order(name, Person("dobra", name, "Olena", phone=phone), MONDAY, number)


def an_evil_order(name: str, person: Person, at: datetime, number: int) -> Tell:
    order: dict[str, Any] = an_order(name, person, at)
    order["number"] = ("http://evil.example/1", "evil.example", f"{number}", "EVIL.COM/1")[number % 4]
    order["items"][0]["options"] = {"Engraving": TEXT, "evil.example": "x"}
    order["delivery"] = {"method": "courier", "address": TEXT}
    return tell("order.placed", at, {"order": order}, f"{name}-placed")


def _name(number: int) -> str:
    return NAMES[number % len(NAMES)]


def public_form() -> Reached:
    acts = sorted(
        [*of_one_person(ChannelName.EMAIL), *of_one_person(ChannelName.SMS), *at_numbers_not_for_sms()],
        key=lambda each: each.at,
    )
    with live(MONDAY) as world:
        for act in acts:
            world.until(act.at)
            world.cloud.move(max(world.cloud.now, act.at))
            world.act(replace(act, at=world.cloud.now))
        world.until(MONDAY + 4 * DAY)
        world.played.log = world.stage.log.getvalue()
        return _reached(world)


def _reached(world: Play) -> Reached:
    case = Case(world.played)
    letters, sms = (_most(case.all_taken, channel) for channel in AN_HOUR)
    abroad = sum(each.letter.channel is ChannelName.SMS and each.to != PHONE for each in case.all_taken)
    links = sum(EVIL in _said(each).casefold() for each in case.all_taken)
    wordless, left = len(list(ended_without_a_word(case))), len(case.all_taken)
    said = f"{letters} letters and {sms} SMS an hour of {2 * ORDERS} orders ({left} left in turn)"
    bad = f"SMS abroad or to no mobile {abroad}; links {links}; ended without decision {wordless}"
    holds = 0 < letters <= AN_HOUR[ChannelName.EMAIL] and 0 < sms <= AN_HOUR[ChannelName.SMS]
    return Reached(f"{said}; {bad}", holds and (abroad, links, wordless) == (0, 0, 0))


def _most(taken: Sequence[Taken], channel: ChannelName) -> int:
    """The most in any sixty minutes: all of a channel go to one person."""
    moments = sorted(each.at for each in taken if each.letter.channel is channel)
    return max((sum(start <= at <= start + HOUR for at in moments) for start in moments), default=0)


def _said(taken: Taken) -> str:
    letter = taken.letter
    return f"{letter.subject} {letter.preheader} {letter.text} {letter.html.replace(letter.to, '')}"


FIGURES = (
    Figure(
        31,
        "abuse",
        "200 orders at one victim in an hour; numbers that are no customer's; links in names; 1 000 letters",
        "letters ≤ 10 and SMS ≤ 4 an hour; SMS abroad 0; links 0",
        public_form,
    ),
)
