"""The explanation of an order or a customer, as lines for people or as JSON for programs."""

import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shopbell.commands.wording import decision_in_words, local_time, message_in_words
from shopbell.domain.deciding.agenda import Coming
from shopbell.domain.model.state import Decision, Message
from shopbell.domain.time.calendar import format_instant
from shopbell.service.operators.explain import Explanation, left_at

Line = dict[str, object]
"""What is told of one decision, message or look: `at`, `subject`, `kind`, `words` for people, and fields of its own."""


def lines(explanation: Explanation, zone: ZoneInfo) -> Iterator[str]:
    """What happened, oldest first, then what is still to come, on the shop's clock."""
    several = len(explanation.subjects) > 1
    for line in _happened(explanation, zone):
        yield _text(line, zone, several=several)
    coming = _to_come(explanation)
    yield "Still to come:" if coming else "Nothing is still to come."
    for line in coming:
        yield "  " + _text(line, zone, several=several)


def document(explanation: Explanation, zone: ZoneInfo) -> str:
    """JSON with the same: moments as UTC instants, but in `words` on the shop's clock."""
    fields = {
        "subjects": explanation.subjects,
        "happened": _happened(explanation, zone),
        "to_come": _to_come(explanation),
    }
    return json.dumps(fields, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: object) -> str:
    return format_instant(value) if isinstance(value, datetime) else str(value)


def _happened(explanation: Explanation, zone: ZoneInfo) -> list[Line]:
    decisions = [_decision_line(decision, zone) for decision in explanation.decisions]
    messages = [_message_line(message, left_at(message)) for message in explanation.messages]
    return sorted([*decisions, *messages], key=_moment)


def _to_come(explanation: Explanation) -> list[Line]:
    messages = [_message_line(message, message.due_at) for message in explanation.waiting]
    looks = [_look_line(subject, look) for subject, look in explanation.coming]
    return sorted([*messages, *looks], key=_moment)


def _moment(line: Line) -> str:
    return _plain(line["at"])  # instants in UTC and one format sort as texts do


def _decision_line(decision: Decision, zone: ZoneInfo) -> Line:
    subject = f"order {decision.order}" if decision.order else f"customer {decision.customer}"
    fields = {name: str(getattr(decision, name)) for name in ("kind", "step", "outcome", "reason", "detail")}
    return {"at": decision.at, "subject": subject, **fields, "words": decision_in_words(decision, zone)}


def _message_line(message: Message, at: datetime) -> Line:
    subject = f"order {message.order}" if message.order else f"customer {message.whose}"
    fields = {"kind": message.kind, "message": message.id, "channel": message.channel, "status": message.status}
    return {
        "at": at,
        "subject": subject,
        **fields,
        "attempts": message.attempts,
        "words": message_in_words(message),
    }


def _look_line(name: str, look: Coming) -> Line:
    """A sweep's next look at a subject ("order/1001", "customer/id:7")."""
    subject = name.replace("/", " ", 1).replace("customer id:", "customer ")
    words = "if it still holds then" + (f"; failed {look.failures} times so far" if look.failures else "")
    return {"at": look.at, "subject": subject, "kind": ", ".join(look.steps), "sweep": str(look.sweep), "words": words}


def _text(line: Line, zone: ZoneInfo, *, several: bool) -> str:
    """`several`: there are lines of more than one subject, so each names its own."""
    at = line["at"]
    when = local_time(at, zone) if isinstance(at, datetime) else ""
    about = [str(line["subject"])] if several else []
    name = ".".join(str(line[part]) for part in ("kind", "step") if line.get(part))
    return "  ".join([when, *about, name, str(line["words"])])
