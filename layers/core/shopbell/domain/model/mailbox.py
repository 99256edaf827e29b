"""Which mailbox an address reaches, however it is spelled: for limits, not for consents."""

DOTLESS = frozenset({"gmail.com", "googlemail.com"})
"""Where dots in a name make no difference."""


def mailbox(address: str) -> str:
    """Without what stands after "+", which reaches the same person; a phone number is its own."""
    local, at, domain = address.casefold().rpartition("@")
    name = local.partition("+")[0] or local
    return f"{name.replace('.', '') if domain in DOTLESS else name}{at}{domain}"
