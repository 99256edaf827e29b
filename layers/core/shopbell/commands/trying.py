"""A letter tried before it counts: read, and made for two orders by each channel."""

from typing import Any

from jinja2 import TemplateSyntaxError

from shopbell.commands.samples import samples
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.rendering import Renderer
from shopbell.rendering.sendable import UnsendableError


def try_letter(renderer: Renderer, shop: Shop, name: str, source: str) -> None:
    """Raises Refused with what is wrong, each with its line."""
    locale, _, kind = name.partition("/")
    if locale not in renderer.locales():
        known = ", ".join(sorted(renderer.locales()))
        raise Refused(Problem(name, "unknown_locale", f"there is no language {locale!r}; there are: {known}"))
    if kind not in KINDS:
        raise Refused(Problem(name, "unknown_kind", f"there is no kind {kind!r}; shopbell journeys shows them all"))
    for content in samples(kind, locale, shop):
        renderer.check(kind, locale, source, content)
        for channel in ("email",) if kind.startswith("staff_") else ("email", "sms"):
            _make(renderer, name, channel, content, source)


def _make(renderer: Renderer, name: str, channel: str, content: dict[str, Any], source: str) -> None:
    locale, _, kind = name.partition("/")
    try:
        renderer.render(kind, locale, channel, content, source)
    except Refused:
        raise
    except Exception as error:
        bare = content["order"] is not None and not content["order"].url
        of = f"{channel} for {'the barest order' if bare else 'an order with everything'}"
        why = f"{error.__doc__} {error}" if isinstance(error, UnsendableError) else f"{type(error).__name__}: {error}"
        raise Refused(Problem(f"{name}{_line(error)}", "cannot_be_made", f"{of}: {why}")) from error


def _line(error: Exception) -> str:
    """The line of the template where it went wrong, as Jinja left it in the trace."""
    trace, line = error.__traceback__, f":{error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line
