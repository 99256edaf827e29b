"""Reminds, once and politely, of orders not paid yet."""

from shopbell.entry import sweep

handler = sweep("unpaid_orders")
