"""Figures 6 to 11: the queues, the senders, the providers and what they report."""

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

from shopbell import bootstrap
from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.time.calendar import format_instant
from shopbell.storage.heads import document_of
from shopbell.storage.table import plain
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, HOUR, MINUTE, MONDAY, OLENA, placed, repeated, taken
from tests.simulator.accounts import ended_without_a_word
from tests.simulator.case import Case
from tests.simulator.faults import Fault, Target
from tests.simulator.lives import LIVES
from tests.simulator.matrix import walk
from tests.simulator.play import Play, live
from tests.simulator.shops import configuration
from tests.simulator.stage import QUEUES
from tests.simulator.story import Break
from tests.simulator.table import Refused

ROUNDS, REQUESTS, REDRIVEN, STALE = 500, 1_000, 1_000, 100
WANTED, A_SECOND, WAITING = 5_000, 14, 1_000
SILENCES, AFTERWARDS = (5, 12, 60), 10
"""Minutes of silence, and for how many the orders go on."""
REQUEST_QUEUE = "ORDER_EMAIL_QUEUE_URL"
USUAL = ("send", "delivery", "open", "click")
SAID: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "send": ("Sent", "send", {}),
    "delivery": ("Delivered", "delivery", {}),
    "open": ("Opened", "open", {}),
    "click": ("Clicked", "click", {}),
    "permanent bounce": ("Bounced", "bounce", {"bounceType": "Permanent", "bounceSubType": "General"}),
    "transient bounce": ("Bounced", "bounce", {"bounceType": "Transient", "bounceSubType": "MailboxFull"}),
    "complaint": ("Complaint Received", "complaint", {"complaintFeedbackType": "abuse"}),
    "reject": ("Rejected", "reject", {"reason": "Bad content"}),
}
"""What SES may say of a letter: the event's name, where its detail says more, and what."""
BEFALLS = {
    "permanent bounce": (*USUAL, "permanent bounce"),
    "complaint": (*USUAL, "complaint"),
    "both": (*USUAL[1:], "permanent bounce", "complaint"),
    "transient bounce": (*USUAL, "transient bounce"),
    "reject": (*USUAL, "reject"),
}
"""What may befall a letter: five events, to come in all their orders."""
FEEDBACK = next(url for url, function in QUEUES.items() if function == "record_feedback")


def many_workers() -> Reached:
    """Each call of one worker may find all the others at work on the same message."""
    chance = random.Random(6)
    with live(MONDAY) as world:
        for number in range(ROUNDS):
            event = {"Records": [_record(_request(world, f"o-{number}"))]}
            left = [chance.randint(1, 15)]
            wire = world.cloud.wire

            def other(event: Any = event, left: list[int] = left) -> None:
                if left[0]:
                    left[0] -= 1
                    world.stage.invoke("send_email", event)

            wire.between, wire.crowded = other, 0.3
            world.stage.invoke("send_email", event)
            while left[0]:
                other()
            wire.crowded = 0.0
        world.until(MONDAY + HOUR)
        sent, twice = taken(world), repeated(world)
    said = f"{twice} twice in {ROUNDS} rounds of 2 to 16 workers; {sent} sent"
    return Reached(said, (twice, sent) == (0, ROUNDS))


def _request(world: Play, name: str) -> str:
    """Places an order; the body of its request, which nobody has taken."""
    person = replace(OLENA, id=name, email=f"{name}@customer.example")
    world.tell(placed(name, person, MONDAY))
    world.deliver_from("EVENTS_QUEUE_URL")
    return world.cloud.queues.waiting[REQUEST_QUEUE].pop().body


def _record(body: str, id: str = "1") -> dict[str, str]:
    return {"messageId": id, "body": body}


def every_pattern_of_a_batch() -> Reached:
    wrong = 0
    with live(MONDAY) as world:
        send_request = json.dumps({"shop": "dobra", "subject": "order/none", "message": "none"})
        for pattern in range(1024):
            bad = {str(number) for number in range(10) if pattern >> number & 1}
            records = [_record("broken" if str(number) in bad else send_request, str(number)) for number in range(10)]
            answer = world.stage.invoke("send_email", {"Records": records})
            wrong += {each["itemIdentifier"] for each in answer["batchItemFailures"]} != bad
    return Reached(f"{1024 - wrong} of 1 024: exactly the bad came back", wrong == 0)


