"""Read the e-mail addresses of a field as people write them: with a name before, a full stop behind, two in one.

Never another address than was meant: what cannot be read is not put right by a guess.
"""

import re
import unicodedata

from shopbell.schema.reading import UnreadableError
from shopbell.schema.texts import INVISIBLE
from shopbell.schema.top_level_domains import is_mistyped

# What email_validator takes and leaves as it is, without its import, which takes longer than all else at the door: no
# label of an international domain (xn--), no top level that never has mail.
_PLAIN_EMAIL = re.compile(
    r"(?=[^@]{1,64}@.{1,189}$)[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@"
    r"((?=[a-z0-9-]{1,63}\.)[a-z0-9]+(-[a-z0-9]+)*\.)+(?!(arpa|invalid|local|localhost|onion)$)[a-z]{2,63}"
)
_BRACKETED = re.compile(r"<\s*([^<>]*@[^<>]*)>")
_LABEL = re.compile(r"^\s*(?:mailto|e-?mail|пошта|почта)\s*:\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;|\n\r]|\s(?:або|чи|или|vagy|or)\s", re.IGNORECASE)
_BEFORE, _BEHIND = "\"'«“„‘( \t", "\"'»”’).,;: \t"
"""What stands around an address and is no part of it."""


def read_email(text: str) -> str:
    """The address, its domain in lower case and ASCII; nobody asks whether it exists. Raises UnreadableError."""
    address = text.strip() if _PLAIN_EMAIL.fullmatch(text.strip()) else _validated(text.strip())
    if is_mistyped(address):
        raise UnreadableError("ends in a top-level domain that does not exist")
    return address


def read_emails(text: str) -> str:
    """The first address of a field that can be read. Raises UnreadableError."""
    why = UnreadableError("is not an e-mail address")
    for part in _parts(unicodedata.normalize("NFKC", text).translate(INVISIBLE)):
        try:
            return read_email(part)
        except UnreadableError as error:
            why = error
    raise why


def _parts(text: str) -> list[str]:
    """None where something stands beside the addresses: an address with a space or a comma in it has two halves, and
    the second one looks like somebody else's."""
    parts = _BRACKETED.findall(text) or _SEPARATOR.split(_LABEL.sub("", text))
    written = [part for part in map(_bare, parts) if part]
    if len(written) == 1 and written[0].count("@") > 1:
        written = re.split(r"[\s/]+", written[0])
    return written if all("@" in part for part in written) else []


def _bare(part: str) -> str:
    return re.sub(r"\s*@\s*", "@", _LABEL.sub("", part).lstrip(_BEFORE).rstrip(_BEHIND))


def _validated(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        address = validate_email(
            text, check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise UnreadableError("is not an e-mail address") from None
    return address.ascii_email or address.normalized
