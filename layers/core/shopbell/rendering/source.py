"""Prepares a template's source before Jinja compiles it: the blocks of one part are kept, styles are inlined.

Mail programs drop `<style>` or honour little of it, so every tag carries its declarations itself (`_styles.css`).
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from shopbell.rendering.sandbox import Part

BODY_BLOCK = re.compile(r"{% block body %}.*?{% endblock %}", re.DOTALL)
ANY_BLOCK = re.compile(r"{% block (\w+) %}.*?{% endblock %}", re.DOTALL)
TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:=\"[^\"]*\")?)*)\s*>")
CLASS = re.compile(r'\sclass="([^"]*)"')
STYLE = re.compile(r'\sstyle="([^"]*)"')
# A declaration's value may be a Jinja expression: `color: {{ colours.link }}`.
RULE = re.compile(r"([.\w-]+(?:,\s*[.\w-]+)*)\s*{((?:{{.*?}}|[^{}])*)}", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Declarations = dict[str, str]
"""CSS properties and their values."""
Styles = dict[str, Declarations]
"""Declarations by selector: a tag ("p") or a class (".soft")."""


def keep_part(source: str, part: Part) -> str:
    """The template without the blocks of the other part; macros, words, `both` and `news` belong to each."""
    if part is Part.PLAIN:
        return BODY_BLOCK.sub("", source)
    return ANY_BLOCK.sub(lambda block: block[0] if block[1] in ("body", "both", "news") else "", source)


def read_styles(css: str) -> Styles:
    """Reads `p { … }` and `.name { … }`; a list of selectors shares its declarations."""
    styles: Styles = {}
    for selectors, body in RULE.findall(COMMENT.sub("", css)):
        for selector in selectors.split(","):
            styles[selector.strip()] = _declarations(body)
    return styles


def _declarations(body: str) -> Declarations:
    pairs = (line.split(":", 1) for line in body.split(";") if line.strip())
    return {name.strip(): " ".join(value.split()) for name, value in pairs}


def inline(source: str, styles: Styles) -> str:
    """Gives every tag the declarations of its name and its classes; a `style` of its own comes last and wins."""
    return TAG.sub(lambda tag: _styled_tag(tag[1], tag[2], styles), source)


def _styled_tag(tag: str, attributes: str, styles: Styles) -> str:
    own = STYLE.search(attributes)
    declarations = _inherited(tag, attributes, styles) | _declarations(own[1] if own else "")
    style = ";".join(f"{name}:{value}" for name, value in declarations.items())
    rest = STYLE.sub("", attributes)
    return f'<{tag}{rest} style="{style}">' if style else f"<{tag}{rest}>"


def _inherited(tag: str, attributes: str, styles: Styles) -> Declarations:
    declarations: Declarations = {}
    for selector in _selectors(tag, attributes):
        declarations |= styles.get(selector, {})
    return declarations


def _selectors(tag: str, attributes: str) -> Iterable[str]:
    """The tag's name first, then its classes as they are written: what comes later wins."""
    classes = CLASS.search(attributes)
    return [tag, *(f".{name}" for name in (classes[1].split() if classes else ()))]


def without_indentation(source: str) -> str:
    return re.sub(r"\n\s+", "\n", source)


def own_letter_source(source: str, part: Part, folder: Path) -> str:
    """A shop's own template with its styles inlined. Empty lines stay, so that an error names the line as written;
    both parts' blocks stay, for Jinja renders only the block that is asked for."""
    return re.sub(r"\n[ \t]+", "\n", inline(source, styles_of(folder))) if part is Part.HTML else source


class LetterLoader(BaseLoader):
    """Reads templates of one part from the folder that people edit."""

    def __init__(self, folder: Path, part: Part) -> None:
        self.folder, self.part = folder, part

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002  # Jinja's signature
        path = self.folder / template
        if not path.is_file():
            raise TemplateNotFound(template)
        source = keep_part(path.read_text("utf-8"), self.part)
        # A language's words are text without tags, and serve both parts.
        if self.part is Part.HTML and not template.endswith("/_words.j2"):
            source = without_indentation(inline(source, styles_of(self.folder)))
        # Never out of date: templates are prepared once a process.
        return source, str(path), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.j2"))


@cache
def styles_of(folder: Path) -> Styles:
    return read_styles((folder / "_styles.css").read_text("utf-8"))
