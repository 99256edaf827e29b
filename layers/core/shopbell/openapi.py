"""The reference of the door as an OpenAPI 3.1 document, made from the types the door parses with.

`python -m shopbell.openapi` prints it; it is kept in infrastructure/openapi.json.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from shopbell.dialects.event_types import DATA, required
from shopbell.dialects.examples import EXAMPLES
from shopbell.schema.codes import CODES, NOTE_CODES
from shopbell.schema.values import Stamp
from shopbell.service.door.receive import LARGEST_BODY

Json = dict[str, Any]

SCHEMAS = "#/components/schemas"
ANSWERS: Mapping[str, str] = {
    "401": "The signature is missing or wrong, the timestamp is more than five minutes off, or there is no such shop",
    "413": f"The body is larger than {LARGEST_BODY} bytes",
    "429": "Too many requests: send it again later",
    "503": "Not taken, nothing of it was kept: send it again later",
}
SIGNATURE = (
    "Signed by [Standard Webhooks](https://www.standardwebhooks.com): HMAC-SHA256, with the key of a `whsec_` secret, "
    "of `{webhook-id}.{webhook-timestamp}.{body}`. A field that is absent is unchanged, one that is null is removed, "
    "a list replaces the list. An optional field that cannot be read is left out, and a note says so. An event that is "
    "sent again keeps its `webhook-id`, and counts once."
)


def document() -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Shopbell",
            "version": "1",
            "summary": "An online shop tells what happened; Shopbell tells the customer.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {"/v1/shops/{shop}/events": {"post": _operation()}},
        "components": {"schemas": _schemas()},
    }


def _operation() -> Json:
    answers = {status: {"description": words} for status, words in ANSWERS.items()}
    return {
        "operationId": "tellEvent",
        "summary": "Tell what happened",
        "description": SIGNATURE,
        "parameters": [_parameter("path", "shop", "The shop's id"), *_headers()],
        "requestBody": {"required": True, "content": {"application/json": _body()}},
        "responses": {"200": _accepted(), "400": _invalid(), **answers},
    }


def _parameter(place: str, name: str, description: str) -> Json:
    schema = {"type": "string"}
    return {"in": place, "name": name, "required": True, "description": description, "schema": schema}


def _headers() -> list[Json]:
    return [
        _parameter("header", "webhook-id", "Names the event: 1 to 128 printable ASCII characters"),
        _parameter("header", "webhook-timestamp", "When it was sent, in seconds since 1970"),
        _parameter("header", "webhook-signature", "v1,<Base64>; several stand apart by spaces"),
    ]


def _body() -> Json:
    mapping = {name: f"{SCHEMAS}/{name}" for name in DATA}
    return {
        "schema": {
            "oneOf": [{"$ref": ref} for ref in mapping.values()],
            "discriminator": {"propertyName": "type", "mapping": mapping},
        },
        "examples": {name: {"value": example} for name, example in EXAMPLES.items()},
    }


def _accepted() -> Json:
    return {
        "description": (
            "Authentic and taken (also when it was taken before); `notes` name what was not understood and left out"
        ),
        "content": {"application/json": {"schema": {"$ref": f"{SCHEMAS}/Accepted"}}},
    }


def _invalid() -> Json:
    return {
        "description": "Authentic, but not JSON, or a field is missing or wrong; every such field is named",
        "content": {"application/problem+json": {"schema": {"$ref": f"{SCHEMAS}/Problem"}}},
    }


def _schemas() -> Json:
    values: Json = {}

    def value(kind: Any) -> Json:
        values[kind.__name__] = dict(kind.schema)
        return {"$ref": f"{SCHEMAS}/{kind.__name__}"}

    _, parts = msgspec.json.schema_components(
        dict.fromkeys(DATA.values()), schema_hook=value, ref_template=f"{SCHEMAS}/{{name}}"
    )
    events = {name: _event(name) for name in DATA}
    own = {**parts, **values, "Accepted": ACCEPTED, "Problem": PROBLEM, "Stamp": dict(Stamp.schema)}
    return {**events, **dict(sorted(own.items()))}


def _event(name: str) -> Json:
    data = {"allOf": [{"$ref": f"{SCHEMAS}/{DATA[name].__name__}"}, _holding(required(name))]}
    return {
        "title": name,
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "const": name},
            "timestamp": {"$ref": f"{SCHEMAS}/Stamp"},
            "data": data,
        },
    }


def _holding(paths: Iterable[str]) -> Json:
    """The schema of an object whose paths hold something; it stands beside the one of what they may hold."""
    inner: dict[str, list[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        inner.setdefault(name, []).extend([rest] if rest else [])
    if not inner:
        return {"not": {"type": "null"}}
    if "*" in inner:
        return {"type": "array", "minItems": 1, "items": _holding(inner["*"])}
    properties = {name: _holding(rest) for name, rest in inner.items()}
    return {"type": "object", "required": list(inner), "properties": properties}


def _fields(codes: Mapping[str, str]) -> Json:
    """The schema of a list of fields, each with its pointer, one of the codes and a detail."""
    properties: Json = {
        "pointer": {"type": "string", "examples": ["#/data/order/total"]},
        "code": {"oneOf": [{"const": code, "description": meaning} for code, meaning in codes.items()]},
        "detail": {"type": "string"},
    }
    return {
        "type": "array",
        "items": {"type": "object", "required": list(properties), "properties": properties},
    }


ACCEPTED: Json = {
    "title": "Accepted",
    "type": "object",
    "required": ["status", "id", "notes"],
    "properties": {"status": {"const": "accepted"}, "id": {"type": "string"}, "notes": _fields(NOTE_CODES)},
}

PROBLEM: Json = {
    "title": "Problem",
    "description": "Problem details (RFC 9457)",
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": _fields(CODES),
    },
}


if __name__ == "__main__":
    print(json.dumps(document(), ensure_ascii=False, indent=2))
