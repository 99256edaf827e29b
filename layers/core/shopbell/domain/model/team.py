"""The shop's own people, as what something is decided about: what they are told of a whole day."""

from dataclasses import dataclass
from typing import ClassVar

from shopbell.domain.model.history import EntityHistory
from shopbell.domain.model.vocabulary import SubjectKind

TEAM = "team"
"""A shop has one."""


@dataclass(frozen=True, slots=True)
class Team(EntityHistory):
    kind: ClassVar[SubjectKind] = SubjectKind.STAFF
