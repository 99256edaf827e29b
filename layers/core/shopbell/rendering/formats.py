"""Money, dates, numbers and plurals as a language writes them, by Babel's data and the folder's own patterns.

Every format gives "" for None, so that a template can leave out a line whose value is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_datetime

from shopbell.domain.letter_context.opening import Elsewhere, Opening
from shopbell.domain.model.money import decimals_for
from shopbell.domain.time.hours import MIDNIGHT
from shopbell.rendering.phones import spaced
from shopbell.rendering.typesetting import NBSP, Typesetting

MINUS = "\N{MINUS SIGN}"


class Formats:
    """The filters of one language.

    `babel` names Babel's locale; `dates` maps a filter's name to a CLDR pattern; `currencies` a currency to
    its sign where Babel has none; `short_money` a currency to a text with # for the amount; `percents` is such
    a text too, for a language whose printers write percents otherwise than Babel's data; below `grouped_from` the
    figures of a number stand together, but in a column; `clock` a text with # for a time of day and @ for the zone that
    it is told in, where the reader's clock shows another.
    """

    def __init__(
        self,
        babel: str,
        dates: Mapping[str, str],
        currencies: Mapping[str, str],
        short_money: Mapping[str, str],
        percents: str = "",
        grouped_from: int = 0,
        clock: str = "# (@)",
    ) -> None:
        self.locale = Locale.parse(babel)
        self.dates, self.currencies, self.short_money = dates, currencies, short_money
        self.grouped_from = grouped_from
        usual = self.locale.percent_formats[None]
        self.percents = percents or f"{usual.prefix[0]}#{usual.suffix[0]}"
        self.clock = clock
        self._affixes_of: dict[str, tuple[str, str]] = {}

    def filters(self) -> dict[str, Any]:
        """Every filter by the name that templates call it by."""
        dated = {name: self._date_filter(pattern) for name, pattern in self.dates.items()}
        dated["time"] = self._with_zone(dated["time"])
        methods = (self.money, self.money_column, self.money_short, self.amount, self.quantity, self.percent)
        by_name = {method.__name__: method for method in methods}
        return dated | by_name | {"phone": phone, "one_line": one_line, "pairs": pairs}

    def money(self, amount: Decimal | None, currency: str) -> str:
        """ "1 499,00 ₴", "3 000 ¥", "3,575 KWD": the currency's own decimals, or more where the amount has more."""
        return "" if amount is None else self._money(amount, currency, self._comma(amount))

    def money_column(self, amount: Decimal | None, currency: str) -> str:
        """The same among sums that stand one below the other."""
        return "" if amount is None else self._money(amount, currency, ",")

    def _money(self, amount: Decimal, currency: str, comma: str) -> str:
        # Babel's own format_currency takes ten times as long.
        before, after = self._affixes_of.get(currency) or self._affixes(currency)
        number = f"{abs(amount):{comma}.{decimals_for(amount, currency)}f}"
        return f"{MINUS if amount < 0 else ''}{before}{number.translate(self._separators)}{after}"

    def money_short(self, amount: Decimal | None, currency: str) -> str:
        """For SMS: no grouping, no empty cents, no sign such as ₴ that GSM-7 lacks, which would cost more segments."""
        if amount is None:
            return ""
        number = f"{amount:.0f}" if amount == int(amount) else f"{amount:.{decimals_for(amount, currency)}f}"
        return self.short_money.get(currency, f"# {currency}").replace("#", number.replace(".", self._point))

    def amount(self, amount: Decimal | None, currency: str) -> str:
        """The number alone, to be copied into a bank's form."""
        return "" if amount is None else f"{amount:.{decimals_for(amount, currency)}f}".replace(".", self._point)

    def quantity(self, number: Decimal | None) -> str:
        """ "2,5", "12 400": without zeros at the end of the fraction."""
        return "" if number is None else _trimmed(number, self._comma(number)).translate(self._separators)

    def percent(self, number: Decimal | None) -> str:
        return "" if number is None else self.percents.replace("#", self.quantity(number))

    def opening(self, week: Sequence[Opening]) -> str:
        """ "Mon–Fri 9:00–18:00, Sat 10:00–14:00"."""
        hours = ", ".join(f"{self._days(each)} {_hour(each.opens)}–{_hour(each.closes, last=True)}" for each in week)
        return self._on_the_clock(hours, week[0].opens.utcoffset() if week else None)

    def _days(self, opening: Opening) -> str:
        names = self.locale.days["stand-alone"]["abbreviated"]
        return "–".join(names[day] for day in dict.fromkeys((opening.first, opening.last)))

    @cached_property
    def typesetting(self) -> Typesetting:
        shorter = (self.short_money[code].replace("#", "").strip() for code in self.short_money)
        months = [*self.locale.months["format"]["wide"].values(), *self.locale.months["format"]["abbreviated"].values()]
        return Typesetting(months, {*self.currencies, *self.currencies.values(), *shorter})

    def plural(self, number: Decimal | int, **forms: str) -> str:
        """The form of CLDR's category for the number ("one", "few", "many"); `other` stands in for one not given."""
        return forms.get(self.locale.plural_form(number), forms["other"])

    def _comma(self, number: Decimal) -> str:
        return "," if abs(number) >= self.grouped_from else ""

    def _affixes(self, currency: str) -> tuple[str, str]:
        """What stands before and after an amount: the currency's sign and its space."""
        sign = self.currencies.get(currency) or self.locale.currency_symbols.get(currency, currency)
        pattern = self.locale.currency_formats["standard"]
        before, after = pattern.prefix[0].replace("¤", sign), pattern.suffix[0].replace("¤", sign)
        # "£14.90", but "PLN 1,499.00": letters do not touch the digits (CLDR, currencySpacing).
        self._affixes_of[currency] = before + NBSP if before.isalpha() else before, after
        return self._affixes_of[currency]

    @cached_property
    def _symbols(self) -> Mapping[str, str]:
        # By numbering system; amounts are written in Latin digits whatever the language.
        systems = self.locale.number_symbols
        symbols: Mapping[str, str] = systems.get("latn", systems)
        return symbols

    @cached_property
    def _point(self) -> str:
        return str(self._symbols["decimal"])

    @cached_property
    def _separators(self) -> dict[int, str]:
        """For `str.translate`, from Python's "1,234.5" to the language's."""
        return str.maketrans({",": self._symbols["group"], ".": self._point})

    def _date_filter(self, pattern: str) -> Any:
        return lambda moment: "" if moment is None else _formatted(moment, pattern, self.locale)

    def _with_zone(self, clock: Any) -> Any:
        def told(moment: datetime | None) -> str:
            return self._on_the_clock(str(clock(moment)), moment.utcoffset() if isinstance(moment, Elsewhere) else None)

        return told

    def _on_the_clock(self, times: str, offset: timedelta | None) -> str:
        return times if offset is None else self.clock.replace("#", times).replace("@", _zone(offset))


@lru_cache(2048)
def _formatted(moment: date, pattern: str, locale: Locale) -> str:
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
    return format_datetime(whole, pattern, locale=locale).replace("ʼ", "’")  # as in "п’ятниця"


def _hour(at: time, *, last: bool = False) -> str:
    return "24:00" if last and at == MIDNIGHT else f"{at.hour}:{at.minute:02}"


def _zone(offset: timedelta) -> str:
    """ "UTC+2", "UTC−3:30"."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{MINUS if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def _trimmed(number: Decimal, comma: str) -> str:
    text = f"{number:{comma}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pairs(options: Iterable[tuple[str, str]]) -> str:
    """An item's parameters: "Size: L, Colour: blue"."""
    return ", ".join(f"{name}: {value}" if name else value for name, value in options)


def phone(number: str) -> str:
    return spaced(number)


def one_line(text: str) -> str:
    """The lines of a text, such as bank details, with commas between them."""
    return ", ".join(line.strip(" ,;") for line in text.splitlines() if line.strip())
