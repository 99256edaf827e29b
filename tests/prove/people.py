"""Figures 18 to 23: consent, tenants, secrets, cost, logs, links."""

import base64
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from shopbell import bootstrap
from shopbell.domain.model.keys import read_keys
from shopbell.domain.model.shop import Limits
from shopbell.domain.model.tokens import Token, sign_token
from tests.prove.door import post
from tests.prove.figure import Figure, Reached
from tests.prove.telling import HOUR, MINUTE, MONDAY, OLENA, news, placed, tell
from tests.simulator.case import Case
from tests.simulator.faults import Fault
from tests.simulator.judges import to_the_forgotten, unwanted
from tests.simulator.lives import BORN_BY_MAIL
from tests.simulator.matrix import calls_of
from tests.simulator.play import Play, live, play
from tests.simulator.shops import SECRET, configuration
from tests.simulator.stage import ROOT, stage
from tests.simulator.story import Act, Person, Story, Unsubscribe

TRIES, REQUESTS, EVENTS = 100, 1_000, 10_000
PARAMETER = "SECRETS_PREFIX/shops/dobra/native"
SEARCHED = re.compile(r"(?P<lines>\d+) lines of \d+ tests searched, (?P<naming>\d+) name somebody")
OTHER_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def withdrawn_at_every_point() -> Reached:
    """Within minutes of a birthday letter, and in the midst of every call on its way."""
    known = tell("customer.updated", MONDAY, {"customer": BORN_BY_MAIL.as_sent}, "c-0-known")
    tries = after = 0
    for act in _ends(MONDAY + 2 * HOUR):
        told = Story(0, MONDAY, (BORN_BY_MAIL,), (known, act))
        for number in range(1, len(calls_of(told)) + 1):
            case = Case(play(stage(), told, {number: Fault.BETWEEN}))
            tries += 1
            after += len([*unwanted(case), *to_the_forgotten(case)])
    return Reached(f"{after} marketing messages after the answer, given at {tries} points", after == 0)


def _ends(due: datetime) -> Iterator[Act]:
    for wait in (-4, -1, 1, 2, 4):
        yield Unsubscribe(due + wait * MINUTE, BORN_BY_MAIL)
        yield tell("customer.erased", due + wait * MINUTE, {"customer": {"id": "c-0"}}, "0-erased")


def other_shops() -> Reached:
    """Ids made to reach another's keys, its secret at our door, its links at ours."""
    chance, reached = random.Random(19), 0
    with live(MONDAY) as world:
        bootstrap.put_shop("kert", configuration("kert") | {"webhooks": {"native": [OTHER_SECRET]}})
        world.act(placed("1001", OLENA, MONDAY))
        before = _of(world, "dobra")
        for number in range(TRIES):
            name = chance.choice(["1001", "dobra#order#1001", "../dobra/1001", "1001#head", "#", "~" + "a" * 40])
            body = json.dumps(news("order.cancelled", f"{name}", MONDAY, shop="kert").body).encode()
            reached += post(world, body, f"evt-{number}", "dobra", OTHER_SECRET) != 401
            reached += post(world, body, f"evt-{number}", "kert", OTHER_SECRET) != 200
            world.settle()
        reached += _of(world, "dobra") != before
        reached += sum(each.letter.shop != "dobra" for each in world.cloud.providers.taken)
    return Reached(f"{reached} of {TRIES} tries reached the other shop", reached == 0)


def _of(world: Play, shop: str) -> str:
    items = world.cloud.table.items.items()
    return str(sorted((key, str(item)) for key, item in items if key[0].startswith(f"{shop}#")))


