"""The QR codes that a letter may show: what they say, and the pictures of those that it does show."""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from types import SimpleNamespace
from typing import Any, NamedTuple

from shopbell.domain.journeys.names import READY, UNCOLLECTED
from shopbell.domain.model.bank import BankAccount, epc_code
from shopbell.domain.model.letter import Enclosure
from shopbell.rendering.qr import png


class Code(NamedTuple):
    """`id`: the picture's Content-ID, the same for the same text; `told`: what stands in its place where mail programs
    show no pictures."""

    id: str
    text: str
    told: str


def codes_of(content: Mapping[str, Any], words: Any) -> SimpleNamespace:
    """`counter`: to show where it is collected; `payment`: to pay by transfer. Each None where there is none."""
    return SimpleNamespace(counter=_counter(content), payment=_payment(content, words))


def pictures(codes: SimpleNamespace, html: str) -> Iterator[Enclosure]:
    """Of those that the letter shows."""
    for code in (codes.counter, codes.payment):
        if code and f"cid:{code.id}" in html:
            yield Enclosure(f"{code.id}.png", "image/png", png(code.text), code.id)


def _counter(content: Mapping[str, Any]) -> Code | None:
    """At a carrier's counter they look for the parcel's number, which alone they know; in the shop for the order's."""
    if content["kind"] not in (READY, UNCOLLECTED):
        return None
    delivery, number = content["order"].delivery, content["order"].number
    shown = number if delivery.method == "self_pickup" else delivery.tracking_number or number
    return _code(shown, shown) if any(map(str.isalnum, shown)) else None


def _payment(content: Mapping[str, Any], words: Any) -> Code | None:
    order = content["order"]
    if order is None or content["kind"].startswith("staff_") or order.currency != "EUR":
        return None
    due, account = order.payment.due, order.payment.account
    if not due or account is None:
        return None
    reference = str(words.reference_text(order.number))
    to = BankAccount(account.iban, account.name, account.bic)
    # Banks pass on Latin letters alone.
    text = epc_code(to, due, reference) or epc_code(to, due, order.number)
    return _code(text, "") if text else None


def _code(text: str, told: str) -> Code:
    return Code(f"code-{blake2b(text.encode(errors='replace'), digest_size=8).hexdigest()}", text, told)
