"""Export all that is kept of a person, for their right of access. What an erasure removes stands here, and no less."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import ContactState, CouponState, Decision, Message
from shopbell.domain.model.subject import Entity, Subject
from shopbell.service.delivery.late_facts import PersonalCodes
from shopbell.service.operators.retell import Retold
from shopbell.service.ports import ContactKey, Session, Store
from shopbell.service.subjects.belongings import Belongings, contacts_known, owners_of


@dataclass(frozen=True, slots=True)
class KeptSubject:
    """A customer (`bonus`, `places`: theirs), an order or a complaint. Messages and decisions: oldest first."""

    subject: Subject[Entity]
    messages: Sequence[Message]
    decisions: Sequence[Decision]
    bonus: Sequence[Entry] = ()
    places: Places = Places()


@dataclass(frozen=True, slots=True)
class Kept:
    """`texts`: by the message's id. `coupons`: personal codes that a letter handed out, with the message's id."""

    subjects: Sequence[KeptSubject]
    contacts: Sequence[ContactState]
    coupons: Sequence[tuple[str, CouponState]]
    texts: Mapping[str, Retold]


@dataclass(frozen=True, slots=True)
class Export:
    """The use case; changes nothing, and reads partitions of the person asked for alone. Raises Refused."""

    store: Store
    contact_key: ContactKey
    retell: Callable[[Shop, Message, datetime], Retold]
    personal_codes: PersonalCodes

    def customer(self, shop: Shop, customer_id: str, now: datetime) -> Kept:
        return self._kept(shop, customer_id, [], now)

    def contact(self, shop: Shop, address: str, now: datetime) -> Kept:
        """Of whoever an e-mail address or a number in its one spelling stands for."""
        state = self.store.session(shop.id).contact(self.contact_key(shop.id, address))
        return self._kept(shop, None, [state], now)

    def _kept(self, shop: Shop, customer_id: str | None, named: list[ContactState], now: datetime) -> Kept:
        owners = owners_of(self.store.session(shop.id), customer_id, named)
        subjects = [each for key in owners for each in self._subjects(shop.id, key)]
        contacts = [*named, *(state for each in subjects for state in self._contacts(shop.id, each.subject.entity))]
        unique = {state.contact.key: state for state in contacts if state.version}
        if not subjects and not unique:
            raise Refused(Problem("#", "unknown_customer", f"{shop.id} keeps nothing of such a person"))
        messages = [message for each in subjects for message in each.messages]
        coupons = [(message.id, coupon) for message in messages if (coupon := self._coupon(shop, message))]
        texts = {message.id: self.retell(shop, message, now) for message in messages}
        return Kept(subjects, list(unique.values()), coupons, texts)

    def _subjects(self, shop: str, key: str) -> Iterator[KeptSubject]:
        session = self.store.session(shop)
        for name in dict.fromkeys(Belongings(self.store, shop, self.contact_key)(key)):
            kept = _subject(session, name)
            if kept.subject.version or kept.messages or kept.decisions:
                yield kept

    def _contacts(self, shop: str, entity: Entity) -> Iterator[ContactState]:
        if isinstance(entity, Customer):
            yield from contacts_known(self.store.session(shop), shop, entity, self.contact_key)

    def _coupon(self, shop: Shop, message: Message) -> CouponState | None:
        """The personal code that a letter handed out, be it under an earlier key."""
        row = BY_NAME.get(message.name)
        if row is None or not (row.coupon or row.kind == CAMPAIGN):
            return None
        codes = self.personal_codes(shop.id, f"{message.subject}|{row.place(message.occurrence_id)}")
        session = self.store.session(shop.id)
        session.prefetch(coupons=codes)
        return next(filter(None, map(session.coupon, codes)), None)


def _subject(session: Session, name: str) -> KeptSubject:
    messages, decisions = session.entries(name)
    subject = session.subject(name)
    if not isinstance(subject.entity, Customer):
        return KeptSubject(subject, messages, decisions)
    key = subject.entity.key
    return KeptSubject(subject, messages, decisions, session.bonus([key]), session.places(key))
