"""The templates of one language in one part (HTML or plain): environment, words, macros, and the blocks of a letter."""

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, ChoiceLoader, ModuleLoader, Template, TemplateNotFound
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from shopbell.domain.journeys.names import HOLIDAY_CARD
from shopbell.rendering.colours import palette
from shopbell.rendering.formats import Formats
from shopbell.rendering.long_lists import fitting, fitting_beside, pictured, sum_of
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.source import LetterLoader

if TYPE_CHECKING:
    from shopbell.rendering.own_templates import OwnTemplates

COMPILED = "_compiled"
FORMATS = ("babel", "dates", "currencies", "short_money", "percents", "grouped_from", "clock")
"""The variables of `_words.j2` that `Formats` is made of."""
NEWS = "news"
"""The block with which a letter is named to the staff where the customer did not get it."""
MACROS = {Part.HTML: ("_facts.j2", "_html.j2"), Part.PLAIN: ("_facts.j2", "_text.j2")}
"""Each file's macros see the content and the macros of the files before it."""

LINES: Mapping[Part, Callable[[str], str]] = {
    Part.HTML: lambda text: Markup("<br>").join(text.splitlines()),
    Part.PLAIN: lambda text: "\n".join(text.splitlines()),
}
"""The filter `lines`: a text with its line breaks, as the part writes them."""

Tells = Callable[[str], object]
"""Hears of each meaning that a template marks as told, `tells("money_when")`; the mark itself renders nothing."""


def unheard(meaning: str) -> None:
    pass


class NoSuchLetterError(LookupError):
    """There is no such kind, language or channel among the templates."""


class LetterBlocks:
    """The blocks of one letter, rendered with its content and the language's macros.

    `own`: the source of the shop's own template, "" for none; a block that it leaves out is the shipped one's.
    """

    def __init__(self, templates: "LocaleTemplates", kind: str, names: dict[str, Any], own: str = "") -> None:
        self.templates, self.names = templates, names
        self.shipped = templates.letter(kind)
        self.shipped_context = self.shipped.new_context(names)
        self.own = templates.own_templates.template(f"{templates.locale}/{kind}", own) if own else None

    def block(self, name: str) -> str:
        """Raises NoSuchLetterError where neither template has the block, and what Jinja raises."""
        if self.own is None or name not in self.own.blocks:
            return self._render(self.shipped, name, self.shipped_context)
        own_templates = self.templates.own_templates
        return own_templates.judged(name, self._render(self.own, name, own_templates.context(self.own, self.names)))

    def framed(self, name: str, **extra: str) -> str:
        """A block within the layout's block of the same name, which sees it as `inner`."""
        inner = self.inner(name)
        # Already escaped: the layout is not to escape its tags once more.
        wrapped = Markup(inner) if self.templates.part is Part.HTML else inner  # noqa: S704  # autoescaped when it was made
        layout = self.templates.template("_layout.j2")
        return self._render(layout, name, layout.new_context({**self.names, **extra, "inner": wrapped}))

    def inner(self, name: str) -> str:
        """The block of that name, or else `both`, which serves HTML and text; the shop's own template first."""
        for template in (self.own, self.shipped):
            for block in (name, "both"):
                if template and block in template.blocks:
                    return self.block(block)
        return self.block(name)

    def page(self, name: str, **extra: Any) -> str:
        """The template of a web page round the letter's body."""
        inner = Markup(self.inner("body"))  # noqa: S704  # autoescaped when it was made
        return self.templates.template(name).render({**self.names, **extra, "inner": inner})

    def _render(self, template: Template, block: str, context: Context) -> str:
        if block not in template.blocks:
            raise NoSuchLetterError(f"{template.name} has no {block}")
        try:
            return template.environment.concat(template.blocks[block](context))
        except Exception:  # noqa: BLE001  # raised again by Jinja, as the comment below says
            # Raises the same with a traceback that has the template's own lines.
            self.templates.environment.handle_exception()


