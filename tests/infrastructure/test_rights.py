"""Each function may do what it does, and nothing beside."""

import json
import re
import tomllib
from typing import Any

import pytest

from tests.infrastructure.stack import FUNCTIONS, RESOURCES, ROOT, listed, properties, rights, statements, target

OF_THE_ACCOUNT = {"Effect": "Allow", "Action": "ses:GetAccount", "Resource": "*"}
TO_PHONES = {"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}
NOT_TO_TOPICS = {
    "Effect": "Deny",
    "Action": "sns:Publish",
    "Resource": {"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"},
}

# A transaction has no right of its own: each of its parts asks for one.
CALLS = {
    r"\.batch_get_item\(": "dynamodb:BatchGetItem",
    r"\.batch_write_item\(": "dynamodb:BatchWriteItem",
    r"\.delete_item\(|\"Delete\"": "dynamodb:DeleteItem",
    r"\.get_item\(": "dynamodb:GetItem",
    r"\.put_item\(|\"Put\":": "dynamodb:PutItem",
    r"\.query\(": "dynamodb:Query",
    r"\.scan\(": "dynamodb:Scan",
    r"\.update_item\(|\"Update\":": "dynamodb:UpdateItem",
    r"\"ConditionCheck\"": "dynamodb:ConditionCheckItem",
}


def granted(action: str) -> set[str]:
    """The functions that are allowed the action."""
    return {function for function in FUNCTIONS if action in rights(function)}


def sweeps() -> set[str]:
    return {function for function in FUNCTIONS if function.startswith("Sweep")}


def resources(statement: dict[str, Any]) -> list[str]:
    """What a statement is about, without the names CloudFormation fills in."""
    return [found if isinstance(found, str) else json.dumps(found) for found in listed(statement["Resource"])]


OPERATORS = "whole_table.py"
"""Of the storage, what only operators' commands use; an import rule holds the functions off it."""


def test_the_table_may_be_used_as_the_code_uses_it_and_not_otherwise() -> None:
    files = [file for file in ROOT.glob("layers/core/shopbell/storage/*.py") if file.name != OPERATORS]
    source = "".join(file.read_text("utf-8") for file in files)
    called = {action for call, action in CALLS.items() if re.search(call, source)}
    allowed = {action for function in FUNCTIONS for action in rights(function) if action.startswith("dynamodb:")}
    assert "dynamodb:Query" in called
    assert allowed == called


def test_one_module_scans_and_no_function_can_reach_it() -> None:
    code = (file for room in ("layers/core", "functions") for file in (ROOT / room).rglob("*.py"))
    assert [file.name for file in code if ".scan(" in file.read_text("utf-8")] == [OPERATORS]
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (rule,) = (rule for rule in rules if "shopbell.storage.whole_table" in rule.get("forbidden_modules", ()))
    assert {"functions", "shopbell.bootstrap", "shopbell.service"} <= {*rule["source_modules"]}
    assert not rule.get("allow_indirect_imports")


def test_no_two_functions_share_a_role() -> None:
    assert len({target(function["Role"]) for function in FUNCTIONS.values()}) == len(FUNCTIONS)


def test_only_a_text_message_may_go_to_anyone_and_topics_are_not_anyone() -> None:
    everything = [(name, found) for name, found in statements() if "*" in resources(found)]
    assert everything == [("SendSmsRole", TO_PHONES), ("SweepOutboxRole", OF_THE_ACCOUNT)]
    assert ("SendSmsRole", NOT_TO_TOPICS) in list(statements())


def test_no_right_is_a_whole_service() -> None:
    assert not [action for _, found in statements() for action in listed(found["Action"]) if "*" in action]


def test_roles_bring_no_policy_of_the_providers() -> None:
    roles = [RESOURCES[target(function["Role"])]["Properties"] for function in FUNCTIONS.values()]
    assert all(list(policy) == ["Ref"] for role in roles for policy in role.get("ManagedPolicyArns", []))


@pytest.mark.parametrize("action", ["dynamodb:Scan", "dynamodb:DeleteTable", "sqs:PurgeQueue", "ssm:PutParameter"])
def test_no_function_may(action: str) -> None:
    assert granted(action) == set()


@pytest.mark.parametrize(
    ("action", "functions"),
    [
        ("ses:SendEmail", {"SendEmail"}),
        ("ses:GetAccount", {"SweepOutbox"}),
        ("sns:Publish", {"SendSms"}),
        ("sqs:ReceiveMessage", {"ReactToEvent", "RecordFeedback", "SendEmail", "SendSms"}),
        ("dynamodb:PutItem", FUNCTIONS.keys() - {"ReceiveWebhook"}),
        ("sqs:SendMessage", FUNCTIONS.keys() - {"CheckCoupon"}),
        ("secretsmanager:GetSecretValue", FUNCTIONS.keys() - {"CheckCoupon", "ReceiveWebhook"}),
    ],
)
def test_only_these_functions_may(action: str, functions: set[str]) -> None:
    assert granted(action) == functions


def test_only_sweeps_read_the_index() -> None:
    readers = {name for name, found in statements() if any("/index/" in about for about in resources(found))}
    attached = {
        function
        for function, given in FUNCTIONS.items()
        for policy in RESOURCES[target(given["Role"])]["Properties"].get("ManagedPolicyArns", [])
        if policy["Ref"] in readers
    }
    assert attached == sweeps()


def test_only_what_shops_sign_reads_their_secrets() -> None:
    readers = {name for name, found in statements() if "/shops/*" in "".join(resources(found))}
    assert readers == {"CheckCouponRole", "ReceiveWebhookRole"}


def holders(action: str, resource: str) -> set[str]:
    """The roles and policies that allow an action on a resource of the template."""
    about = f'"{resource}"'
    return {
        name for name, found in statements() if action in listed(found["Action"]) and about in "".join(resources(found))
    }


def test_only_the_door_and_a_customers_click_put_events_into_the_queue() -> None:
    assert holders("sqs:SendMessage", "EventsQueue") == {"ReceiveWebhookRole", "CustomerPageRole"}
    assert holders("sqs:SendMessage", "PastEventsQueue") == {"ReceiveWebhookRole"}


@pytest.mark.parametrize("queue", ["OrderEmailQueue", "ReminderEmailQueue", "MarketingEmailQueue"])
def test_the_senders_take_from_a_queue_of_letters_and_the_outbox_counts_what_waits_there(queue: str) -> None:
    assert holders("sqs:ReceiveMessage", queue) == {"SendEmailRole"}
    assert holders("sqs:GetQueueAttributes", queue) == {"SendEmailRole", "SweepOutboxRole"}
    assert holders("sqs:SendMessage", queue) == {"RingDoorbells"}


def test_only_the_rule_may_put_reports_into_their_queues() -> None:
    (policy,) = properties("AWS::SQS::QueuePolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    queues = ["FeedbackQueue", "FeedbackDeadLetters"]
    assert [queue["Ref"] for queue in policy["Queues"]] == [target(arn) for arn in statement["Resource"]] == queues
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Action"] == "sqs:SendMessage"
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["FeedbackRule", "Arn"]}}}
