"""A letter of a shop's own, checked. It is no program: its work grows with its length and the order's alone.

Each rule keeps a way out shut: no macro, so nothing calls itself; a loop runs over facts, an inner one over what the
outer one holds; what was set is made of facts, so that nothing doubles; and only the house's macros are called.
"""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from shopbell.domain.problems import Problem, Refused
from shopbell.rendering.rules import RULES, Found, House, names_in

LARGEST = 64 * 1024
"""Bytes of a template."""

NODES = (
    *(nodes.Template, nodes.Block, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport),
    *(nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice),
    *(nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg),
)
SAID = {nodes.Extends: "extends", nodes.Include: "include", nodes.CallBlock: "call", nodes.Mul: "*", nodes.Pow: "**"}
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
