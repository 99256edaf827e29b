"""Reads a CloudFormation template: tags, parameters, conditions and functions, resolved to local values."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

REGION = "eu-central-1"
ACCOUNT = "123456789012"
STACK = "shopbell-local"
PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/local",
    "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
}
NO_VALUE = object()
"""What `AWS::NoValue` resolves to: the property or element that has it is left out."""


class UnknownInTemplate(Exception):
    """The template holds something that the local stack does not know; the message names it."""


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, each turned into its long form."""


def _long_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """Of `!Sub text`: {"Fn::Sub": "text"}; of `!GetAtt Table.Arn`: {"Fn::GetAtt": ["Table", "Arn"]}."""
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


def _text(loader: _Loader, node: yaml.Node) -> str:
    assert isinstance(node, yaml.ScalarNode)
    return str(loader.construct_scalar(node))


_Loader.add_multi_constructor("!", _long_form)
# A policy's version is a date to YAML, and a text to CloudFormation.
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)


def load(path: Path) -> dict[str, Any]:
    """The template as plain data, short forms made long."""
    document: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  # a safe loader, with CloudFormation's tags
    return document


class Resolver:
    """Gives the local value of any expression. `attribute(resource, "Ref")` and `attribute(resource, name)` give what
    `!Ref` and `!GetAtt` of a resource are."""

    def __init__(
        self,
        template: Mapping[str, Any],
        parameters: Mapping[str, str],
        attribute: Callable[[str, str], str],
    ) -> None:
        self._parameters = {**_defaults(template), **parameters}
        self._conditions: Mapping[str, Any] = template.get("Conditions", {})
        self._mappings: Mapping[str, Any] = template.get("Mappings", {})
        self._attribute = attribute

    def value(self, node: Any) -> Any:
        """`node` with every function replaced by its value. Raises UnknownInTemplate."""
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            name, argument = next(iter(node.items()))
            if name in ("Ref", "Condition") or str(name).startswith("Fn::"):
                return self._call(name, argument)
        resolved = {name: self.value(value) for name, value in node.items()}
        return {name: value for name, value in resolved.items() if value is not NO_VALUE}

    def holds(self, condition: str) -> bool:
        return bool(self.value(self._conditions[condition]))

    def _call(self, name: str, argument: Any) -> Any:
        # "Fn::FindInMap" is the method `_findinmap`.
        function = getattr(self, f"_{name.removeprefix('Fn::').lower()}", None)
        if function is None:
            raise UnknownInTemplate(f"template function {name} is not known to the local stack")
        return function(argument)

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        return self._parameters[name] if name in self._parameters else self._attribute(name, "Ref")

    def _condition(self, name: str) -> bool:
        return self.holds(name)

    def _getatt(self, path: list[str]) -> str:
        return self._attribute(path[0], path[1])

    def _sub(self, argument: str | list[Any]) -> str:
        text, variables = (argument, {}) if isinstance(argument, str) else (argument[0], self.value(argument[1]))
        return re.sub(r"\$\{([^}]+)\}", lambda match: self._substitute(match[1], variables), text)

    def _substitute(self, name: str, variables: Mapping[str, Any]) -> str:
        if name.startswith("!"):
            return "${" + name[1:] + "}"  # CloudFormation's way to write ${…} itself
        if name in variables:
            return str(variables[name])
        return str(self._getatt(name.split(".", 1)) if "." in name else self._ref(name))

    def _join(self, argument: list[Any]) -> str:
        return str(argument[0]).join(str(part) for part in self.value(argument[1]))

    def _select(self, argument: list[Any]) -> Any:
        return self.value(argument[1])[int(self.value(argument[0]))]

    def _split(self, argument: list[Any]) -> list[str]:
        return str(self.value(argument[1])).split(str(argument[0]))

    def _if(self, argument: list[Any]) -> Any:
        return self.value(argument[1] if self.holds(argument[0]) else argument[2])

    def _equals(self, argument: list[Any]) -> bool:
        return str(self.value(argument[0])) == str(self.value(argument[1]))

    def _not(self, argument: list[Any]) -> bool:
        return not self.value(argument[0])

    def _and(self, argument: list[Any]) -> bool:
        return all(map(self.value, argument))

    def _or(self, argument: list[Any]) -> bool:
        return any(map(self.value, argument))

    def _findinmap(self, argument: list[Any]) -> Any:
        name, first, second = (self.value(part) for part in argument)
        return self._mappings[name][first][second]


def _defaults(template: Mapping[str, Any]) -> dict[str, Any]:
    parameters: Mapping[str, Any] = template.get("Parameters", {})
    return {name: given.get("Default", "") for name, given in parameters.items()}
