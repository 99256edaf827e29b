"""Standard Webhooks: who may tell us something, and how long what they signed counts."""

import base64
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=5)
VERSION = "v1"
PREFIX = "whsec_"

_ID = re.compile(r"[!-~]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`fault` is empty for what is authentic, else "headers", "timestamp" or "signature": for the log alone.

    `seconds_off` is by how much the sender's clock is behind ours, negative when it is ahead.
    """

    fault: str = ""
    id: str = ""
    seconds_off: int = 0


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
    """Whether one of the secrets signed it, at most five minutes from now. Names of headers are lower case."""
    event_id, seconds = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "").split()
    if not (_ID.fullmatch(event_id) and _SECONDS.fullmatch(seconds) and given):
        return Verdict("headers")
    off = round(now.timestamp()) - int(seconds)
    if abs(off) > TOLERANCE.total_seconds():
        return Verdict("timestamp", event_id, off)
    if not any(_fits(secret, given, event_id, seconds, body) for secret in secrets):
        return Verdict("signature", event_id, off)
    return Verdict("", event_id, off)


def sign(secret: str, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers under which the body counts as sent at that moment; raises ValueError for no secret."""
    seconds = str(int(at.timestamp()))
    signature = _signature(_key(secret), event_id, seconds, body)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"{VERSION},{signature.decode()}",
    }


def _fits(secret: str, given: Sequence[str], event_id: str, seconds: str, body: bytes) -> bool:
    try:
        expected = _signature(_key(secret), event_id, seconds, body)
    except ValueError:  # a secret that was stored by hand: it lets nobody in
        return False
    return any(hmac.compare_digest(expected, signature) for signature in _signatures(given))


def _signatures(given: Sequence[str]) -> Iterator[bytes]:
    for each in given:
        version, _, signature = each.partition(",")
        if version == VERSION:
            yield signature.encode("utf-8", "surrogatepass")


def _signature(key: bytes, event_id: str, seconds: str, body: bytes) -> bytes:
    signed = b".".join((event_id.encode(), seconds.encode(), body))
    return base64.b64encode(hmac.digest(key, signed, "sha256"))


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        key = b""
    if not key:
        raise ValueError("not a signing secret")
    return key
