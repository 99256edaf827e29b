"""What the templates name of each language's words (`w.labels.phone`), and of the facts that letters list by a name."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from shopbell.commands.letter_facts import SHAPES
from shopbell.rendering.fields import nearest, unknown_fields
from shopbell.rendering.locale_templates import LocaleTemplates
from shopbell.rendering.rules import LETTER
from shopbell.rendering.sandbox import Part
from tests.quick.files import WORDS, languages, shown

LISTING = ("facts", "fact")
"""The macros that take facts by their names; the second, of _facts.j2, knows them all."""
Fault = tuple[int, str]
"""A line, and what is wrong there."""


def unknown_words(folder: Path) -> Iterator[str]:
    shared = sorted(folder.glob("_*.j2"))
    for language in languages(folder):
        try:
            templates = LocaleTemplates(folder, language.name, Part.PLAIN)
            for path in (*shared, *sorted(language.glob("*.j2"))):
                tree = templates.environment.parse(path.read_text("utf-8"))
                faults = (*_faults(tree, templates), *_fields(tree, path))
                yield from (f"{shown(folder, path)}:{line}: {what}" for line, what in faults)
        except TemplateSyntaxError as error:
            yield f"{shown(folder, error.filename)}:{error.lineno}: {error.message}"


def _faults(tree: nodes.Template, templates: LocaleTemplates) -> Iterator[Fault]:
    words, of = vars(templates.environment.globals["w"]), f"templates/{templates.locale}/{WORDS}"
    for node in tree.find_all(nodes.Getattr):
        if _is_words(node.node) and node.attr not in words:
            yield node.lineno, f"there is no {node.attr!r} in {of}{nearest(node.attr, words)}"
        elif (table := _table(node.node, words)) and node.attr not in table:
            yield node.lineno, f"there is no {node.attr!r} in its table of {of}{nearest(node.attr, table)}"
    listed = _listed(templates)
    for call, name in _named(tree):
        if name not in listed:
            yield call.lineno, f"no fact {name!r} is listed in templates/_facts.j2{nearest(name, listed)}"


def _is_words(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "w"


def _table(node: nodes.Node, words: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The table of words that stands before a dot."""
    found = words.get(node.attr) if isinstance(node, nodes.Getattr) and _is_words(node.node) else None
    return found if isinstance(found, dict) else None


def _named(tree: nodes.Template) -> Iterator[tuple[nodes.Call, str]]:
    """Each fact that a call lists by its name, written out."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in LISTING:
            yield from ((call, each.value) for each in call.args if isinstance(each, nodes.Const))


def _listed(templates: LocaleTemplates) -> frozenset[str]:
    """The names that the macro compares its own with."""
    tree = templates.environment.parse((templates.folder / "_facts.j2").read_text("utf-8"))
    (macro,) = (node for node in tree.find_all(nodes.Macro) if node.name == LISTING[1])
    compared = [node for node in macro.find_all(nodes.Compare) if _is_name(node.expr)]
    return frozenset(const.value for node in compared for const in node.find_all(nodes.Const))


def _is_name(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "name"


def _fields(tree: nodes.Template, path: Path) -> Iterator[Fault]:
    """Of the files that letters share; a letter's own are judged with its kind."""
    if path.name.startswith("_"):
        yield from unknown_fields(tree, SHAPES[LETTER], SHAPES)
