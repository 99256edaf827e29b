"""May this message leave now? It is decided anew, its letter is made, and what becomes of any other is written down."""

from dataclasses import replace
from datetime import datetime

from shopbell.domain.deciding.counting import kept_back, month_of
from shopbell.domain.deciding.decide import StepDecision, held, judge
from shopbell.domain.deciding.unheard import NO_WAY
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import CouponState, Message
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason, Status
from shopbell.errors import where
from shopbell.service.delivery.attempt import Attempt, Ready
from shopbell.service.delivery.compose import compose
from shopbell.service.delivery.gather import with_other_orders, with_stock, with_the_day
from shopbell.service.delivery.late_facts import handed_out
from shopbell.service.delivery.mailroom import FIRST_PAUSE, Mailroom
from shopbell.service.delivery.marketing import Place
from shopbell.service.delivery.own_letters import ShopsRenderer
from shopbell.service.delivery.reroute import Why
from shopbell.service.subjects.planning import decision_of


def ready_or_ended(mailroom: Mailroom, attempt: Attempt) -> Ready | None:
    """Raises Conflict where somebody else has it."""
    attempt = with_stock(mailroom, with_the_day(mailroom, with_other_orders(mailroom, attempt)))
    due = _verdict(attempt.facts, attempt.message, attempt.trigger, attempt.now)
    ready = _letter_or_verdict(mailroom, attempt, due) if due.outcome is Outcome.SENT else due
    if isinstance(ready, Ready):
        return ready
    end(mailroom, attempt, ready)
    return None


def end(mailroom: Mailroom, attempt: Attempt, step_decision: StepDecision) -> None:
    """It waits, or nothing more will come of it."""
    message, now = attempt.message, attempt.now
    decision = decision_of(attempt.facts, step_decision, now)
    if step_decision.outcome is Outcome.SKIPPED:
        if step_decision.reason in NO_WAY:
            mailroom.reroute(message, Why(step_decision.reason), now)
        mailroom.places.give_back(attempt.session, attempt.facts, message)
        mailroom.ledger.close(message, Status.EXPIRED, decision)
        if not attempt.journey.is_task:
            mailroom.figures.add(message.shop, [kept_back(step_decision.reason, month_of(now, attempt.facts.shop))])
    else:
        repeated = message.decisions[-1:] and message.decisions[-1].reason is step_decision.reason
        mailroom.hold(message, step_decision.due_at, now, None if repeated else decision)


def _verdict(facts: Facts, message: Message, trigger: Trigger, now: datetime) -> StepDecision:
    """The step, looked at again for this channel."""
    step_decisions = judge(facts, BY_NAME[message.name], trigger, now)
    ours = next((each for each in step_decisions if each.channel in (None, message.channel)), None)
    if ours is None:
        reason = Reason.NO_CONTACT if message.channel is ChannelName.EMAIL else Reason.NO_CONSENT
        return replace(step_decisions[0], outcome=Outcome.SKIPPED, reason=reason, channel=message.channel)
    if ours.reason is Reason.STALE_EVENT:
        return replace(ours, reason=Reason.WINDOW_PASSED)
    return ours


def _letter_or_verdict(mailroom: Mailroom, attempt: Attempt, due: StepDecision) -> Ready | StepDecision:
    """The letter where its channel serves and marketing has a place, else the verdict that says why not."""
    facts, now = attempt.facts, attempt.now
    place = mailroom.healths.waits(attempt.healths, attempt.message, due, now)
    place_or_verdict: Place | StepDecision | None = place or mailroom.places.wanted(attempt.session, facts, due, now)
    if isinstance(place_or_verdict, StepDecision):
        return place_or_verdict
    try:
        letter, code = _letter(mailroom, attempt)
    except mailroom.outages:
        raise
    except Exception as error:  # noqa: BLE001  # a letter that cannot be made is held, and says why
        return _unmade(mailroom, attempt, due, error)
    return Ready(attempt, due, decision_of(facts, due, now), letter, code, place_or_verdict)


def _letter(mailroom: Mailroom, attempt: Attempt) -> tuple[Letter, CouponState | None]:
    """With the personal code that it hands out. What is looked up late is nothing that a letter is decided on."""
    journey, shop = attempt.journey, attempt.facts.shop
    late = mailroom.store.session(shop.id, reads=attempt.reads)
    facts = mailroom.late_facts(late, attempt.facts, journey, attempt.trigger, attempt.now)
    context = letter_context(facts, journey, attempt.trigger, attempt.now)
    renderer = ShopsRenderer(shop, mailroom.renderer, mailroom.own_letters, mailroom.log)
    links = mailroom.links(attempt.message, attempt.now, asks_consent=bool(context.get("asks_consent")))
    if "day" in context:
        urls = {task.message.id: mailroom.links(task.message, attempt.now)["task_url"] for task in facts.staff_tasks}
        for line in context["day"].lines:
            line.url = urls[line.id]
    return compose(facts, attempt.message, {**context, **links}, renderer), handed_out(facts, journey, context)


def _unmade(mailroom: Mailroom, attempt: Attempt, due: StepDecision, error: Exception) -> StepDecision:
    """A letter that cannot be made steps aside, longer each time, and somebody is woken."""
    message, failed = attempt.message, where(error)
    mailroom.log("alarm", {"shop": message.shop, "message": message.id, "kind": message.kind, **failed})
    born = message.decisions[0].at if message.decisions else message.due_at
    wait = max(FIRST_PAUSE, attempt.now - born)
    return held(due, Reason.MISSING_FACTS, attempt.now + wait, f"the letter could not be made: {failed['error']}")
