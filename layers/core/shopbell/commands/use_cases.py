"""The use cases that only operators run, put together from the same parts as the functions' own."""

from shopbell import bootstrap
from shopbell.channels.dead_letters import DeadLetters
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.observability import note
from shopbell.service.operators.campaigns import RunCampaigns
from shopbell.service.operators.explain import Explain
from shopbell.service.operators.export import Export
from shopbell.service.operators.remove import RemoveShop
from shopbell.service.operators.replan import Replan
from shopbell.service.operators.retell import Retell
from shopbell.service.operators.show import Show
from shopbell.service.operators.upgrade import Each, Upgrade
from shopbell.service.operators.wake_held import WakeHeld
from shopbell.settings import queues
from shopbell.storage.whole_table import WholeTable


def shop(name: str) -> Shop:
    """Raises Refused for a shop that is not there."""
    stored = bootstrap.store().shop(name)
    if stored is None:
        raise Refused(Problem("#", "unknown_shop", f"there is no shop {name!r}: put it first"))
    return stored


def wake_held() -> WakeHeld:
    return WakeHeld(bootstrap.store(), bootstrap.ledger(), bootstrap.enqueue)


def campaigns() -> RunCampaigns:
    return RunCampaigns(bootstrap.workplace(), bootstrap.campaigns(), wake_held())


def replan() -> Replan:
    return Replan(bootstrap.workplace(), bootstrap.ledger(), wake_held())


def dead_letters(queue: str) -> dict[str, DeadLetters]:
    """The dead letters of one queue, or of "all", by the queue's name. Raises Refused for a queue that is not there."""
    urls = queues()
    if queue != "all" and queue not in urls:
        raise Refused(Problem("#/queue", "unknown_queue", f"there are: all, {', '.join(sorted(urls))}"))
    wanted = {name: url for name, url in urls.items() if queue in ("all", name)}
    by_queue = {name: DeadLetters.of(bootstrap.client("sqs"), url) for name, url in wanted.items()}
    return {name: letters for name, letters in by_queue.items() if letters}


def upgrade(pool_map: Each) -> Upgrade:
    return Upgrade(bootstrap.workplace(), WholeTable(bootstrap.table()), bootstrap.is_outage, pool_map)


def remove_shop() -> RemoveShop:
    return RemoveShop(bootstrap.secrets(), bootstrap.store(), WholeTable(bootstrap.table()))


def show() -> Show:
    return Show(bootstrap.store())


def explain() -> Explain:
    return Explain(bootstrap.store(), bootstrap.contact_key)


def export() -> Export:
    retell = Retell(
        bootstrap.store(),
        bootstrap.contact_key,
        bootstrap.late_facts(),
        bootstrap.renderer(),
        bootstrap.own_letters(),
        bootstrap.campaigns(),
        note,
    )
    return Export(bootstrap.store(), bootstrap.contact_key, retell, bootstrap.late_facts().personal_codes)
