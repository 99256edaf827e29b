"""Explain: why somebody got a message, or did not, and what they will get. Show: what is stored of them."""

from datetime import datetime
from typing import Annotated

import typer

from shopbell.commands import makers
from shopbell.commands.connection import Local, Port, Shop, Stack, stack_at
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop as Tenant
from shopbell.service.operators.explain import Explanation

app = typer.Typer()


@app.command()
def explain(
    shop: Shop,
    order: Annotated[str, typer.Option(help="The shop's id of an order.")] = "",
    customer: Annotated[str, typer.Option(help="The shop's id of a customer.")] = "",
    email: Annotated[str, typer.Option(help="A customer's or guest's address.")] = "",
    phone: Annotated[str, typer.Option(help="A customer's or guest's number, in any spelling.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    local: Local = False,
    stack: Stack = "shopbell",
    port: Port = 8700,
) -> None:
    """Tell all that was decided and sent about an order or a customer, oldest first, and what is still to come."""
    from shopbell.commands.account import document, lines

    asked = {"order": order, "customer": customer, "email": email, "phone": phone}
    given = {name: value for name, value in asked.items() if value}
    if len(given) != 1:
        raise typer.BadParameter("one of --order, --customer, --email, --phone")
    with stack_at(stack, local=local, port=port) as now:
        tenant = makers.shop(shop)
        account = _account(tenant, *next(iter(given.items())), now)
        for line in [document(account, tenant.zone)] if as_json else lines(account, tenant.zone):
            print(line)


@app.command()
def show(
    shop: Shop,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="order/1001, customer/id:7, complaint/q-1.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    local: Local = False,
    stack: Stack = "shopbell",
    port: Port = 8700,
) -> None:
    """Print what is stored of an order, a customer or a complaint, and until when."""
    from shopbell.commands.stored import document, lines

    with stack_at(stack, local=local, port=port):
        stored = makers.show()(makers.shop(shop).id, subject)
        for line in [document(stored)] if as_json else lines(stored):
            print(line)


def _account(tenant: Tenant, asked: str, value: str, now: datetime) -> Explanation:
    use = makers.explain()
    if asked == "order":
        return use.order(tenant, value, now)
    return use.customer(tenant, f"id:{value}", now) if asked == "customer" else _contact(tenant, asked, value, now)


def _contact(tenant: Tenant, asked: str, value: str, now: datetime) -> Explanation:
    """In the spelling in which the shop's events are read."""
    from shopbell.schema.contacts import UnreadableError, read_email, read_phone

    try:
        address = read_email(value) if asked == "email" else read_phone(value, tenant.country)
    except UnreadableError as error:
        raise Refused(Problem(f"#/{asked}", "unreadable", str(error))) from error
    return makers.explain().contact(tenant, address, now)
