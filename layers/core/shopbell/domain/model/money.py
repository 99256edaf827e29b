"""Amounts of money as decimal strings: "1499.00"."""

import re
from decimal import ROUND_HALF_UP, Decimal

_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FINEST = Decimal("0.0001")


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
