"""What happens to a template's source when it is read: one part of it is kept, and styles go inline."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from shopbell.rendering.sandbox import Part

HTML_BLOCK = re.compile(r"{% block body %}.*?{% endblock %}", re.S)
ANY_BLOCK = re.compile(r"{% block (\w+) %}.*?{% endblock %}", re.S)
TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:=\"[^\"]*\")?)*)\s*>")
CLASS = re.compile(r'\sclass="([^"]*)"')
STYLE = re.compile(r'\sstyle="([^"]*)"')
RULE = re.compile(r"([.\w-]+(?:,\s*[.\w-]+)*)\s*{((?:{{.*?}}|[^{}])*)}", re.S)
COMMENT = re.compile(r"/\*.*?\*/", re.S)

Declarations = dict[str, str]
Styles = dict[str, Declarations]


def keep_part(source: str, part: Part) -> str:
    """A file holds the blocks of both parts; macros, words and the block `both` belong to each."""
    if part is Part.PLAIN:
        return HTML_BLOCK.sub("", source)
    return ANY_BLOCK.sub(lambda found: found[0] if found[1] in ("body", "both") else "", source)


def read_styles(css: str) -> Styles:
    """`p { … }` and `.name { … }` rules, by selector."""
    rules: Styles = {}
    for selectors, body in RULE.findall(COMMENT.sub("", css)):
        for selector in selectors.split(","):
            rules[selector.strip()] = _declarations(body)
    return rules


def _declarations(body: str) -> Declarations:
    pairs = (line.split(":", 1) for line in body.split(";") if line.strip())
    return {name.strip(): " ".join(value.split()) for name, value in pairs}


def inline(source: str, styles: Styles) -> str:
    """Give every tag the declarations of its name and classes; a tag's own style comes last and wins."""
    return TAG.sub(lambda found: _styled(found[1], found[2], styles), source)


def _styled(tag: str, attributes: str, styles: Styles) -> str:
    own = STYLE.search(attributes)
    classes = CLASS.search(attributes)
    wanted = [tag, *(f".{name}" for name in (classes[1].split() if classes else ()))]
    declared: Declarations = {}
    for found in (*(styles[name] for name in wanted if name in styles), _declarations(own[1] if own else "")):
        declared |= found
    style = ";".join(f"{name}:{value}" for name, value in declared.items())
    rest = STYLE.sub("", attributes)
    return f'<{tag}{rest} style="{style}">' if style else f"<{tag}{rest}>"


def squeeze(source: str) -> str:
    """Indentation is for the people who edit the file, not for those who receive it."""
    return re.sub(r"\n\s+", "\n", source)


def prepared(source: str, part: Part, folder: Path) -> str:
    """A letter of a shop's own, on the lines it was written on; its blocks are chosen when they are asked for."""
    return re.sub(r"\n[ \t]+", "\n", inline(source, styles_of(folder))) if part is Part.HTML else source


class LetterLoader(BaseLoader):
    """Reads templates of one part from the folder people edit."""

    def __init__(self, folder: Path, part: Part) -> None:
        self.folder, self.part = folder, part

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.folder / template
        if not path.is_file():
            raise TemplateNotFound(template)
        source = keep_part(path.read_text("utf-8"), self.part)
        if self.part is Part.HTML and not template.endswith("/_words.j2"):
            source = squeeze(inline(source, styles_of(self.folder)))
        return source, str(path), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.j2"))


@cache
def styles_of(folder: Path) -> Styles:
    return read_styles((folder / "_styles.css").read_text("utf-8"))
