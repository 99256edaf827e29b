"""The rules for shops' own templates, each on Jinja's syntax tree: blocks, filters, calls, imports, names, loops.

A rule takes the tree, the names that are allowed in a letter of this kind and language, and the names that the template
itself assigns; it yields what is wrong.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from shopbell.rendering.cards import wrong_in_card
from shopbell.rendering.fields import Shapes, nearest, unknown_fields
from shopbell.rendering.sandbox import FILTERS

BLOCKS = ("subject", "preheader", "body", "text", "both", "sms", "news")
# Of Jinja's own, only filters that cannot make a text as long as they are told to, as `center(10 ** 9)` does.
PLAIN_FILTERS = (
    *("capitalize", "default", "e", "escape", "first", "join", "last", "length", "lower", "select", "title", "trim"),
    "upper",
    *FILTERS,
)
LETTER = "letter"
"""The object of `shapes` that a letter itself is: what its template names without a dot."""
BUILT_IN = ("direction", "loop", "part", "w")
"""Names that every letter has beside its facts and macros."""

Violation = tuple[int, str, str]
"""The line, a code for programs ("unknown_macro"), and what is wrong in words."""


@dataclass(frozen=True, slots=True)
class AllowedNames:
    """What a letter in `locale` may name: macros, macros of `w` (`words`), facts; `shapes`: the fields of the facts'
    objects. None: not known here, and then no name of that sort is refused as unknown. `selling`: of a card, how words
    begin with which one sells in its language; None for any other letter."""

    locale: str
    macros: Collection[str] | None = None
    words: Collection[str] | None = None
    facts: Collection[str] | None = None
    shapes: Shapes | None = None
    selling: Collection[str] | None = None

    @property
    def reserved(self) -> frozenset[str]:
        """Names that a template may not assign."""
        return frozenset({*BUILT_IN, *(self.macros or ()), *(self.facts or ())})


@dataclass(frozen=True, slots=True)
class AssignedNames:
    """The names that a template assigns: by `set`, as a loop's variables, by an import; and `all` of them."""

    set: frozenset[str] = frozenset()
    looped: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


