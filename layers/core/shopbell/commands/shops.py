"""A shop: its configuration and its secrets."""

import base64
import secrets as random
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from shopbell import bootstrap
from shopbell.commands import use_cases
from shopbell.commands.connection import TEMPLATES, connected_to, readable_errors, stdout
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.domain.model.problems import Problem, Refused

SCHEMES = ("native", "woocommerce", "shopify")
MAX_ACTIVE = 2
"""Secrets of a scheme that are accepted at once: the new one and, while senders change over, the one before."""

NO_COUPON = "without a `code`, or `unique: true`, these never leave: {kinds} (a warning; `journeys` turns them off)"

app = typer.Typer(no_args_is_help=True, help=__doc__)

ShopFile = Annotated[Path, typer.Argument(help="YAML or JSON; its name is the shop's id: dobra.yaml.", exists=True)]
ShopId = Annotated[str, typer.Option("--id", help="The shop's id, where the file's name is not it.")]


@app.command()
def check(file: ShopFile, id: ShopId = "") -> None:
    """Say what is wrong with a shop's configuration, field by field, and which letters never leave; changes nothing."""
    from shopbell.configuration.reading import read_shop
    from shopbell.domain.deciding.without_coupon import without_coupon
    from shopbell.domain.journeys import KINDS

    # From the checkout: to check a file no stack need run.
    locales = {words.parent.name for words in TEMPLATES.glob("*/_words.j2")}
    with readable_errors():
        shop = read_shop(id or file.stem, _document(file), KINDS, locales)
        for coupon, kinds in without_coupon(shop).items():
            stdout.print(
                f"#/coupons/{coupon}: {NO_COUPON.format(kinds=', '.join(kinds))}", markup=False, soft_wrap=True
            )
        stdout.print(f"{file}: nothing is wrong")


@app.command()
@at_a_stack
def put(where: Where, file: ShopFile, id: ShopId = "") -> None:
    """Create or replace a shop; secrets named in the file go to Parameter Store."""
    name = id or file.stem
    with connected_to(where):
        bootstrap.put_shop(name, _document(file))
        stdout.print(f"{name}: put; its events go to {bootstrap.public_url()}/v1/shops/{name}/events")


@app.command()
@at_a_stack
def secret(
    where: Where,
    shop_id: Shop,
    scheme: Annotated[str, typer.Argument(help=", ".join(SCHEMES))],
    value: Annotated[str, typer.Option(help="What the platform gave you; '-' reads it from standard input.")] = "",
    domain: Annotated[str, typer.Option(help="Shopify only: the shop's domain there.")] = "",
) -> None:
    """Add a webhook secret; the one before stays good beside it. Without --value, native makes one and prints it."""
    with connected_to(where):
        new = _given(value) if value else _generated(scheme)
        former = [secret for secret in bootstrap.secrets().of(shop_id, scheme) if secret != new]
        active = [new, *former][:MAX_ACTIVE]
        bootstrap.put_secrets(shop_id, {scheme: {"secrets": active, "domain": domain} if domain else active})
        print(new)  # alone on its line, for scripts; rich would read brackets in it as markup


@app.command()
@at_a_stack
def remove(
    where: Where,
    shop_id: Shop,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """End a shop and all that it kept: orders, customers, messages, letters, secrets. Nothing brings it back."""
    with connected_to(where):
        if not (yes or typer.confirm(f"{shop_id}: remove it, and all that was kept of its customers, for ever?")):
            raise typer.Exit(1)
        for gone in use_cases.remove_shop()(shop_id):
            stdout.print(f"{shop_id}: {gone} items removed", markup=False)


def _given(value: str) -> str:
    # Standard input keeps a secret out of the shell's history.
    return sys.stdin.readline().strip() if value == "-" else value


def _generated(scheme: str) -> str:
    """A secret as Standard Webhooks spells it. Raises Refused for a platform, which makes its own."""
    if scheme != "native":
        raise Refused(Problem("#/value", "missing", f"{scheme} gives you the secret: pass it with --value"))
    return "whsec_" + base64.b64encode(random.token_bytes(32)).decode()


def _document(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(Problem("#", "not_yaml", " ".join(str(error).split()))) from error
