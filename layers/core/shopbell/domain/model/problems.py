"""What is wrong with something handed to us, said so that its sender can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One field that is wrong, or in a note one that was left out.

    `pointer` is a JSON pointer ("#/data/order/total"), `code` a stable word for programs.
    """

    pointer: str
    code: str
    detail: str


class Refused(Exception):
    """A document that cannot be taken, with every problem found in it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.pointer}: {p.detail}" for p in problems))
        self.problems = problems
