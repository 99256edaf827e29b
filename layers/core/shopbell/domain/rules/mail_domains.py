"""Mail domains that look mistyped: one letter away from one that many customers have."""

USUAL = (
    *(
        "gmail.com",
        "icloud.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "gmx.net",
        "gmx.de",
        "proton.me",
    ),
    *("ukr.net", "i.ua", "meta.ua", "mail.ru", "yandex.ru", "yandex.com", "rambler.ru", "bk.ru"),
    *("freemail.hu", "citromail.hu", "t-online.hu"),
)
"""Of the providers that Mailcheck (1.1.1) knows by itself those that are found all over the world, and the public ones
of the countries whose languages letters have."""
OTHERS = frozenset({"mail.com", "ymail.com"})
"""One letter away from one of those, and providers all the same."""


def likely_meant(address: str) -> str:
    """The usual domain that an address misses by one letter; "" for none. Only a person may tell."""
    domain = address.rpartition("@")[2].strip().lower() if "@" in address else ""
    if not domain or domain in OTHERS or domain in USUAL:
        return ""
    return next((usual for usual in USUAL if is_one_letter_off(domain, usual)), "")


def is_one_letter_off(one: str, other: str) -> bool:
    """By a letter too many, one too few, another one, or two that changed places."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) == len(shorter) + 1:
        return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
    if len(longer) > len(shorter):
        return False
    places = [place for place, letter in enumerate(one) if letter != other[place]]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(places) == 1
