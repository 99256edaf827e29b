"""The use cases that only operators run, made of what the functions are made of."""

from shopbell import bootstrap
from shopbell.domain.problems import Problem, Refused
from shopbell.domain.shop import Shop
from shopbell.observability import note
from shopbell.service.look_again import LookAgain
from shopbell.service.replan import Replan


def shop(name: str) -> Shop:
    """Raises Refused for one that nobody put."""
    found = bootstrap.store().shop(name)
    if found is None:
        raise Refused(Problem("#", "unknown_shop", f"there is no shop {name!r}: put it first"))
    return found


def look_again() -> LookAgain:
    return LookAgain(bootstrap.store(), bootstrap.ledger(), bootstrap.ring)


def replan() -> Replan:
    return Replan(bootstrap.store(), bootstrap.ledger(), look_again(), bootstrap.contact_key, note)