def rotated_secrets() -> Reached:
    refused = 0
    secrets = [SECRET]
    with live(MONDAY) as world:
        for number in range(REQUESTS):
            if number % 50 == 25:
                key = base64.b64encode(bytes([number // 50 + 1]) * 24).decode()
                secrets = [f"whsec_{key}", secrets[0]]
                # As an operator does elsewhere: the functions are not told.
                world.cloud.parameters.values[PARAMETER] = json.dumps(secrets)
            body = json.dumps(placed(f"o-{number}", OLENA, MONDAY).body).encode()
            refused += post(world, body, f"evt-{number}", secret=secrets[number % len(secrets)]) == 401
    return Reached(f"{refused} false 401 in {REQUESTS} requests, 20 changes", refused == 0)


def one_phone() -> Reached:
    phone = Person("dobra", "c-0", "Zorina Quist0", phone="+380507654320")
    cap = Limits().sms_per_recipient
    with live(MONDAY, (phone,)) as world:
        for number in range(EVENTS):
            world.tell(placed(f"o-{number}", phone, MONDAY))
            if number % 500 == 499:
                world.settle()
        world.settle()
        sent = len(world.cloud.providers.taken)
    return Reached(f"{sent} SMS of {EVENTS} events in a day, cap {cap}", 0 < sent <= cap)


def searched_logs() -> Reached:
    """The whole suite, whose every test fails where its log names somebody (tests/log_watch.py)."""
    suite = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"]
    ended = subprocess.run(suite, cwd=ROOT, capture_output=True, text=True, check=False)
    found = SEARCHED.search(ended.stdout)
    if found is None:
        return Reached("the suite did not run", False)
    return Reached(found[0], int(found["naming"]) == 0 < int(found["lines"]))


def turned_links() -> Reached:
    person = BORN_BY_MAIL
    with live(MONDAY, (person,)) as world:
        world.act(tell("customer.updated", MONDAY, {"customer": person.as_sent}, "c-0-known"))
        token = bootstrap.links().preferences("dobra", "id:c-0", MONDAY).rsplit("/", 1)[1]
        before = str(world.cloud.table.items)
        turned = [_turned(token, bit) for bit in range(8 * len(token))]
        accepted = sum(_visit(world, each, "POST") == 200 for each in turned if each)
        for keys, named in (
            (bootstrap.keys(), Token("dobra", "id:c-0", "task")),
            (read_keys("another key"), Token("kert", "id:c-0", "preferences")),
        ):
            accepted += _visit(world, sign_token(keys.links, named, MONDAY), "POST") == 200
        read = _visit(world, token, "GET")
        unchanged = before == str(world.cloud.table.items)
        late = world.cloud.now + timedelta(days=366)
        world.cloud.move(late)
        accepted += _visit(world, token, "POST") == 200
    changes = "nothing" if unchanged else "something"
    said = f"{accepted} of {len(turned)} turned bits accepted; GET {read} changes {changes}"
    return Reached(said, (accepted, read, unchanged) == (0, 200, True))


def _turned(token: str, bit: int) -> str:
    raw = bytearray(token.encode())
    raw[bit // 8] ^= 1 << bit % 8
    return raw.decode("latin-1")


def _visit(world: Play, token: str, method: str) -> int:
    event: dict[str, Any] = {
        "pathParameters": {"token": token},
        "requestContext": {"http": {"method": method}},
        "headers": {"content-type": "application/x-www-form-urlencoded"},
        "body": "List-Unsubscribe=One-Click" if method == "POST" else "",
    }
    answer = world.stage.invoke("customer_page", event)
    return int(answer["statusCode"]) if answer else 500


FIGURES = (
    Figure(
        18,
        "consent",
        "unsubscribed or erased at each point of the way",
        "marketing after the answer 0",
        withdrawn_at_every_point,
    ),
    Figure(19, "tenants", "100 tries of one shop to reach another's data", "0", other_shops),
    Figure(20, "secrets", "changed during 1 000 requests", "false 401 0", rotated_secrets),
    Figure(21, "cost", "10 000 events about one phone", "SMS ≤ the cap", one_phone),
    Figure(22, "logs", "the whole suite's logs searched for each name, address and phone", "0", searched_logs),
    Figure(
        23,
        "tokens",
        "each bit of an unsubscribe link turned; another purpose, another key",
        "accepted 0; GET changes nothing",
        turned_links,
    ),
)
