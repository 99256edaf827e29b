"""Show a subject as it is stored: every field with its version, what happened, its agenda, its messages' ids."""

from dataclasses import dataclass

from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.state import Message
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.service.ports import Store


@dataclass(frozen=True, slots=True)
class StoredSubject:
    """`messages`: the soonest first."""

    subject: Subject[Entity]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """The use case; changes nothing."""

    store: Store

    def __call__(self, shop: str, name: str) -> StoredSubject:
        """`name`: "order/1001", "customer/id:7", "complaint/q-1". Raises Refused."""
        kind, _, key = name.partition("/")
        if kind not in {*SubjectKind} or not key:
            kinds = ", ".join(f"{each}/…" for each in SubjectKind)
            raise Refused(Problem("#/subject", "unknown_kind", f"{name!r} names no subject; there are: {kinds}"))
        session = self.store.session(shop)
        messages, _ = session.entries(name)
        subject = session.subject(name)
        if not subject.version:
            raise Refused(Problem("#/subject", "unknown_subject", f"{shop} has nothing stored of {name!r}"))
        return StoredSubject(subject, tuple(messages))
