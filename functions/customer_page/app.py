"""The customer's page: what we write to them about, and the one click that ends it."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, html, visit


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    return html(*bootstrap.customer_page()(visit(event), bootstrap.now()))
