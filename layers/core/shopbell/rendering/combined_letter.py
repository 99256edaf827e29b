"""Several letters as one: their bodies, one after another, in the first one's layout."""

import re
from collections.abc import Sequence
from html import escape

# `_layout.j2` puts these two empty elements round what a letter says.
BODY = re.compile('<span id="letter"></span>(.*)<span id="end"></span>', re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
PREHEADER = re.compile(r'(<div id="preheader"[^>]*>).*?(</div>)', re.DOTALL)
GREETED = re.compile(r"(\s*<h1[^>]*>.*?</h1>\s*)(<p[^>]*>.*?</p>)", re.DOTALL)
SIGNATURE = "\n--\n"
"""Before what ends every customer's letter in plain text (`_text.j2`)."""
_GAP = '<td height="32" style="font-size:0;line-height:0{}">&nbsp;</td>'
SEPARATOR = (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0">'
    f"<tr>{_GAP.format(';border-bottom:2px solid #e7e5e1')}</tr><tr>{_GAP.format('')}</tr></table>"
)


def combine_html(letters: Sequence[str], subject: str, preheader: str) -> str:
    bodies = _greeted_once([match[1] for match in map(BODY.search, letters) if match])
    # A function as the replacement: in a text, `\1` and the like in a customer's words would be read as groups.
    page = BODY.sub(lambda _: SEPARATOR.join(bodies), letters[0])
    page = TITLE.sub(lambda _: f"<title>{escape(subject)}</title>", page, count=1)
    return PREHEADER.sub(lambda div: f"{div[1]}{escape(preheader)}{div[2]}", page, count=1)


def _greeted_once(bodies: Sequence[str]) -> list[str]:
    """Where what follows the title is the same as in the first, it is its greeting."""
    greetings = [match[2] if (match := GREETED.match(body)) else "" for body in bodies]
    return [
        GREETED.sub(r"\1", body, count=1) if number and greeting == greetings[0] else body
        for number, (body, greeting) in enumerate(zip(bodies, greetings, strict=True))
    ]


def combine_text(letters: Sequence[str]) -> str:
    return "\n----\n\n".join(letters)


def combine_signed_text(letters: Sequence[str]) -> str:
    """A customer's: greeted once, and signed once."""
    first, *rest = letters
    greeting = [*first.split("\n\n", 2), ""][1]
    unsigned = [letter.rpartition(SIGNATURE)[0] or letter for letter in (first, *rest[:-1])]
    said = [unsigned[0], *(letter.replace(f"{greeting}\n\n", "", 1) for letter in (*unsigned[1:], *rest[-1:]))]
    return combine_text([f"{letter.rstrip()}\n" for letter in said])
