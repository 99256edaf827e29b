"""A phone number as people read it, by a small table: the library of all numbering plans is slow to import."""

GROUPS = {
    "1": (3, 3, 4),
    "7": (3, 3, 2, 2),
    "380": (2, 3, 2, 2),
    "361": (3, 4),  # Budapest
    "36": (2, 3, 4),
    "4420": (4, 4),  # London
    "44": (4, 6),
}
"""How many digits each group after a prefix has; the longest prefix that fits is taken."""

SPACED_PREFIXES = {"361": "36 1", "4420": "44 20"}
"""Prefixes that are a country's code and an area's."""


def spaced(phone: str, space: str = "\N{NO-BREAK SPACE}") -> str:
    """ "+442079460958" as "+44 20 7946 0958"; a number that is no E.164 stays as it is."""
    digits = phone.removeprefix("+")
    if not (phone.startswith("+") and digits.isdigit()):
        return phone
    prefix = next((digits[:n] for n in (4, 3, 2, 1) if digits[:n] in GROUPS), "")
    groups = [SPACED_PREFIXES.get(prefix, prefix), *_grouped(digits, prefix)]
    return "+" + " ".join(groups).strip().replace(" ", space)


def _grouped(digits: str, prefix: str) -> list[str]:
    rest, sizes = digits[len(prefix) :], list(GROUPS.get(prefix, ()))
    if sum(sizes) != len(rest):
        sizes = [3] * ((len(rest) + 2) // 3)  # a country or a length that the table lacks
    starts = [sum(sizes[:n]) for n in range(len(sizes))]
    return [rest[start : start + size] for start, size in zip(starts, sizes, strict=True)]
