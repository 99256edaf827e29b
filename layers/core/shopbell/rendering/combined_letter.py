"""Several letters of the staff as one: their bodies, one after another, in the first one's layout."""

import re
from collections.abc import Sequence
from html import escape

# `_layout.j2` puts these two empty elements round what a letter says.
BODY = re.compile('<span id="letter"></span>(.*)<span id="end"></span>', re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
PREHEADER = re.compile(r'(<div id="preheader"[^>]*>).*?(</div>)', re.DOTALL)
SEPARATOR = '<div style="margin:32px 0;border-top:2px solid #e7e5e1;font-size:0;line-height:0">&nbsp;</div>'


def combine_html(letters: Sequence[str], subject: str, preheader: str) -> str:
    bodies = [match[1] for match in map(BODY.search, letters) if match]
    # A function as the replacement: in a text, `\1` and the like in a customer's words would be read as groups.
    page = BODY.sub(lambda _: SEPARATOR.join(bodies), letters[0])
    page = TITLE.sub(lambda _: f"<title>{escape(subject)}</title>", page, count=1)
    return PREHEADER.sub(lambda div: f"{div[1]}{escape(preheader)}{div[2]}", page, count=1)


def combine_text(letters: Sequence[str]) -> str:
    return "\n----\n\n".join(letters)
