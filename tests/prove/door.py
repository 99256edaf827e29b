"""Figures 1 to 5: the door, and events that come twice, late and in any order."""

import base64
import json
import random
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.signatures import sign
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.storage.heads import subject_of
from shopbell.storage.table import plain
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, HOUR, MONDAY, OLENA, an_order, news, placed, taken, tell
from tests.simulator.case import Case
from tests.simulator.faults import Fault, Target
from tests.simulator.judges import past_its_truth
from tests.simulator.lives import LIVES
from tests.simulator.matrix import walk
from tests.simulator.play import Play, live, play
from tests.simulator.shops import SECRET
from tests.simulator.stage import stage
from tests.simulator.story import Break, Story

ORDERS, BODIES, REPLAYS = 60, 2_000, 100


def repeated_and_shuffled() -> Reached:
    chance = random.Random(1)
    happened = 0
    with live(MONDAY) as world:
        for number in range(ORDERS):
            name = f"o-{number}"
            buyer = replace(OLENA, id=f"c-{number}", email=f"person{number}@customer.example")
            order = an_order(name, buyer, MONDAY)
            order["payment"]["paid_at"] = order["placed_at"]  # what never came is not given back
            world.act(tell("order.placed", MONDAY, {"order": order}, f"{name}-placed"))
            told = [
                news("order.item_unavailable", name, MONDAY, beside={"sku": "MUG-1"}),
                news("order.repriced", name, MONDAY, beside={"repriced": {"old_total": "150.00", "new_total": "260"}}),
                news("order.refunded", name, MONDAY, beside={"refund": {"id": "r-1", "amount": "1.00"}}),
                news("order.refunded", name, MONDAY, beside={"refund": {"id": "r-2", "amount": "1.00"}}),
            ]
            copies = [each for each in told for _ in range(chance.randint(1, 10))]
            happened += 1 + len(told)
            for each in chance.sample(copies, len(copies)):
                world.act(each)
        world.until(MONDAY + DAY)
        sent, different = taken(world), len({each.id for each in world.cloud.providers.taken})
    return Reached(f"{sent} messages of {happened} events", sent == different == happened)


def crashes_of_the_door() -> Reached:
    outcomes = [
        each for each in walk(LIVES["transactional news by email"]) if each.call.invocation == "receive_webhook"
    ]
    lost, twice = sum(len(each.missing) for each in outcomes), sum(len(each.again) for each in outcomes)
    refused = sum(_closed(fault) for fault in (Fault.THROTTLE, Fault.ERROR, Fault.DOWN, Fault.TIMEOUT_BEFORE))
    return Reached(
        f"lost {lost}, twice {twice}; 503 and nothing kept: {refused} of 4", (lost, twice, refused) == (0, 0, 4)
    )


def _closed(fault: Fault) -> bool:
    """Whether a queue that is down means 503, and the same event is taken afterwards."""
    with live(MONDAY) as world:
        world.act(Break(MONDAY, Target.QUEUE, fault, until=MONDAY + HOUR))
        closed = post(world, json.dumps(placed("1", OLENA, MONDAY).body).encode(), "evt")
        kept = len(world.cloud.queues.bodies)
        world.cloud.move(MONDAY + 2 * HOUR)
        opened = post(world, json.dumps(placed("1", OLENA, MONDAY).body).encode(), "evt")
    return (closed, kept, opened) == (503, 0, 200)


