"""The door: a shop tells what happened, signed by Standard Webhooks."""

from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shopbell import bootstrap
from shopbell.dialects.native import check
from shopbell.dialects.signatures import verify
from shopbell.entry import HttpAnswer, raw_body
from shopbell.observability import note
from shopbell.service.receive import Receive


@cache
def receive() -> Receive:
    outages = (BotoCoreError, ClientError)
    return Receive(bootstrap.secrets(), bootstrap.events_queue(), verify, check, note, outages)


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    shop = event["pathParameters"]["shop"]
    status, content_type, body = receive()(shop, headers, raw_body(event), bootstrap.now())
    return {"statusCode": status, "headers": {"content-type": content_type}, "body": body}
