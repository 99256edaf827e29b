"""Tells a shop's checkout what a coupon code is worth."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, answer, headers
from shopbell.service.door.receive import Request


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    path = event["pathParameters"]
    request = Request(path["shop"], headers(event), b"", bootstrap.now())
    return answer(*bootstrap.check_coupon()(path["code"], request))
