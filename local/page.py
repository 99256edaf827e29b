"""The page for people: the clock, the shops, an inbox of what was sent, and why the rest was not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from local.instants import text
from local.messages import with_pictures
from local.stack import Stack
from shopbell.domain.model.vocabulary import ChannelName, Status

FORM_FIELDS = ("shop", "order", "customer", "channel", "status")
_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["with_pictures"] = with_pictures


def page(stack: Stack, query: Mapping[str, str]) -> str:
    """The page as HTML; `query` holds the filters and, as `open`, the number in the list of the message to show."""
    wanted = {name: query[name] for name in FORM_FIELDS if query.get(name)}
    shown = stack.messages(**wanted)
    opened = _opened(shown, query.get("open", ""))
    return _PAGES.get_template("index.html.j2").render(
        now=text(stack.now()),
        running=stack.running,
        shops=stack.shops(),
        channels=[str(channel) for channel in ChannelName],
        statuses=[str(status) for status in Status],
        wanted=dict.fromkeys(FORM_FIELDS, "") | wanted,
        messages=list(enumerate(shown))[::-1],  # numbered oldest first, so that a link stays good as more come
        opened=opened,
        place=query.get("open", ""),
        decisions=_decisions(stack, opened),
    )


def _opened(shown: list[dict[str, Any]], place: str) -> dict[str, Any] | None:
    return shown[int(place)] if place.isascii() and place.isdigit() and int(place) < len(shown) else None


def _decisions(stack: Stack, opened: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Those about the order of the message shown, or about its customer where there is no order."""
    # A task may be about neither: a missed call of a stranger.
    subject = next((name for name in ("order", "customer") if opened and opened[name]), "")
    return stack.decisions(shop=opened["shop"] or "", **{subject: opened[subject]}) if opened and subject else []
