"""The operators' command: the same against the local stack and AWS."""

import typer

from shopbell.commands import campaigns, explain, export, letters, operations, shops

# Most commands import what they use when they run: `shopbell --help` should not wait for it.
app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.add_typer(shops.app, name="shop")
app.add_typer(letters.app, name="letter")
app.add_typer(campaigns.app, name="campaign")
app.add_typer(explain.app)
app.add_typer(export.app)
app.add_typer(operations.app)


@app.command()
def journeys() -> None:
    """Print the table of notifications: every kind, what starts it, when, until when, which requirements it answers."""
    from shopbell.commands.journey_table import markdown
    from shopbell.domain.journeys import JOURNEYS

    for line in markdown(JOURNEYS):
        print(line)


def main() -> None:
    app()
