"""Standard Webhooks, held against its own reference implementation."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import standardwebhooks

from shopbell.dialects.signatures import SignatureCheck, sign, verify

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
BODY = '{"type": "order.paid", "who": "Олена"}'.encode()
AUTHENTIC = SignatureCheck("", "msg_1", 0)


def signed(**changes: str) -> dict[str, str]:
    headers = {f"webhook-{name}": value for name, value in changes.items()}
    return sign(SECRET, "msg_1", NOW, BODY) | headers


def faults(headers: dict[str, str], body: bytes = BODY, now: datetime = NOW) -> str:
    return verify((SECRET,), headers, body, now).fault


def test_what_the_reference_signs_is_authentic() -> None:
    signature = standardwebhooks.Webhook(SECRET).sign("msg_1", NOW, BODY.decode())
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(NOW.timestamp())), "webhook-signature": signature}
    assert verify((SECRET,), headers, BODY, NOW) == AUTHENTIC


def test_what_we_sign_the_reference_takes() -> None:
    now = datetime.now(UTC)  # the reference looks at the clock itself
    headers = sign(SECRET, "msg_1", now, BODY)
    assert standardwebhooks.Webhook(SECRET).verify(BODY, headers) == {"type": "order.paid", "who": "Олена"}


def test_either_of_two_secrets_lets_in() -> None:
    assert verify((OTHER, SECRET), signed(), BODY, NOW) == AUTHENTIC
    assert verify((SECRET, OTHER), signed(), BODY, NOW) == AUTHENTIC
    assert verify((OTHER,), signed(), BODY, NOW).fault == "signature"
    assert verify((), signed(), BODY, NOW).fault == "signature"


def test_one_of_several_signatures_is_enough() -> None:
    fitting = signed()["webhook-signature"]
    assert faults(signed(signature=f"v1,AAAA v1a,BBBB {fitting}")) == ""
    assert faults(signed(signature=f"{fitting} v1,AAAA")) == ""


@pytest.mark.parametrize(
    ("seconds", "fault"),
    [(0, ""), (300, ""), (-300, ""), (301, "timestamp"), (-301, "timestamp"), (10**8, "timestamp")],
)
def test_a_signature_counts_for_five_minutes_either_way(seconds: int, fault: str) -> None:
    verdict = verify((SECRET,), signed(), BODY, NOW + timedelta(seconds=seconds))
    assert verdict == SignatureCheck(fault, "msg_1", seconds)


@pytest.mark.parametrize(
    ("headers", "fault"),
    [
        ({}, "headers"),
        (signed(id=""), "headers"),
        (signed(id="m" * 129), "headers"),
        (signed(id="msg 1"), "headers"),
        (signed(id="msg\n1"), "headers"),
        (signed(id="повідомлення"), "headers"),
        (signed(id="\ud800"), "headers"),
        (signed(id="msg_1\x00"), "headers"),
        (signed(timestamp=""), "headers"),
        (signed(timestamp="now"), "headers"),
        (signed(timestamp="1772438400.0"), "headers"),
        (signed(timestamp="-1772438400"), "headers"),
        (signed(timestamp=" 1772438400"), "headers"),
        (signed(timestamp="1772438400\n"), "headers"),
        (signed(timestamp="١٧٧٢٤٣٨٤٠٠"), "headers"),
        (signed(timestamp="9" * 5000), "headers"),
        (signed(timestamp="1e9"), "headers"),
        (signed(timestamp="0"), "timestamp"),
        (signed(id="msg_2"), "signature"),
        (signed(timestamp="1772438401"), "signature"),
        (signed(signature=""), "headers"),
        (signed(signature=","), "headers"),
        (signed(signature="v1"), "headers"),
        (signed(signature="v1,"), "headers"),
        (signed(signature=signed()["webhook-signature"].removeprefix("v1,")), "headers"),
        (signed(signature=signed()["webhook-signature"].replace("v1,", "v2,")), "headers"),
        (signed(signature=signed()["webhook-signature"].replace("v1,", "v1, ")), "headers"),
        (signed(signature=signed()["webhook-signature"].rstrip("=")), "headers"),
        (signed(signature="v1,\ud800\udfff"), "headers"),
        (signed(signature="v1,підпис"), "headers"),
        (signed(signature="v1,=" * 10_000), "headers"),
        (signed(signature=f"v1,{'A' * 43}="), "signature"),
    ],
)
def test_headers_that_are_not_in_order_let_nobody_in(headers: dict[str, str], fault: str) -> None:
    assert faults(headers) == fault


@pytest.mark.parametrize("body", [b"", BODY + b" ", BODY[:-1], BODY.replace(b"paid", b"Paid"), b"\xff"])
def test_another_body_is_not_what_was_signed(body: bytes) -> None:
    assert faults(signed(), body) == "signature"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!", "whsec_пароль", "whsec_AAA", "secret"])
def test_a_secret_that_is_none_lets_nobody_in(secret: str) -> None:
    assert verify((secret,), signed(), BODY, NOW).fault == "signature"


def test_nothing_is_signed_without_a_secret() -> None:
    with pytest.raises(ValueError, match="not a signing secret"):
        sign("whsec_", "msg_1", NOW, BODY)


def test_headers_of_any_characters_raise_nothing() -> None:
    chance = random.Random("headers")
    for _ in range(2_000):
        headers: dict[str, Any] = signed()
        name = chance.choice(list(headers))
        place = chance.randrange(len(headers[name]))
        headers[name] = headers[name][:place] + chr(chance.randrange(0x110000)) + headers[name][place + 1 :]
        changed = headers != signed()
        assert bool(faults(headers)) is changed
