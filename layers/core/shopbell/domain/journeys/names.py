"""Kinds that are named beside their own row: where what another letter says counts."""

from collections.abc import Mapping

from shopbell.domain.model.vocabulary import Kind

RECEIVED, ACCEPTED, PAID = Kind("order_received"), Kind("order_accepted"), Kind("payment_received")
CANCELLED, REFUNDED = Kind("order_cancelled"), Kind("order_refunded")
REVIEW, SATISFIED = Kind("review_request"), Kind("staff_call_satisfaction")
FOLLOWUP = Kind("complaint_followup")
BIRTHDAY, HOLIDAY_CARD, HOLIDAY_OFFER = Kind("birthday_today"), Kind("holiday_card"), Kind("holiday_offer")
SHIPPED, READY, UNCOLLECTED = Kind("order_shipped"), Kind("parcel_ready"), Kind("parcel_uncollected")
BY_CALL: Mapping[Kind, Kind] = {REVIEW: SATISFIED}
"""Letters that a shop may have said on the phone instead, each with the call that says it."""
