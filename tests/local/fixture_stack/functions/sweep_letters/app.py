"""Rings for each letter that is due and forgets its moment."""

import json
import os
from datetime import UTC, datetime
from typing import Any

import boto3

DYNAMODB = boto3.client("dynamodb")
SQS = boto3.client("sqs")
TABLE = os.environ["TABLE_NAME"]


def handler(_event: dict[str, Any], _context: Any) -> None:
    print("a tick")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = DYNAMODB.query(
        TableName=TABLE,
        IndexName="due",
        KeyConditionExpression="due_pk = :sweep AND due_at <= :now",
        ExpressionAttributeValues={":sweep": {"S": "letters#0"}, ":now": {"S": now}},
    )
    for item in found["Items"]:
        _ring(item)


def _ring(item: dict[str, Any]) -> None:
    if item["sk"]["S"] == "poison":
        raise RuntimeError("as asked")
    key = {"pk": item["pk"], "sk": item["sk"]}
    send_request = {"who": item["pk"]["S"], "what": item["sk"]["S"]}
    SQS.send_message(QueueUrl=os.environ["BELL_QUEUE_URL"], MessageBody=json.dumps(send_request))
    DYNAMODB.update_item(TableName=TABLE, Key=key, UpdateExpression="REMOVE due_pk, due_at")
