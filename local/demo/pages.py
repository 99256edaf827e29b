"""Writes every message into out/, with an index that a browser opens without a server."""

import shutil
from base64 import b64decode
from calendar import Calendar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.demo.outcomes import OUTCOMES, why
from local.demo.story import Story
from local.demo.view import NATURES, DemoView, Message
from local.messages import with_pictures

Weeks = list[list[date | None]]
"""Seven days a week, Monday first; None for a day that is not shown."""
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["why"] = why
_PAGES.filters["nature"] = lambda kind: NATURES.get(kind, "news")  # a decision on an event has the event's type
_PAGES.filters["came_of_it"] = lambda outcome: OUTCOMES.get(outcome, "")
_PAGES.filters["words"] = lambda name: str(name).replace("_", " ")


def write_pages(story: Story, view: DemoView, out: Path) -> Path:
    """Replaces what an earlier demo wrote; returns the path of the index."""
    # Emptied: messages of an earlier story would stand beside this one's.
    for folder in ("messages", "read"):
        shutil.rmtree(out / folder, ignore_errors=True)
        (out / folder).mkdir(parents=True)
    for message in view.messages:
        _write_message(message, out)
    days = view.by_day()
    (out / "overview.html").write_text(
        _rendered("overview", story=story, view=view, days=days, months=_months(story)), encoding="utf-8"
    )
    index = out / "index.html"
    index.write_text(_rendered("index", story=story, view=view, days=days), encoding="utf-8")
    return index


def _write_message(message: Message, out: Path) -> None:
    """Writes the parts of the message as they left, and a page to read them on."""
    row = message.row
    for enclosed in row["attachments"] or ():
        if not enclosed["content_id"]:
            (out / "messages" / f"{message.name}-{enclosed['name']}").write_bytes(b64decode(enclosed["content"]))
    parts = {".html": with_pictures(row), ".txt": row["text"], "-page.html": message.page}
    for suffix, part in parts.items():
        if part:
            (out / "messages" / f"{message.name}{suffix}").write_text(part, encoding="utf-8")
    page = _rendered("message", message=message, row=row)
    (out / "read" / f"{message.name}.html").write_text(page, encoding="utf-8")


def _rendered(name: str, **context: Any) -> str:
    return _PAGES.get_template(f"{name}.html.j2").render(context)


def _months(story: Story) -> list[tuple[date, Weeks]]:
    """The first day of each month of the story, with the month's weeks."""
    first, last = story.begins.date(), story.ends.date()
    months: list[tuple[date, Weeks]] = []
    month = first.replace(day=1)
    while month <= last:
        months.append((month, _weeks(month, first, last)))
        month = (month + timedelta(days=31)).replace(day=1)  # 31 days after a first lie in the month that follows
    return months


def _weeks(month: date, first: date, last: date) -> Weeks:
    """The weeks of a month that have a day of the story, days of other months left out."""
    weeks: Weeks = []
    for week in Calendar().monthdatescalendar(month.year, month.month):
        days = [day if day.month == month.month and first <= day <= last else None for day in week]
        if any(days):
            weeks.append(days)
    return weeks
