"""What Amazon SES allows this account."""

from typing import Any


def letters_a_second(client: Any) -> float:
    return float(client.get_account()["SendQuota"]["MaxSendRate"])
