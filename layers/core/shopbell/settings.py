"""The environment variables of the functions (template.yaml, Globals); nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Queues are URLs, `configuration_set` is SES's, `endpoint` the address of a local AWS ("" for the real one).

    `mail_concurrency` is how many batches of one queue of letters are sent side by side; `secrets_prefix` and the
    `_parameter`s are names in SSM Parameter Store; `due_shards` is how many partitions of the due index each sweep has.
    `side_by_side`: whether a batch's work is done in threads.
    """

    table: str
    events_queue: str
    past_events_queue: str
    events_dead_letters: str
    order_email_queue: str
    reminder_email_queue: str
    marketing_email_queue: str
    sms_queue: str
    mail_concurrency: int
    configuration_set: str
    due_shards: int
    secrets_prefix: str
    key_parameter: str
    public_url_parameter: str
    templates: Path
    endpoint: str
    side_by_side: bool


@cache  # the environment of a Lambda function does not change while it lives
def settings() -> Settings:
    """Raises KeyError with the name of a variable that is not set."""
    env = os.environ
    return Settings(
        table=env["TABLE_NAME"],
        events_queue=env["EVENTS_QUEUE_URL"],
        past_events_queue=env["PAST_EVENTS_QUEUE_URL"],
        events_dead_letters=env["EVENTS_DEAD_LETTERS_URL"],
        order_email_queue=env["ORDER_EMAIL_QUEUE_URL"],
        reminder_email_queue=env["REMINDER_EMAIL_QUEUE_URL"],
        marketing_email_queue=env["MARKETING_EMAIL_QUEUE_URL"],
        sms_queue=env["SMS_QUEUE_URL"],
        mail_concurrency=int(env["MAIL_CONCURRENCY"]),
        configuration_set=env["CONFIGURATION_SET"],
        due_shards=int(env["DUE_SHARDS"]),
        secrets_prefix=env["SECRETS_PREFIX"],
        key_parameter=env["KEY_PARAMETER"],
        public_url_parameter=env["PUBLIC_URL_PARAMETER"],
        templates=Path(env["TEMPLATES_DIR"]),
        endpoint=env.get("SHOPBELL_ENDPOINT", ""),
        side_by_side=env.get("SHOPBELL_SIDE_BY_SIDE", "yes") == "yes",
    )


SUFFIX = "_QUEUE_URL"


def queues() -> Mapping[str, str]:
    """Every queue of the stack by its name in small letters ("order_email"), with its URL."""
    return {name.removesuffix(SUFFIX).lower(): url for name, url in os.environ.items() if name.endswith(SUFFIX)}
