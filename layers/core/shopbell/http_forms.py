"""What a form says, however it was posted; of what is no form, nothing."""

import re
from urllib.parse import parse_qsl

BOUNDARY = re.compile(r'boundary="?([^";\s]+)', re.IGNORECASE)
NAME = re.compile(rb'\sname="([^"\r\n]*)"', re.IGNORECASE)


def fields(content_type: str, body: bytes) -> dict[str, str]:
    """Mail providers post either kind; RFC 8058 prefers the one in parts."""
    if content_type.lower().lstrip().startswith("multipart/form-data"):
        return _in_parts(content_type, body)
    return dict(parse_qsl(body.decode("ascii", "replace")))


def _in_parts(content_type: str, body: bytes) -> dict[str, str]:
    found = BOUNDARY.search(content_type)
    if found is None:
        return {}
    parts = body.replace(b"\r\n", b"\n").split(b"--" + found[1].encode("utf-8", "replace"))
    return dict(filter(None, map(_field, parts)))


def _field(part: bytes) -> tuple[str, str] | None:
    head, _, value = part.partition(b"\n\n")
    name = NAME.search(head)
    return (name[1].decode("utf-8", "replace"), value.decode("utf-8", "replace").strip("\n")) if name else None
