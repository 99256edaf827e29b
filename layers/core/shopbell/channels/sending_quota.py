"""What Amazon SES allows this account."""

from typing import Any

from shopbell.domain.deciding.pace import Quota


def sending_quota(client: Any) -> Quota:
    said = client.get_account()["SendQuota"]
    a_day = max(int(said.get("Max24HourSend", 0)), 0)  # -1 where there is no limit
    return Quota(float(said["MaxSendRate"]), a_day, int(said.get("SentLast24Hours", 0)))
