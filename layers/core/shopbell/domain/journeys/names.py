"""Kinds that are named beside their own row: where what another letter says counts."""

from shopbell.domain.model.vocabulary import Kind

RECEIVED, ACCEPTED, PAID = Kind("order_received"), Kind("order_accepted"), Kind("payment_received")
CANCELLED, REFUNDED = Kind("order_cancelled"), Kind("order_refunded")
SHIPPED, READY, UNCOLLECTED = Kind("order_shipped"), Kind("parcel_ready"), Kind("parcel_uncollected")
