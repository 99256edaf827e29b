"""Campaigns: how far each is; pause, resume, cancel, at once."""

from typing import Annotated

import typer

from shopbell.commands import use_cases
from shopbell.commands.connection import connected_to, stdout
from shopbell.commands.where import Shop, Where, at_a_stack
from shopbell.domain.model.campaign import Hold, Stage
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.time.calendar import format_instant
from shopbell.service.operators.campaigns import Shown

app = typer.Typer(no_args_is_help=True, help=__doc__)

Name = Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The campaign's id.")]


@app.command("list")
@at_a_stack
def list_(where: Where, shop: Shop) -> None:
    """All campaigns of a shop, the oldest first."""
    with connected_to(where):
        shown = list(use_cases.campaigns().list(use_cases.shop(shop)))
        for each in shown:
            stdout.print(f"{each.listed.id}: {state(each)}; {each.counts.sent} sent", markup=False)
        if not shown:
            stdout.print(f"{shop}: no campaigns", markup=False)


@app.command()
@at_a_stack
def show(where: Where, shop: Shop, campaign: Name) -> None:
    """How far a campaign is, whom it reaches, who does not get it and why."""
    with connected_to(where):
        for line in lines(use_cases.campaigns().show(use_cases.shop(shop), campaign)):
            stdout.print(line, markup=False)


@app.command()
@at_a_stack
def pause(where: Where, shop: Shop, campaign: Name) -> None:
    """Hold its letters back; what a sender has in hand this second still leaves."""
    with connected_to(where) as now:
        use_cases.campaigns().pause(use_cases.shop(shop), campaign, now)
        stdout.print(f"{campaign}: paused", markup=False)


@app.command()
@at_a_stack
def resume(where: Where, shop: Shop, campaign: Name) -> None:
    """Let it go on, also after too many complaints or bounces: these are forgiven, new ones count."""
    with connected_to(where) as now:
        woken = use_cases.campaigns().resume(use_cases.shop(shop), campaign, now)
        stdout.print(f"{campaign}: goes on; {woken} held letters are looked at again", markup=False)


@app.command()
@at_a_stack
def cancel(where: Where, shop: Shop, campaign: Name) -> None:
    """End it: what has not left will not."""
    with connected_to(where) as now:
        use_cases.campaigns().cancel(use_cases.shop(shop), campaign, now)
        stdout.print(f"{campaign}: cancelled", markup=False)


def state(shown: Shown) -> str:
    """In a word or two."""
    walk = shown.campaign.walk
    if walk.hold is not Hold.NOTHING:
        return str(walk.hold)
    if walk.stage is not Stage.IDLE:
        return str(walk.stage)
    return "sent" if shown.listed.started_at else "counted" if shown.campaign.is_counted else "requested"


def lines(shown: Shown) -> list[str]:
    walk, counts = shown.campaign.walk, shown.counts
    found = walk.found
    reached = [f"  {name.replace('|', ', ')}: {number}" for name, number in sorted(found.reached.items())]
    kept_back = [f"  {reason}: {number}" for reason, number in sorted(found.kept_back.items())]
    letters, texts = found.by(ChannelName.EMAIL), found.by(ChannelName.SMS)
    return [
        f"{shown.listed.id}: {state(shown)}",
        f"requested {format_instant(shown.listed.asked_at)}",
        f"for {' + '.join(walk.segment or shown.campaign.segment)}: {found.people} people",
        *([f"reaches {letters} by e-mail, {texts} by SMS", *reached] if found.people else []),
        *(["does not reach", *kept_back] if kept_back else []),
        f"planned {walk.planned}, sent {counts.sent}, bounced {counts.bounce}, complaints {counts.complaint}",
        *([f"goes on at {format_instant(walk.at)}"] if walk.at else []),
    ]
