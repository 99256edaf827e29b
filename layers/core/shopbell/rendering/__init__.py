"""Kind, locale and facts become a message: Jinja templates, Babel's numbers and dates."""

from shopbell.rendering.renderer import Rendered, Renderer
from shopbell.rendering.voice import NoSuchLetterError

__all__ = ["NoSuchLetterError", "Rendered", "Renderer"]
