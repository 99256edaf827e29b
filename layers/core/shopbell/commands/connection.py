"""What every command shares: its way to the stack, what time it is there, and how it prints errors."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import typer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from shopbell import bootstrap
from shopbell.channels.provider_errors import code_of
from shopbell.commands import aws_in_words
from shopbell.commands.where import Where
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.state import Conflict
from shopbell.domain.time.calendar import parse_instant

# Operators work in a checkout, where the templates are.
TEMPLATES = Path(__file__).parents[4] / "templates"
LOCAL_STACK = "shopbell-local"
# Whoever runs the local stack need have no AWS account, and one that they have is not to be used.
LOCAL_ACCOUNT = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}
PATIENT = {"connect_timeout": 10, "read_timeout": 60}
"""Seconds. The functions' clients are in a hurry for somebody who waits; an operator would rather wait."""

NOWHERE = Where()
"""For what needs no stack."""

# Soft-wrapped, so that a line stays one line for whoever pipes it.
stdout = Console(highlight=False, soft_wrap=True)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


class NoStack(Exception):
    """None of that name there, said in a sentence."""


@contextmanager
def connected_to(where: Where) -> Iterator[datetime]:
    """Gives this process the environment of the stack's functions, and yields what time it is there.

    Errors inside are printed as `readable_errors` does.
    """
    with readable_errors(where):
        if where.local:
            _leave_aws_alone(where)
        session = where.session()
        ssm = session.client("ssm", endpoint_url=os.environ.get("SHOPBELL_ENDPOINT"), config=Config(**PATIENT))
        os.environ.update(variables(ssm, LOCAL_STACK if where.local else where.stack), TEMPLATES_DIR=str(TEMPLATES))
        bootstrap.make_clients_with(patient(session.client))
        yield _local_now(where) if where.local else bootstrap.now()


def _leave_aws_alone(where: Where) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(LOCAL_ACCOUNT, SHOPBELL_ENDPOINT=where.endpoint)


def variables(ssm: Any, stack: str) -> dict[str, str]:
    """The environment variables of the stack's functions, which template.yaml keeps in a parameter for this.

    Raises NoStack.
    """
    try:
        answer: Any = ssm.get_parameter(Name=f"/shopbell/{stack}/settings")
    except ClientError as error:
        # The second of a name that could be none.
        if code_of(error) not in ("ParameterNotFound", "ValidationException"):
            raise
        raise NoStack(
            f"There is no stack {stack} in {ssm.meta.region_name}: see --stack, --region, --profile."
        ) from error
    return dict(json.loads(answer["Parameter"]["Value"]))


def patient(make: Callable[..., Any]) -> Callable[..., Any]:
    """Makes the same clients, which wait longer for an answer."""
    return lambda service, config, endpoint_url: make(
        service, config=config.merge(Config(**PATIENT)), endpoint_url=endpoint_url
    )


def _local_now(where: Where) -> datetime:
    """What the local stack's own clock says, which need not be the real time."""
    with urlopen(f"{where.endpoint}/local/clock", timeout=PATIENT["read_timeout"]) as answer:  # noqa: S310  # the operator's own endpoint
        return parse_instant(json.load(answer)["now"])


@contextmanager
def readable_errors(where: Where = NOWHERE) -> Iterator[None]:
    """Prints what goes wrong in a line that names the field or the service, without a traceback.

    Exit code 1: the operator is to change something; 2: it may go well another time.
    """
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            stderr.print(f"{problem.pointer}: {problem.detail} ({problem.code})", markup=False)
        raise typer.Exit(1) from refused
    except NoStack as error:
        stderr.print(str(error), markup=False)
        raise typer.Exit(1) from error
    except (BotoCoreError, ClientError) as error:
        said = aws_in_words.sentence(error, where.profile or os.environ.get("AWS_PROFILE") or "default")
        asked = "The local stack" if where.local else "AWS"
        stderr.print(said or f"{asked} could not be asked: {error}", markup=False)
        raise typer.Exit(1 if said else 2) from error
    except Conflict as error:
        stderr.print("somebody else changes the same just now: try again", markup=False)
        raise typer.Exit(2) from error
    except OSError as error:
        stderr.print(str(error), markup=False)
        raise typer.Exit(2) from error
