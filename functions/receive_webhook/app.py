"""The door: a shop tells what happened, signed by Standard Webhooks."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, raw_body


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    shop = event["pathParameters"]["shop"]
    status, content_type, body = bootstrap.receive()(shop, headers, raw_body(event), bootstrap.now())
    return {"statusCode": status, "headers": {"content-type": content_type}, "body": body}
