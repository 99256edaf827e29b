"""A letter of a shop's own, checked. It is no program: its work grows with its length and the order's alone.

Each rule keeps a way out shut: no macro, so nothing calls itself; a loop runs over facts, an inner one over what the
outer one holds; what was set is made of facts, so that nothing doubles; and only the house's macros are called.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.runtime import Context
from jinja2.utils import LRUCache

from shopbell.domain.model.problems import Problem, Refused
from shopbell.rendering.fit import LONGEST, BlankError, TooLongError, bounded, told
from shopbell.rendering.rules import RULES, Found, House, names_in
from shopbell.rendering.sandbox import LetterEnvironment, Part
from shopbell.rendering.source import prepared

LARGEST = 64 * 1024
"""Bytes of a template."""
LEFT = "(left)"
"""A name that no template can spell."""
KEPT = 200
"""So many letters are kept ready in a language and part; the least used goes first."""

NODES = (
    *(nodes.Template, nodes.Block, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Assign, nodes.AssignBlock, nodes.CallBlock, nodes.Import, nodes.FromImport),
    *(nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice),
    *(nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg),
)
SAID = {nodes.Extends: "extends", nodes.Include: "include", nodes.Mul: "*", nodes.Pow: "**"}
SAID |= {nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%", nodes.FilterBlock: "filter", nodes.NSRef: "namespace"}
"""What may stand in a letter, and how what may not is written."""


def check(name: str, source: str, parser: Environment, house: House) -> None:
    """Raises Refused with all that is wrong, each with its line ("uk/order_shipped:7")."""
    if len(source.encode()) > LARGEST:
        raise Refused(Problem(name, "too_large", f"a letter is {LARGEST // 1024} KB at most"))
    try:
        found = sorted(set(_wrong(parser.parse(source), house)))
    except TemplateSyntaxError as error:
        raise Refused(Problem(f"{name}:{error.lineno}", "syntax", str(error.message))) from error
    except Exception as error:
        raise Refused(Problem(name, "syntax", f"it cannot be read: {type(error).__name__}")) from error
    if found:
        raise Refused(*(Problem(f"{name}:{line}", code, detail) for line, code, detail in found))


def _wrong(tree: nodes.Template, house: House) -> Iterator[Found]:
    names = names_in(tree)
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, NODES):
            said = SAID.get(type(node), type(node).__name__.lower())
            yield node.lineno, "not_allowed", f"{said} has no place in a letter"
    for rule in RULES:
        yield from rule(tree, house, names)


class OwnLetters:
    """Shops' letters in one language and part, in the shipped ones' environment made stricter still."""

    def __init__(self, shipped: LetterEnvironment, locale: str, part: Part, folder: Path) -> None:
        self.shipped, self.locale, self.part, self.folder = shipped, locale, part, folder
        self.environment = shipped.overlay(finalize=told)
        self.environment.concat = bounded  # type: ignore[method-assign]
        self.environment.call = self._call  # type: ignore[method-assign]
        self.known = LRUCache(KEPT)

    def letter(self, name: str, source: str) -> Template:
        """Ready to be rendered; raises Refused where something stands in it that may not, however it came here."""
        made: Template | None = self.known.get((name, source))
        if made is None:
            check(name, source, self.shipped, House(self.locale))
            made = self.environment.from_string(prepared(source, self.part, self.folder))
            self.known[name, source] = made
        return made

    def context(self, letter: Template, names: Mapping[str, Any]) -> Context:
        """What a block is rendered in; its macros may say so much and no more, written out or not."""
        return letter.new_context({**names, LEFT: [2 * LONGEST]})

    def _call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        said, left = self.shipped.call(context, called, *args, **kwargs), context.get(LEFT)
        if left is not None:
            left[0] -= 1 + len(said)
            if left[0] < 0:
                raise TooLongError
        return said

    def said(self, block: str, text: str) -> str:
        if not text.strip():
            raise BlankError(block)
        return text
