"""What a shop's own past says of how its customers order: an item of the shop's own, read with the shop."""

from decimal import Decimal

from shopbell.domain.model.rhythm import Fit, QuietGroup, Rhythm
from shopbell.domain.time.calendar import format_stamp
from shopbell.storage.documents import dumped, loaded, moment_of
from shopbell.storage.table import Item


def rhythm_item(rhythm: Rhythm) -> Item:
    said = {
        "learnt_at": rhythm.learnt_at and format_stamp(rhythm.learnt_at),
        "since": rhythm.since and format_stamp(rhythm.since),
        "usual_days": rhythm.usual_days,
        "categories": rhythm.categories,
        "fit": rhythm.fit,
        "big_from": None if rhythm.big_from is None else str(rhythm.big_from),
        "letters": rhythm.letters,
        "calls": rhythm.calls,
        "quiet": rhythm.quiet,
    }
    return {"doc": dumped(said)}


def rhythm_of(item: Item | None) -> Rhythm:
    if item is None:
        return Rhythm()
    said = loaded(item["doc"])
    return Rhythm(
        learnt_at=said["learnt_at"] and moment_of(said["learnt_at"]),
        since=said["since"] and moment_of(said["since"]),
        usual_days=said["usual_days"],
        categories=said["categories"],
        fit=said["fit"] and Fit(*said["fit"]),
        big_from=None if said["big_from"] is None else Decimal(said["big_from"]),
        letters=tuple(said["letters"]),
        calls=tuple(said["calls"]),
        quiet=tuple(QuietGroup(*group) for group in said["quiet"]),
    )
