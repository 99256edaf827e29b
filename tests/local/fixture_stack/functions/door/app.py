"""Puts what it is told into a queue; echoes whatever comes to /echo."""

import json
import os
from typing import Any

import botocore.session
from botocore.config import Config

THRICE = Config(retries={"mode": "standard", "total_max_attempts": 3})
SQS = botocore.session.get_session().create_client("sqs", config=THRICE)


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    if event["routeKey"].startswith("ANY"):
        return _echo(event)
    news = {"who": event["pathParameters"]["who"], **json.loads(event["body"])}
    SQS.send_message(
        QueueUrl=os.environ["NEWS_QUEUE_URL"],
        MessageBody=json.dumps(news),
        DelaySeconds=news.get("delay", 0),
    )
    return {"statusCode": 200, "body": ""}


def _echo(event: dict[str, Any]) -> dict[str, Any]:
    if event["pathParameters"]["rest"] == "crash":
        raise RuntimeError("as asked")
    return {
        "statusCode": 201,
        "headers": {"Content-Type": "application/json"},
        "cookies": ["a=1", "b=2"],
        "body": json.dumps(event),
    }
