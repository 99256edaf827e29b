"""The picture of the rooms, drawn from the import rules that `make check` holds them to."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Contract = Mapping[str, Any]
"""One of [tool.importlinter.contracts]."""
Layers = Sequence[Sequence[str]]
"""The rooms of a house by floors, from the roof down; those of one floor do not know each other."""


def picture(contracts: Sequence[Contract]) -> Iterator[str]:
    """A Mermaid flowchart: an arrow from each room to those next below it. Rules of another type draw nothing."""
    yield "```mermaid"
    yield "flowchart TD"
    for contract in contracts:
        if contract["type"] == "layers":
            yield from map("    {}".format, _house(contract))
    yield "```"


def _house(contract: Contract) -> Iterator[str]:
    """A rule about the inside of a room draws a box round its floors."""
    (container,) = contract.get("containers", [""])
    layers = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    if not container:
        yield from _floors(layers, "")
        return
    yield f'subgraph {_name(container)}["{_label(container)}"]'
    yield from map("    {}".format, _floors(layers, f"{container}."))
    yield "end"


def _floors(layers: Layers, before: str) -> Iterator[str]:
    for layer in layers:
        yield from (f'{_name(before + room)}["{_label(room)}"]' for room in layer)
    named = [" & ".join(_name(before + room) for room in layer) for layer in layers]
    for upper, lower in pairwise(named):
        yield f"{upper} --> {lower}"


def _name(room: str) -> str:
    """Mermaid's own name of it."""
    return room.replace(".", "_")


def _label(room: str) -> str:
    return room.removeprefix("shopbell.")
