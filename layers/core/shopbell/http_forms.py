"""The fields of a posted HTML form, URL-encoded or multipart."""

import re
from urllib.parse import parse_qsl

BOUNDARY = re.compile(r'boundary="?([^";\s]+)', re.IGNORECASE)
NAME = re.compile(rb'\sname="([^"\r\n]*)"', re.IGNORECASE)


def fields(content_type: str, body: bytes) -> dict[str, str]:
    """Field to value; empty for a body that is no form. A field that comes twice has its last value.

    Mail providers post a one-click unsubscription in either encoding; RFC 8058 prefers multipart.
    """
    if content_type.lower().lstrip().startswith("multipart/form-data"):
        return _multipart(content_type, body)
    return dict(parse_qsl(body.decode("ascii", "replace")))


def _multipart(content_type: str, body: bytes) -> dict[str, str]:
    boundary = BOUNDARY.search(content_type)
    if boundary is None:
        return {}
    # RFC 2046 ends lines with CR LF; some senders write LF alone.
    parts = body.replace(b"\r\n", b"\n").split(b"--" + boundary[1].encode("utf-8", "replace"))
    return dict(filter(None, map(_field, parts)))


def _field(part: bytes) -> tuple[str, str] | None:
    """None for what is no field: the text before the first boundary, the mark of the last."""
    head, _, value = part.partition(b"\n\n")
    name = NAME.search(head)
    if name is None:
        return None
    return name[1].decode("utf-8", "replace"), value.decode("utf-8", "replace").strip("\n")
