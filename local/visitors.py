"""Keeps pages of other sites out: a browser on this machine would ask in their name."""

import re
from collections.abc import Mapping

from local.door import Answer
from local.problem import problem

_LOOPBACK = r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{0,5})?"
_HOST = re.compile(_LOOPBACK, re.IGNORECASE | re.ASCII)
_ORIGIN = re.compile(rf"https?://{_LOOPBACK}", re.IGNORECASE | re.ASCII)


def refusal(headers: Mapping[str, str]) -> Answer | None:
    """403 for a request from elsewhere; None: it may come in. Names of `headers` are lower case.

    Another site's page reaches this server under a name of its own (DNS rebinding), which `Host` shows, or under ours,
    and then the browser adds its `Origin`. Programs other than browsers send no `Origin`.
    """
    if not _HOST.fullmatch(headers.get("host", "localhost")):
        return problem(403, "The local stack answers to 127.0.0.1, localhost and [::1] alone, not to another Host.")
    if "origin" in headers and not (_ORIGIN.fullmatch(headers["origin"]) or _own_page(headers)):
        return problem(403, "The local stack takes nothing from a page of another site (Origin).")
    return None


def _own_page(headers: Mapping[str, str]) -> bool:
    """A form of a page with `referrer-policy: no-referrer`, as the customer's is, bears the origin "null" even when it
    comes home; the browser alone can set what tells it from another site's."""
    return headers["origin"] == "null" and headers.get("sec-fetch-site") == "same-origin"
