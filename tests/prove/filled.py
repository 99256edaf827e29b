"""An event of any type with every field that it may have, each text in it a mark that nothing else says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shopbell.dialects.event_types import DATA
from shopbell.openapi import document

WORDS = frozenset({"Line", "Text", "Label", "Url", "Options"})
SHORT: Mapping[str, Any] = {"integer": 1, "boolean": True, "number": 1}


@dataclass(slots=True)
class Filler:
    """`given`: what stands at a path instead of what its type would have; None: nothing does. `told`: the event's data;
    `marks`: every text that was written there."""

    event_type: str
    name: str
    given: Mapping[str, Any]
    at: str
    told: dict[str, Any] = field(init=False)
    marks: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.told = self._value(_schemas()[DATA[self.event_type].__name__], "")

    def _value(self, schema: Mapping[str, Any], path: str) -> Any:
        if path in self.given:
            return self.given[path]
        if "anyOf" in schema:
            return self._value([each for each in schema["anyOf"] if each.get("type") != "null"][-1], path)
        if "$ref" in schema:
            return self._named(schema["$ref"].rpartition("/")[2], path)
        match schema["type"]:
            case "object" if "properties" not in schema:
                return schema["examples"][0]
            case "object":
                return dict(self._fields(schema, path))
            case "array":
                return [self._value(schema["items"], path)]
            case other:
                return SHORT[other]

    def _fields(self, schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
        for name, inner in schema["properties"].items():
            value = self._value(inner, f"{path}.{name}".removeprefix("."))
            if value is not None:
                yield name, value

    def _named(self, name: str, path: str) -> Any:
        schema = _schemas()[name]
        if name in WORDS:
            return self._words(name, path)
        if name in ("Moment", "Stamp"):
            return self.at
        if "enum" in schema:
            return schema["enum"][0]
        if "examples" in schema and schema.get("type") != "object":
            return schema["examples"][0]
        return f"i-{len(path)}" if name == "Id" else self._value(schema, path)

    def _words(self, name: str, path: str) -> Any:
        mark = f"mark-{self.name}-{path.replace('.', '-').replace('_', '-')}"
        self.marks.add(mark)
        if name == "Options":
            return {f"{mark}-a": f"{mark}-b"}
        return f"https://shop.example/{mark}" if name == "Url" else mark


@cache
def _schemas() -> Mapping[str, Mapping[str, Any]]:
    schemas: Mapping[str, Mapping[str, Any]] = document()["components"]["schemas"]
    return schemas
