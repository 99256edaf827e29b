"""The picture of the rooms, drawn from the import rules that `make check` holds them to."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Contract = Mapping[str, Any]
"""One of [tool.importlinter.contracts]."""
Layers = Sequence[Sequence[str]]
"""The rooms of a house by floors, from the roof down; those of one floor do not know each other."""


def picture(contracts: Sequence[Contract]) -> Iterator[str]:
    """A Mermaid flowchart: an arrow from each room to those next below it. Rules of another type draw nothing."""
    houses = [contract for contract in contracts if contract["type"] == "layers"]
    boxes = {container for house in houses for container in house.get("containers", [])}
    yield "```mermaid"
    yield "flowchart TD"
    for house in houses:
        yield from map("    {}".format, _house(house, boxes))
    yield "```"


def _house(contract: Contract, boxes: Collection[str]) -> Iterator[str]:
    """A rule about the inside of a room draws a box round its floors."""
    (container,) = contract.get("containers", [""])
    before = f"{container}." if container else ""
    layers = [[before + room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    if not container:
        yield from _floors(layers, boxes)
        return
    yield f'subgraph {_name(container)}["{_label(container)}"]'
    yield from map("    {}".format, _floors(layers, boxes))
    yield "end"


def _floors(layers: Layers, boxes: Collection[str]) -> Iterator[str]:
    for layer in layers:
        yield from (f'{_name(room)}["{_label(room)}"]' for room in layer if room not in boxes)
    named = [" & ".join(map(_name, layer)) for layer in layers]
    for upper, lower in pairwise(named):
        yield f"{upper} --> {lower}"


def _name(room: str) -> str:
    """Mermaid's own name of it."""
    return room.replace(".", "_")


def _label(room: str) -> str:
    return room.rpartition(".")[2]
