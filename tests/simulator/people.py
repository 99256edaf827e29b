"""People as shops know them in some stories: contacts as somebody wrote them, no name, two ids of one person."""

import random
from collections.abc import Iterator
from dataclasses import replace

from tests.simulator.story import Person

NAMES = ("undefined undefined", "null null", "Guest", "-")
"""What checkouts send for a name that nobody gave."""
NUMBERS = (
    *("{0} {1} {2} {3}", "8 {0} {1} {2} {3}", "8({0}){1}-{2}-{3}", "{0} {1} {2} {3}, 044 123 45 6{4}"),
    *("044 123 45 6{4}; {0} {1} {2} {3}", "{0}{1}{2}{3} / 044 123 45 6{4}"),
)
"""Spellings of a mobile number, some beside a landline."""
NO_MOBILES = ("044 123 45 6{4}", "call me", "12 34", "050 765 43 2x")
"""A landline, and what cannot be read."""
ADDRESSES = ("Zorina <{0}>", "{0}.", " {0} ")


def as_written(seed: int, people: tuple[Person, ...]) -> tuple[Person, ...]:
    chance = random.Random(f"people {seed}")
    return tuple(_written(chance, person) for person in _one_of_two(chance, people))


def _one_of_two(chance: random.Random, people: tuple[Person, ...]) -> Iterator[Person]:
    """The second is sometimes the first under another id."""
    first, second, *others = people
    yield first
    alike = first.shop == second.shop and first.id and second.id and first.contacts
    if alike and chance.random() < 0.5:
        ours = {name: getattr(first, name) for name in ("email", "phone", "zone", "birthday", "consent")}
        second = replace(second, **ours)
    yield from (second, *others)


def _written(chance: random.Random, person: Person) -> Person:
    """The same whoever of two it is: contacts are told apart by what they are, not by how they are written."""
    said = {}
    if chance.random() < 0.5:
        number = person.phone.removeprefix("+38")
        groups = (number[:3], number[3:6], number[6:8], number[8:], person.name[-1])
        said["phone"] = chance.choice(NUMBERS if person.phone else NO_MOBILES).format(*groups)
    if person.email and chance.random() < 0.3:
        said["email"] = chance.choice(ADDRESSES).format(person.email)
    if chance.random() < 0.2:
        said["name"] = chance.choice(NAMES)
    return replace(person, written=said)
