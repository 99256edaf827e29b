"""How far the walk of a campaign is, as a document."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from shopbell.domain.model.campaign import Found, Hold, Stage, Walk
from shopbell.domain.time.calendar import format_instant, parse_instant

_PLAIN = ("run", "after", "sends", "tells", "forced", "planned", "today", "left", "least", "ties", "most", "of_day")


def walk_document(walk: Walk) -> dict[str, Any]:
    document = {name: getattr(walk, name) for name in _PLAIN} | {"stage": walk.stage, "hold": walk.hold}
    document |= {"segment": list(walk.segment), "forgiven": dict(walk.forgiven), "found": _found_document(walk.found)}
    document |= {"at": format_instant(walk.at)} if walk.at else {}
    return {name: value for name, value in document.items() if value}


def walk_of(document: Mapping[str, Any]) -> Walk:
    at = document.get("at")
    walk = Walk(
        stage=Stage(document.get("stage", "")),
        hold=Hold(document.get("hold", "")),
        at=parse_instant(at) if at else None,
        segment=tuple(document.get("segment", ())),
        found=_found_of(document.get("found", {})),
        forgiven=document.get("forgiven", {}),
    )
    return replace(walk, **{name: document[name] for name in _PLAIN if name in document})


def _found_document(found: Found) -> dict[str, Any]:
    document = {"people": found.people, "reached": dict(found.reached), "kept_back": dict(found.kept_back)}
    document |= {"gmail": found.gmail, "spent": str(found.spent), "orders": found.orders}
    return document | {"ranks": [[rank, number] for rank, number in found.ranks.items()]}


def _found_of(document: Mapping[str, Any]) -> Found:
    if not document:
        return Found()
    return Found(
        document["people"],
        document["reached"],
        document["kept_back"],
        document["gmail"],
        Decimal(document["spent"]),
        document["orders"],
        dict(document["ranks"]),
    )
