"""What an operator does while shops are served: pause, resume, replan, upgrade, redrive."""

from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

import typer

from shopbell import bootstrap
from shopbell.commands import use_cases
from shopbell.commands.connection import connected_to, stderr, stdout
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.domain.model.shop import Paused

app = typer.Typer()

AT_ONCE = 8
"""So many subjects are upgraded side by side: fewer than a client of botocore has connections."""

Marketing = Annotated[bool, typer.Option("--marketing", help="Marketing and greetings only; order news goes on.")]
Everything = Annotated[bool, typer.Option("--everything", help="All messages, order news as well (the default).")]


@app.command()
@at_a_stack
def pause(
    where: Where,
    shop: Shop,
    marketing: Marketing = False,
    everything: Everything = False,
) -> None:
    """Hold back a shop's messages; each waits inside its own window and expires when that closes."""
    if marketing and everything:
        raise typer.BadParameter("either --marketing or --everything")
    _change_pause(where, shop, Paused.MARKETING if marketing else Paused.EVERYTHING)


@app.command()
@at_a_stack
def resume(where: Where, shop: Shop) -> None:
    """End a shop's pause; what was held and still makes sense leaves at once."""
    _change_pause(where, shop, Paused.NOTHING)


def _change_pause(where: Where, name: str, paused: Paused) -> None:
    from shopbell.service.operators.pause import pause as set_pause

    with connected_to(where) as now:
        use_cases.shop(name)  # refuses a shop that is not there, for which a pause would be kept all the same
        released = set_pause(name, paused, pauses=bootstrap.store(), wake_held=use_cases.wake_held(), now=now)
        state = f"{paused} is paused" if paused else "nothing is paused"
        stdout.print(f"{name}: {state}; {released} held messages are looked at again", markup=False)


@app.command()
@at_a_stack
def replan(where: Where, shop: Shop) -> None:
    """Compute anew what is still to come of a shop, after its configuration changed."""
    with connected_to(where) as now:
        done = use_cases.replan()(use_cases.shop(shop), now)
        stdout.print(f"{shop}: {done.looked} looked at, {done.moved} moved", markup=False)
        if done.failed:
            stderr.print(f"{done.failed} could not be replanned; see the lines above, and run it again", markup=False)
            raise typer.Exit(3)  # done in part; 1 and 2 are for `readable_errors`


@app.command()
@at_a_stack
def upgrade(where: Where) -> None:
    """Bring what a former version stored to the present form; broken off or done twice, it does no harm."""
    with connected_to(where) as now, ThreadPoolExecutor(AT_ONCE) as pool:
        failed = 0
        for done in use_cases.upgrade(pool.map)(now):
            failed = done.failed
            filled = f"{done.listed} customers listed, {done.pointed} histories filled, {done.ended} ends set"
            filled += f", {done.remembered} orders remembered, {done.woken} customers woken"
            stdout.print(f"{done.looked} looked at: {done.moved} moved, {filled}", markup=False)
        if failed:
            stderr.print(f"{failed} could not be upgraded; see the lines above, and run it again", markup=False)
            raise typer.Exit(1)


@app.command()
@at_a_stack
def redrive(
    where: Where,
    queue: Annotated[str, typer.Argument(help="The queue's name, or all.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count them; move nothing.")] = False,
) -> None:
    """Move dead letters back to their queue; what has left or is too late is not sent again."""
    from shopbell.service.operators.redrive import redrive as move

    with connected_to(where):
        for name, letters in use_cases.dead_letters(queue).items():
            waiting = letters.waiting()
            moved = 0 if dry_run else move(letters)
            stdout.print(f"{name}: {waiting} dead letters, {moved} moved back", markup=False)
