"""The door: a shop tells what happened, signed by Standard Webhooks."""

from functools import cache
from typing import Any

from shopbell import bootstrap
from shopbell.dialects.native import check
from shopbell.dialects.signatures import verify
from shopbell.entry import HttpAnswer, answer, headers, raw_body
from shopbell.observability import note
from shopbell.service.door.receive import Receive, Request


@cache
def receive() -> Receive:
    return Receive(
        secrets=bootstrap.secrets(),
        queue=bootstrap.events_queue(),
        past_queue=bootstrap.past_events_queue(),
        verify=verify,
        check=check,
        contact_notes=bootstrap.contact_notes,
        log=note,
        outages=bootstrap.OUTAGES,
    )


def handler(event: dict[str, Any], context: Any) -> HttpAnswer:
    request = Request(event["pathParameters"]["shop"], headers(event), raw_body(event), bootstrap.now())
    return answer(*receive()(request))
