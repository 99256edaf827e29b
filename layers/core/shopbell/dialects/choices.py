"""The closed vocabularies of native events."""

from shopbell.schema.types import Choice, Scalar


class PaymentMethod(Choice):
    words = ("bank_transfer", "card", "cash_on_delivery", "cash_to_courier", "other")


class DeliveryMethod(Choice):
    words = ("pickup_point", "courier", "post", "self_pickup", "none")


class Gender(Choice):
    droppable = True
    words = ("female", "male")


class CallOutcome(Choice):
    words = ("reached", "no_answer", "refused", "accepted", "done")


class ComplaintKind(Choice):
    words = ("complaint", "question")


class EventType(Scalar):
    code = "unknown_type"
