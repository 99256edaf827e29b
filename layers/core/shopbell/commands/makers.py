"""The use cases that only operators run, made of what the functions are made of."""

from shopbell import bootstrap
from shopbell.channels.dead_letters import DeadLetters
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.service.operators.explain import Explain
from shopbell.service.operators.replan import Replan
from shopbell.service.operators.show import Show
from shopbell.service.operators.upgrade import Each, Upgrade
from shopbell.service.operators.wake_held import WakeHeld
from shopbell.settings import queues
from shopbell.storage.whole_table import WholeTable


def shop(name: str) -> Shop:
    """Raises Refused for one that nobody put."""
    found = bootstrap.store().shop(name)
    if found is None:
        raise Refused(Problem("#", "unknown_shop", f"there is no shop {name!r}: put it first"))
    return found


def wake_held() -> WakeHeld:
    return WakeHeld(bootstrap.store(), bootstrap.ledger(), bootstrap.enqueue)


def replan() -> Replan:
    return Replan(bootstrap.workplace(), bootstrap.ledger(), wake_held())


def dead_letters(queue: str) -> dict[str, DeadLetters]:
    """Of one queue, or of "all", by the queue's name; raises Refused for one that is not there."""
    known = queues()
    if queue != "all" and queue not in known:
        raise Refused(Problem("#/queue", "unknown_queue", f"there are: all, {', '.join(sorted(known))}"))
    wanted = {name: url for name, url in known.items() if queue in ("all", name)}
    found = {name: DeadLetters.of(bootstrap.client("sqs"), url) for name, url in wanted.items()}
    return {name: letters for name, letters in found.items() if letters}


def upgrade(each: Each) -> Upgrade:
    return Upgrade(bootstrap.workplace(), WholeTable(bootstrap.table()), bootstrap.is_outage, each)


def show() -> Show:
    return Show(bootstrap.store())


def explain() -> Explain:
    return Explain(bootstrap.store(), bootstrap.contact_key)
