"""What Amazon SES refuses of a request that moto takes, by SES's own service model and its developer guide."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.validate import ParamValidator

OWN = frozenset(
    {"bcc", "cc", "content-disposition", "content-type", "date", "from", "message-id", "mime-version", "reply-to"}
    | {"return-path", "subject", "to", "feedback-id"}
)
"""Headers that SES makes itself: of content that is not raw it takes none of them from others."""
LONGEST_VALUE = 995
TAG_VALUE = re.compile(r"[A-Za-z0-9_-]{1,256}")
FEEDBACK_TAGS = ("ses:feedback-id-a", "ses:feedback-id-b")
LONGEST_FEEDBACK_ID = 127
"""Characters of the header that SES makes of those two, with a part of its own."""
SES_PART = "1.ap-northeast-1." + "x" * 43 + "=:AmazonSES"
CUT_AT = 102_000
"""Bytes of HTML after which Gmail cuts."""
MOST_ENCLOSED = 20_000
"""Bytes of all that a letter of ours carries."""


@cache
def _shape() -> Any:
    return botocore.session.get_session().get_service_model("sesv2").operation_model("SendEmail").input_shape


def faults_of(request: Mapping[str, Any]) -> list[str]:
    return list(_faults(request))


def _faults(request: Mapping[str, Any]) -> Iterator[str]:
    if report := ParamValidator().validate(dict(request), _shape()).generate_report():
        yield report
    simple = request["Content"]["Simple"]
    yield from _wrong_headers(simple.get("Headers", ()))
    yield from _wrong_tags(request["EmailTags"])
    yield from _wrong_enclosures(simple)
    if "ConfigurationOverrides" in request and "ConfigurationSetName" not in request:
        yield "it overrides a configuration set that it does not name"


def _wrong_headers(headers: Any) -> Iterator[str]:
    names = Counter(header["Name"].lower() for header in headers)
    yield from (f"{name} stands there {number} times" for name, number in names.items() if number > 1)
    yield from (f"{name} is SES's own" for name in names.keys() & OWN)
    for header in headers:
        value = header["Value"]
        if not value or len(value) > LONGEST_VALUE or not value.isascii() or not value.isprintable():
            yield f"{header['Name']} is {value!r}"


def _wrong_tags(tags: Any) -> Iterator[str]:
    values = {tag["Name"]: tag["Value"] for tag in tags}
    yield from (f"tag {name} is {value!r}" for name, value in values.items() if not TAG_VALUE.fullmatch(value))
    yield from (f"tag {name} is SES's" for name in values if ":" in name and name not in FEEDBACK_TAGS)
    told = [values[name] for name in FEEDBACK_TAGS if name in values]
    if len(":".join([*told, SES_PART])) > LONGEST_FEEDBACK_ID:
        yield "Feedback-ID is too long"


def _wrong_enclosures(simple: Mapping[str, Any]) -> Iterator[str]:
    html, attached = simple["Body"]["Html"]["Data"], simple.get("Attachments", ())
    shown = Counter(each["ContentId"] for each in attached if each["ContentDisposition"] == "INLINE")
    yield from (f"{name} is carried {number} times" for name, number in shown.items() if number > 1)
    yield from (f"{name} is carried and not shown" for name in shown if f"cid:{name}" not in html)
    named = set(re.findall(r"cid:([\w.@-]+)", html))
    yield from (f"{name} is shown and not carried" for name in named - shown.keys())
    if sum(len(each["RawContent"]) for each in attached) > MOST_ENCLOSED:
        yield "it carries too much"
    if len(html.encode()) > CUT_AT:
        yield "it is cut"
