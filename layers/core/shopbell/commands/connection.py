"""What every command shares: which stack it talks to, what time it is there, and how it prints errors."""

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

# Operators work in a checkout, where the templates are.
TEMPLATES = Path(__file__).parents[4] / "templates"
# Whoever runs the local stack need have no AWS account, and one that they have is not to be used.
LOCAL_ACCOUNT = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
LOCAL_STACK = "shopbell-local"

# Soft-wrapped, so that a line stays one line for whoever pipes it.
stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)

Local = Annotated[bool, typer.Option("--local", help="Talk to the local stack (make local), not to AWS.")]
Stack = Annotated[str, typer.Option(envvar="SHOPBELL_STACK", help="The name of the deployed stack.")]
Port = Annotated[int, typer.Option(envvar="PORT", help="The port of the local stack.")]
Shop = Annotated[str, typer.Argument(metavar="SHOP", help="The shop's id.")]


@contextmanager
def connected_to(stack: str, *, local: bool, port: int) -> Iterator[datetime]:
    """Gives this process the environment of the stack's functions, and yields what time it is there.

    Errors inside are printed as `readable_errors` does.
    """
    with readable_errors():
        endpoint = f"http://127.0.0.1:{port}"
        if local:
            stack = LOCAL_STACK
            os.environ.update(LOCAL_ACCOUNT, SHOPBELL_ENDPOINT=endpoint)
        os.environ.update(_variables(stack), TEMPLATES_DIR=str(TEMPLATES))
        yield _local_now(endpoint) if local else bootstrap.now()


def _variables(stack: str) -> dict[str, str]:
    """The environment variables of the stack's functions, which template.yaml keeps in a parameter for this."""
    ssm = botocore.session.get_session().create_client("ssm", endpoint_url=os.environ.get("SHOPBELL_ENDPOINT"))
    answer: Any = ssm.get_parameter(Name=f"/shopbell/{stack}/settings")
    return dict(json.loads(answer["Parameter"]["Value"]))


def _local_now(endpoint: str) -> datetime:
    """What the local stack's own clock says, which need not be the real time."""
    with urlopen(f"{endpoint}/local/clock", timeout=10) as answer:
        return parse_instant(json.load(answer)["now"])


@contextmanager
def readable_errors() -> Iterator[None]:
    """Prints what goes wrong in a line that names the field or the service, without a traceback.

    Exit code 1: the operator is to change something; 2: it may go well another time.
    """
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            stderr.print(f"{problem.pointer}: {problem.detail} ({problem.code})", markup=False)
        raise typer.Exit(1) from refused
    except (BotoCoreError, ClientError) as error:
        stderr.print(f"AWS could not be asked: {error}", markup=False)
        raise typer.Exit(2) from error
    except Conflict as error:
        stderr.print("somebody else changes the same just now: try again", markup=False)
        raise typer.Exit(2) from error
    except OSError as error:
        stderr.print(str(error), markup=False)
        raise typer.Exit(2) from error
