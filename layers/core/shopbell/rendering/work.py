"""What making a shop's own letter costs. Each round of a loop is paid from a budget, by what stands in the loop, and so
is each text and list that a filter, a sum or a comparison works on: a letter takes as long as its budget, no longer."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, nodes, pass_context
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from shopbell.rendering.sendable import NotTextError, TooLongError

BUDGET = "(budget)"
"""The context's name for what is left; no template can spell it, nor the filters' names."""
MOST_WORK = 200_000
"""Of a block, in steps: about a twentieth of a second."""
OF_A_CALL = 100
OF_A_THING = 20
CHARACTERS_PER_STEP = 16
_ROUNDS, _PAID, _TEXT = "(rounds)", "(paid)", "(text)"


def pay(context: Context, steps: int) -> None:
    """Raises TooLongError. A shipped block has no budget."""
    budget = context.get(BUDGET)
    if budget is not None:
        budget[0] -= steps
        if budget[0] < 0:
            raise TooLongError


@pass_context
def rounds(context: Context, things: Iterable[Any], weight: int) -> Iterator[Any]:
    for thing in things:
        pay(context, weight)
        yield thing


@pass_context
def paid(context: Context, value: Any) -> Any:
    if isinstance(value, str):
        pay(context, 1 + len(value) // CHARACTERS_PER_STEP)
    elif isinstance(value, list | tuple | dict):
        pay(context, 1 + OF_A_THING * len(value))
    return value


@pass_context
def paid_text(context: Context, value: Any) -> Any:
    """The same where a list would be spelled out, with all that it holds. Raises NotTextError."""
    for each in value if isinstance(value, list | tuple) else (value,):
        if isinstance(each, list | tuple | dict | SimpleNamespace):
            raise NotTextError(type(each).__name__)
    return paid(context, value)


FILTERS = {_ROUNDS: rounds, _PAID: paid, _TEXT: paid_text}
OF_LISTS = frozenset({"default", "first", "last", "length", "pairs", "select"})
"""The filters that take a list as such."""


def metered(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """The template with its payments; `environment` has the FILTERS."""
    Metering().visit(tree)
    return tree.set_environment(environment)  # type: ignore[return-value]


class Metering(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.Node:
        weight = 1 + sum(1 for each in node.body for _ in each.find_all(nodes.Node))
        self.generic_visit(node)
        node.iter = _filter(_ROUNDS, node.iter, [nodes.Const(weight)])
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        self.generic_visit(node)
        payment = _PAID if node.name in OF_LISTS else _TEXT
        node.node = _filter(payment, node.node, []) if node.node else None
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        self.generic_visit(node)
        node.node, node.args = _paid(node.node), [_paid(each) for each in node.args]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        node.nodes = [_paid(each, _TEXT) for each in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        node.expr = _paid(node.expr)
        for operand in node.ops:
            operand.expr = _paid(operand.expr)
        return node

    def _sum(self, node: nodes.BinExpr) -> nodes.Node:
        self.generic_visit(node)
        node.left, node.right = _paid(node.left), _paid(node.right)
        return node

    visit_Add = visit_Sub = _sum


def _paid(node: nodes.Expr, payment: str = _PAID) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _filter(payment, node, [])


def _filter(name: str, node: nodes.Node, args: list[nodes.Expr]) -> nodes.Filter:
    return nodes.Filter(node, name, args, [], None, None, lineno=node.lineno)
