"""Top-level domains that are a mistyping: no mail ever arrives there."""

from shopbell.domain.model.top_levels import TOP_LEVELS

SHORT = 4
"""Letters of those that people mistype for another; a longer one that is not listed may be newer than the list."""


def is_mistyped(domain: str) -> bool:
    """Whether a domain ends in what does not exist: a short one, or one that is nearly another ("onlien")."""
    last = domain.rpartition(".")[2].lower()
    if not last.isascii() or last.startswith("xn--") or last in TOP_LEVELS:
        return False
    return len(last) <= SHORT or _is_nearly_another(last)


def _is_nearly_another(last: str) -> bool:
    from difflib import get_close_matches  # late: nearly every address does without

    return bool(get_close_matches(last, TOP_LEVELS, 1, 0.8))
