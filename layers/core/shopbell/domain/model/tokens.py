"""Links that only we can make: versioned, bound to a shop, a customer and a purpose, and to an end."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, auto
from hashlib import sha256

VERSION = "1"
GOOD_FOR = timedelta(days=365)
LONGEST = 8192
"""Characters; a customer's id has 128 at most, and JSON spells each in twelve at most."""


class Purpose(StrEnum):
    """What a link is for; a link for one opens no other."""

    PREFERENCES = auto()
    TASK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """Whose link it is and what it is for."""

    shop: str
    customer: str
    purpose: str


def sealed(key: bytes, token: Token, now: datetime) -> str:
    """Letters, digits, "-", "_" and "." only; the same for a whole day, so that letters of one day agree.

    Good for a year, and to the end of that day (UTC).
    """
    ends = int((now + GOOD_FOR).timestamp()) // 86400 * 86400 + 86400
    payload = _text(json.dumps([token.shop, token.customer, token.purpose, ends]).encode())
    return f"{VERSION}.{payload}.{_mac(key, payload)}"


def opened(key: bytes, text: str, now: datetime) -> Token | None:
    """None for anything we did not seal, or that has ended; whatever the text, it does not raise.

    Nothing of it is read before its MAC fits.
    """
    version, _, rest = text.partition(".")
    payload, _, mac = rest.partition(".")
    if len(text) > LONGEST or not text.isascii() or version != VERSION:
        return None
    return _read(payload, now) if hmac.compare_digest(_mac(key, payload), mac) else None


def _read(payload: str, now: datetime) -> Token | None:
    match json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))):
        case [str(shop), str(customer), str(purpose), int(ends)] if now < datetime.fromtimestamp(ends, UTC):
            return Token(shop, customer, purpose)
    return None


def _mac(key: bytes, payload: str) -> str:
    return _text(hmac.digest(key, f"link.{VERSION}.{payload}".encode(), sha256))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that is taken for another when it is read aloud or copied by hand: no I, L, O, 0, 1."""
CODE_LENGTH = 8


def coupon_code(key: bytes, shop: str, name: str) -> str:
    """A personal code, the same whenever it is asked for; one in 850 thousand million by chance."""
    number = int.from_bytes(hmac.digest(key, f"coupon.{len(shop)}.{shop}.{name}".encode(), sha256))
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def read_code(text: str) -> str:
    """A code as it is stored, however it was typed: "k7qm-w4xa", "K7QM W4XA"."""
    return "".join(text.split()).replace("-", "").upper()


def contact_hash(key: bytes, shop: str, address: str) -> str:
    """By what the table knows an address or number of a shop: nobody without the key can tell which it is.

    However an address is capitalised, it is one mailbox: a withdrawal holds for all its spellings.
    """
    return hmac.digest(key, f"contact.{len(shop)}.{shop}.{address.casefold()}".encode(), sha256).hex()[:40]
