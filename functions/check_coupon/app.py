"""Tells a shop's checkout what a coupon code is worth."""

from typing import Any

from shopbell import bootstrap


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    path = event["pathParameters"]
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    status, content_type, body = bootstrap.check_coupon()(path["shop"], path["code"], headers, bootstrap.now())
    return {"statusCode": status, "headers": {"content-type": content_type}, "body": body}
