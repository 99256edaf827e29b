"""Stands where botocore's clients stand: every call of a handler passes here, is counted, and may be made to fail."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shopbell.domain.model.letter import Letter
from tests.simulator.faults import (
    DONE_ALL_THE_SAME,
    UNANSWERED,
    Armed,
    Crash,
    Fault,
    Target,
    raised,
    refusal,
    target_of,
)
from tests.simulator.providers import Taken
from tests.simulator.table import Refused
from tests.simulator.values import Invalid

Backend = Any
Answer = dict[str, Any]


class TransactionCanceledException(ClientError):  # type: ignore[misc]
    """As botocore makes it from its model of the service."""


class Exceptions:
    """What stands at a client's `exceptions`."""

    TransactionCanceledException = TransactionCanceledException


@dataclass
class Invocation:
    """One run of a handler: what it is about (an event's id, a message's), when it began, last wrote and looked after
    it had claimed, its letter in hand, what its letters are made of (by kind and text), and what it sent and has not
    marked. `left`: milliseconds until it is ended."""

    name: str
    began: int
    about: str = ""
    wrote: int = 0
    looked: int = 0
    claims: bool = False
    letter: Letter | None = None
    contents: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    sent: Taken | None = None
    left: float = 1e9

    def saw(self, number: int, request: Mapping[str, Any]) -> None:
        """The first read after a claim is the look, on which a letter leaves or does not."""
        if "claimed_at = " in request.get("UpdateExpression", ""):
            self.claims = True
        elif self.claims and "RequestItems" in request:
            self.looked, self.claims = number, False

    def hang(self, milliseconds: float) -> None:
        """Nobody answers for so long; the function may end meanwhile."""
        self.left -= milliseconds
        if self.left <= 0:
            raise Crash(f"{self.name} timed out")


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt at one operation, as the crash matrix walks them."""

    invocation: str
    service: str
    operation: str
    about: str = ""
    began: int = field(default=0, compare=False)


@dataclass
class Wire:
    """`number` grows with every call; `between` runs somebody else's invocation in the midst of this one.

    `at_call`: which of the handlers' calls, counted from one, fails how.
    """

    now: Callable[[], datetime]
    between: Callable[[], None]
    chance: random.Random = field(default_factory=random.Random)
    crowded: float = 0.0
    at_call: Mapping[int, Fault] = field(default_factory=dict)
    armed: list[Armed] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    stack: list[Invocation] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    number: int = 0
    struck: list[datetime] = field(default_factory=list)

    def carry(self, service: str, operation: str, act: Callable[[], Answer], patience: float = 0) -> Answer:
        """One attempt; `patience`: after how many milliseconds without an answer the client gives it up."""
        self.number += 1
        if not self.stack:
            return act()
        running = self.stack[-1]
        self.calls.append(Call(running.name, service, operation, running.about, running.began))
        fault = self.at_call.get(len(self.calls)) or self._fault(service, operation)
        if fault is Fault.BETWEEN or self.chance.random() < self.crowded:
            self.between()
        if fault not in (None, Fault.BETWEEN):
            self._strike(fault, act)
            running.hang(patience if fault in UNANSWERED else 0)
            raise raised(fault, service, operation)
        answer = act()
        self._note(service, operation)
        return answer

    def _strike(self, fault: Fault, act: Callable[[], Answer]) -> None:
        self.struck.append(self.now())
        if fault in DONE_ALL_THE_SAME:
            act()
        self.doubt()

    def doubt(self) -> None:
        """Something broke: what this invocation handed over and has not marked may be sent once more."""
        if self.stack and self.stack[-1].sent:
            self.stack[-1].sent.doubtful = True

    def _note(self, service: str, operation: str) -> None:
        if self.stack and target_of(service, operation) is Target.WRITE:
            self.stack[-1].wrote, self.stack[-1].sent = self.number, None

    def _fault(self, service: str, operation: str) -> Fault | None:
        if not self.armed:
            return None
        target, struck = target_of(service, operation), None
        for each in [each for each in self.armed if each.target is target]:
            if each.until and self.now() >= each.until:
                self.armed.remove(each)
            elif each.skip:
                each.skip -= 1
            elif struck is None:
                struck = each.fault
                each.times -= 1
                if each.times <= 0 and each.until is None:
                    self.armed.remove(each)
        return struck


@dataclass
class Client:
    """A low-level client with botocore's own second and third tries, as far as its Config allows them."""

    service: str
    wire: Callable[[], Wire]
    backend: Callable[[], Backend]
    attempts: int
    patience: float = 0
    exceptions: type[Exceptions] = Exceptions

    def __getattr__(self, operation: str) -> Callable[..., Answer]:
        return partial(self._call, operation)

    def _call(self, operation: str, **request: Any) -> Answer:
        done: list[Answer] = []
        act = partial(self._act, operation, request, done)
        for attempt in range(1, self.attempts + 1):
            try:
                return self.wire().carry(self.service, operation, act, self.patience)
            except (ClientError, BotoCoreError) as error:
                if attempt == self.attempts or not _passes(error):
                    raise
        raise AssertionError

    def _act(self, operation: str, request: Mapping[str, Any], done: list[Answer]) -> Answer:
        """A transaction carries a token: tried again it is not done again. Nothing else does."""
        if done and operation == "transact_write_items":
            return done[0]
        if stack := self.wire().stack:
            stack[-1].saw(self.wire().number, request)
        try:
            answer: Answer = getattr(self.backend(), operation)(request)
        except (Refused, Invalid) as error:
            if malformed(error):
                self.wire().invalid.append(f"{operation}: {error}")
            raise as_raised(error, operation) from error
        done.append(answer)
        return answer


def malformed(error: Refused | Invalid) -> bool:
    return isinstance(error, Invalid) or "ValidationError" in error.reasons


def as_raised(error: Refused | Invalid, operation: str) -> ClientError:
    """A service's answer as botocore raises it."""
    if isinstance(error, Invalid):
        return refusal("ValidationException", operation)
    if not error.reasons:
        return refusal(error.code, operation)
    response = {
        "Error": {"Code": error.code, "Message": error.code},
        "CancellationReasons": [{"Code": reason} for reason in error.reasons],
    }
    return TransactionCanceledException(response, "TransactWriteItems")


def _passes(error: ClientError | BotoCoreError) -> bool:
    """Whether another attempt may help, as botocore's standard mode judges it."""
    if isinstance(error, ClientError):
        return int(error.response["ResponseMetadata"]["HTTPStatusCode"]) >= 429 if _has_status(error) else False
    return True


def _has_status(error: ClientError) -> bool:
    return "HTTPStatusCode" in error.response.get("ResponseMetadata", {})
