"""Tells a developer why a request got 401. On AWS the reason stands in the log alone: a stranger learns nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from local.http_api import Answer
from local.log_lines import LogLine
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
"""By `fault`, as the product's log line names it; "shop" is ours, for a shop that is not there."""


def with_reason(answer: Answer, lines: Sequence[LogLine], is_shop: Callable[[str], bool]) -> Answer:
    """The same answer; to a 401 is added what the product's log says of it."""
    logged = [line.facts for line in lines if line.message == "not_authentic"]
    if answer.status != 401 or not logged:
        return answer
    told = _unauthorized(logged[-1], is_shop)
    return replace(told, headers={**answer.headers, **told.headers})


def _unauthorized(facts: Mapping[str, Any], is_shop: Callable[[str], bool]) -> Answer:
    shop, seconds = facts["shop"], facts["seconds_off"]
    fault = facts["fault"] if is_shop(shop) else "shop"
    detail = DETAILS[fault].format(shop=shop, seconds=abs(seconds), way="behind" if seconds > 0 else "ahead of")
    # Where the headers cannot be read there is no timestamp to compare.
    difference = {} if facts["fault"] == "headers" else {"seconds_off": seconds}
    return problem(401, detail, fault=fault, **difference)
