"""Public holidays of the world's countries, as dates."""

from datetime import date
from functools import cache


@cache
def public_holidays(country: str, years: range) -> frozenset[date]:
    """Days of those years on which a country does not work by law; none for a country that the library does not have.

    `country` is an ISO 3166 code, "HU" or with its part "GB-ENG": some holidays hold only there.
    Ukraine has had none since March 2022: under martial law its holidays are working days.
    """
    import holidays  # late: its import takes longer than all of ours together

    code, _, part = country.upper().partition("-")
    try:
        days = holidays.country_holidays(code, subdiv=part or None, years=years, expand=False)
    except NotImplementedError:
        return frozenset()
    return frozenset(days)
