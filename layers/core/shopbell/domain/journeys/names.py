"""Kinds that are named beside their own row: where one letter says what another would."""

from shopbell.domain.model.vocabulary import Kind

RECEIVED, ACCEPTED, PAID = Kind("order_received"), Kind("order_accepted"), Kind("payment_received")
CANCELLED = Kind("order_cancelled")
UNCOLLECTED = Kind("parcel_uncollected")
