"""`shopbell export`: all that is kept of a person, for their right of access."""

from datetime import datetime
from typing import Annotated

import typer

from shopbell.commands import use_cases
from shopbell.commands.connection import connected_to
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.commands.whom import address_of
from shopbell.domain.model.shop import Shop as ShopConfiguration
from shopbell.service.operators.export import Kept

app = typer.Typer()


@app.command()
@at_a_stack
def export(
    where: Where,
    shop: Shop,
    customer: Annotated[str, typer.Option(help="The shop's id of a customer.")] = "",
    email: Annotated[str, typer.Option(help="A customer's or guest's address.")] = "",
    phone: Annotated[str, typer.Option(help="A customer's or guest's number, in any spelling.")] = "",
) -> None:
    """Print all that is kept of a person, as JSON: for their right of access."""
    from shopbell.commands.person_document import document

    options = {"customer": customer, "email": email, "phone": phone}
    given = [(name, value) for name, value in options.items() if value]
    if len(given) != 1:
        raise typer.BadParameter("one of --customer, --email, --phone")
    with connected_to(where) as now:
        configuration = use_cases.shop(shop)
        print(document(_kept(configuration, *given[0], now), configuration, now))


def _kept(shop: ShopConfiguration, option: str, value: str, now: datetime) -> Kept:
    if option == "customer":
        return use_cases.export().customer(shop, value, now)
    return use_cases.export().contact(shop, address_of(shop, option, value), now)
