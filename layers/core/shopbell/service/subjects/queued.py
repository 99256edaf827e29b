"""An event on its way from whoever took it to `React`: what a message of the queue of events says."""

import json
from datetime import datetime

from shopbell.domain.model.events import CheckedEvent
from shopbell.domain.time.instants import format_stamp

DIALECT = "native"


def queue_message(shop: str, event_id: str, event: CheckedEvent, now: datetime) -> str:
    """JSON in ASCII: SQS takes only the characters that XML has, so all others are escaped."""
    message = {
        "shop": shop,
        "id": event_id,
        "dialect": DIALECT,
        "received_at": format_stamp(now),
        "body": event.body,
        "dropped": {field.path: field.detail for field in event.dropped},
    }
    return json.dumps(message, separators=(",", ":"))