def poison_and_redrive() -> Reached:
    with live(MONDAY) as world:
        send_requests = [_request(world, f"o-{number}") for number in range(REDRIVEN + STALE)]
        fresh, stale = send_requests[:REDRIVEN], send_requests[REDRIVEN:]
        for body in ["poison", *fresh[: REQUESTS - 1]]:
            world.cloud.queues.send_message({"QueueUrl": REQUEST_QUEUE, "MessageBody": body})
        world.settle()
        delayed = REQUESTS - 1 - taken(world)
        _hand_over(world, fresh[REQUESTS - 1 :])
        before = taken(world)
        world.cloud.move(MONDAY + 3 * DAY)
        _hand_over(world, [*fresh, *stale])
        sent = taken(world) - before
        expired = sum(message.status == "expired" for message in Case(world.played).messages)
    said = f"{delayed} delayed by the poison; redriven: sent {sent}, expired {expired}"
    return Reached(said, (delayed, sent, expired) == (0, 0, STALE))


def _hand_over(world: Play, bodies: list[str]) -> None:
    for start in range(0, len(bodies), 10):
        records = [_record(body, str(number)) for number, body in enumerate(bodies[start : start + 10])]
        world.stage.invoke("send_email", {"Records": records})


def crash_matrix() -> Reached:
    calls = lost = broken = 0
    again: Counter[str] = Counter()
    for life, story in LIVES.items():
        for outcome in walk(story):
            calls += 1
            broken += bool(outcome.broken)
            lost += sum(outcome.missing.values()) if life.startswith("transactional") else 0
            again.update({name.split()[0]: times for name, times in outcome.again.items()})
    extra = ", ".join(f"{kind} {times}" for kind, times in again.items())
    said = f"{calls} breaks: lost {lost}, promises broken {broken}; once more after a doubt: {extra}"
    return Reached(said, (lost, broken) == (0, 0) and set(again) <= {"transactional", "service"})


def slow_and_paused_provider() -> Reached:
    slow, slow_twice = _wait_for(WANTED, _Slow)
    paused, paused_twice = _wait_for(WAITING, _Paused)
    said = f"{slow} of {WANTED} and {paused} of {WAITING} sent; twice {slow_twice + paused_twice}"
    return Reached(said, (slow, paused, slow_twice + paused_twice) == (WANTED, WAITING, 0))


class _Slow:
    """Takes so many a second; a handler's attempt takes it some forty milliseconds."""

    def __init__(self, world: Play) -> None:
        self.world, self.tried, self.in_second = world, 0, Counter[int]()

    def refuses(self) -> str:
        self.tried += 1
        second = self.tried // 25
        self.in_second[second] += 1
        return "TooManyRequestsException" if self.in_second[second] > A_SECOND else ""


class _Paused:
    """The account is paused for an hour."""

    def __init__(self, world: Play) -> None:
        self.world = world

    def refuses(self) -> str:
        return "SendingPausedException" if self.world.cloud.now < MONDAY + HOUR else ""


def _wait_for(number: int, kind: type[_Slow] | type[_Paused]) -> tuple[int, int]:
    with live(MONDAY) as world:
        provider = kind(world)
        send = world.cloud.providers.send_email

        def send_email(request: Mapping[str, Any]) -> dict[str, Any]:
            if code := provider.refuses():
                raise Refused(code)
            return send(request)

        world.cloud.providers.send_email = send_email  # type: ignore[method-assign]
        for each in range(number):
            person = replace(OLENA, id=f"c-{each}", email=f"person{each}@customer.example")
            world.tell(placed(f"o-{each}", person, MONDAY))
        world.settle()
        world.until(MONDAY + DAY)
        return taken(world), repeated(world)


def silent_provider() -> Reached:
    """An order a minute, each with its letter and its task, from the beginning of the silence until it is well over."""
    found = [_silence(minutes) for minutes in SILENCES]
    left = ", ".join(f"{each.left} of {each.planned}" for each in found)
    told, lost, wordless = (sum(getattr(each, name) for each in found) for name in ("told", "lost", "wordless"))
    said = f"{left} left, a person told instead of {told}; lost {lost}; ended without decision and alarm {wordless}"
    return Reached(said, (lost, wordless) == (0, 0))


@dataclass(frozen=True, slots=True)
class Silence:
    """So many messages were planned and left, of so many a person was told; the rest is lost. `wordless`: ended
    without a decision or an alarm."""

    planned: int
    left: int
    told: int
    wordless: int

    @property
    def lost(self) -> int:
        return self.planned - self.left - self.told


def _silence(minutes: int) -> Silence:
    with live(MONDAY, quiet=False) as world:
        bootstrap.put_shop("dobra", configuration("dobra", {"staff_order_late": {"enabled": False}}))
        world.act(Break(MONDAY, Target.EMAIL, Fault.TIMEOUT_BEFORE, until=MONDAY + minutes * MINUTE))
        for minute in range(minutes + AFTERWARDS):
            now = MONDAY + minute * MINUTE
            world.until(now)
            world.cloud.move(now)
            person = replace(OLENA, id=f"c-{minute}", email=f"person{minute}@customer.example")
            world.act(placed(f"o-{minute}", person, now))
        world.until(MONDAY + DAY)
        world.played.log = world.stage.log.getvalue()
        return _judged(Case(world.played))


