"""What was played, arranged for people: by day and by customer, with names, in each shop's own time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from local.demo.expectations import is_erased
from local.demo.outcomes import MARKS, outcome_by_events
from local.demo.play import Played
from local.demo.story import DemoShop, Story
from shopbell.domain.journeys import JOURNEYS, KINDS
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import MessageClass

Row = dict[str, Any]
ERASED = "(erased)"
"""In place of the name of a customer who was erased."""


def _nature(row: Journey) -> str:
    if row.is_task:
        return "task"
    if row.reminds:
        return "reminder"
    return "greeting" if row.message_class is MessageClass.MARKETING else "news"


NATURES: Mapping[str, str] = {row.kind: _nature(row) for row in JOURNEYS}
"""By the kind: "news", "reminder", "greeting" or "task", each of which has a colour."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message that left; `at` is in the shop's zone, `row` what GET /local/messages answers of it."""

    number: int
    at: datetime
    shop: DemoShop
    customer: str
    row: Row
    about: Sequence[Row]
    """The decisions on the same order, or on the same customer where there is none; `at` in the shop's zone."""
    outcome: str = ""
    """Of a task: one of OUTCOMES, or "" while it is open."""
    page: str = ""
    """Of a task that was closed on its page: the page."""

    @property
    def kind(self) -> str:
        return str(self.row["kind"])

    @property
    def is_sms(self) -> bool:
        return bool(self.row["channel"] == "sms")

    @property
    def is_task(self) -> bool:
        return bool(self.row["channel"] == "staff")

    @property
    def nature(self) -> str:
        return NATURES[self.kind]

    @property
    def short_kind(self) -> str:
        """The kind without the prefix of tasks, which are marked otherwise."""
        return self.kind.removeprefix("staff_")

    @property
    def mark(self) -> str:
        """The outcome of a task as one character."""
        return MARKS.get(self.outcome, "✓" if self.outcome else "")

    @property
    def erased(self) -> bool:
        return is_erased(self.row)

    @property
    def was_held(self) -> bool:
        """Whether it waited for something before it left."""
        return any(
            # A decision's detail begins with its channel: "email: until …".
            decision["kind"] == self.kind
            and decision["outcome"] == "held"
            and str(decision["detail"]).startswith(self.row["channel"])
            for decision in self.about
        )

    @property
    def title(self) -> str:
        return str(self.row["subject"] or self.row["text"] or "Emptied when the customer was erased")

    @property
    def name(self) -> str:
        """Of its files, without their suffixes."""
        return f"{self.number:03}-{self.shop.id}-{self.kind}-{self.row['locale']}-{self.row['channel']}"


@dataclass(frozen=True, slots=True)
class DemoView:
    """`unsent` are the decisions by which a message did not leave, or not at once, by outcome and reason."""

    messages: Sequence[Message]
    unsent: Mapping[tuple[str, str], Sequence[Row]]

    def by_day(self) -> dict[date, list[Message]]:
        days: dict[date, list[Message]] = {}
        for message in self.messages:
            days.setdefault(message.at.date(), []).append(message)
        return days

    def by_customer(self) -> dict[tuple[str, str], list[Message]]:
        """By the names of shop and customer, sorted; in each shop, whoever was erased comes last."""
        by_customer: dict[tuple[str, str], list[Message]] = {}
        for message in self.messages:
            by_customer.setdefault((message.shop.document["name"], message.customer), []).append(message)
        return {names: by_customer[names] for names in sorted(by_customer, key=_erased_last)}

    @property
    def columns(self) -> list[str]:
        """The channels and languages that the messages of a kind are counted by."""
        channels = dict.fromkeys(message.row["channel"] for message in self.messages)
        return [*sorted(channels), *sorted({message.row["locale"] for message in self.messages})]

    def untold(self) -> list[str]:
        """The kinds for which the story has no occasion."""
        return [kind for kind, counts in self.kinds().items() if not counts]

    def kinds(self) -> dict[str, Counter[str]]:
        """How many of each kind there is, by channel and by language."""
        kinds = {kind: Counter[str]() for kind in KINDS}
        for message in self.messages:
            kinds[message.kind].update((message.row["channel"], message.row["locale"]))
        return kinds


def _erased_last(names: tuple[str, str]) -> tuple[str, bool, str]:
    shop, customer = names
    return shop, customer == ERASED, customer


def view_of(story: Story, played: Played) -> DemoView:
    # Sorted by what the clock on the wall shows: two shops in two zones are one calendar.
    rows = sorted(played.messages, key=lambda row: _at(row, story).replace(tzinfo=None))
    messages = [_message(number, row, story, played) for number, row in enumerate(rows, 1)]
    return DemoView(messages, _unsent(story, played))


def _unsent(story: Story, played: Played) -> dict[tuple[str, str], list[Row]]:
    """Held first, then what never left, the most frequent reasons first; each decision with `at` and `name`."""
    by_reason: dict[tuple[str, str], list[Row]] = {}
    erased = {(row["shop"], row["customer"]) for row in played.messages if is_erased(row)}
    for row in played.decisions:
        if row["outcome"] != "sent":
            shop = story.shops[row["shop"]]
            is_gone = (row["shop"], row["customer"]) in erased
            name = ERASED if is_gone else shop.name_of(row["customer"], row["order"])
            decision = {**row, "at": _local(row["at"], shop), "name": name}
            by_reason.setdefault((row["outcome"], row["reason"]), []).append(decision)
    order = sorted(by_reason, key=lambda reason: (reason[0], -len(by_reason[reason])))
    return {reason: by_reason[reason] for reason in order}


def _message(number: int, row: Row, story: Story, played: Played) -> Message:
    shop = story.shops[row["shop"]]
    closed = played.closed.get(row["id"])
    return Message(
        number=number,
        at=_at(row, story),
        shop=shop,
        customer=ERASED if is_erased(row) else shop.name_of(row["customer"], row["order"]),
        row=row,
        about=_decisions_about(row, shop, played),
        outcome=closed.outcome if closed else outcome_by_events(row, story.steps),
        page=closed.page if closed and not is_erased(row) else "",
    )


def _decisions_about(row: Row, shop: DemoShop, played: Played) -> list[Row]:
    subject = "order" if row["order"] else "customer"
    if not row[subject]:
        return []
    return [
        {**decision, "at": _local(decision["at"], shop)}
        for decision in played.decisions
        if (decision["shop"], decision[subject]) == (row["shop"], row[subject])
    ]


def _at(row: Row, story: Story) -> datetime:
    return _local(row["sent_at"], story.shops[row["shop"]])


def _local(moment: str, shop: DemoShop) -> datetime:
    """An instant in the shop's time zone."""
    return datetime.fromisoformat(moment).astimezone(shop.zone)