def every_order_of_five() -> Reached:
    types = ("order.placed", "order.accepted", "order.paid", "order.shipped", "order.delivered")
    ends, stale = set(), 0
    for order in permutations(range(5)):
        acts = []
        for turn, number in enumerate(order):
            happened, name = MONDAY + number * HOUR, types[number]
            about = {"id": "1", "delivery": {"tracking_number": "1"}}
            data = {"order": an_order("1", OLENA, MONDAY) if number == 0 else about}
            said = tell(name, happened, data, name)
            acts.append(type(said)(MONDAY + 5 * HOUR + turn * HOUR / 60, said.shop, said.id, name, happened, data))
        played = play(stage(), Story(0, MONDAY, (OLENA,), tuple(acts)))
        stale += len(list(past_its_truth(Case(played))))
        item = plain(played.cloud.table.items["dobra#order#1", "head"])
        record = subject_of(SubjectKind.ORDER, "1", item, None, ()).entity.record
        ends.add(str(sorted(record.fields.items())) + str(sorted(record.occurrences.items())))
    return Reached(
        f"120 orders end in {len(ends)} state, {stale} letters about a past one", (len(ends), stale) == (1, 0)
    )


def hostile_bodies() -> Reached:
    chance = random.Random(4)
    with live(MONDAY) as world:
        answers = [post(world, body, f"evt-{number}") for number, body in enumerate(_bodies(chance))]
        world.settle()
    failed = sum(answer >= 500 for answer in answers)
    return Reached(f"{failed} of {len(answers)} answered 5xx", failed == 0)


def _bodies(chance: random.Random) -> list[bytes]:
    whole = [json.dumps(each, ensure_ascii=False).encode() for each in EXAMPLES.values()]
    known = [b"", b"x" * 6_000_000, b"[" * 100_000, b'{"type": NaN}', b'{"a": 1, "a": 2}', b"\xff\xfe", b"\x00"]
    known += [b"\xef\xbb\xbf" + whole[0], b'{"type":' * 100_000, b"1e999", b"null", whole[0] * 2]
    return [*known, *(_mutated(chance, chance.choice(whole)) for _ in range(BODIES - len(known)))]


def _mutated(chance: random.Random, body: bytes) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(body) + 1)
        end = min(len(body), start + chance.choice((0, 1, 8, 60)))
        piece = chance.choice((b"", b"\x00", b'"', b"{", b"[]", b"null", b"-1", b"NaN", b"\xff", chance.randbytes(5)))
        body = body[:start] + piece + body[end:]
    return body


def post(world: Play, body: bytes, id: str, shop: str = "dobra", secret: str = SECRET) -> int:
    headers = sign(secret, id, world.cloud.now, body)
    event: dict[str, Any] = {"pathParameters": {"shop": shop}, "headers": headers}
    try:
        event |= {"body": body.decode()}
    except UnicodeDecodeError:
        event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    answer = world.stage.invoke("receive_webhook", event)
    return int(answer["statusCode"]) if answer else 500


def replays() -> Reached:
    chance = random.Random(5)
    with live(MONDAY) as world:
        told = [placed("1", OLENA, MONDAY), news("order.shipped", "1", MONDAY + HOUR)]
        for each in told:
            world.until(each.at)
            world.cloud.move(each.at)
            world.act(each)
        before = taken(world)
        moments = sorted(timedelta(seconds=10 ** chance.uniform(0.5, 6.886)) for _ in range(REPLAYS - 1))
        moments.append(89 * DAY)
        for wait in moments:
            world.until(MONDAY + HOUR + wait)
            world.cloud.move(MONDAY + HOUR + wait)
            world.act(chance.choice(told))
        again = taken(world) - before
    return Reached(f"{again} sent on {REPLAYS} replays, up to {moments[-1].days} days later", again == 0)


FIGURES = (
    Figure(1, "door", "every event 1–10 times, shuffled", "messages = distinct events", repeated_and_shuffled),
    Figure(2, "door", "crash at each step; queue down with each error", "lost 0, twice 0; 503", crashes_of_the_door),
    Figure(3, "door", "all 120 orders of 5 order events", "same end, nothing stale", every_order_of_five),
    Figure(4, "door", "2 000 mutated bodies", "5xx 0", hostile_bodies),
    Figure(5, "door", "100 replays from seconds to 89 days later", "sent 0", replays),
)
