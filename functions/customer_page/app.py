"""The customer's page: what we write to them about, and the one click that ends it."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, form, html
from shopbell.service.customer_page import Visit


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    visit = Visit(
        event["pathParameters"]["token"],
        event["requestContext"]["http"]["method"],
        form(event),
        event.get("headers", {}).get("accept-language", ""),
    )
    return html(*bootstrap.customer_page()(visit, bootstrap.now()))