def assigned_names(tree: nodes.Template) -> AssignedNames:
    # Jinja marks a name that is read with the context "load".
    stored = frozenset(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
    looped = frozenset(name for loop in tree.find_all(nodes.For) for name in _names_in(loop.target))
    imported = {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        # Either "name" or ("name", "alias").
        imported |= {name if isinstance(name, str) else name[1] for name in node.names}
    return AssignedNames(stored - looped, looped, frozenset(imported), stored | imported)


def _names_in(node: nodes.Node) -> frozenset[str]:
    """The names in an expression; `find_all` looks at the children of a node only."""
    own = [node.name] if isinstance(node, nodes.Name) else []
    return frozenset({*own, *(name.name for name in node.find_all(nodes.Name))})


def _blocks(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    """Only known blocks, none within another, and nothing between them: it would never be rendered."""
    blocks = list(tree.find_all(nodes.Block))
    if not blocks:
        yield 1, "no_block", f"it has none of the blocks {', '.join(BLOCKS)}"
    for block in blocks:
        if block.name not in BLOCKS:
            yield block.lineno, "unknown_block", f"there is no block {block.name!r}; there are: {', '.join(BLOCKS)}"
        for inner in block.find_all(nodes.Block):
            yield inner.lineno, "nested_block", "a block in a block"
    for node in tree.body:
        if not (isinstance(node, nodes.Block) or _is_blank(node)):
            yield node.lineno, "outside_blocks", "this stands outside every block"


def _is_blank(node: nodes.Node) -> bool:
    """White space of the template, which Jinja's tree has between two blocks."""
    return isinstance(node, nodes.Output) and not any(map(_has_text, node.nodes))


def _has_text(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.TemplateData) or bool(node.data.strip())


def _filters(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    for node in tree.find_all(nodes.Filter):
        if node.name not in PLAIN_FILTERS:
            yield (
                node.lineno,
                "unknown_filter",
                f"there is no filter {node.name!r} for letters{nearest(node.name, PLAIN_FILTERS)}",
            )


def _calls(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    for call in tree.find_all(nodes.Call):
        yield from _call_target(call, allowed, assigned)
        if call.dyn_args is not None or call.dyn_kwargs is not None:
            yield call.lineno, "not_allowed", "a macro's arguments are written out"


def _call_target(call: nodes.Call, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    """Called are macros by their name (`button(…)`) and macros of the words (`w.hello(…)`), nothing else."""
    target = call.node
    if isinstance(target, nodes.Name):
        if not _is_macro(target.name, allowed, assigned):
            yield (
                call.lineno,
                "unknown_macro",
                f"there is no macro {target.name!r}{nearest(target.name, allowed.macros or ())}",
            )
    elif not (isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name) and target.node.name == "w"):
        yield call.lineno, "not_allowed", "only macros are called"
    elif not _is_known(target.attr, allowed.words):
        like = nearest(target.attr, allowed.words or ())
        yield call.lineno, "unknown_macro", f"there is no macro w.{target.attr} in {allowed.locale}/_words.j2{like}"


def _is_macro(name: str, allowed: AllowedNames, assigned: AssignedNames) -> bool:
    # What the template assigned may be anything, and Jinja's own (`range`, `lipsum`) give as much as one asks for.
    if name in assigned.set | assigned.looped | {*DEFAULT_NAMESPACE}:
        return False
    return name in assigned.imported or _is_known(name, allowed.macros)


def _is_known(name: str, names: Collection[str] | None) -> bool:
    return names is None or name in names


def _imports(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    files = {f"{allowed.locale}/_words.j2", f"{allowed.locale}/_staff.j2"}
    imports: list[nodes.Import | nodes.FromImport] = [*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)]
    for node in imports:
        if not (isinstance(node.template, nodes.Const) and node.template.value in files):
            yield node.lineno, "not_allowed", f"a letter imports from {' and '.join(sorted(files))} alone"


def _reserved(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    for node in tree.find_all(nodes.Name):
        if node.ctx != "load" and node.name in allowed.reserved:
            yield node.lineno, "name_taken", f"{node.name!r} is the name of something else already"


def _assignments(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    """Sixty times `{% set y = x ~ x %}` would be a text of 2 to the power of 60: nothing is set from what was set."""
    for target, value in _targets_and_values(tree):
        if looped := _names_in(target) & assigned.looped:
            yield target.lineno, "name_taken", f"{min(looped)!r} is the name of something else already"
        if used := _names_in(value) & assigned.set:
            yield target.lineno, "not_allowed", f"what is set is made of facts, not of {min(used)!r}"


def _targets_and_values(tree: nodes.Template) -> Iterator[tuple[nodes.Node, nodes.Node]]:
    """Of `{% set x = … %}`, and of each part of `{% set x %}…{% endset %}`."""
    for assignment in tree.find_all(nodes.Assign):
        yield assignment.target, assignment.node
    for block in tree.find_all(nodes.AssignBlock):
        yield from ((block.target, part) for part in block.body)


def _unknown_names(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    if allowed.facts is None:
        return
    defined = allowed.reserved | assigned.all
    # A name that is called is judged by `_calls`.
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    for name in tree.find_all(nodes.Name):
        if name.name not in defined and id(name) not in called:
            like = nearest(name.name, allowed.facts)
            yield name.lineno, "unknown_name", f"there is no fact {name.name!r} in a letter of this kind{like}"


def _unknown_fields(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    if allowed.shapes is None:
        return
    for line, detail in unknown_fields(tree, allowed.shapes[LETTER], allowed.shapes):
        yield line, "unknown_name", detail


def _loops(
    node: nodes.Node, allowed: AllowedNames, assigned: AssignedNames, outer: frozenset[str] | None = None
) -> Iterator[Violation]:
    """Loops over loops over the same facts would multiply. `outer`: the variables of the loop round the node."""
    for child in node.iter_child_nodes():
        inside = outer
        if isinstance(child, nodes.For):
            yield from _loop(child, assigned, outer)
            inside = _names_in(child.target)
        yield from _loops(child, allowed, assigned, inside)


def _loop(loop: nodes.For, assigned: AssignedNames, outer: frozenset[str] | None) -> Iterator[Violation]:
    root = loop.iter
    while isinstance(root, nodes.Getattr | nodes.Getitem):  # of `order.items`: `order`
        root = root.node
    if not isinstance(root, nodes.Name) or root.name in assigned.set or loop.recursive:
        yield loop.lineno, "not_allowed", "a loop runs over a fact, such as order.items"
    elif outer is not None and root.name not in outer:
        yield loop.lineno, "not_allowed", "a loop in a loop runs over what the outer one holds"


def _card(tree: nodes.Template, allowed: AllowedNames, assigned: AssignedNames) -> Iterator[Violation]:
    if allowed.selling is not None:
        yield from ((line, "not_a_card", words) for line, words in wrong_in_card(tree, assigned.all, allowed.selling))


RULES = (
    *(_blocks, _filters, _calls, _imports, _reserved, _assignments, _unknown_names, _unknown_fields, _loops),
    _card,
)
