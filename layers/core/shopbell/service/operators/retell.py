"""The text of a message, made once more: what is stored of one is ids and moments."""

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.letter_context.build import letter_context, missing_facts
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Message
from shopbell.errors import where
from shopbell.service.delivery.compose import compose
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.delivery.mailing import with_mailing
from shopbell.service.delivery.own_letters import ShopsRenderer
from shopbell.service.ports import Campaigns, ContactKey, LetterRenderer, Log, OwnLetters, Store
from shopbell.service.subjects.planning import trigger_of
from shopbell.service.subjects.reading import read_subject

NO_LINKS = {"unsubscribe_url": "", "task_url": ""}
"""A link opens its page for whoever has it: none is made for an export."""


@dataclass(frozen=True, slots=True)
class Retold:
    """`why_not`: why there is no text."""

    subject: str = ""
    text: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Retell:
    """The use case; changes nothing."""

    store: Store
    contact_key: ContactKey
    late_facts: LateFactsReader
    renderer: LetterRenderer
    own_letters: OwnLetters
    campaigns: Campaigns
    log: Log

    def __call__(self, shop: Shop, message: Message, now: datetime) -> Retold:
        """As it would be made now, which what was told since may have changed."""
        if message.name not in BY_NAME:
            return Retold(why_not="there are no letters of this kind any more")
        session = self.store.session(shop.id)
        facts = read_subject(session, shop, message.subject, self.contact_key, message.customer).facts(shop)
        if facts.customer.erased or (facts.order is not None and facts.order.erased):
            return Retold(why_not="what it said was removed")
        facts = with_mailing(session, self.campaigns, self.renderer.locales(), facts, message)
        try:
            return self._made(shop, facts, message, now)
        except Exception as error:  # noqa: BLE001  # is told instead of the text
            return Retold(why_not=f"it cannot be made from what is known now: {where(error)['error']}")

    def _made(self, shop: Shop, facts: Facts, message: Message, now: datetime) -> Retold:
        journey, trigger = BY_NAME[message.name], trigger_of(facts, message, now)
        if missing := missing_facts(facts, journey, trigger, now):
            return Retold(why_not=f"it needs what is not known: {', '.join(missing)}")
        facts = self.late_facts(self.store.session(shop.id), facts, journey, trigger, now)
        context = letter_context(facts, journey, trigger, now)
        renderer = ShopsRenderer(shop, self.renderer, self.own_letters, self.log)
        letter = compose(facts, message, {**context, **NO_LINKS}, renderer)
        return Retold(letter.subject, letter.text)
