"""A complaint or a question of a customer's, from being opened to being resolved."""

from dataclasses import dataclass
from typing import ClassVar

from shopbell.domain.model.events import EventType
from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.time.span import days

ASKED_AFTER = days(7)
"""So long after it was resolved a letter asks whether all is well (R136)."""
OPENED, RESOLVED = EventType.COMPLAINT_OPENED, EventType.COMPLAINT_RESOLVED


@dataclass(frozen=True, slots=True)
class Complaint(EntityHistory):
    """`about` is the shop's id of the order that it is about, "" where it is about none."""

    kind: ClassVar[SubjectKind] = SubjectKind.COMPLAINT

    @property
    def about(self) -> str:
        return self.text("order")

    @property
    def is_question(self) -> bool:
        return self.text("kind") == "question"
