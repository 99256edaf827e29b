"""All functions run in one environment, and none names the API: that would close a circle."""

import re

from tests.infrastructure.stack import FUNCTIONS, ROOT, VARIABLES

NAMES = {
    "TABLE_NAME",
    "EVENTS_DEAD_LETTERS_URL",
    "EVENTS_QUEUE_URL",
    "PAST_EVENTS_QUEUE_URL",
    "ORDER_EMAIL_QUEUE_URL",
    "REMINDER_EMAIL_QUEUE_URL",
    "MARKETING_EMAIL_QUEUE_URL",
    "SMS_QUEUE_URL",
    "FEEDBACK_QUEUE_URL",
    "MAIL_CONCURRENCY",
    "CONFIGURATION_SET",
    "DUE_SHARDS",
    "SECRETS_PREFIX",
    "KEY_PARAMETER",
    "PUBLIC_URL_PARAMETER",
    "TEMPLATES_DIR",
    "POWERTOOLS_SERVICE_NAME",
    "LOG_LEVEL",
}


def test_every_function_has_these_variables() -> None:
    assert VARIABLES.keys() == NAMES


def test_what_the_code_reads_of_the_environment_is_there() -> None:
    settings = (ROOT / "layers/core/shopbell/settings.py").read_text("utf-8")
    read = set(re.findall(r'env\["(\w+)"\]', settings))
    assert "TABLE_NAME" in read
    assert read <= VARIABLES.keys()


def test_no_function_has_variables_of_its_own() -> None:
    assert not [name for name, function in FUNCTIONS.items() if "Environment" in function]


def test_no_variable_waits_for_the_api() -> None:
    assert "HttpApi" not in str(VARIABLES)
