"""The pages a customer opens from a letter: plain HTML, no script, in their language."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class Pages:
    """The layout `_page.j2` with the words of `<locale>/_page.j2`."""

    def __init__(self, templates_dir: Path) -> None:
        self.folder = templates_dir

    @cached_property
    def _environment(self) -> Environment:
        loader = FileSystemLoader(self.folder)
        return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    def locales(self) -> frozenset[str]:
        return frozenset(words.parent.name for words in self.folder.glob("*/_page.j2"))

    def render(self, locale: str, state: str, content: Mapping[str, Any]) -> str:
        """`state` names the words: "asks", "quiet", "done", "unknown" or "later"."""
        words = self._environment.get_template(f"{locale}/_page.j2").make_module(dict(content))
        said = {name: getattr(words, name) for name in (f"{state}_title", f"{state}_text", "button")}
        return self._environment.get_template("_page.j2").render(
            title=said[f"{state}_title"],
            text=said[f"{state}_text"],
            button=said["button"],
            locale=locale,
            asks=state == "asks",
            **content,
        )
