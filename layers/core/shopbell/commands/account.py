"""An account of an order or customer, printed for people or for programs."""

import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shopbell.commands.explained import became, decided, moment
from shopbell.domain.deciding.agenda import Coming
from shopbell.domain.model.state import Decision, Message
from shopbell.domain.time.calendar import format_instant
from shopbell.service.operators.explain import Explanation, left_at

Line = dict[str, object]


def lines(account: Explanation, zone: ZoneInfo) -> Iterator[str]:
    """What happened, oldest first, then what is still to come, on the shop's clock."""
    several = len(account.subjects) > 1
    for line in happened(account, zone):
        yield _line(line, zone, several=several)
    coming = list(to_come(account))
    yield "Still to come:" if coming else "Nothing is still to come."
    for line in coming:
        yield "  " + _line(line, zone, several=several)


def document(account: Explanation, zone: ZoneInfo) -> str:
    """JSON with the same, moments as instants."""
    found = {"subjects": account.subjects, "happened": happened(account, zone), "to_come": list(to_come(account))}
    return json.dumps(found, default=_plain, ensure_ascii=False, indent=2)


def _plain(value: object) -> str:
    return format_instant(value) if isinstance(value, datetime) else str(value)


def happened(account: Explanation, zone: ZoneInfo) -> list[Line]:
    decisions = [_decision(each, zone) for each in account.decisions]
    messages = [_message(each, left_at(each)) for each in account.messages]
    return sorted([*decisions, *messages], key=lambda line: str(_plain(line["at"])))


def to_come(account: Explanation) -> Iterator[Line]:
    lines = [*(_message(each, each.due_at) for each in account.waiting), *(_coming(*pair) for pair in account.coming)]
    return iter(sorted(lines, key=lambda line: str(_plain(line["at"]))))


def _decision(decision: Decision, zone: ZoneInfo) -> Line:
    subject = f"order {decision.order}" if decision.order else f"customer {decision.customer}"
    names = {name: str(getattr(decision, name)) for name in ("kind", "step", "outcome", "reason", "detail")}
    return {"at": decision.at, "subject": subject, **names, "words": decided(decision, zone)}


def _message(message: Message, at: datetime) -> Line:
    subject = f"order {message.order}" if message.order else f"customer {message.whose}"
    names = {"kind": message.kind, "message": message.id, "channel": message.channel, "status": message.status}
    return {"at": at, "subject": subject, **names, "attempts": message.attempts, "words": became(message)}


def _coming(name: str, look: Coming) -> Line:
    subject = name.replace("/", " ", 1).replace("customer id:", "customer ")
    words = "if it still holds then" + (f"; failed {look.failures} times so far" if look.failures else "")
    return {"at": look.at, "subject": subject, "kind": ", ".join(look.steps), "sweep": str(look.sweep), "words": words}


def _line(line: Line, zone: ZoneInfo, *, several: bool) -> str:
    at = line["at"]
    when = moment(at, zone) if isinstance(at, datetime) else ""
    about = [str(line["subject"])] if several else []
    name = ".".join(str(line[part]) for part in ("kind", "step") if line.get(part))
    return "  ".join([when, *about, name, str(line["words"])])