class LocaleTemplates:
    """Made once a process for each language and part that is asked for."""

    def __init__(self, folder: Path, locale: str, part: Part, tells: Tells = unheard) -> None:
        self.locale, self.part = locale, part
        self.environment = environment(part, _loader(folder, part))
        self.environment.globals["tells"] = _mark(tells)
        # The words are read twice: first for what the formats are made of, then with these as their filters.
        words = self._words()
        self.formats = formats = Formats(**{name: getattr(words, name) for name in FORMATS if hasattr(words, name)})
        self.environment.filters.update(formats.filters(), lines=LINES[part])
        self.environment.globals.update(part=str(part), plural=formats.plural, direction=formats.locale.text_direction)
        self.environment.globals["options"] = attrgetter("options")  # a macro's result is always text; this is a list
        self.environment.globals.update(
            fitting=fitting, fitting_beside=fitting_beside, pictured=pictured, sum_of=sum_of
        )
        self.environment.globals["w"] = self._words()
        self.environment.globals["news"] = self.news
        self.macro_files = [self.template(name) for name in MACROS[part]]
        self.folder = folder

    def template(self, name: str) -> Template:
        return self.environment.get_template(name)

    def letter(self, kind: str) -> Template:
        try:
            return self.template(f"{self.locale}/{kind}.j2")
        except TemplateNotFound as missing:
            raise NoSuchLetterError(str(missing)) from missing

    def news(self, kind: str) -> str:
        """What a letter of this kind tells, in words for the staff: its block `news`; "" where it has none."""
        template = self.letter(kind)
        if NEWS not in template.blocks:
            return ""
        told = "".join(template.blocks[NEWS](template.new_context())).strip()
        # Written for either part: in HTML it is not to be escaped once more.
        return Markup(told) if self.part is Part.HTML else told  # noqa: S704  # autoescaped when it was made

    @cached_property
    def own_templates(self) -> "OwnTemplates":
        """Imported only where a shop has a letter of its own: most invocations never need it."""
        from shopbell.rendering.own_templates import OwnTemplates

        return OwnTemplates(self.environment, self.locale, self.part, self.folder, self.selling)

    def macros_for(self, content: Mapping[str, Any]) -> frozenset[str]:
        """The names that a letter with this content may call."""
        names = self._with_macros({**content})
        return frozenset(
            {
                "plural",
                "options",
                "news",
                "subject_of",
                "tells",
                *(name for name in names if isinstance(names[name], Macro)),
            }
        )

    def words(self) -> frozenset[str]:
        """The names that a letter may call of `w`."""
        words = vars(self.environment.globals["w"])
        return frozenset(name for name in words if isinstance(words[name], Macro))

    def selling(self, kind: str) -> tuple[str, ...] | None:
        """How words begin with which one sells, where it is a card, which holds none; None of any other letter."""
        words: Any = self.environment.globals["w"]
        return tuple(words.selling) if kind == HOLIDAY_CARD else None

    def blocks(self, kind: str, content: Mapping[str, Any], own: str = "") -> LetterBlocks:
        """Raises NoSuchLetterError."""
        shop = content["shop"]
        if not isinstance(shop.hours, str):
            shop = SimpleNamespace(**{**vars(shop), "hours": self.formats.opening(shop.hours)})
        names = self._with_macros({**content, "shop": shop, "colours": palette(shop.accent)})
        return LetterBlocks(self, kind, names, own)

    def module(self, name: str, **given: Any) -> Any:
        """The variables and macros of another of the language's files, such as `_staff.j2`."""
        return self.template(f"{self.locale}/{name}").make_module(given)

    def _with_macros(self, names: dict[str, Any]) -> dict[str, Any]:
        for macros in self.macro_files:
            names |= _defined(macros, names)
        return names

    def _words(self) -> Any:
        return self.template(f"{self.locale}/_words.j2").make_module()


def _mark(tells: Tells) -> Callable[[str], str]:
    def mark(meaning: str) -> str:
        tells(meaning)
        return ""

    return mark


def _defined(macros: Template, names: dict[str, Any]) -> dict[str, Any]:
    """The macros of a file, which see these names."""
    context = macros.new_context(names)
    for _ in macros.root_render_func(context):
        pass
    defined = dict(context.vars)
    # A macro holds its context. Did the context hold the macro too, each letter would leave such circles of some
    # hundred objects to the garbage collector.
    context.vars.clear()
    return defined


def _loader(folder: Path, part: Part) -> BaseLoader:
    """What was compiled when the layer was built comes first; a checkout has only the templates themselves."""
    edited, compiled = LetterLoader(folder, part), folder / COMPILED / part
    return ChoiceLoader([ModuleLoader(compiled), edited]) if compiled.is_dir() else edited
