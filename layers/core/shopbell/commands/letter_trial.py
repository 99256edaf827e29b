"""Tries a shop's own letter before it counts: checks its rules, and renders it for two orders by each channel."""

from typing import Any

from jinja2 import TemplateSyntaxError

from shopbell.commands.letter_facts import SHAPES
from shopbell.commands.samples import samples
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.rendering import Renderer
from shopbell.rendering.sendable import UnsendableError


def try_letter(renderer: Renderer, shop: Shop, name: str, source: str) -> None:
    """`name`: "uk/order_shipped". Raises Refused with what is wrong, each with its line."""
    locale, _, kind = name.partition("/")
    if locale not in renderer.locales():
        locales = ", ".join(sorted(renderer.locales()))
        raise Refused(Problem(name, "unknown_locale", f"there is no language {locale!r}; there are: {locales}"))
    if kind not in KINDS:
        raise Refused(Problem(name, "unknown_kind", f"there is no kind {kind!r}; shopbell journeys shows them all"))
    for content in samples(kind, locale, shop):
        renderer.check(kind, locale, source, content, SHAPES)
        for channel in ("email",) if kind.startswith("staff_") else ("email", "sms"):
            _render(renderer, name, channel, content=content, source=source)


def _render(renderer: Renderer, name: str, channel: str, *, content: dict[str, Any], source: str) -> None:
    locale, _, kind = name.partition("/")
    try:
        renderer.render(kind, locale, channel, content, own=source)
    except Refused:
        raise
    except Exception as error:  # a template can raise whatever Python can
        problem = f"{channel} for {_order_in_words(content)}: {_error_in_words(error)}"
        raise Refused(Problem(f"{name}{_line_of(error)}", "cannot_be_made", problem)) from error


def _order_in_words(content: dict[str, Any]) -> str:
    bare = content["order"] is not None and not content["order"].url
    return "the barest order" if bare else "an order with everything"


def _error_in_words(error: Exception) -> str:
    if isinstance(error, UnsendableError):
        return f"{error.__doc__} {error}"
    return f"{type(error).__name__}: {error}"


def _line_of(error: Exception) -> str:
    """ ":7" for the innermost line of the template in the traceback, where Jinja put it; "" where there is none."""
    line = f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
    trace = error.__traceback__
    while trace:
        # Jinja's name for the file of a template that was made from a string.
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line
