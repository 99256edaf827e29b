"""A shop's own template, checked and compiled. It is no program: its work grows with its length and the order's alone.

Each rule of `rules.py` closes one way to more work: no macro of its own, so that nothing calls itself; a loop runs
over facts, an inner one over what the outer one yields; what is set is made of facts, so that nothing doubles; and
only the shipped macros are called (infrastructure/decisions/own-letters.md).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.runtime import Context
from jinja2.utils import LRUCache

from shopbell.domain.model.problems import Problem, Refused
from shopbell.rendering.markup import wrong_in_markup
from shopbell.rendering.rules import RULES, AllowedNames, Violation, assigned_names
from shopbell.rendering.sandbox import LetterEnvironment, Part
from shopbell.rendering.sendable import EmptyBlockError, ForbiddenMarkupError, join_bounded, printable
from shopbell.rendering.source import own_letter_source
from shopbell.rendering.work import BUDGET, FILTERS, MOST_WORK, OF_A_CALL, metered, pay
from shopbell.rendering.written_markup import markup_violations

MAX_BYTES = 64 * 1024
"""Of a template."""
MAX_PARTS = 2_000
"""Of a template: expressions, words and statements. The longest shipped letter has 721; compiling takes its time."""
CACHED_LETTERS = 200
"""So many compiled letters are kept in a language and part; the least recently used goes first."""

ALLOWED_NODES = (
    *(nodes.Template, nodes.Block, nodes.Output, nodes.TemplateData, nodes.If, nodes.For),
    *(nodes.Assign, nodes.AssignBlock, nodes.CallBlock, nodes.Import, nodes.FromImport),
    *(nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice),
    *(nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg),
)
# Multiplication and powers are not among them: `"x" * 10 ** 9` fills the memory.
SPELLINGS = {nodes.Extends: "extends", nodes.Include: "include", nodes.Mul: "*", nodes.Pow: "**"}
SPELLINGS |= {nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%", nodes.FilterBlock: "filter"}
SPELLINGS |= {nodes.NSRef: "namespace"}
"""How a node that is not allowed is written in a template, where Jinja's name for it says something else."""


def check(name: str, source: str, parser: Environment, allowed: AllowedNames) -> None:
    """Raises Refused with all that is wrong, each with its line ("uk/order_shipped:7")."""
    if len(source.encode()) > MAX_BYTES:
        raise Refused(Problem(name, "too_large", f"a letter is {MAX_BYTES // 1024} KB at most"))
    try:
        # A set: two rules may find the same fault.
        tree = parser.parse(source)
        violations = sorted({*_violations(tree, allowed), *markup_violations(source, parser)})
    except TemplateSyntaxError as error:
        raise Refused(Problem(f"{name}:{error.lineno}", "syntax", str(error.message))) from error
    except Exception as error:
        # Jinja's parser lets Python's own errors through: RecursionError, ValueError for a number of 5 000 digits.
        raise Refused(Problem(name, "syntax", f"it cannot be read: {type(error).__name__}")) from error
    if violations:
        raise Refused(*(Problem(f"{name}:{line}", code, detail) for line, code, detail in violations))


def _violations(tree: nodes.Template, allowed: AllowedNames) -> Iterator[Violation]:
    parts = list(tree.find_all(nodes.Node))
    if len(parts) > MAX_PARTS:
        yield (
            parts[MAX_PARTS].lineno,
            "too_large",
            f"a letter has {MAX_PARTS} expressions, words and statements at most",
        )
        return
    assigned = assigned_names(tree)
    for node in parts:
        if not isinstance(node, ALLOWED_NODES):
            spelling = SPELLINGS.get(type(node), type(node).__name__.lower())
            yield node.lineno, "not_allowed", f"{spelling} has no place in a letter"
    for rule in RULES:
        yield from rule(tree, allowed, assigned)


Selling = Callable[[str], Collection[str] | None]
"""Of a kind, what AllowedNames says of `selling`."""


class OwnTemplates:
    """Shops' own templates of one language and part, in the shipped templates' environment with stricter limits."""

    def __init__(
        self, shipped: LetterEnvironment, locale: str, part: Part, folder: Path, selling: Selling = lambda kind: None
    ) -> None:
        self.shipped, self.locale, self.part, self.folder, self.selling = shipped, locale, part, folder, selling
        self.environment = shipped.overlay(finalize=printable)
        self.environment.filters = {**shipped.filters, **FILTERS}
        self.environment.concat = join_bounded  # type: ignore[method-assign]
        self.environment.call = self._call  # type: ignore[method-assign]
        self._compiled = LRUCache(CACHED_LETTERS)

    def template(self, name: str, source: str) -> Template:
        """Compiled; raises Refused for a source that breaks a rule, even one that was checked when it was put."""
        found: Template | Refused | None = self._compiled.get((name, source))
        if found is None:
            found = self._compiled[name, source] = self._checked(name, source)
        if isinstance(found, Refused):
            raise found
        return found

    def _checked(self, name: str, source: str) -> Template | Refused:
        try:
            check(name, source, self.shipped, AllowedNames(self.locale, selling=self.selling(name.rpartition("/")[2])))
        except Refused as refused:
            return refused  # to find out again would take as long for each customer
        return self._compile(own_letter_source(source, self.part, self.folder))

    def _compile(self, source: str) -> Template:
        own = self.environment
        code = own.compile(metered(own.parse(source), own))
        return own.template_class.from_code(own, code, own.make_globals(None), None)

    def context(self, template: Template, names: Mapping[str, Any]) -> Context:
        """What a block is rendered in, with a fresh budget for its macros."""
        return template.new_context({**names, BUDGET: [MOST_WORK]})

    def _call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """A macro's text, paid for from the budget whether or not it is written out. Raises TooLongError."""
        text = self.shipped.call(context, called, *args, **kwargs)
        # A macro that gives nothing costs time all the same.
        pay(context, OF_A_CALL + len(text))
        return text

    def judged(self, block: str, text: str) -> str:
        """The text; raises EmptyBlockError where it is white space alone, ForbiddenMarkupError."""
        if not text.strip():
            raise EmptyBlockError(block)
        if self.part is Part.HTML and (wrong := next(wrong_in_markup(text), None)):
            raise ForbiddenMarkupError(wrong[1])
        return text
