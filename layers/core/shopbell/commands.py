"""The operators' command: the same against the local stack and AWS."""

import base64
import json
import os
import secrets as random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import botocore.session
import typer
import yaml
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from shopbell import bootstrap
from shopbell.domain.problems import Problem, Refused

TEMPLATES = Path(__file__).parents[3] / "templates"
LOCAL = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
SCHEMES = ("native", "woocommerce", "shopify")
ACTIVE = 2
"""So many secrets of a scheme count at once: a new one and, while senders change over, the one before."""

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
shop = typer.Typer(no_args_is_help=True, help="A shop: its configuration and its secrets.")
app.add_typer(shop, name="shop")
say = Console(highlight=False, soft_wrap=True)
complain = Console(stderr=True, highlight=False, soft_wrap=True)

Local = Annotated[bool, typer.Option("--local", help="Talk to the local stack (make local), not to AWS.")]
Stack = Annotated[str, typer.Option(envvar="SHOPBELL_STACK", help="The name of the deployed stack.")]
Port = Annotated[int, typer.Option(envvar="PORT", help="The port of the local stack.")]
ShopFile = Annotated[Path, typer.Argument(help="YAML or JSON; its name is the shop's id: dobra.yaml.", exists=True)]
ShopId = Annotated[str, typer.Option("--id", help="The shop's id, where the file's name is not it.")]


@shop.command()
def check(file: ShopFile, id: ShopId = "") -> None:
    """Say what is wrong with a shop's configuration, field by field; changes nothing."""
    from shopbell.dialects.configuration import read_shop
    from shopbell.domain.journeys import ANNOUNCED, KINDS

    locales = {words.parent.name for words in TEMPLATES.glob("*/_words.j2")}
    with _plain_words():
        read_shop(id or file.stem, _document(file), (*KINDS, *ANNOUNCED), locales)
        say.print(f"{file}: nothing is wrong")


@shop.command()
def put(file: ShopFile, id: ShopId = "", local: Local = False, stack: Stack = "shopbell", port: Port = 8700) -> None:
    """Create or replace a shop; secrets named in the file go to Parameter Store."""
    name = id or file.stem
    with _plain_words(), _at(stack, local=local, port=port):
        bootstrap.put_shop(name, _document(file))
        say.print(f"{name}: put; its events go to {bootstrap.public_url()}/v1/shops/{name}/events")


@shop.command()
def secret(
    shop_id: Annotated[str, typer.Argument(metavar="SHOP")],
    scheme: Annotated[str, typer.Argument(help=", ".join(SCHEMES))],
    value: Annotated[str, typer.Option(help="What the platform gave you; '-' reads it from standard input.")] = "",
    domain: Annotated[str, typer.Option(help="Shopify only: the shop's domain there.")] = "",
    local: Local = False,
    stack: Stack = "shopbell",
    port: Port = 8700,
) -> None:
    """Add a webhook secret; the one before stays good beside it. Without --value, native makes one and prints it."""
    with _plain_words(), _at(stack, local=local, port=port):
        new = sys.stdin.readline().strip() if value == "-" else value or _made(scheme)
        known = [each for each in bootstrap.secrets().of(shop_id, scheme) if each != new]
        active = [new, *known][:ACTIVE]
        bootstrap.put_secrets(shop_id, {scheme: {"secrets": active, "domain": domain} if domain else active})
        print(new)


@app.command()
def journeys() -> None:
    """Print the table of notifications: every kind, what starts it, when, until when, which requirements it answers."""
    from shopbell.domain.journeys import JOURNEYS
    from shopbell.domain.journeys.described import markdown

    for line in markdown(JOURNEYS):
        print(line)


def _made(scheme: str) -> str:
    if scheme != "native":
        raise Refused(Problem("#/value", "missing", f"{scheme} gives you the secret: pass it with --value"))
    return "whsec_" + base64.b64encode(random.token_bytes(32)).decode()


def _document(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(Problem("#", "not_yaml", " ".join(str(error).split()))) from error


@contextmanager
def _at(stack: str, *, local: bool, port: int) -> Iterator[None]:
    """Makes this process see the stack as its own functions do."""
    if local:
        stack = "shopbell-local"
        os.environ.update(LOCAL, SHOPBELL_ENDPOINT=f"http://127.0.0.1:{port}")
    ssm = botocore.session.get_session().create_client("ssm", endpoint_url=os.environ.get("SHOPBELL_ENDPOINT"))
    name = f"/shopbell/{stack}/settings"
    os.environ.update(json.loads(ssm.get_parameter(Name=name)["Parameter"]["Value"]), TEMPLATES_DIR=str(TEMPLATES))
    yield


@contextmanager
def _plain_words() -> Iterator[None]:
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


def main() -> None:
    app()


if __name__ == "__main__":
    main()
