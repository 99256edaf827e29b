"""Refuses requests that pages of other sites make through a browser on this machine."""

import re
from collections.abc import Mapping

from local.http_api import Answer
from local.problem import problem

_LOOPBACK = r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{0,5})?"
_HOST = re.compile(_LOOPBACK, re.IGNORECASE | re.ASCII)
_ORIGIN = re.compile(rf"https?://{_LOOPBACK}", re.IGNORECASE | re.ASCII)


def refusal(headers: Mapping[str, str]) -> Answer | None:
    """403 for a request of another site's page; None: it is let in. Names of `headers` are lower case.

    Such a page reaches this server under a name of its own (DNS rebinding), which `Host` shows, or under ours,
    and then the browser adds the page's `Origin`. Programs other than browsers send no `Origin`.
    """
    if not _HOST.fullmatch(headers.get("host", "localhost")):
        return problem(403, "The local stack answers to 127.0.0.1, localhost and [::1] alone, not to another Host.")
    if "origin" in headers and not (_ORIGIN.fullmatch(headers["origin"]) or _own_page(headers)):
        return problem(403, "The local stack takes nothing from a page of another site (Origin).")
    return None


def _own_page(headers: Mapping[str, str]) -> bool:
    """Whether a form of our own page was posted. A page with `referrer-policy: no-referrer`, as the customer's is, has
    the origin "null"; `Sec-Fetch-Site` tells it from another site's, and browsers let no page set that."""
    return headers["origin"] == "null" and headers.get("sec-fetch-site") == "same-origin"
