"""What the operators' command is told of the stack: every queue, and all that the code reads."""

import re

from tests.infrastructure.stack import QUEUES, RESOURCES, VARIABLES

TOLD = RESOURCES["SettingsParameter"]["Properties"]["Value"]["Fn::Sub"]


def test_each_queue_with_dead_letters_can_be_redriven() -> None:
    redriven = {name for name, given in QUEUES.items() if "RedrivePolicy" in given}
    assert redriven
    assert set(re.findall(r'_QUEUE_URL": "\$\{(\w+)\}"', TOLD)) == redriven


def test_it_names_what_the_functions_are_told() -> None:
    of_the_runtime = {"TEMPLATES_DIR", "POWERTOOLS_SERVICE_NAME", "LOG_LEVEL"}
    assert VARIABLES.keys() - of_the_runtime <= set(re.findall(r'"([A-Z_]+)":', TOLD))
