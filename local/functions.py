"""Loads the functions' handlers as Lambda would, and calls them."""

import importlib.util
import os
import sys
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from local.aws import INTERCEPTOR
from local.cloudformation import ACCOUNT, REGION
from local.declared import Function
from local.wiring import Wiring

Handler = Callable[[Any, "Context"], Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda hands to a handler beside the event."""

    function_name: str
    memory_limit_in_mb: int
    aws_request_id: str
    deadline: datetime
    now: Callable[[], datetime]
    function_version: str = "$LATEST"

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return f"local/[{self.function_version}]{self.aws_request_id}"

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - self.now()).total_seconds() * 1000))


class Crashed(Exception):
    """A handler raised; the log holds its trace."""


class Functions:
    """The template's functions, loaded with their environment."""

    def __init__(self, wiring: Wiring, now: Callable[[], datetime]) -> None:
        self._wiring = wiring
        self._now = now
        self._handlers: dict[str, Handler] = {}

    def load(self) -> None:
        """Loads every function anew, as after a deployment: no client, setting or cache outlives this."""
        os.environ.update(self._environment())
        for folder in self._wiring.layers():
            if folder.is_dir() and str(folder) not in sys.path:
                sys.path.append(str(folder))
        self.unload()
        self._handlers = {name: _handler(function) for name, function in self._wiring.functions.items()}

    def unload(self) -> None:
        """Forgets what the product keeps between calls: clients, settings and parameters lie in functools caches."""
        modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "shopbell"]
        for module in modules:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()

    def _environment(self) -> dict[str, str]:
        # On AWS the templates are a layer under /opt. Here no batch runs beside another, and so none waits for another;
        # and the letters of a batch leave in the order in which they were asked for.
        own = {
            "TEMPLATES_DIR": str(self._wiring.root / "templates"),
            "MAIL_CONCURRENCY": "0",
            "SHOPBELL_SIDE_BY_SIDE": "no",
        }
        return {**self._wiring.environment, **own}

    def invoke(self, name: str, event: Any) -> Any:
        """The handler's answer. Raises Crashed."""
        function = self._wiring.functions[name]
        deadline = self._now() + timedelta(seconds=function.timeout)
        context = Context(
            function_name=name,
            memory_limit_in_mb=function.memory,
            aws_request_id=str(uuid.uuid4()),
            deadline=deadline,
            now=self._now,
        )
        with INTERCEPTOR.inside_handler():
            try:
                return self._handlers[name](event, context)
            except (Exception, SystemExit) as error:  # Lambda survives sys.exit() too
                traceback.print_exc()
                raise Crashed(f"{name}: {error!r}") from error


def _handler(function: Function) -> Handler:
    module_name, attribute = function.handler.rsplit(".", 1)
    path = function.code / (module_name.replace(".", "/") + ".py")
    # Every function has an app.py: a module's name must tell them apart.
    spec = importlib.util.spec_from_file_location(f"_local_{function.name}_{module_name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    handler: Handler = getattr(module, attribute)
    return handler
