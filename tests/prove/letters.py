"""Figures 12 and 13: templates, sandbox, hostile names, headers."""

import random
from dataclasses import dataclass, replace
from email import message_from_string
from email.header import decode_header, make_header
from email.utils import getaddresses

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from shopbell.channels.email import mailbox
from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop
from shopbell.domain.model.problems import Refused
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.whitespace import single_line
from shopbell.service.delivery.own_letters import ShopsRenderer
from shopbell.service.ports import Rendered
from tests.prove.figure import Figure, Reached
from tests.rendering.broken import BROKEN, subject
from tests.rendering.letters import RENDERER
from tests.rendering.parts import item_context
from tests.rendering.reader import Reader
from tests.rendering.usual import usual

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
    benign = Reader(_letter("x")).tags
    names = ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(NAMES)]
    new = sum(Reader(_letter(name)).tags != benign for name in names)
    literal = "{{7*7}}" in Reader(_letter("{{7*7}}")).text
    tries = [getter.format(root, name) for name in DEEP for root, getter in zip(ROOTS, GETTERS, strict=False)]
    tries += _loud()
    escaped = sum(map(_escapes, tries)) + sum(_sees(_own(subject(f"{{{{ {each} }}}}")).subject) for each in tries)
    refused, shipped = _broken()
    said = f"of {len(BROKEN)} broken templates {refused} refused, and past that the shipped letter for {shipped}; "
    said += f"escapes {escaped} of {len(tries)}; new elements {new} of {NAMES}; {{{{7*7}}}} literal: {literal}"
    holds = (refused, shipped, escaped, new, literal) == (len(BROKEN), len(BROKEN), 0, 0, True)
    return Reached(said, holds)


def _broken() -> tuple[int, int]:
    """How many `shopbell letter put` refuses; and for how many, were they in the table all the same, the customer
    gets the shipped letter."""
    refused = sum(_refused(source, _of(name)[0]) for name, source in BROKEN.items())
    whole = {name: _own("", *_of(name)) for name in BROKEN}
    return refused, sum(_own(source, *_of(name)) == whole[name] for name, source in BROKEN.items())


def _of(name: str) -> tuple[str, str]:
    return ("birthday_week", "sms") if name == "no way out" else ("order_received", "email")


def _refused(source: str, kind: str) -> bool:
    try:
        try_letter(RENDERER, any_shop(), f"en/{kind}", source)
    except Refused:
        return True
    return False


def _own(source: str, kind: str = "order_received", channel: str = "email") -> Rendered:
    """What the customer of a shop gets in whose table this template stands."""
    shop = replace(any_shop(), letters={f"en/{kind}": "1"})
    return ShopsRenderer(shop, RENDERER, _Stored(source), lambda said, facts: None).render(
        kind, "en", channel, usual(kind, "en")
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    source: str

    def of(self, shop: str, name: str, version: str) -> str:
        return self.source


def _letter(name: str) -> str:
    said = usual("order_received", "en")
    said["order"].items = [item_context("en", name, "14.90")]
    return str(RENDERER.render("order_received", "en", "email", {**said, "locale": "en"}).html)


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
    return _sees(written)


def _sees(written: str) -> bool:
    return "class" in written or "object" in written or "module" in written


def shown(line: str) -> list[tuple[str, str]]:
    """The names and addresses of a header as a mail program shows them. Nothing is between encoded words (RFC 2047,
    section 6.2), where the newer parser of Python 3.11 leaves a space."""
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses([line])]


def random_headers() -> Reached:
    """A name goes into a header and comes back; whatever it holds, there is one header and one address."""
    chance, unequal, extra = random.Random(13), 0, 0
    for _ in range(HEADERS):
        name = "".join(
            chance.choice('ab <>@,;:"\\.()[]\r\n\tйжőű🌻\u202e\x00=?') for _ in range(chance.randint(0, 120))
        )
        line = mailbox(name, "hello@dobra.example")
        read = message_from_string(f"From: {line}\n\n")
        extra += len(read.keys()) - 1 + ("\n" in line or "\r" in line)
        wanted = " ".join("".join(c if c.isprintable() else " " for c in name).split())
        unequal += shown(read["From"]) != [(wanted, "hello@dobra.example")] or len(single_line(name).splitlines()) > 1
    return Reached(
        f"{HEADERS - unequal} of {HEADERS} came back equal; extra headers {extra}", (unequal, extra) == (0, 0)
    )


FIGURES = (
    Figure(
        12,
        "template",
        "60 broken templates; 80 sandbox escapes; 200 hostile product names; {{7*7}}",
        "customers get the shipped letter; escapes 0, new elements 0, literal",
        hostile_templates,
    ),
    Figure(13, "headers", "5 000 random names and subjects", "round trip equal; extra headers 0", random_headers),
)
