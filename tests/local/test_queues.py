"""Queues deliver at once; what fails comes back on the clock, and at last goes to the dead letters."""

import boto3
from botocore.config import Config

from tests.local.outsider import Outsider
from tests.local.test_clock import sent, tell

OVERDUE = "2026-03-01T00:00:00Z"


def waiting(outsider: Outsider, queue: str) -> int:
    """How many messages a queue holds, asked as the operators' command asks."""
    client = boto3.client(
        "sqs",
        endpoint_url=outsider.base_url,
        region_name="eu-central-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    held = client.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return sum(map(int, held.values()))


def test_a_message_is_taken_before_the_door_has_answered(outsider: Outsider) -> None:
    tell(outsider, "letter", OVERDUE)
    assert waiting(outsider, "shopbell-local-NewsQueue") == 0
    assert outsider.move(advance="PT0S")["sent"] == 1


def test_a_record_that_failed_comes_back_after_its_visibility_timeout(outsider: Outsider) -> None:
    tell(outsider, "twice refused", "2026-03-02T10:00:00Z", refuse=2)
    outsider.move(advance="PT1M59S")
    assert sent(outsider) == []
    outsider.move(to="2026-03-02T10:02:00Z")
    assert sent(outsider) == [("twice refused", "2026-03-02T10:02:00Z")]


def test_a_record_that_fails_too_often_goes_to_the_dead_letters(outsider: Outsider) -> None:
    tell(outsider, "poison", OVERDUE, refuse=99)
    assert waiting(outsider, "shopbell-local-NewsQueue") == 1
    outsider.move(advance="PT10M")
    assert waiting(outsider, "shopbell-local-NewsQueue") == 0
    assert waiting(outsider, "shopbell-local-NewsDeadLetters") == 1


def test_a_failed_record_does_not_take_its_neighbours_along(outsider: Outsider) -> None:
    for number in range(12):
        tell(outsider, f"letter {number}", OVERDUE, refuse=1 if number == 5 else 0)
    assert outsider.move(advance="PT0S")["sent"] == 11
    assert outsider.move(advance="PT5M")["sent"] == 1
