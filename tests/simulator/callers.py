"""Whoever comes to the door: the shops with their news, their people with a task, their customers."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from local.messages import pages_of
from shopbell import bootstrap
from shopbell.dialects.signatures import sign
from shopbell.domain.model.vocabulary import ChannelName
from tests.simulator.cloud import Cloud
from tests.simulator.played import Closing, Played
from tests.simulator.providers import Taken
from tests.simulator.shops import SECRET
from tests.simulator.stage import Stage
from tests.simulator.story import Act, Close, Person, Redeem, Story, Tell, Unsubscribe

PATIENCE = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1))
"""How long a sender waits before it tries again; the last for ever."""
PAGE = re.compile(r"https://links\.example/t/([\w.-]+)")
CONFIRMS = frozenset({"staff_confirm_order", "staff_order_late"})
"""Tasks that may be answered by accepting the order."""
LAST = 6
"""Of so many tasks, or codes, that left last, one is chosen."""

Each = TypeVar("Each")


@dataclass
class Callers:
    """Who was not answered comes again `later`; while everything is `asleep` nobody is answered."""

    stage: Stage
    story: Story
    cloud: Cloud
    played: Played
    later: Callable[[datetime, Act | Closing, int], None]
    asleep: Callable[[], bool]

    def tell(self, tell: Tell, tries: int = 0) -> None:
        body = json.dumps(tell.body).encode()
        event = {
            "pathParameters": {"shop": tell.shop},
            "headers": sign(SECRET, tell.id, self.cloud.now, body),
            "body": body.decode(),
        }
        self.played.tried.setdefault((tell.shop, tell.id), self.cloud.wire.number)
        answer = None if self.asleep() else self.stage.invoke("receive_webhook", event)
        status = answer["statusCode"] if answer else 500
        assert status in (200, 500, 503), f"the door answers {answer} to {tell}"
        if status == 200:
            self.played.accepted.setdefault((tell.shop, tell.id), self.cloud.now)
        else:
            self._again(tell, tries)

    def _again(self, act: Act | Closing, tries: int) -> None:
        self.later(self.cloud.now + PATIENCE[min(tries, len(PATIENCE) - 1)], act, tries + 1)

    def unsubscribe(self, act: Unsubscribe, tries: int) -> None:
        if not self._has_link(act.person):
            return
        token = _link(act.person, self.cloud.now).rsplit("/", 1)[1]
        one_click = "List-Unsubscribe=One-Click"
        answer = None if self.asleep() else self._posted("customer_page", token, one_click)
        if answer and answer["statusCode"] == 202:
            return  # it waits in the queue of events, and counts once it is worked off
        if answer and answer["statusCode"] == 200:
            self.played.unsubscribed.setdefault((act.person.shop, act.person.id), self.cloud.wire.number)
        else:
            self._again(act, tries)

    def choose_task(self, act: Close) -> None:
        tasks = [each for each in self._left(act.shop) if each.letter.channel is ChannelName.STAFF]
        if not tasks:
            return
        taken = _chosen(tasks, act.pick)
        accepts = act.outcome == "accepted" and taken.letter.kind not in CONFIRMS
        pages = pages_of(taken.letter.html)
        assert pages, "a task's letter leads to its page"
        task = next(iter(pages))  # in a letter of several the first one named
        closing = Closing(
            f"{act.shop}-close-{len(self.played.closed)}",
            act.shop,
            task,
            "reached" if accepts else act.outcome,
            self.cloud.now,
            pages[task].removeprefix("/t/") if act.by_page else "",
        )
        self.played.closed.append(closing)
        self.played.tried[act.shop, closing.event] = self.cloud.wire.number
        self.close(closing, 0)

    def _left(self, shop: str) -> list[Taken]:
        return [each for each in self.cloud.providers.taken if each.letter.shop == shop]

    def close(self, closing: Closing, tries: int) -> None:
        shop, now = closing.shop, self.cloud.now
        if not closing.page:
            data = {"task": closing.task, "outcome": closing.outcome}
            self.tell(Tell(now, shop, closing.event, "call.done", closing.at, data))
            return
        answer = None if self.asleep() else self._posted("staff_task", closing.page, f"outcome={closing.outcome}")
        status = answer["statusCode"] if answer else 500
        assert status in (200, 410, 500, 503), f"the page of a task answers {answer}"
        if status not in (200, 410):
            self._again(closing, tries)
            return
        self.played.accepted[shop, closing.event] = now
        if status == 200:  # a task about somebody who was forgotten is over
            self.played.reacted[shop, closing.event] = self.cloud.wire.number

    def redeem(self, act: Redeem) -> None:
        codes = [code for each in self._left(act.shop) for code in each.codes]
        if not codes:
            return
        code = _chosen(codes, act.pick)
        self._ask(act.shop, code)
        name = f"{act.shop}-redeem-{len(self.played.redeemed)}"
        told = Tell(self.cloud.now, act.shop, name, "coupon.redeemed", self.cloud.now, {"code": code})
        self.played.redeemed.append(told)
        self.tell(told)

    def _ask(self, shop: str, code: str) -> None:
        """The checkout asks at the door."""
        event = {
            "pathParameters": {"shop": shop, "code": code.lower()},
            "headers": sign(SECRET, f"ask-{code}", self.cloud.now, b""),
        }
        answer = None if self.asleep() else self.stage.invoke("check_coupon", event)
        status = answer["statusCode"] if answer else 500
        assert status in (200, 500, 503), f"the door answers {answer} about a code that stands in a letter"

    def _posted(self, function: str, token: str, form: str) -> Any:
        event = {
            "pathParameters": {"token": token},
            "requestContext": {"http": {"method": "POST"}},
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "body": form,
        }
        return self.stage.invoke(function, event)

    def _has_link(self, person: Person) -> bool:
        """Who is not known yet was sent no letter that a link could stand in."""
        tells = [tell for tell in self.story.tells() if tell.shop == person.shop and person.name in str(tell.data)]
        return any((tell.shop, tell.id) in self.played.reacted for tell in tells)


def _chosen(found: Sequence[Each], pick: float) -> Each:
    return found[-1 - int(pick * (min(len(found), LAST) - 1))]


def _link(person: Person, now: datetime) -> str:
    return bootstrap.links().preferences(person.shop, f"id:{person.id}", now)
