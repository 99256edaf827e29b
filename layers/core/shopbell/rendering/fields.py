"""Finds the fields of facts that a template names and that are not there (`order.nubmer`), by the facts' shapes."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from jinja2 import nodes

Shapes = Mapping[str, Mapping[str, str]]
"""By an object's name ("order", "item"): the shape of each of its fields. A shape is an object's name, "list of" and a
shape, or a word for what has no fields ("text", "day")."""
Scope = dict[str, str]
"""The shape of each name that stands for a fact, or for a part of one."""
LIST = "list of "
UNKNOWN = ""
"""The shape of what nobody can tell before the letter is made."""


def nearest(name: str, names: Collection[str]) -> str:
    """What may have been meant, as the end of a sentence; "" where nothing is like it."""
    like = get_close_matches(name, sorted(names), n=1)
    return f"; perhaps {like[0]!r}" if like else ""


def unknown_fields(tree: nodes.Node, facts: Mapping[str, str], shapes: Shapes) -> Iterator[tuple[int, str]]:
    """Each with its line, in words. `facts`: the shapes of what the template names without a dot."""
    yield from _judged(tree, dict(facts), shapes)


def _judged(node: nodes.Node, scope: Scope, shapes: Shapes) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.Getattr):
        fields = shapes.get(_shape(node.node, scope, shapes))
        if fields is not None and node.attr not in fields:
            yield node.lineno, f"there is no {_path(node)!r}{nearest(node.attr, fields)}"
    if isinstance(node, nodes.For):
        yield from _judged(node.iter, scope, shapes)
        scope = {**scope, **_bound(node.target, _element(_shape(node.iter, scope, shapes)))}
    if isinstance(node, nodes.Macro | nodes.CallBlock):
        scope = {**scope, **{argument.name: UNKNOWN for argument in node.args}}
    for child in node.iter_child_nodes(exclude=("iter",) if isinstance(node, nodes.For) else ()):
        yield from _judged(child, scope, shapes)
    if isinstance(node, nodes.Assign):
        scope |= _bound(node.target, _shape(node.node, scope, shapes))
    elif isinstance(node, nodes.AssignBlock):
        scope |= _bound(node.target, UNKNOWN)


def _bound(target: nodes.Node, shape: str) -> Scope:
    """The names that a loop or `set` gives a shape to; of several at once none is known."""
    if isinstance(target, nodes.Name):
        return {target.name: shape}
    return {name.name: UNKNOWN for name in target.find_all(nodes.Name)}


def _shape(node: nodes.Node | None, scope: Scope, shapes: Shapes) -> str:
    match node:
        case nodes.Name(name=name):
            return scope.get(name, UNKNOWN)
        case nodes.Getattr(node=of, attr=field):
            return shapes.get(_shape(of, scope, shapes), {}).get(field, UNKNOWN)
        case nodes.Getitem(node=of, arg=nodes.Slice()):
            return _shape(of, scope, shapes)
        case nodes.Getitem(node=of, arg=nodes.Const(value=int())) | nodes.Filter(node=of, name="first" | "last"):
            return _element(_shape(of, scope, shapes))
        case nodes.CondExpr(expr1=one, expr2=None):
            return _shape(one, scope, shapes)
        case nodes.CondExpr(expr1=one, expr2=other) | nodes.Or(left=one, right=other):
            found = {_shape(one, scope, shapes), _shape(other, scope, shapes)}
            return found.pop() if len(found) == 1 else UNKNOWN
    return UNKNOWN


def _element(shape: str) -> str:
    return shape.removeprefix(LIST) if shape.startswith(LIST) else UNKNOWN


def _path(node: nodes.Expr) -> str:
    """As the template writes it: "order.delivery.adress"."""
    match node:
        case nodes.Getattr(node=of, attr=field):
            return f"{_path(of)}.{field}"
        case nodes.Name(name=name):
            return str(name)
    return "…"
