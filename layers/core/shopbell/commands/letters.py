"""A shop's own words: letters that stand in for the shipped ones."""

from pathlib import Path
from typing import Annotated

import typer

from shopbell import bootstrap
from shopbell.commands import use_cases
from shopbell.commands.connection import TEMPLATES, connected_to, readable_errors, stdout
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.domain.model.problems import Problem, Refused

app = typer.Typer(no_args_is_help=True, help=__doc__)

LetterFile = Annotated[Path, typer.Argument(help="A template; its folder and name say of what: uk/order_shipped.j2.")]
Name = Annotated[str, typer.Argument(metavar="LOCALE/KIND", help="As list shows it: uk/order_shipped.")]
As = Annotated[
    str, typer.Option("--as", metavar="LOCALE/KIND", help="Of what it is a letter, where its path does not say.")
]


@app.command()
def check(file: LetterFile, name: As = "") -> None:
    """Say what is wrong with a letter, line by line, and try it on two orders; changes nothing."""
    from shopbell.commands.letter_trial import try_letter
    from shopbell.commands.samples import any_shop
    from shopbell.rendering import Renderer

    with readable_errors():
        try_letter(Renderer(TEMPLATES), any_shop(), name or _name(file), _source(file))
        stdout.print(f"{file}: nothing is wrong", markup=False)


@app.command()
@at_a_stack
def put(where: Where, shop: Shop, file: LetterFile, name: As = "") -> None:
    """Give a shop a letter of its own; a block it leaves out stays the shipped one's. Counts at once."""
    from shopbell.commands.letter_trial import try_letter

    letter = name or _name(file)
    with connected_to(where):
        source = _source(file)
        # With this shop's own configuration: its coupons and contacts decide what a letter has.
        try_letter(bootstrap.renderer(), use_cases.shop(shop), letter, source)
        bootstrap.own_letters().put(shop, letter, source)
        stdout.print(f"{shop}: {letter} is the shop's own now", markup=False)


@app.command("list")
@at_a_stack
def show(where: Where, shop: Shop) -> None:
    """Name the letters that a shop has of its own."""
    with connected_to(where):
        for name in sorted(use_cases.shop(shop).letters):
            print(name)


@app.command()
@at_a_stack
def remove(where: Where, shop: Shop, name: Name) -> None:
    """Take a shop's letter away; the shipped one counts again at once."""
    with connected_to(where):
        if name not in use_cases.shop(shop).letters:
            raise Refused(Problem(name, "unknown_letter", f"{shop} has no such letter of its own"))
        bootstrap.own_letters().remove(shop, name)
        stdout.print(f"{shop}: {name} is the shipped one again", markup=False)


def _name(file: Path) -> str:
    """Of a path ".../uk/order_shipped.j2": "uk/order_shipped"."""
    return f"{file.resolve().parent.name}/{file.stem}"


def _source(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Problem(str(file), "not_text", "it is not UTF-8")) from error
