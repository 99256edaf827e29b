"""Several letters in one frame: what each says stands between two empty elements of the layout."""

import re
from collections.abc import Sequence
from html import escape

INSIDE = re.compile('<span id="letter"></span>(.*)<span id="end"></span>', re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
PREHEADER = re.compile(r'(<div id="preheader"[^>]*>).*?(</div>)', re.DOTALL)
BETWEEN = '<div style="margin:32px 0;border-top:2px solid #e7e5e1;font-size:0;line-height:0">&nbsp;</div>'


def html(letters: Sequence[str], subject: str, preheader: str) -> str:
    inner = BETWEEN.join(said[1] for said in map(INSIDE.search, letters) if said)
    framed = INSIDE.sub(lambda found: inner, letters[0])
    framed = TITLE.sub(lambda found: f"<title>{escape(subject)}</title>", framed, count=1)
    return PREHEADER.sub(lambda found: f"{found[1]}{escape(preheader)}{found[2]}", framed, count=1)


def text(letters: Sequence[str]) -> str:
    return "\n----\n\n".join(letters)
