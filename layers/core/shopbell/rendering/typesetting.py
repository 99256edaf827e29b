"""The last touch on a letter: numbers that stay beside their word, and names that are read from right to left."""

import re
from collections.abc import Collection

NBSP, JOINER = "\N{NO-BREAK SPACE}", "\N{WORD JOINER}"
ISOLATE, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

CODES = ("UAH", "RUB", "HUF", "GBP", "EUR", "USD", "PLN")
"""Of the currencies that shops write of in their own words."""

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They turn the reading direction of what stands round them."""
_CONTROL = re.compile(f"[{CONTROLS}]")
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_NAME = rf"{_RIGHT_TO_LEFT}+(?:[\s.,'’\"()/–-]*{_RIGHT_TO_LEFT}+)*"
_OTHERS_BYTES = bytes({*range(256)} - {*range(0xD6, 0xE0), 0xE0, 0xEF, 0xF0})
"""All but those that a letter of these alphabets begins with in UTF-8."""
_OUTSIDE_TAGS = "(?![^<>]*>)"
_DATA = re.compile("(<script.*?</script>)", re.DOTALL)
_IN_A_LINK = re.compile(r"https?://[^\s<>\"]*$")


class Typesetting:
    """`months`, `currencies`: a language's words that stay beside their number."""

    def __init__(self, months: Collection[str], currencies: Collection[str]) -> None:
        names, words = _any_of(months), _any_of({*months, *currencies, *CODES})
        # Each begins with a character of its own: such a pattern is found ten times as fast.
        beside = rf" (?:(?<=\d )(?=(?:{words})(?!\w))|(?<=\d\. )(?=(?:{names})(?!\w)))"
        patterns = (beside, r"№ (?=\d)", r"–(?<=\d–)(?=\d)")
        self._patterns = {tags: [re.compile(each + tags) for each in patterns] for tags in ("", _OUTSIDE_TAGS)}

    def text(self, text: str) -> str:
        told = without_controls(text)
        if _is_read_from_the_right(told):
            told = re.sub(_NAME, rf"{ISOLATE}\g<0>{END}", told)
        return self._unbroken(told, "")

    def page(self, html: str) -> str:
        """Its body: the head has but the subject, which is set already; data for programs stay as they are."""
        head, body, rest = html.partition("<body")
        parts = _DATA.split(rest)
        parts[::2] = [self._body(each) for each in parts[::2]]
        return head + body + without_controls("".join(parts))

    def _body(self, html: str) -> str:
        told = html
        if _is_read_from_the_right(told):
            told = re.sub(f"(?:{_NAME}){_OUTSIDE_TAGS}", r"<bdi>\g<0></bdi>", told)
        return self._unbroken(told, _OUTSIDE_TAGS)

    def _unbroken(self, text: str, where: str) -> str:
        beside, number, range_ = self._patterns[where]
        return range_.sub(_joined, number.sub(f"№{NBSP}", beside.sub(NBSP, text)))


def without_controls(text: str) -> str:
    return _CONTROL.sub("", text) if any(control in text for control in CONTROLS) else text


def _is_read_from_the_right(text: str) -> bool:
    """Whether any of it may be; looked for in bytes, which takes a tenth of the time."""
    return bool(text.encode(errors="replace").translate(None, _OTHERS_BYTES))


def _joined(dash: re.Match[str]) -> str:
    """A range of numbers; the address of a link stays as it is."""
    before = dash.string[max(dash.start() - 2_000, 0) : dash.start()]
    return dash[0] if _IN_A_LINK.search(before) else f"{dash[0]}{JOINER}"


def _any_of(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
