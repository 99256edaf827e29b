"""Tells a shop's checkout what a coupon code is worth."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, answer, headers


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    path = event["pathParameters"]
    return answer(*bootstrap.check_coupon()(path["shop"], path["code"], headers(event), bootstrap.now()))
