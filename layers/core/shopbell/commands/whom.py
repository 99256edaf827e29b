"""Whom an operator means by an address or a number, as people write them."""

from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop


def address_of(shop: Shop, option: str, value: str) -> str:
    """`option`: "email" or "phone". In its one spelling, from any that the shop's events may have. Raises Refused."""
    from shopbell.schema.addresses import read_emails
    from shopbell.schema.phones import read_known_phone
    from shopbell.schema.reading import UnreadableError

    try:
        return read_emails(value) if option == "email" else read_known_phone(value, shop.country)
    except UnreadableError as error:
        raise Refused(Problem(f"#/{option}", "unreadable", str(error))) from error
