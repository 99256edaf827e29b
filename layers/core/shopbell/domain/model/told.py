"""What strangers write into a shop's form, as letters tell it: without links, and no longer than it needs to be.

Whoever orders in another's name sends that person the shop's own, signed mail: it must not carry their message.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from shopbell.domain.model.top_levels import TOP_LEVELS

LONGEST_NAME = 100
LONGEST_ADDRESS = 300
LONGEST_OPTION = 200
LONGEST_WORDS = 500

_SUSPECT = re.compile(r"[.:\\]|[^\x00-\u024f\u0400-\u04ff]")
"""Latin and Cyrillic letters without a dot, a colon or a backslash make no link."""
_SPACE = re.compile(r"(\s+)")
_UNSEEN = re.compile("[\N{COMBINING GRAPHEME JOINER}\N{HANGUL FILLER}\N{HANGUL CHOSEONG FILLER}\ufe00-\ufe0f]")
_DOTS = str.maketrans("。", ".")
_ADDRESSED = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*|\\\\\S+|www\d?\.\S*"
    r"|(?<![^\W\d_])(?:mailto|tel|sms|callto|facetime|sip|skype|tg|viber|whatsapp|javascript|data|file|geo|intent|market):\S*",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[^\s@(<\[{,;«\"]+@)?[\w\u0300-\u036f-]+(?:\.[\w\u0300-\u036f-]+)+\.?(?::\d+)?(?:[/?#]\S*)?")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NO_HOST = re.compile(r"(?:[A-Z]\.)+[A-Z][a-z]+\.?|(?:[Cc]o|[Pp]t[ey]|[Pp]vt)\.[Ll]td\.?")
"""Initials with the surname; a company's form: .kim and .ltd are top levels, too."""
_CALLED = re.compile(r"[+(]*\d(?:[\s().-]*\d){6,}")
"""A number that a telephone offers to ring."""


def told_name(text: str) -> str:
    """A person's name; "" where nothing is left of it."""
    unlinked = without_links(text[:LONGEST_NAME].rstrip())
    return _tidy(_CALLED.sub(" ", unlinked)) if _CALLED.search(unlinked) else unlinked


def told_number(*texts: str) -> str:
    """An order's number: the first of these of which something is left."""
    return next(filter(None, (without_links(text[:LONGEST_NAME]) for text in texts)), "–")


def told_words(text: str, most: int) -> str:
    """At most so many characters; a text that is cut is cut between words and ends in "…"."""
    told = without_links(text)
    if len(told) <= most:
        return told
    words, _, broken = told[: most - 1].rpartition(" ")
    whole = words if len(broken) < most // 2 else f"{words} {broken}"
    return f"{without_links(whole.strip())}…"


def without_links(text: str) -> str:
    """Without anything that a mail program or a telephone makes clickable, seen or hidden; lines stay lines."""
    if not _SUSPECT.search(text):
        return text
    told = "".join(_unlinked(word) for word in _SPACE.split(text))
    return text if told == text else _tidy(told)


def _unlinked(word: str) -> str:
    """A word that holds no link stays letter by letter as it is."""
    if "." not in (plain := _plain(word)) and not _ADDRESSED.search(plain):
        return word
    left = _HOST.sub(_host, _ADDRESSED.sub(" ", plain))
    if left == plain:
        return word
    kept = " ".join(part for part in left.split() if any(map(str.isalnum, part)))
    return _unlinked(kept) if kept else ""


def _plain(word: str) -> str:
    """As a browser reads a host: one form of each letter and dot, and nothing that is not seen."""
    seen = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", seen)).translate(_DOTS)


def _host(match: re.Match[str]) -> str:
    """The word back, where it is no host: "О.В.Шевченко", "Co.Ltd", "J.R."."""
    return " " if _is_link(match[0]) else match[0]


def _is_link(text: str) -> bool:
    host = re.split(r"[:/?#]", text.rpartition("@")[2], maxsplit=1)[0].rstrip(".")
    if _NO_HOST.fullmatch(text):
        return False
    return _IP.fullmatch(host) is not None or any(_ends(host.casefold().split(".")))


def _ends(labels: list[str]) -> Iterator[bool]:
    """Whether a domain may end with each of them: of a city after its "г." none does."""
    for before, label in pairwise(labels):
        listed = label in TOP_LEVELS or label.startswith("xn--")
        yield listed and (len(before) > 1 or label.isascii())


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()).strip(" ,;") for line in text.splitlines())
    return "\n".join(lines).strip()
