"""The rules for letters of shops' own, each on Jinja's tree: blocks, filters, calls, imports, names, loops."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from shopbell.rendering.sandbox import FILTERS

BLOCKS = ("subject", "preheader", "body", "text", "both", "sms")
PLAIN_FILTERS = (
    *("capitalize", "default", "e", "escape", "first", "join", "last", "length", "lower", "select", "title", "trim"),
    "upper",
    *FILTERS,
)
GIVEN = ("direction", "loop", "part", "w")
"""What is there beside facts and macros."""

Found = tuple[int, str, str]
"""A line, a code, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class House:
    """What a letter of one language finds: the macros, those of `w`, and the facts; None where that is not known,
    and then none is said to be missing."""

    locale: str
    macros: Collection[str] | None = None
    words: Collection[str] | None = None
    facts: Collection[str] | None = None

    @property
    def taken(self) -> frozenset[str]:
        """Names that a letter gives to nothing else."""
        return frozenset({*GIVEN, *(self.macros or ()), *(self.facts or ())})


@dataclass(frozen=True, slots=True)
class Names:
    """What a letter gives a name to."""

    set: frozenset[str] = frozenset()
    looped: frozenset[str] = frozenset()
    imported: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


def names_in(tree: nodes.Template) -> Names:
    written = frozenset(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
    looped = frozenset(name for loop in tree.find_all(nodes.For) for name in _named(loop.target))
    imported = {each.target for each in tree.find_all(nodes.Import)}
    for each in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in each.names}
    return Names(written - looped, looped, frozenset(imported), written | imported)


def _named(node: nodes.Node) -> frozenset[str]:
    """The names in an expression."""
    own = [node.name] if isinstance(node, nodes.Name) else []
    return frozenset({*own, *(name.name for name in node.find_all(nodes.Name))})


def _blocks(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    """Only blocks stand in the file, and none in another; what is written between them would never be read."""
    blocks = list(tree.find_all(nodes.Block))
    if not blocks:
        yield 1, "no_block", f"it has none of the blocks {', '.join(BLOCKS)}"
    for block in blocks:
        if block.name not in BLOCKS:
            yield block.lineno, "unknown_block", f"there is no block {block.name!r}; there are: {', '.join(BLOCKS)}"
        yield from ((each.lineno, "nested_block", "a block in a block") for each in block.find_all(nodes.Block))
    for node in tree.body:
        blank = isinstance(node, nodes.Output) and not any(map(_says, node.nodes))
        if not (blank or isinstance(node, nodes.Block)):
            yield node.lineno, "outside_blocks", "this stands outside every block"


def _says(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.TemplateData) or bool(node.data.strip())


def _filters(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    for node in tree.find_all(nodes.Filter):
        if node.name not in PLAIN_FILTERS:
            yield node.lineno, "unknown_filter", f"there is no filter {node.name!r} for letters"


def _calls(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    for call in tree.find_all(nodes.Call):
        called = call.node
        if isinstance(called, nodes.Name):
            given = called.name in names.imported or _among(called.name, house.macros)
            if called.name in names.set | names.looped | {*DEFAULT_NAMESPACE} or not given:
                yield call.lineno, "unknown_macro", f"there is no macro {called.name!r}"
        elif not (
            isinstance(called, nodes.Getattr) and _named(called) == {"w"} and isinstance(called.node, nodes.Name)
        ):
            yield call.lineno, "not_allowed", "only macros are called"
        elif not _among(called.attr, house.words):
            yield call.lineno, "unknown_macro", f"there is no macro w.{called.attr} in {house.locale}/_words.j2"
        if call.dyn_args is not None or call.dyn_kwargs is not None:
            yield call.lineno, "not_allowed", "a macro's arguments are written out"


def _among(name: str, known: Collection[str] | None) -> bool:
    return known is None or name in known


def _imports(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    own = {f"{house.locale}/_words.j2", f"{house.locale}/_staff.j2"}
    imports: list[nodes.Import | nodes.FromImport] = [*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)]
    for node in imports:
        if not (isinstance(node.template, nodes.Const) and node.template.value in own):
            yield node.lineno, "not_allowed", f"a letter imports from {' and '.join(sorted(own))} alone"


def _sets(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    for node in tree.find_all(nodes.Name):
        if node.ctx != "load" and node.name in house.taken:
            yield node.lineno, "name_taken", f"{node.name!r} is the name of something else already"
    made: list[tuple[nodes.Node, nodes.Node]] = [(each.target, each.node) for each in tree.find_all(nodes.Assign)]
    made += [(each.target, part) for each in tree.find_all(nodes.AssignBlock) for part in each.body]
    for target, value in made:
        if again := _named(target) & names.looped:
            yield target.lineno, "name_taken", f"{min(again)!r} is the name of something else already"
        if used := _named(value) & names.set:
            yield target.lineno, "not_allowed", f"what is set is made of facts, not of {min(used)!r}"


def _unknown(tree: nodes.Template, house: House, names: Names) -> Iterator[Found]:
    """A name that nothing bears."""
    if house.facts is None:
        return
    known = house.taken | names.all
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    for name in tree.find_all(nodes.Name):
        if name.name not in known and id(name) not in called:
            yield name.lineno, "unknown_name", f"there is no fact {name.name!r} in a letter of this kind"


def _loops(node: nodes.Node, house: House, names: Names, outer: frozenset[str] | None = None) -> Iterator[Found]:
    """`outer`: what the loop round them gives a name to."""
    for inner in node.iter_child_nodes():
        if isinstance(inner, nodes.For):
            yield from _loop(inner, names, outer)
        yield from _loops(inner, house, names, _named(inner.target) if isinstance(inner, nodes.For) else outer)


def _loop(loop: nodes.For, names: Names, outer: frozenset[str] | None) -> Iterator[Found]:
    over = loop.iter
    while isinstance(over, nodes.Getattr | nodes.Getitem):
        over = over.node
    if not isinstance(over, nodes.Name) or over.name in names.set or loop.recursive:
        yield loop.lineno, "not_allowed", "a loop runs over a fact, such as order.items"
    elif outer is not None and over.name not in outer:
        yield loop.lineno, "not_allowed", "a loop in a loop runs over what the outer one holds"


RULES = (_blocks, _filters, _calls, _imports, _sets, _unknown, _loops)
"""Each of a template, where it stands and its names: what is wrong."""
