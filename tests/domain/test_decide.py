"""What becomes of each step of a row that is looked at: sent, held until when, planned, or skipped, and why.

The rows are the test's own, so that no cadence of the shipped ones is fixed here; those told together are the shipped.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from inspect import getsource

from shopbell.domain.deciding import decide, ruling_out
from shopbell.domain.deciding.decide import StepDecision, due_steps, still_to_come
from shopbell.domain.deciding.ruling_out import over
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.events import EventType
from shopbell.domain.model.vocabulary import Kind, MessageClass, Outcome, Reason, RequiredFact, Sweep
from shopbell.domain.rules.conditions import has_phone, no_complaint_about_it, uncalled, unpaid
from shopbell.domain.rules.moments import After, AtOnce, at_once, placed_at
from shopbell.domain.rules.triggers import Each, EachParcel, birthdays, lives
from shopbell.domain.time.span import days, hours
from tests.domain.stories import clock, moment, on_the_clock, whole
from tests.domain.tables import each_row, rows
from tests.world import MONDAY

SHIPPED, READY, DELIVERED = EventType.ORDER_SHIPPED, EventType.ORDER_READY_FOR_PICKUP, EventType.ORDER_DELIVERED
NEWS = Journey(kind="news", on=Each(EventType.ORDER_ACCEPTED), lasts=days(3), sms=Sms.BESIDE)
REMINDER = Journey(
    kind="reminder",
    sweep=Sweep.UNPAID_ORDERS,
    on=lives,
    moment=After(days(2), placed_at),
    lasts=days(3),
    only_if=(unpaid, no_complaint_about_it),
)
TASK = replace(NEWS, kind="task", message_class=MessageClass.STAFF)
ROWS: Mapping[str, Journey] = {
    "news": NEWS,
    "short news": replace(NEWS, kind="short_news", lasts=hours(2)),
    "news two hours later": replace(NEWS, kind="later", moment=After(hours(2), at_once), later=True),
    "news of whatever is over": replace(NEWS, kind="over", on=Each(EventType.ORDER_CANCELLED), when_called_off=True),
    "news of a parcel": replace(NEWS, kind="parcel", on=EachParcel(SHIPPED), superseded_by=(READY, DELIVERED)),
    "news that a payment replaces": replace(NEWS, kind="replaced", replaced_by=(EventType.ORDER_PAID,)),
    "news until a payment": replace(NEWS, kind="until", superseded_by=(EventType.ORDER_PAID,)),
    "the newest date": replace(NEWS, kind="date", on=Each(EventType.ORDER_DELAYED), newest_only=True),
    "a bill": replace(NEWS, kind="bill", requires=(RequiredFact.TOTAL,)),
    "news turned off": replace(NEWS, kind="off", enabled=False),
    "a reminder": REMINDER,
    "a call": replace(
        REMINDER,
        kind="call",
        message_class=MessageClass.STAFF,
        only_if=(unpaid, has_phone, no_complaint_about_it, uncalled(Kind("staff_confirm_order"))),
    ),
    "the end of the story": replace(REMINDER, kind="end", enabled=False, only_if=(unpaid,), ends=Reason.LOST),
    "a task": TASK,
    "a calm task": replace(TASK, kind="calm", can_wait=True),
    "a task of the clock": replace(TASK, kind="clock", moment=AtOnce(), sweep=Sweep.TASKS),
    "a calm task of the clock": replace(TASK, kind="calm_clock", sweep=Sweep.TASKS, can_wait=True),
    "a birthday letter": replace(
        NEWS, kind="birthday", on=birthdays, lasts=days(1), message_class=MessageClass.MARKETING, sweep=Sweep.BIRTHDAYS
    ),
    **{name: BY_NAME[name] for name in ("order_received", "order_accepted", "payment_received")},
}

TABLE = """
row                          | what_happened                                                                | now          | decision
news                         | placed                                                                       | Mon 02 10:00 | nothing
news                         | placed, accepted                                                             | Mon 02 11:00 | email sent
news                         | placed, accepted, sent news                                                  | Mon 02 12:00 | nothing
news                         | placed, accepted, skipped news                                               | Mon 02 12:00 | nothing
news                         | placed, accepted, planned news                                               | Mon 02 12:00 | nothing
news                         | placed, Mon 02 22:00 accepted                                                | Mon 02 22:00 | email sent
news                         | placed, agreed to SMS, accepted                                              | Mon 02 12:00 | email sent; sms sent
news                         | placed, agreed to SMS, Mon 02 22:00 accepted                                 | Mon 02 22:00 | email sent; sms held until Tue 03 09:00, send_hours
news                         | placed, no e-mail, Tue 03 08:59 accepted                                     | Tue 03 08:59 | sms held until Tue 03 09:00, send_hours
news                         | placed, no e-mail, Tue 03 09:00 accepted                                     | Tue 03 09:00 | sms sent
news                         | placed, no e-mail, Tue 03 20:59 accepted                                     | Tue 03 20:59 | sms sent
news                         | placed, no e-mail, Tue 03 21:00 accepted                                     | Tue 03 21:00 | sms held until Wed 04 09:00, send_hours
news                         | placed, no e-mail, no phone, accepted                                        | Mon 02 13:00 | skipped, no_contact
news                         | placed, accepted                                                             | Thu 05 10:59 | email sent
news                         | placed, accepted                                                             | Thu 05 11:00 | skipped, stale_event
news                         | placed, accepted, cancelled                                                  | Mon 02 12:00 | skipped, no_longer_true
news                         | placed, accepted, the customer was forgotten                                 | Mon 02 12:00 | skipped, erased
news                         | placed, accepted, the order was forgotten                                    | Mon 02 12:00 | skipped, erased
news                         | placed, accepted, the shop turned news off                                   | Mon 02 12:00 | skipped, disabled
news                         | placed, accepted, the shop turned news off, the order was forgotten          | Mon 02 13:00 | skipped, erased
news                         | placed, accepted, cancelled, the shop turned news off                        | Mon 02 13:00 | skipped, disabled
news turned off              | placed, accepted                                                             | Mon 02 11:00 | skipped, disabled
news turned off              | placed, accepted, the shop turned it on                                      | Mon 02 12:00 | email sent
short news                   | placed, no e-mail, Mon 02 19:01 accepted                                     | Mon 02 21:00 | skipped, window_passed
short news                   | placed, no e-mail, Tue 03 07:00 accepted                                     | Tue 03 08:00 | skipped, window_passed
short news                   | placed, no e-mail, Tue 03 07:01 accepted                                     | Tue 03 08:00 | sms held until Tue 03 09:00, send_hours
news two hours later         | placed, accepted                                                             | Mon 02 11:00 | email planned for Mon 02 13:00
news two hours later         | placed, accepted                                                             | Mon 02 13:00 | email sent
news two hours later         | placed, Mon 02 19:30 accepted                                                | Mon 02 21:30 | email held until Tue 03 09:00, send_hours
news two hours later         | placed, accepted, cancelled                                                  | Mon 02 12:00 | skipped, no_longer_true
news two hours later         | placed, accepted, everything is paused                                       | Mon 02 12:00 | email planned for Mon 02 13:00
news of whatever is over     | placed, cancelled                                                            | Mon 02 11:00 | email sent
news of a parcel             | placed, shipped A                                                            | Mon 02 11:00 | email sent
news of a parcel             | placed, shipped A, delivered A                                               | Mon 02 12:00 | skipped, no_longer_true
news of a parcel             | placed, shipped A, ready A                                                   | Mon 02 12:00 | skipped, superseded
news of a parcel             | placed, shipped A, shipped B, delivered A                                    | Mon 02 13:00 | skipped, no_longer_true; email sent
news of a parcel             | placed, shipped A, sent parcel A, shipped B                                  | Mon 02 13:00 | email sent
news of a parcel             | placed, shipped A, sent parcel A, shipped A as p1                            | Mon 02 13:00 | nothing
news of a parcel             | placed, Mon 02 12:00 shipped A as p1, sent parcel p1, Mon 02 11:00 shipped A | Mon 02 13:00 | nothing
news that a payment replaces | placed, accepted, paid                                                       | Mon 02 12:00 | skipped, superseded
news that a payment replaces | placed, paid, accepted                                                       | Mon 02 12:00 | skipped, superseded
news until a payment         | placed, accepted, paid                                                       | Mon 02 12:00 | skipped, no_longer_true
news until a payment         | placed, Mon 02 11:00 accepted, Mon 02 11:00 paid                             | Mon 02 11:00 | skipped, no_longer_true
news until a payment         | placed, paid, accepted                                                       | Mon 02 12:00 | email sent
the newest date              | placed, paid, delayed to Tuesday                                             | Mon 02 12:00 | email sent
the newest date              | placed, paid, delayed to Tuesday, delayed to Wednesday                       | Mon 02 13:00 | skipped, superseded; email sent
a bill                       | placed, accepted                                                             | Mon 02 11:00 | email sent
a bill                       | placed without a price, accepted                                             | Mon 02 11:00 | email held until Mon 02 12:00, missing_facts
a bill                       | placed without a price, accepted                                             | Thu 05 10:59 | email held until Thu 05 11:59, missing_facts
a bill                       | placed without a price, accepted                                             | Thu 05 11:00 | skipped, stale_event
a reminder                   | placed                                                                       | Wed 04 09:59 | nothing
a reminder                   | placed                                                                       | Wed 04 10:00 | email sent
a reminder                   | Mon 02 21:30 placed                                                          | Wed 04 21:30 | email held until Thu 05 09:00, send_hours
a reminder                   | placed                                                                       | Sat 07 09:59 | email sent
a reminder                   | placed                                                                       | Sat 07 10:00 | skipped, window_passed
a reminder                   | placed, paid                                                                 | Wed 04 10:00 | skipped, no_longer_true
a reminder                   | placed, complained                                                           | Wed 04 10:00 | email held until Wed 04 11:00, complaint_open
a reminder                   | placed, complained                                                           | Sat 07 08:59 | email held until Sat 07 09:59, complaint_open
a reminder                   | placed, complained                                                           | Sat 07 09:00 | skipped, complaint_open
a reminder                   | placed, complained, was helped                                               | Wed 04 10:00 | email sent
a reminder                   | placed, complained, paid                                                     | Wed 04 10:00 | skipped, no_longer_true
a reminder                   | Mon 02 21:30 placed, Tue 03 10:00 complained                                 | Wed 04 21:30 | email held until Wed 04 22:30, complaint_open
a reminder                   | placed, reminders have four days                                             | Wed 04 10:00 | nothing
a reminder                   | placed, reminders have four days                                             | Fri 06 10:00 | email sent
the end of the story         | placed                                                                       | Wed 04 10:00 | skipped, lost
the end of the story         | placed, paid                                                                 | Wed 04 10:00 | skipped, no_longer_true
a task                       | placed, Sun 08 03:00 accepted                                                | Sun 08 03:00 | staff held until Mon 09 09:00, send_hours
a task                       | placed, accepted, no phone, no e-mail                                        | Mon 02 13:00 | staff sent
a calm task                  | placed, Sun 08 03:00 accepted                                                | Sun 08 03:00 | staff held until Mon 09 09:00, send_hours
a task of the clock          | placed, Sun 08 03:00 accepted                                                | Sun 08 03:00 | staff held until Mon 09 09:00, send_hours
a calm task of the clock     | placed, Sun 08 03:00 accepted                                                | Sun 08 03:00 | staff held until Mon 09 09:00, send_hours
a calm task of the clock     | placed, Fri 06 17:59 accepted                                                | Fri 06 17:59 | staff sent
a birthday letter            | born on 12 March, agreed to letters                                          | Thu 12 00:00 | email held until Thu 12 09:00, send_hours
a birthday letter            | born on 12 March, agreed to letters                                          | Thu 12 10:00 | email sent
a birthday letter            | born on 12 March                                                             | Thu 12 10:00 | skipped, no_consent
a birthday letter            | born on 12 March, everybody is held out                                      | Thu 12 10:00 | skipped, no_consent
a birthday letter            | born on 12 March, agreed to letters, everybody is held out                   | Thu 12 10:00 | skipped, holdout
a birthday letter            | born on 12 March, agreed to letters, marketing is paused                     | Thu 12 10:00 | email held until Thu 12 11:00, paused
a birthday letter            | born on 12 March, agreed to letters, everything is paused                    | Thu 12 10:00 | email held until Thu 12 11:00, paused
news                         | placed, accepted, marketing is paused                                        | Mon 02 12:00 | email sent
news                         | placed, accepted, everything is paused                                       | Mon 02 12:00 | email held until Mon 02 13:00, paused
news                         | placed, accepted, cancelled, everything is paused                            | Mon 02 13:00 | skipped, no_longer_true
a task                       | placed, accepted, everything is paused                                       | Mon 02 12:00 | staff held until Mon 02 13:00, paused
order_received               | placed, Mon 02 10:00 accepted                                                | Mon 02 10:00 | skipped, superseded
order_accepted               | placed, Mon 02 10:00 accepted                                                | Mon 02 10:00 | email sent
order_accepted               | placed, Mon 02 10:00 accepted, Mon 02 10:00 paid                             | Mon 02 10:00 | email sent
payment_received             | placed, Mon 02 10:00 accepted, Mon 02 10:00 paid                             | Mon 02 10:00 | skipped, superseded
payment_received             | placed, Mon 02 10:00 paid                                                    | Mon 02 10:00 | skipped, superseded
payment_received             | placed on a card, Mon 02 10:00 planned order_received, Mon 02 10:00 paid     | Mon 02 10:00 | skipped, superseded
payment_received             | placed on a card, Mon 02 10:00 skipped order_received, Mon 02 10:00 paid     | Mon 02 10:00 | email sent
payment_received             | placed, sent order_received, paid                                            | Mon 02 12:00 | email sent
payment_received             | placed, sent order_received, Mon 02 12:00 accepted, Mon 02 12:00 paid        | Mon 02 12:00 | email sent
order_accepted               | placed, sent order_received, Mon 02 12:00 accepted, Mon 02 12:00 paid        | Mon 02 12:00 | skipped, superseded
"""  # noqa: E501  # a row of the table stays in one line
WHY = """
row                          | what_happened                                                         | now          | detail
news                         | placed, no e-mail, no phone, accepted                                 | Mon 02 13:00 | neither an e-mail address nor a phone
news                         | placed, accepted                                                      | Thu 05 11:00 | its window closed at Thu 05 11:00
news                         | placed, accepted, cancelled                                           | Mon 02 12:00 | the order was called off at Mon 02 12:00
news                         | placed, accepted, the customer was forgotten                          | Mon 02 12:00 | the customer asked to be forgotten
news                         | placed, accepted, the shop turned news off                            | Mon 02 12:00 | news is turned off
news turned off              | placed, accepted                                                      | Mon 02 11:00 | off is turned off
news of a parcel             | placed, shipped A, delivered A                                        | Mon 02 12:00 | order.delivered at Mon 02 12:00
news of a parcel             | placed, shipped A, ready A                                            | Mon 02 12:00 | order.ready_for_pickup at Mon 02 12:00
news that a payment replaces | placed, accepted, paid                                                | Mon 02 12:00 | order.paid says it all
news until a payment         | placed, accepted, paid                                                | Mon 02 12:00 | order.paid at Mon 02 12:00
the newest date              | placed, paid, delayed to Tuesday, delayed to Wednesday                | Mon 02 13:00 | newer news at Mon 02 13:00
a bill                       | placed without a price, accepted                                      | Mon 02 11:00 | without total
a reminder                   | placed, paid                                                          | Wed 04 10:00 | nothing is due since Mon 02 11:00
a reminder                   | placed, complained                                                    | Wed 04 10:00 | complaint c9 about this order is open
a birthday letter            | born on 12 March                                                      | Thu 12 10:00 | no consent to marketing
a birthday letter            | born on 12 March, agreed to letters, marketing is paused              | Thu 12 10:00 | marketing paused by the operators
a birthday letter            | born on 12 March, agreed to letters, everything is paused             | Thu 12 10:00 | everything paused by the operators
order_received               | placed, Mon 02 10:00 accepted                                         | Mon 02 10:00 | order.accepted says it all
payment_received             | placed, Mon 02 10:00 accepted, Mon 02 10:00 paid                      | Mon 02 10:00 | order_accepted says it too
payment_received             | placed, Mon 02 10:00 paid                                             | Mon 02 10:00 | order_received says it too
order_accepted               | placed, sent order_received, Mon 02 12:00 accepted, Mon 02 12:00 paid | Mon 02 12:00 | payment_received says it too
short news                   | placed, no e-mail, Mon 02 19:01 accepted                              | Mon 02 21:00 | its window closes at Mon 02 21:01, before the send hours open
news                         | placed, no e-mail, Mon 02 22:00 accepted                              | Mon 02 22:00 | until Tue 03 09:00
"""  # noqa: E501  # a row of the table stays in one line
STILL_TO_DO = """
row                          | what_happened                    | still
a call                       | placed                           | to do
a call                       | placed, nobody answered          | to do
a call                       | placed, a call reached them      | to do
a call                       | placed, paid                     | settled
a call                       | placed, cancelled                | called_off
a call                       | placed, paid, cancelled          | called_off
a call                       | placed, no phone                 | to do
a call                       | placed, complained               | to do
news until a payment         | placed, accepted, paid           | settled
news that a payment replaces | placed, accepted, paid           | settled
news of whatever is over     | placed, cancelled                | to do
the newest date              | placed, paid, delayed to Tuesday | to do
"""
STILL_TO_COME = """
row        | what_happened               | comes
a reminder | placed                      | Wed 04 10:00
a reminder | placed, complained          | Wed 04 10:00
a reminder | placed, paid                | never
a reminder | placed, cancelled           | never
a call     | placed, no phone            | Wed 04 10:00
a call     | placed, a call reached them | never
"""


def _told(step: StepDecision) -> str:
    """ "email held until Tue 03 09:00, send_hours"."""
    if step.outcome is Outcome.SENT:
        return f"{step.channel} sent"
    if step.outcome is None:
        return f"{step.channel} planned for {clock(step.due_at)}"
    if step.outcome is Outcome.SKIPPED:
        return f"skipped, {step.reason}"
    return f"{step.channel} held until {clock(step.due_at)}, {step.reason}"


@each_row(TABLE, "{row} after {what_happened}, looked at on {now}: {decision}")
def test_a_step_is_decided_by_what_is_known_then(row: str, what_happened: str, now: str, decision: str) -> None:
    steps = due_steps(whole(what_happened), ROWS[row], moment(now))
    assert ("; ".join(map(_told, steps)) or "nothing") == decision


@each_row(WHY, "{row} after {what_happened}, looked at on {now}: {detail}")
def test_what_is_not_sent_is_explained(row: str, what_happened: str, now: str, detail: str) -> None:
    steps = due_steps(whole(what_happened), ROWS[row], moment(now))
    assert on_the_clock(steps[0].detail) == detail
    assert steps[0].outcome is not Outcome.SENT


@each_row(STILL_TO_DO, "{row} is {still} after {what_happened}")
def test_a_task_is_over_once_its_order_is_called_off_or_it_settled_itself(
    row: str, what_happened: str, still: str
) -> None:
    facts = whole(what_happened)
    (trigger,) = ROWS[row].on(facts, MONDAY)
    assert (over(facts, ROWS[row], trigger) or "to do") == still


@each_row(STILL_TO_COME, "{row} comes {comes} after {what_happened}")
def test_what_may_still_come_is_waited_for_and_what_is_ruled_out_for_good_is_not(
    row: str, what_happened: str, comes: str
) -> None:
    coming = [clock(start) for _, start in still_to_come(whole(what_happened), ROWS[row], MONDAY)]
    assert (coming or ["never"]) == [comes]


def test_every_reason_of_the_code_and_every_row_stands_in_the_table() -> None:
    told = " ".join(row["decision"] for row in rows(TABLE))
    code = "".join(getsource(module) for module in (decide, ruling_out))
    named = {Reason[name] for name in re.findall(r"Reason\.(\w+)", code)} - {Reason.DUE}
    assert {reason for reason in named if reason not in told} == set()
    assert {row["row"] for table in (TABLE, STILL_TO_DO) for row in rows(table)} == ROWS.keys()
