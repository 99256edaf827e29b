"""A phone number as people read it, without the weight of a numbering-plan library."""

GROUPS = {
    "1": (3, 3, 4),
    "7": (3, 3, 2, 2),
    "380": (2, 3, 2, 2),
    "361": (3, 4),
    "36": (2, 3, 4),
    "4420": (4, 4),
    "44": (4, 6),
}
"""How the digits after a prefix are grouped; the longest prefix that fits is taken."""

SPLIT = {"361": "36 1", "4420": "44 20"}


def spaced(phone: str, space: str = "\N{NO-BREAK SPACE}") -> str:
    """ "+442079460958" as "+44 20 7946 0958"; a number that is no E.164 stays as it is."""
    digits = phone.removeprefix("+")
    if not (phone.startswith("+") and digits.isdigit()):
        return phone
    prefix = next((digits[:n] for n in (4, 3, 2, 1) if digits[:n] in GROUPS), "")
    return "+" + " ".join([SPLIT.get(prefix, prefix), *_grouped(digits, prefix)]).strip().replace(" ", space)


def _grouped(digits: str, prefix: str) -> list[str]:
    rest, groups = digits[len(prefix) :], list(GROUPS.get(prefix, ()))
    if sum(groups) != len(rest):
        groups = [3] * ((len(rest) + 2) // 3)
    starts = [sum(groups[:n]) for n in range(len(groups))]
    return [rest[start : start + size] for start, size in zip(starts, groups, strict=True)]
