"""A shop's holidays: everybody's days by their mode, days of its own with their date and names."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from shopbell.configuration.document import OwnHolidayPart
from shopbell.configuration.fields import HolidayName, HolidayText
from shopbell.configuration.shop import DEFAULTS
from shopbell.domain.model.holiday import USUAL, HolidayMode
from shopbell.domain.model.problems import Problem
from shopbell.domain.time.calendar import Birthday
from shopbell.schema.patterns import Language
from shopbell.schema.reading import collect, plain, pointer, wrong_with

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 20
"""Days of a shop's own."""
A_LEAP_YEAR, ANOTHER_YEAR = 2028, 2027


def read_holidays(fields: dict[str, Any]) -> Iterator[Problem]:
    """Puts each into its one spelling."""
    holidays: dict[str, Any] = fields.get("holidays") or {}
    for name, value in holidays.items():
        where = pointer("#", "holidays", name)
        if name in USUAL:
            if wrong := wrong_with(value, HolidayText):
                yield Problem(where, wrong.code, wrong.detail)
            else:
                holidays[name] = str(HolidayText.parse(value))
        elif not isinstance(value, dict):
            detail = f"there is no such holiday, only {', '.join(USUAL)}; one of your own has `on`, `as` and `name`"
            yield Problem(where, "unknown_field", detail)
        elif _NAME.fullmatch(name) is None:
            yield Problem(where, "not_a_name", "must be 1 to 40 of a-z, 0-9 and _, a letter first")
        else:
            parsed, problems = collect(value, OwnHolidayPart, where)
            yield from problems
            holidays[name] = own = plain(parsed) if parsed else {}
            yield from _read_names(own.get("name", {}), pointer(where, "name"))
    if len(holidays.keys() - USUAL.keys()) > MOST:
        yield Problem("#/holidays", "too_many", f"a shop has {MOST} holidays of its own at most")


def _read_names(names: dict[str, Any], where: str) -> Iterator[Problem]:
    for locale, name in [*names.items()]:
        wrong = wrong_with(locale, Language) or wrong_with(name, HolidayName)
        if wrong:
            yield Problem(pointer(where, locale), wrong.code, wrong.detail)
        else:
            names[locale] = str(HolidayName.parse(name))


def own_paths(fields: Mapping[str, Any]) -> Iterator[str]:
    """What a day of its own cannot be without: its name in the language in which the shop writes, too."""
    locale = {**DEFAULTS, **fields}["locale"]
    for name, own in (fields.get("holidays") or {}).items():
        if name not in USUAL and isinstance(own, dict):
            yield from (f"holidays.{name}.{field}" for field in ("on", "name", f"name.{locale}"))


def on_one_day(fields: Mapping[str, Any]) -> Iterator[Problem]:
    """Nobody is greeted twice on one day."""
    taken: dict[date, str] = {}
    for name, on in _celebrated(fields.get("holidays") or {}):
        days = {on.in_year(year) for year in (A_LEAP_YEAR, ANOTHER_YEAR)}
        if others := [taken[day] for day in days if day in taken]:
            yield Problem(pointer("#", "holidays", name, "on"), "not_unique", f"on that day is {others[0]}")
        taken |= dict.fromkeys(days, name)


def _celebrated(holidays: Mapping[str, Any]) -> Iterator[tuple[str, Birthday]]:
    """Those that are not off, everybody's first."""
    for name, usual in USUAL.items():
        if holidays.get(name, usual.mode) != HolidayMode.OFF:
            yield name, usual.on
    for name, own in sorted(holidays.items()):
        if name not in USUAL and isinstance(own, dict) and own.get("as") != HolidayMode.OFF and own.get("on"):
            yield name, Birthday.parse(f"--{own['on']}")
