"""What only we can make: the tokens in links, personal coupon codes, and the hashes that stand for contacts.

Each is made with the current key of its purpose. What number 1 makes has the form it had before keys were numbered;
what a later number makes begins with that number.
"""

import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, auto
from hashlib import sha256

from shopbell.domain.model.keys import NumberedKeys

GOOD_FOR = timedelta(days=365)
LONGEST = 8192
"""Characters. A customer's id has 128 at most, each four bytes at most; tokens of before spelled it in twelve."""

_NUMBER = re.compile(r"([1-9][0-9]{0,2})\.")


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


def sign_token(keys: NumberedKeys, token: Token, now: datetime) -> str:
    """Letters, digits, "-", "_" and "." only; the same for a whole day, so that letters of one day agree.

    Good for a year, and to the end of that day (UTC).
    """
    ends = int((now + GOOD_FOR).timestamp()) // 86400 * 86400 + 86400
    fields = [token.shop, token.customer, token.purpose, ends]
    # UTF-8 and no spaces: SES takes 995 characters of a header, and a long Cyrillic id would pass them as "\u0457".
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    payload = _base64(text.encode(errors="surrogatepass"))
    return f"{keys.current}.{payload}.{_mac(keys, keys.current, payload)}"


def verify_token(keys: NumberedKeys, text: str, now: datetime) -> Token | None:
    """None for anything we did not sign, or that has ended; whatever the text, it does not raise.

    Nothing of it is read before its MAC fits.
    """
    number = number_of(text)
    if len(text) > LONGEST or not text.isascii() or number not in keys.secrets:
        return None
    payload, _, mac = text.partition(".")[2].partition(".")
    return _read(payload, now) if hmac.compare_digest(_mac(keys, number, payload), mac) else None


def number_of(text: str) -> int:
    """The number of the key that a token names; 0 for what is no token."""
    named = _NUMBER.match(text)
    return int(named[1]) if named else 0


def _read(payload: str, now: datetime) -> Token | None:
    match json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4))):
        case [str(shop), str(customer), str(purpose), int(ends)] if now < datetime.fromtimestamp(ends, UTC):
            return Token(shop, customer, purpose)
    return None


def _mac(keys: NumberedKeys, number: int, payload: str) -> str:
    return _base64(hmac.digest(keys.secrets[number], f"link.{number}.{payload}".encode(), sha256))


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that is taken for another when it is read aloud or copied by hand: no I, L, O, 0, 1."""
CODE_LENGTH = 8
"""Letters of a code, without the one that names a later key."""
NUMBER_LETTERS = "".join(sorted(CODE_LETTERS))
"""The letters of the keys from number 2 on: "2" to "9", then "A" for number 10."""


def coupon_codes(keys: NumberedKeys, shop: str, name: str) -> list[str]:
    """The personal code for `name` under each key, the current one's first: what was handed out is among them.

    Each is the same whenever it is asked for; two names share one once in 850 thousand million.
    """
    return [_number_letter(number) + _code(secret, shop, name) for number, secret in keys.newest_first()]


def _number_letter(number: int) -> str:
    return "" if number == 1 else NUMBER_LETTERS[number - 2]


def _code(secret: bytes, shop: str, name: str) -> str:
    rest = int.from_bytes(hmac.digest(secret, f"coupon.{len(shop)}.{shop}.{name}".encode(), sha256))
    letters = []
    for _ in range(CODE_LENGTH):
        rest, place = divmod(rest, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def read_code(text: str) -> str:
    """A code as it is stored, however it was typed: "k7qm-w4xa", "K7QM W4XA"."""
    return "".join(text.split()).replace("-", "").upper()


def contact_hash(keys: NumberedKeys, shop: str, address: str) -> str:
    """Stands for an address or number of a shop's customer in the table: only who has the key can tell which it is.

    Capital letters make no difference, since they reach one mailbox: a withdrawal holds for all spellings.
    """
    number = keys.current
    text = f"contact.{len(shop)}.{shop}.{address.casefold()}"
    digest = hmac.digest(keys.secrets[number], text.encode(), sha256).hex()[:40]
    return digest if number == 1 else f"{number}.{digest}"
