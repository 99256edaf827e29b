"""A subject: an order, a complaint, a customer, the team or a campaign as it is stored, with its agenda."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.campaign import Campaign
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.order import Order
from shopbell.domain.model.team import Team

Entity = Order | Complaint | Customer | Team | Campaign
E = TypeVar("E", Order, Complaint, Customer, Team, Campaign, Entity, covariant=True)


@dataclass(frozen=True, slots=True)
class Subject(Generic[E]):
    """`customer`: the key of whose it is, "" while nobody knows. `version` rises with every write, `facts_version` only
    when what is known of it does (0: not stored yet). `expires_at`: seconds of the epoch, 0 while not stored."""

    entity: E
    customer: str = ""
    agenda: Agenda = Agenda()
    version: int = 0
    facts_version: int = 0
    expires_at: int = 0

    @property
    def name(self) -> str:
        """ "order/1001", "customer/id:7"."""
        return f"{self.entity.kind}/{self.entity.key}"
