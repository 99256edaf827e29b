"""Sends each letter: to an address by e-mail, to a number by SMS."""

import json
import os
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

ONCE = Config(retries={"total_max_attempts": 1})
EMAIL = boto3.client("sesv2", config=ONCE)
SMS = botocore.session.get_session().create_client("sns", config=ONCE)


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    failed = [record["messageId"] for record in event["Records"] if not _sent(json.loads(record["body"]))]
    return {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}


def _sent(bell: dict[str, str]) -> bool:
    try:
        _email(bell) if "@" in bell["who"] else _sms(bell)
    except Exception as error:  # noqa: BLE001  # is printed, for the tests to read
        print(f"mailer: {type(error).__name__}")
        return False
    return True


def _email(bell: dict[str, str]) -> None:
    text = f"{os.environ['GREETING']}: {bell['what']}"
    body = {"Text": {"Data": text}, "Html": {"Data": f"<p>{text}</p>"}}
    headers = [{"Name": "List-Unsubscribe", "Value": "<https://example.test/u>"}]
    EMAIL.send_email(
        FromEmailAddress='"Shop" <shop@shop.example>',
        Destination={"ToAddresses": [bell["who"]]},
        ReplyToAddresses=["team@shop.example"],
        Content={"Simple": {"Subject": {"Data": bell["what"]}, "Body": body, "Headers": headers}},
        EmailTags=[{"Name": "message", "Value": bell["what"]}, {"Name": "shop", "Value": "fixture"}],
    )


def _sms(bell: dict[str, str]) -> None:
    sender = {"DataType": "String", "StringValue": "SHOP"}
    SMS.publish(PhoneNumber=bell["who"], Message=bell["what"], MessageAttributes={"AWS.SNS.SMS.SenderID": sender})
