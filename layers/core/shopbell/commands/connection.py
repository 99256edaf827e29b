"""What every command shares: which stack it talks to, what time it is there, and how it says what went wrong."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.request import urlopen

import botocore.session
import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from shopbell import bootstrap
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.state import Conflict
from shopbell.domain.time.calendar import parse_instant

TEMPLATES = Path(__file__).parents[4] / "templates"
LOCAL = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
LOCAL_STACK = "shopbell-local"

say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

Local = Annotated[bool, typer.Option("--local", help="Talk to the local stack (make local), not to AWS.")]
Stack = Annotated[str, typer.Option(envvar="SHOPBELL_STACK", help="The name of the deployed stack.")]
Port = Annotated[int, typer.Option(envvar="PORT", help="The port of the local stack.")]
Shop = Annotated[str, typer.Argument(metavar="SHOP", help="The shop's id.")]


@contextmanager
def stack_at(stack: str, *, local: bool, port: int) -> Iterator[datetime]:
    """Makes this process see the stack as its own functions do, and says what time it is there.

    Whatever goes wrong inside is said in a line that names the field or the service, not in a trace.
    """
    with plain_words():
        endpoint = f"http://127.0.0.1:{port}"
        if local:
            stack = LOCAL_STACK
            os.environ.update(LOCAL, SHOPBELL_ENDPOINT=endpoint)
        os.environ.update(_settings(stack), TEMPLATES_DIR=str(TEMPLATES))
        yield _local_now(endpoint) if local else bootstrap.now()


def _settings(stack: str) -> dict[str, str]:
    ssm = botocore.session.get_session().create_client("ssm", endpoint_url=os.environ.get("SHOPBELL_ENDPOINT"))
    found: Any = ssm.get_parameter(Name=f"/shopbell/{stack}/settings")
    return dict(json.loads(found["Parameter"]["Value"]))


def _local_now(endpoint: str) -> datetime:
    """The local stack's clock moves only when it is told to."""
    with urlopen(f"{endpoint}/local/clock", timeout=10) as answer:
        return parse_instant(json.load(answer)["now"])


@contextmanager
def plain_words() -> Iterator[None]:
    """What goes wrong is said in a line that names the field or the service, not in a trace."""
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            complain.print(f"{problem.pointer}: {problem.detail} ({problem.code})", markup=False)
        raise typer.Exit(1) from refused
    except (BotoCoreError, ClientError) as error:
        complain.print(f"AWS could not be asked: {error}", markup=False)
        raise typer.Exit(2) from error
    except Conflict as error:
        complain.print("somebody else changes the same just now: try again", markup=False)
        raise typer.Exit(2) from error
    except OSError as error:
        complain.print(str(error), markup=False)
        raise typer.Exit(2) from error
