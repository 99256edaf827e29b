"""`shopbell explain`: why somebody got a message, or did not, and what is still to come. `show`: what is stored."""

from datetime import datetime
from typing import Annotated

import typer

from shopbell.commands import use_cases
from shopbell.commands.connection import connected_to
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.commands.whom import address_of
from shopbell.domain.model.shop import Shop as ShopConfiguration
from shopbell.service.operators.explain import Explanation

app = typer.Typer()


@app.command()
@at_a_stack
def explain(
    where: Where,
    shop: Shop,
    order: Annotated[str, typer.Option(help="The shop's id of an order.")] = "",
    customer: Annotated[str, typer.Option(help="The shop's id of a customer.")] = "",
    email: Annotated[str, typer.Option(help="A customer's or guest's address.")] = "",
    phone: Annotated[str, typer.Option(help="A customer's or guest's number, in any spelling.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell all that was decided and sent about an order or a customer, oldest first, and what is still to come."""
    from shopbell.commands.explanation_report import document, lines

    options = {"order": order, "customer": customer, "email": email, "phone": phone}
    given = [(name, value) for name, value in options.items() if value]
    if len(given) != 1:
        raise typer.BadParameter("one of --order, --customer, --email, --phone")
    with connected_to(where) as now:
        configuration = use_cases.shop(shop)
        explanation = _explanation(configuration, *given[0], now)
        zone = configuration.zone
        for line in [document(explanation, zone)] if as_json else lines(explanation, zone):
            print(line)


@app.command()
@at_a_stack
def show(
    where: Where,
    shop: Shop,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="order/1001, customer/id:7, complaint/q-1.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Print what is stored of an order, a customer or a complaint, and until when."""
    from shopbell.commands.stored_subject import document, lines

    with connected_to(where):
        stored = use_cases.show()(use_cases.shop(shop).id, subject)
        for line in [document(stored)] if as_json else lines(stored):
            print(line)


def _explanation(shop: ShopConfiguration, option: str, value: str, now: datetime) -> Explanation:
    match option:
        case "order":
            return use_cases.explain().order(shop, value, now)
        case "customer":
            return use_cases.explain().customer(shop, f"id:{value}", now)
        case _:
            return _of_contact(shop, option, value, now)


def _of_contact(shop: ShopConfiguration, option: str, value: str, now: datetime) -> Explanation:
    return use_cases.explain().contact(shop, address_of(shop, option, value), now)
