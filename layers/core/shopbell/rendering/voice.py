"""One language in one part (HTML or plain): its environment, words and macros, and a letter's blocks."""

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, ChoiceLoader, ModuleLoader, Template, TemplateNotFound
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from shopbell.rendering.colours import palette
from shopbell.rendering.formats import Formats
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.source import LetterLoader

if TYPE_CHECKING:
    from shopbell.rendering.own import OwnLetters

COMPILED = "_compiled"
FORMATS = ("babel", "dates", "currencies", "short_money", "percents")
MACROS = {Part.HTML: ("_facts.j2", "_html.j2"), Part.PLAIN: ("_facts.j2", "_text.j2")}
"""Each file's macros see the content and what the files before it define."""

LINES: Mapping[Part, Callable[[str], str]] = {
    Part.HTML: lambda text: Markup("<br>").join(text.splitlines()),
    Part.PLAIN: lambda text: "\n".join(text.splitlines()),
}
"""A text with its line breaks, as each part breaks lines."""


class NoSuchLetterError(LookupError):
    """There is no such kind, language or channel among the templates."""


class Scene:
    """One letter's facts among the macros that speak of them; every block of the letter is rendered in it.

    A block that the shop's `own` letter leaves out is the shipped one's.
    """

    def __init__(self, voice: "Voice", kind: str, names: dict[str, Any], own: str = "") -> None:
        self.voice, self.names = voice, names
        self.letter = voice.letter(kind)
        self.context = self.letter.new_context(names)
        self.own = voice.owns.letter(f"{voice.locale}/{kind}", own) if own else None

    def block(self, name: str) -> str:
        if self.own is None or name not in self.own.blocks:
            return self._render(self.letter, name, self.context)
        context = self.voice.owns.context(self.own, self.names)
        return self.voice.owns.said(name, self._render(self.own, name, context))

    def framed(self, name: str, **extra: str) -> str:
        """A block within the layout's block of the same name, which sees it as `inner`."""
        inner = self.inner(name)
        wrapped = Markup(inner) if self.voice.part is Part.HTML else inner
        layout = self.voice.template("_layout.j2")
        return self._render(layout, name, layout.new_context({**self.names, **extra, "inner": wrapped}))

    def inner(self, name: str) -> str:
        """What the frame goes round: the block of that name, or `both`, which serves HTML and text; the shop's own
        first."""
        written = [letter.blocks for letter in (self.own, self.letter) if letter]
        return self.block(next((each for blocks in written for each in (name, "both") if each in blocks), name))

    def page(self, name: str, **extra: Any) -> str:
        """A whole template that goes round the letter's words, for a browser."""
        inner = Markup(self.inner("body"))
        return self.voice.template(name).render({**self.names, **extra, "inner": inner})

    def _render(self, template: Template, block: str, context: Context) -> str:
        if block not in template.blocks:
            raise NoSuchLetterError(f"{template.name} has no {block}")
        try:
            return template.environment.concat(template.blocks[block](context))
        except Exception:
            self.voice.environment.handle_exception()


class Voice:
    """Made once a process for each language and part that is asked for."""

    def __init__(self, folder: Path, locale: str, part: Part) -> None:
        self.locale, self.part = locale, part
        self.environment = environment(part, _loader(folder, part))
        words = self._words()
        formats = Formats(**{name: getattr(words, name) for name in FORMATS if hasattr(words, name)})
        self.environment.filters.update(formats.filters(), lines=LINES[part])
        self.environment.globals.update(part=str(part), plural=formats.plural, direction=formats.locale.text_direction)
        self.environment.globals["options"] = attrgetter("options")  # a list, which no macro could give
        self.environment.globals["w"] = self._words()
        self.macros = [self.template(name) for name in MACROS[part]]
        self.folder = folder

    def template(self, name: str) -> Template:
        return self.environment.get_template(name)

    def letter(self, kind: str) -> Template:
        try:
            return self.template(f"{self.locale}/{kind}.j2")
        except TemplateNotFound as missing:
            raise NoSuchLetterError(str(missing)) from missing

    @cached_property
    def owns(self) -> "OwnLetters":
        """What is needed for shops' own letters, read only where a shop has one."""
        from shopbell.rendering.own import OwnLetters

        return OwnLetters(self.environment, self.locale, self.part, self.folder)

    def macros_for(self, content: Mapping[str, Any]) -> frozenset[str]:
        """What a letter with this content may call."""
        names: dict[str, Any] = {**content}
        for macros in self.macros:
            names |= _defined(macros, names)
        return frozenset({"plural", "options", *(name for name in names if isinstance(names[name], Macro))})

    def words(self) -> frozenset[str]:
        """What a letter may call of `w`."""
        known = vars(self.environment.globals["w"])
        return frozenset(name for name in known if isinstance(known[name], Macro))

    def scene(self, kind: str, content: Mapping[str, Any], own: str = "") -> Scene:
        names = {**content, "colours": palette(content["shop"].accent)}
        for macros in self.macros:
            names |= _defined(macros, names)
        return Scene(self, kind, names, own)

    def module(self, name: str, **given: Any) -> Any:
        """The words of another of the language's files."""
        return self.template(f"{self.locale}/{name}").make_module(given)

    def _words(self) -> Any:
        """Read twice: first for what the formats are made of, then with the formats in place."""
        return self.template(f"{self.locale}/_words.j2").make_module()


def _defined(macros: Template, names: dict[str, Any]) -> dict[str, Any]:
    """The macros of a file, seeing these names. A macro holds its context, which need not hold the macro:
    such a circle a letter would leave some hundred objects to the collector each time."""
    context = macros.new_context(names)
    for _ in macros.root_render_func(context):
        pass
    defined = dict(context.vars)
    context.vars.clear()
    return defined


def _loader(folder: Path, part: Part) -> BaseLoader:
    """What was compiled when the layer was built comes first; a checkout has only what people edit."""
    edited, compiled = LetterLoader(folder, part), folder / COMPILED / part
    return ChoiceLoader([ModuleLoader(compiled), edited]) if compiled.is_dir() else edited
