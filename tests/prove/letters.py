"""Figures 12 and 13: templates, sandbox, hostile names, headers."""

import random
from email import message_from_string, policy

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from shopbell.channels.email import mailbox
from shopbell.rendering import Renderer
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.tidy import one_line
from tests.prove.figure import Figure, Reached
from tests.rendering.reader import Reader
from tests.rendering.usual import thing, usual
from tests.simulator.stage import ROOT

NAMES, HEADERS = 200, 5_000
PIECES = (
    "<b>",
    "</td>",
    '"',
    "'",
    "&amp;",
    "{{7*7}}",
    "{% raw %}",
    "<script>alert(1)</script>",
    "\u202e",
    "]]>",
    "<!--",
    "x",
)
GETTERS = ("{0}.{1}", "{0}['{1}']", "{0}|attr('{1}')", "({0}).{1}.{1}")
DEEP = (
    *("__class__", "__mro__", "__subclasses__", "__globals__", "__init__", "__dict__", "__builtins__", "__code__"),
    *("__reduce__", "__getattribute__", "func_globals", "gi_frame", "cr_frame", "f_globals", "mro", "format"),
)
ROOTS = ("''", "shop", "order", "money", "[]")


def hostile_templates() -> Reached:
    chance = random.Random(12)
    renderer = Renderer(ROOT / "templates")
    benign = Reader(_letter(renderer, "x")).tags
    names = ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(NAMES)]
    new = sum(Reader(_letter(renderer, name)).tags != benign for name in names)
    literal = "{{7*7}}" in Reader(_letter(renderer, "{{7*7}}")).text
    tries = [getter.format(root, name) for name in DEEP for root, getter in zip(ROOTS, GETTERS, strict=False)]
    escaped = sum(map(_escapes, [*tries, *_loud()]))
    tried = len(tries) + len(_loud())
    said = f"escapes {escaped} of {tried}; new elements {new} of {NAMES}; {{{{7*7}}}} literal: {literal}"
    return Reached(f"{said}. A shop's own templates: not yet", (escaped, new, literal) == (0, 0, True))


def _letter(renderer: Renderer, name: str) -> str:
    said = usual("order_received", "en")
    said["order"].items = [thing("en", name, "14.90")]
    return str(renderer.render("order_received", "en", "email", {**said, "locale": "en"}).html)


def _loud() -> list[str]:
    """Ways out that need no attribute of an object."""
    calls = ("cycler.__init__.__globals__.os", "joiner.__init__.__globals__", "namespace.__init__.__globals__")
    own = ("self.__init__", "self._TemplateReference__context", "lipsum.__globals__", "url_for.__globals__")
    code = ("'{0.__class__}'.format(shop)", "'%s' % shop.__class__", "''.__class__.__base__", "(1).__class__")
    more = (
        "shop.__init__.__globals__",
        "[].__class__.__base__",
        "shop.__class__.__init__",
        "dict.__base__",
        "range.mro",
    )
    return [*calls, *own, *code, *more]


class _Shop:
    """Something with a secret within reach of its insides."""

    name = "Dobra"


def _escapes(expression: str) -> bool:
    """Whether what is written out lets one see into Python."""
    try:
        made = environment(Part.PLAIN, None).from_string("{{ " + expression + " }}")
        written = made.render(shop=_Shop(), order=_Shop(), money=str)
    except (SecurityError, UndefinedError, TemplateError, TypeError):
        return False
    return "class" in written or "object" in written or "module" in written


def random_headers() -> Reached:
    """A name goes into a header and comes back; whatever it holds, there is one header and one address."""
    chance, unequal, extra = random.Random(13), 0, 0
    for _ in range(HEADERS):
        name = "".join(chance.choice('ab <>@,;:"\\.()[]\r\n\tйжőű🌻\u202e\x00=?') for _ in range(chance.randint(0, 40)))
        line = mailbox(name, "hello@dobra.example")
        read = message_from_string(f"From: {line}\n\n", policy=policy.default)
        extra += len(read.keys()) - 1 + ("\n" in line or "\r" in line)
        wanted = " ".join("".join(c if c.isprintable() else " " for c in name).split())
        addresses = read["From"].addresses
        told = [(address.display_name, address.addr_spec) for address in addresses]
        unequal += told != [(wanted, "hello@dobra.example")] or len(one_line(name).splitlines()) > 1
    return Reached(
        f"{HEADERS - unequal} of {HEADERS} came back equal; extra headers {extra}", (unequal, extra) == (0, 0)
    )


FIGURES = (
    Figure(
        12,
        "template",
        "sandbox escapes; hostile product names; {{7*7}}",
        "escapes 0, new elements 0, literal",
        hostile_templates,
    ),
    Figure(13, "headers", "5 000 random names and subjects", "round trip equal; extra headers 0", random_headers),
)
