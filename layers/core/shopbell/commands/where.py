"""The options that say which stack a command talks to, and as whom."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Signature, signature
from typing import Annotated, Any

import boto3
import typer

Shop = Annotated[str, typer.Argument(metavar="SHOP", help="The shop's id.")]


@dataclass(frozen=True, slots=True)
class Where:
    """Which stack a command talks to; each field is an option of the command."""

    local: Annotated[bool, typer.Option("--local", help="Talk to the local stack (make local), not to AWS.")] = False
    stack: Annotated[str, typer.Option(envvar="SHOPBELL_STACK", help="The name of the deployed stack.")] = "shopbell"
    profile: Annotated[str, typer.Option(help="A profile of your AWS configuration; else AWS_PROFILE names it.")] = ""
    region: Annotated[str, typer.Option(envvar="AWS_REGION", help="The stack's region; else it is the profile's.")] = ""
    port: Annotated[int, typer.Option(envvar="PORT", help="The port of the local stack.")] = 8700

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def session(self) -> Any:
        """boto3's, with its usual ways to credentials."""
        if self.local:
            return boto3.Session()
        return boto3.Session(profile_name=self.profile or None, region_name=self.region or None)


def at_a_stack(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of `Where`, and hands them to it as its first argument."""
    where = list(signature(Where).parameters.values())
    own = list(signature(command).parameters.values())[1:]

    @wraps(command)
    def with_options(**given: Any) -> None:
        command(Where(**{each.name: given.pop(each.name) for each in where}), **given)

    with_options.__signature__ = Signature([*own, *where])  # type: ignore[attr-defined]
    with_options.__annotations__ = {each.name: each.annotation for each in (*own, *where)}
    return with_options
