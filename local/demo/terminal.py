"""What the demo prints: a progress bar while the months pass, then a calendar of every message."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import groupby
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from local.demo.outcomes import MARKS, why
from local.demo.story import Story
from local.demo.view import NATURES, DemoView, Message

WIDTH = 80  # of the narrowest terminal; the pages under out/ have what does not fit
# Styles of a day in the calendar, by the least number of its messages.
SHADES = ((0, "bright_black"), (1, "cyan"), (4, "bold cyan"), (8, "bold white on blue"))
STYLES = {"news": "cyan", "reminder": "yellow", "greeting": "magenta", "task": "blue"}


class Bar:
    """A progress bar that names the story's day."""

    def __init__(self, console: Console, story: Story) -> None:
        words = TextColumn("{task.description:<20}"), BarColumn(40), TaskProgressColumn()
        # No refresh by time: this process's clock is the story's.
        self._progress = Progress(
            *words, console=console, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        self._task = self._progress.add_task("Opening the shops", total=len(story.steps) + 1)

    def __enter__(self) -> Self:
        self._progress.start()
        self._progress.refresh()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def advance(self, moment: datetime) -> None:
        """One step of the story is done, at this moment."""
        self._progress.update(self._task, advance=1, refresh=True, description=f"{moment:%a %d %B %Y}")


def print_calendar(console: Console, story: Story, view: DemoView) -> None:
    console.print()
    _weeks(console, story, view)
    for month, messages in groupby(view.messages, key=lambda message: f"{message.at:%B %Y}"):
        console.print(Rule(month, style="bright_black"), width=WIDTH)
        console.print(_listed(list(messages)), width=WIDTH)
    console.print(Rule("Held, and not sent", style="bright_black"), width=WIDTH)
    console.print(_unsent(view), width=WIDTH)
    console.print(Rule("Every kind", style="bright_black"), width=WIDTH)
    console.print(_kinds(view), width=WIDTH)
    if untold := view.untold():
        console.print(Text(f"The story has no occasion for {', '.join(untold)}.", style="yellow"), width=WIDTH)


def _weeks(console: Console, story: Story, view: DemoView) -> None:
    """A column a week, a row a weekday, in each the number of messages."""
    counts = Counter(message.at.date() for message in view.messages)
    first, last = (moment.date() for moment in (story.begins, story.ends))
    mondays = [first + timedelta(days=n) for n in range(-first.weekday(), (last - first).days + 1, 7)]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=5)
    for _ in mondays:
        grid.add_column(width=4, justify="right")
    grid.add_row("", *(Text(_month(monday), style="bold") for monday in mondays))
    grid.add_row("", *(Text(f"{monday.day}", style="bright_black") for monday in mondays))
    for weekday in range(7):
        days = [monday + timedelta(days=weekday) for monday in mondays]
        cells = [_count(counts[day]) if first <= day <= last else Text("") for day in days]
        grid.add_row(Text(f"{days[0]:%a}", style="bright_black"), *cells)
    shops = ", ".join(str(shop.document["name"]) for shop in story.shops.values())
    console.print(Rule(f"{shops}: {_totals(view)}"), width=WIDTH)
    console.print(grid, width=WIDTH)


def _totals(view: DemoView) -> str:
    sms = sum(message.is_sms for message in view.messages)
    tasks = sum(message.is_task for message in view.messages)
    return f"{len(view.messages) - sms - tasks} letters, {sms} SMS, {tasks} tasks"


def _month(monday: date) -> str:
    """The month's name, above the first of its weeks alone."""
    return f"{monday:%b}" if monday.day <= 7 else ""


def _count(number: int) -> Text:
    style = next(style for least, style in reversed(SHADES) if number >= least)
    return Text(f" {number or '·'}", style=style)


def _listed(messages: list[Message]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for width in (6, 5, 16, 2, 20, 5, 13):
        table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    before = ""
    for message in messages:
        day = f"{message.at:%a} {message.at.day:>2}"
        table.add_row(Text("" if day == before else day, style="bold"), *_cells(message))
        before = day
    return table


def _cells(message: Message) -> list[Text]:
    order, held = message.row["order"], " held" if message.was_held else ""
    return [
        Text(f"{message.at:%H:%M}", style="bright_black"),
        Text(message.customer),
        Text(message.row["locale"], style="bright_black"),
        Text(message.short_kind, style=STYLES[message.nature]),
        _channel(message),
        Text(f"№ {order}" if order else "", style="bright_black")
        .append(held, style="yellow")
        .append(f" {message.mark}", style="yellow" if message.mark == MARKS["no_answer"] else "green"),
    ]


def _channel(message: Message) -> Text:
    if message.is_task:
        return Text("task", style="blue")
    return Text("SMS", style="green") if message.is_sms else Text("email")


def _unsent(view: DemoView) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for width in (8, 16, 4):
        table.add_column(width=width, justify="right" if width == 4 else "left")
    for (outcome, reason), rows in view.unsent.items():
        style = "yellow" if outcome == "held" else "bright_black"
        number, words = str(len(rows)), Text(why(reason), style="bright_black")
        table.add_row(Text(outcome, style=style), reason, number, words)
    return table


def _kinds(view: DemoView) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=26)
    for _ in view.columns:
        table.add_column(width=5, justify="right")
    table.add_row("", *(Text(name, style="bright_black") for name in view.columns))
    for kind, numbers in view.kinds().items():
        table.add_row(Text(kind, style=STYLES[NATURES[kind]]), *(str(numbers[name] or "·") for name in view.columns))
    return table
