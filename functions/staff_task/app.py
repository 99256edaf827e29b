"""A staff task's page: what to do, and what came of it."""

from typing import Any

from shopbell import bootstrap
from shopbell.entry import HttpAnswer, html, visit


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    return html(*bootstrap.task_page()(visit(event), bootstrap.now()))
