"""What was played, as people look at it: by day and by customer, with names, in each shop's time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from local.demo.outcomes import MARKS, done
from local.demo.play import Played
from local.demo.promises import is_erased
from local.demo.story import Shop, Story
from shopbell.domain.journeys import KINDS

Row = dict[str, Any]
FORGOTTEN = "(erased)"


@dataclass(frozen=True, slots=True)
class Message:
    """One message that left; `at` is in the shop's zone, `got` the contract's message."""

    number: int
    at: datetime
    shop: Shop
    customer: str
    got: Row
    about: Sequence[Row]
    """The decisions on the same order, or on the same customer where there is none; `at` in the shop's zone."""
    outcome: str = ""
    """Of a task: a word of OUTCOMES, "done" by what came of the order, or ""."""
    page: str = ""
    """Of a task that was closed on its page: the page."""

    @property
    def kind(self) -> str:
        return str(self.got["kind"])

    @property
    def is_sms(self) -> bool:
        return bool(self.got["channel"] == "sms")

    @property
    def is_task(self) -> bool:
        return bool(self.got["channel"] == "staff")

    @property
    def short_kind(self) -> str:
        """A task's without what marks it as one."""
        return self.kind.removeprefix("staff_")

    @property
    def mark(self) -> str:
        """What came of a task, in a sign."""
        return MARKS.get(self.outcome, "✓" if self.outcome else "")

    @property
    def erased(self) -> bool:
        return is_erased(self.got)

    @property
    def was_held(self) -> bool:
        """It waited for something before it left."""
        return any(
            d["kind"] == self.kind and d["outcome"] == "held" and str(d["detail"]).startswith(self.got["channel"])
            for d in self.about
        )

    @property
    def title(self) -> str:
        return str(self.got["subject"] or self.got["text"] or "Emptied when the customer was erased")

    @property
    def name(self) -> str:
        """Of its files."""
        return f"{self.number:03}-{self.shop.id}-{self.kind}-{self.got['locale']}-{self.got['channel']}"


@dataclass(frozen=True, slots=True)
class Show:
    """All of it: `unsent` holds what did not leave, or not at once, by outcome and reason."""

    messages: Sequence[Message]
    unsent: Mapping[tuple[str, str], Sequence[Row]]

    def by_day(self) -> dict[date, list[Message]]:
        days: dict[date, list[Message]] = {}
        for message in self.messages:
            days.setdefault(message.at.date(), []).append(message)
        return days

    def by_customer(self) -> dict[tuple[str, str], list[Message]]:
        """By shop's name and customer's, each shop's by name, those erased last."""
        people: dict[tuple[str, str], list[Message]] = {}
        for message in self.messages:
            people.setdefault((message.shop.document["name"], message.customer), []).append(message)
        return dict(sorted(people.items(), key=lambda each: (each[0][0], each[0][1] == FORGOTTEN, each[0][1])))

    def kinds(self) -> dict[str, Counter[str]]:
        """How many of each kind there is, by channel and by language."""
        kinds = {kind: Counter[str]() for kind in KINDS}
        for message in self.messages:
            kinds[message.kind].update((message.got["channel"], message.got["locale"]))
        return kinds


def shown(story: Story, played: Played) -> Show:
    rows = sorted(played.messages, key=lambda row: _at(row, story).replace(tzinfo=None))
    messages = [_message(number, row, story, played) for number, row in enumerate(rows, 1)]
    return Show(messages, _unsent(story, played))


def _unsent(story: Story, played: Played) -> dict[tuple[str, str], list[Row]]:
    """Held first, then what never left, the most frequent reasons first; each with `at` and `name` for people."""
    found: dict[tuple[str, str], list[Row]] = {}
    erased = {(row["shop"], row["customer"]) for row in played.messages if is_erased(row)}
    for row in played.decisions:
        shop = story.shops[row["shop"]]
        known = shop.name_of(row["customer"], row["order"])
        name = FORGOTTEN if (row["shop"], row["customer"]) in erased else known
        if row["outcome"] != "sent":
            shown = {**row, "at": _local(row["at"], shop), "name": name}
            found.setdefault((row["outcome"], row["reason"]), []).append(shown)
    return dict(sorted(found.items(), key=lambda each: (each[0][0], -len(each[1]))))


def _message(number: int, row: Row, story: Story, played: Played) -> Message:
    shop = story.shops[row["shop"]]
    name = FORGOTTEN if is_erased(row) else shop.name_of(row["customer"], row["order"])
    closed = played.closed.get(row["id"])
    outcome = closed.outcome if closed else done(row, story.steps)
    page = closed.page if closed and not is_erased(row) else ""
    return Message(number, _at(row, story), shop, name, row, _about(row, shop, played), outcome, page)


def _about(row: Row, shop: Shop, played: Played) -> list[Row]:
    subject = "order" if row["order"] else "customer"
    return [
        {**each, "at": _local(each["at"], shop)}
        for each in played.decisions
        if row[subject] and (each["shop"], each[subject]) == (row["shop"], row[subject])
    ]


def _at(row: Row, story: Story) -> datetime:
    return _local(row["sent_at"], story.shops[row["shop"]])


def _local(moment: str, shop: Shop) -> datetime:
    """By the clock on the shop's wall."""
    return datetime.fromisoformat(moment).astimezone(shop.zone)
