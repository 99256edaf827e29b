"""Where an order stands in its life: by its account and its parcels, as its letters tell them."""

from shopbell.domain.model.order import Order
from shopbell.domain.model.vocabulary import OrderState
from shopbell.domain.rules.account import Account
from shopbell.domain.rules.parcels import delivered_at, is_sent, parcels, waiting_parcels


def state_of(order: Order, account: Account) -> OrderState:
    """Of several parcels that which is nearest to the customer counts, and all of them for "delivered"."""
    delivered = delivered_at(order) is not None
    if account.called_off:
        return OrderState.RETURNED if delivered else OrderState.CANCELLED
    if delivered:
        return OrderState.DELIVERED
    if is_sent(order) and waiting_parcels(order):
        return OrderState.PICKUP_AVAILABLE
    if is_sent(order) and parcels(order):
        return OrderState.IN_TRANSIT
    return OrderState.PAYMENT_DUE if order.prepaid and account.due else OrderState.PROCESSING
