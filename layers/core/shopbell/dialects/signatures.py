"""Standard Webhooks: sign a request, and check one's signature (https://www.standardwebhooks.com)."""

import base64
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
"""By how much the timestamp of a request may be off; a request that was overheard is no good later."""
VERSION = "v1"
PREFIX = "whsec_"

_ID = re.compile(r"[!-~]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(rf"{VERSION},[A-Za-z0-9+/]{{43}}=")


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """`fault` is empty for an authentic request, else "headers", "timestamp" or "signature": for the log alone.

    `id` is the event's. `seconds_off` is by how much the sender's clock is behind ours, negative when it is ahead.
    """

    fault: str = ""
    id: str = ""
    seconds_off: int = 0


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> SignatureCheck:
    """Whether one of the secrets signed the request, at most TOLERANCE from now. Names of headers are lower case."""
    event_id, seconds = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [text for text in headers.get("webhook-signature", "").split() if _SIGNATURE.fullmatch(text)]
    if not (_ID.fullmatch(event_id) and _SECONDS.fullmatch(seconds) and given):
        return SignatureCheck("headers")
    off = round(now.timestamp()) - int(seconds)
    if abs(off) > TOLERANCE.total_seconds():
        return SignatureCheck("timestamp", event_id, off)
    signed = _signed_content(event_id, seconds, body)
    if not any(_fits(secret, given, signed) for secret in secrets):
        return SignatureCheck("signature", event_id, off)
    return SignatureCheck("", event_id, off)


def sign(secret: str, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of a request that is sent at that moment; raises ValueError where `secret` is none."""
    seconds = str(int(at.timestamp()))
    signature = _signature(_key(secret), _signed_content(event_id, seconds, body))
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"{VERSION},{signature.decode()}",
    }


def _fits(secret: str, given: Sequence[str], signed: bytes) -> bool:
    try:
        expected = _signature(_key(secret), signed)
    except ValueError:  # a secret that was stored by hand, and wrongly: it lets nobody in
        return False
    return any(hmac.compare_digest(expected, signature) for signature in _signatures(given))


def _signatures(given: Sequence[str]) -> Iterator[bytes]:
    for text in given:
        yield text.removeprefix(f"{VERSION},").encode()


def _signed_content(event_id: str, seconds: str, body: bytes) -> bytes:
    return b".".join((event_id.encode(), seconds.encode(), body))


def _signature(key: bytes, signed: bytes) -> bytes:
    return base64.b64encode(hmac.digest(key, signed, "sha256"))


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not key:
        raise ValueError("not a signing secret")
    return key
