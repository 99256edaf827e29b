"""Leaves every message under out/, with an index that opens in a browser without a server."""

import shutil
from calendar import Calendar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.demo.outcomes import OUTCOMES, why
from local.demo.show import Message, Show
from local.demo.story import Story

Months = list[tuple[date, list[list[date | None]]]]
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["why"] = why
_PAGES.filters["came_of_it"] = lambda outcome: OUTCOMES.get(outcome, "")
_PAGES.filters["words"] = lambda name: str(name).replace("_", " ")


def leave(story: Story, show: Show, out: Path) -> Path:
    """Replaces what an earlier demo left; the index."""
    for folder in ("messages", "read"):
        shutil.rmtree(out / folder, ignore_errors=True)
        (out / folder).mkdir(parents=True)
    for message in show.messages:
        _leave(message, out)
    days = show.by_day()
    (out / "overview.html").write_text(
        _rendered("overview", story=story, show=show, days=days, months=_months(story)), encoding="utf-8"
    )
    index = out / "index.html"
    index.write_text(_rendered("index", story=story, show=show, days=days), encoding="utf-8")
    return index


def _leave(message: Message, out: Path) -> None:
    """The parts of the message as they left, and a page to read them on."""
    got = message.got
    parts = {".html": got["html"], ".txt": got["text"], "-page.html": message.page}
    for suffix, part in parts.items():
        if part:
            (out / "messages" / f"{message.name}{suffix}").write_text(part, encoding="utf-8")
    page = _rendered("message", message=message, got=got)
    (out / "read" / f"{message.name}.html").write_text(page, encoding="utf-8")


def _rendered(name: str, **said: Any) -> str:
    return _PAGES.get_template(f"{name}.html.j2").render(said)


def _months(story: Story) -> Months:
    """Each month of the story with its weeks, Monday first; None for the days of other months and of no story."""
    first, last = story.begins.date(), story.ends.date()
    months: Months = []
    day = first.replace(day=1)
    while day <= last:
        weeks = [
            [each if each.month == day.month and first <= each <= last else None for each in week]
            for week in Calendar().monthdatescalendar(day.year, day.month)
        ]
        months.append((day, [week for week in weeks if any(week)]))
        day = (day + timedelta(days=31)).replace(day=1)
    return months
