"""Says to a developer why the door did not believe a request. On AWS the log alone knows: a stranger learns nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from local.door import Answer
from local.notes import Note
from local.problem import problem

DETAILS: Mapping[str, str] = {
    "shop": "There is no shop {shop!r} here: PUT /local/shops/{shop}, or `shopbell shop put`, brings one in.",
    "headers": "One of webhook-id, webhook-timestamp (whole seconds since 1970) and webhook-signature is missing or "
    "cannot be read.",
    "timestamp": "The timestamp is {seconds} seconds {way} the local clock, which GET /local/clock shows; "
    "five minutes either way are allowed.",
    "signature": "The signature fits none of the secrets of shop {shop!r}. What is signed is the id, the timestamp and "
    "the bytes of the body as they are sent, with a full stop between them.",
}
"""By what is wrong: the product's own words for it, and "shop" for one that nobody put."""


def explained(answer: Answer, notes: Sequence[Note], is_shop: Callable[[str], bool]) -> Answer:
    """The same answer; a 401 says what the product noted of it."""
    found = [note.facts for note in notes if note.message == "not_authentic"]
    return _explained(found[-1], is_shop) if answer.status == 401 and found else answer


def _explained(facts: Mapping[str, Any], is_shop: Callable[[str], bool]) -> Answer:
    shop, seconds = facts["shop"], facts["seconds_off"]
    fault = facts["fault"] if is_shop(shop) else "shop"
    detail = DETAILS[fault].format(shop=shop, seconds=abs(seconds), way="behind" if seconds > 0 else "ahead of")
    # Of headers that cannot be read the product does not know the time.
    known = {} if facts["fault"] == "headers" else {"seconds_off": seconds}
    return problem(401, detail, fault=fault, **known)
