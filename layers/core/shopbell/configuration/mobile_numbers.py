"""Which numbers get SMS: mobile ones of the shop's countries, no premium, satellite, landline or shared-cost ones."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class MobileNumbers:
    """A set of E.164 numbers that works out whether it has one when it is asked.

    The library of all numbering plans is slow to import, and few messages go by SMS. `countries`: ISO 3166.
    """

    countries: tuple[str, ...]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, str) and _country(number) in self.countries


@lru_cache(4096)
def _country(number: str) -> str:
    """Of a number that is, or may be, a mobile phone's; "" for every other."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    # Where a country's numbers do not tell (those of the United States and Canada), it may be one.
    mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.region_code_for_number(parsed) or "" if phonenumbers.number_type(parsed) in mobile else ""
