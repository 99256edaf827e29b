"""Stores each piece of news as a due item; what says `refuse` fails so many times."""

import json
import os
from typing import Any

import boto3

DYNAMODB = boto3.client("dynamodb")


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    failed = [record["messageId"] for record in event["Records"] if not _stored(record)]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _stored(record: dict[str, Any]) -> bool:
    news = json.loads(record["body"])
    if int(record["attributes"]["ApproximateReceiveCount"]) <= news.get("refuse", 0):
        return False
    item = {"pk": news["who"], "sk": news["what"], "due_pk": "letters#0", "due_at": news["at"]}
    values = {name: {"S": value} for name, value in item.items()}
    put = {"Put": {"TableName": os.environ["TABLE_NAME"], "Item": values}}
    DYNAMODB.transact_write_items(TransactItems=[put])
    return True
