"""Renders letters: Jinja templates, with Babel's numbers and dates, from a kind, a language and the facts."""

from shopbell.rendering.locale_templates import NoSuchLetterError
from shopbell.rendering.renderer import Rendered, Renderer

__all__ = ["NoSuchLetterError", "Rendered", "Renderer"]