def _judged(case: Case) -> Silence:
    left = {each.id for each in case.all_taken}
    unsent = [message for message in case.messages if message.id not in left]
    told = [message for message in unsent if _is_told(case, message, left)]
    wordless = len(list(ended_without_a_word(case)))
    return Silence(len(case.messages), len(case.messages) - len(unsent), len(told), wordless)


def _is_told(case: Case, message: Message, left: set[str]) -> bool:
    """A task wakes the operators, news of an order goes to the staff."""
    if message.channel is ChannelName.STAFF:
        return message.id in case.alarms
    asked = (each for each in case.messages if each.kind == "staff_unreachable_customer")
    return any(each.order == message.order and each.id in left for each in asked)


def feedback_in_every_order() -> Reached:
    """Whatever befell the letter, another order is placed afterwards."""
    ends = {each: Counter(map(_after, permutations(events))) for each, events in BEFALLS.items()}
    sent = {each: sum(sends * times for (_, sends), times in found.items()) for each, found in ends.items()}
    said = "; ".join(f"{each}: {len(found)} state, {sent[each]} sends" for each, found in ends.items())
    return Reached(said, {*map(len, ends.values())} == {1} and list(sent.values()) == [0, 0, 0, 120, 120])


def _after(order: tuple[str, ...]) -> tuple[str, int]:
    """What is stored of the letter and of whom it went to; how many letters of the next order left."""
    with live(MONDAY, (OLENA,)) as world:
        world.act(placed("1", OLENA, MONDAY))
        _report(world, order)
        state, before = _stored(world), len(Case(world.played).taken)
        world.cloud.move(MONDAY + HOUR)
        world.act(placed("2", OLENA, MONDAY + HOUR))
        world.until(MONDAY + DAY)
        return state, len(Case(world.played).taken) - before


def _stored(world: Play) -> str:
    """Messages, contacts, customers: all but how often each was written, and what the staff were told when."""
    heads = {key: item for key, item in world.cloud.table.items.items() if key[1] == "head"}
    ours = {key: plain(item) for key, item in heads.items() if "#contact#" in key[0] or "#customer#" in key[0]}
    people = {key: document_of(item) for key, item in ours.items()}
    messages = [(m.kind, m.channel, m.status, sorted(m.reported.items())) for m in Case(world.played).messages]
    return f"{sorted(messages)} {sorted(people.items())}"


def _report(world: Play, types: tuple[str, ...]) -> None:
    message = Case(world.played).messages[0]
    for number, kind in enumerate(types):
        world.cloud.queues.send_message(
            {"QueueUrl": FEEDBACK, "MessageBody": json.dumps(_event(message, kind, number))}
        )
        world.settle()


def _event(message: Message, kind: str, number: int) -> dict[str, Any]:
    """As EventBridge brings what SES says, each at a moment of its own whatever the order it comes in."""
    detail_type, about, more = SAID[kind]
    moment = format_instant(MONDAY + list(SAID).index(kind) * MINUTE)
    tags = {"message": message.id, "shop": message.shop, "subject": subject_tag(message.subject), "attempt": "1"}
    mail = {
        "timestamp": format_instant(MONDAY),
        "messageId": "provider-1",
        "destination": [OLENA.email],
        "tags": {name: [value] for name, value in tags.items()},
    }
    said = {"id": f"e{number}", "source": "aws.ses", "detail-type": f"Email {detail_type}", "time": moment}
    return {**said, "detail": {"mail": mail, about: {"timestamp": moment, **more}}}


FIGURES = (
    Figure(6, "queue", "2–16 workers on the same message, 500 rounds", "twice 0", many_workers),
    Figure(7, "queue", "all 1 024 patterns of a batch of ten", "exactly the bad come back", every_pattern_of_a_batch),
    Figure(
        8,
        "queue",
        "one poison in 1 000; redrive of 1 000 sent, 100 stale",
        "delayed 0, sent 0, expired 100",
        poison_and_redrive,
    ),
    Figure(9, "send", "a crash before, inside, after each AWS call", "lost 0; twice only after a doubt", crash_matrix),
    Figure(
        10,
        "provider",
        "14 a second, 5 000 wanted; an hour's pause, 1 000 waiting",
        "all sent, twice 0",
        slow_and_paused_provider,
    ),
    Figure(
        25,
        "provider",
        "it answers nothing for 5, 12, 60 minutes, a letter and a task a minute",
        "all leave, or a person is told; ended without decision and alarm 0",
        silent_provider,
    ),
    Figure(
        11,
        "feedback",
        "120 orders of 5 provider events; each bounce, a complaint, a reject",
        "same end; sends after a permanent bounce or complaint 0",
        feedback_in_every_order,
    ),
)
