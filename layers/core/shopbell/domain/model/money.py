"""Amounts of money as decimal strings: "1499.00", and how many decimals each currency has."""

import re
from decimal import ROUND_HALF_UP, Decimal

_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FINEST = Decimal("0.0001")

_WITHOUT_CENTS = (
    "ADP AFN ALL BIF BYR CLP DJF ESP GNF HUF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF MMK MRO PYG RSD RWF "
    "SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD"
)
"""As Babel has them, and the forint, whose small coins are withdrawn."""
DECIMALS = {
    **dict.fromkeys(_WITHOUT_CENTS.split(), 0),
    **dict.fromkeys(("BHD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
USUAL_DECIMALS = 2


def parse_amount(text: str) -> Decimal:
    """Read an amount of at most 12 digits before the point, 4 after it; raises ValueError for all else."""
    if _AMOUNT.fullmatch(text) is None:
        raise ValueError('must be an amount as a decimal string, not negative, like "1499.00"')
    return Decimal(text)


def format_amount(amount: Decimal) -> str:
    """An amount as it is written everywhere: two decimals, or up to four where needed ("1499.00", "0.0125")."""
    if not amount.is_finite():
        raise ValueError("not an amount of money")
    whole, _, fraction = f"{amount.quantize(_FINEST, ROUND_HALF_UP):f}".partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"


def is_currency(code: str) -> bool:
    """Whether it is three capital letters, like an ISO 4217 code; which codes there are is not asked."""
    return _CURRENCY.fullmatch(code) is not None


def decimals_of(currency: str) -> int:
    """The currency's own: 2 for the hryvnia, 0 for the yen, 3 for the dinar of Kuwait."""
    return DECIMALS.get(currency, USUAL_DECIMALS)


def decimals_for(amount: Decimal, currency: str) -> int:
    """The currency's own, or more where the amount has more, so that nothing is rounded away; cents are two."""
    own, needed = decimals_of(currency), decimals_in(amount)
    return own if needed <= own else max(needed, USUAL_DECIMALS)


def decimals_in(number: Decimal) -> int:
    """How many stand after the point, without the zeros at the end."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> Decimal:
    """An amount that was reckoned, to the currency's own decimals."""
    return amount.quantize(Decimal(1).scaleb(-decimals_of(currency)), rounding)
