"""What holds for every test."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

pytest_plugins = ("tests.log_watch", "local.testing")

# A run judges the change and not the draw; and no machine is too busy for a property.
settings.register_profile("fixed", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("fixed"), max_examples=20)
settings.load_profile("fixed")

TEST_BY_TEST = "tests/test_simulator_"
"""Begins the files of few and long tests that set nothing up."""


class Scheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Brings a file's tests to one worker, which sets up once what they share; the simulator's each to who is free."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(TEST_BY_TEST) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)
