"""Whom the tests are about: the names, addresses and numbers that no log may hold."""

import re
from collections.abc import Iterator
from functools import cache

from local.demo.story import read

NAMES = ("Olena", "Ганна", "Ivan", "Олена", "Лев", "Anna", "Ann", "Paul", "Quist", "O'Neil", "Зразкова")
"""Customers of the tests; those of the demo stand in its story."""
PHONES = ("044 555 01 01", "044 123 45 67", "0501112233", "06 20 123 4567")
"""As shops spell them; in E.164 any number counts."""
_CONTACT = re.compile(r"[\w.%-]@[\w-]+\.\w|\+[1-9]\d{8,14}\b")
_SIGNS = ("@", "+")


def named(text: str) -> Iterator[str]:
    """Each name, address and number in a text; what is hashed or kept by an id is none."""
    yield from (word for word, alone in _words().items() if word in text and alone.search(text))
    if any(sign in text for sign in _SIGNS):
        yield from _CONTACT.findall(text)


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """Each as it stands alone: "Ann" is nobody in "Annotation"."""
    words = {*NAMES, *(word for name in _demo("name") for word in name.split())}
    phones = {*PHONES, *_demo("phone")}
    digits = {re.sub(r"\D", "", phone) for phone in phones}
    return {word: re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in words | phones | digits}


def _demo(field: str) -> set[str]:
    people = (person for shop in read().shops.values() for person in shop.people.values())
    return {str(person[field]) for person in people if person.get(field)}
