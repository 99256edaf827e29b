"""Reads from template.yaml what calls each function. Whatever it does not know stops the start, and is named."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.cloudformation import ACCOUNT, REGION, STACK, Resolver, UnknownInTemplate, load
from local.declared import EventDestination, EventRule, Function, QueueMapping, Resource, Route, Schedule

FUNCTION = "AWS::Serverless::Function"
NAME_PROPERTIES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::SSM::Parameter": "Name",
    "AWS::SES::ConfigurationSet": "Name",
    FUNCTION: "FunctionName",
}
"""The property that gives a resource of a type its physical name."""
ARNS = {
    "AWS::DynamoDB::Table": "dynamodb:{region}:{account}:table/{name}",
    "AWS::SQS::Queue": "sqs:{region}:{account}:{name}",
    "AWS::SecretsManager::Secret": "secretsmanager:{region}:{account}:secret:{name}",
    FUNCTION: "lambda:{region}:{account}:function:{name}",
}


class Wiring:
    """The template with every value resolved for this machine; the API's address becomes `base_url`."""

    def __init__(self, path: Path, base_url: str, parameters: Mapping[str, str] | None = None) -> None:
        self.root = path.parent
        self._base_url = base_url
        self._document = load(path)
        self._resolver = Resolver(self._document, parameters or {}, self._attribute)
        self.resources = tuple(self._resources())
        self.functions = {function.name: function for function in map(self._function, self._of_type(FUNCTION))}
        self.routes: list[Route] = []
        self.mappings: list[QueueMapping] = []
        self.schedules: list[Schedule] = []
        for resource in self._of_type(FUNCTION):
            self._read_events(resource)
        self.rules = tuple(map(_rule, self._of_type("AWS::Events::Rule")))
        destinations = self._of_type("AWS::SES::ConfigurationSetEventDestination")
        self.event_destinations = tuple(map(_event_destination, destinations))
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        """The variables of all functions as one set, for they share a process here: two that differ stop the start."""
        merged = dict(self._globals("Environment").get("Variables", {}))
        for resource in self._of_type(FUNCTION):
            own = resource.properties.get("Environment", {}).get("Variables", {})
            for name, value in own.items():
                if merged.setdefault(name, value) != value:
                    raise UnknownInTemplate(f"{resource.name}: variable {name} differs from the other functions'")
        return {name: str(value) for name, value in merged.items()}

    def layers(self) -> list[Path]:
        """The layers' folders, where Python finds modules as it does under /opt/python."""
        layers = self._of_type("AWS::Serverless::LayerVersion")
        return [self.root / str(layer.properties["ContentUri"]) for layer in layers]

    def _of_type(self, type_: str) -> Iterator[Resource]:
        return (resource for resource in self.resources if resource.type == type_)

    def _globals(self, key: str) -> Any:
        return self._value(self._document.get("Globals", {}).get("Function", {}).get(key, {}))

    def _resources(self) -> Iterator[Resource]:
        for name, declaration in self._document["Resources"].items():
            if "Condition" not in declaration or self._resolver.holds(declaration["Condition"]):
                yield Resource(name, declaration["Type"], self._value(declaration.get("Properties", {})))

    def _value(self, node: Any) -> Any:
        value = self._resolver.value(node)
        # The API's address is put together in the template from its id and the region.
        return _replaced(value, re.compile(rf"https://[\w-]+\.execute-api\.{REGION}\.amazonaws\.com"), self._base_url)

    def _attribute(self, logical: str, attribute: str) -> str:
        """`!Ref` (attribute "Ref") or `!GetAtt` of a resource by its logical name."""
        if logical not in self._document["Resources"]:
            raise UnknownInTemplate(f"{logical} is referred to and not declared")
        declaration = self._document["Resources"][logical]
        name = self._name(logical, declaration)
        pattern = ARNS.get(declaration["Type"], "local:{region}:{account}:{name}")
        arn = "arn:aws:" + pattern.format(region=REGION, account=ACCOUNT, name=name)
        if attribute == "Ref":
            return _reference(declaration["Type"], name, arn)
        if attribute == "ApiEndpoint":
            return self._base_url
        return arn if attribute.endswith("Arn") else name

    def _name(self, logical: str, declaration: Mapping[str, Any]) -> str:
        """The name that the template gives, or else one of the stack's and the logical one, as CloudFormation does."""
        name = declaration.get("Properties", {}).get(NAME_PROPERTIES.get(declaration["Type"], ""))
        return str(self._resolver.value(name)) if name else f"{STACK}-{logical}"

    def name(self, resource: Resource) -> str:
        """The physical name of a declared resource."""
        return self._name(resource.name, self._document["Resources"][resource.name])

    def _function(self, resource: Resource) -> Function:
        properties = resource.properties
        return Function(
            name=resource.name,
            code=self.root / str(properties["CodeUri"]),
            handler=properties.get("Handler") or self._globals("Handler"),
            # 3 seconds and 128 MB are Lambda's own defaults.
            timeout=int(properties.get("Timeout") or self._globals("Timeout") or 3),
            memory=int(properties.get("MemorySize") or self._globals("MemorySize") or 128),
        )

    def _read_events(self, resource: Resource) -> None:
        for name, event in resource.properties.get("Events", {}).items():
            read = getattr(self, f"_on_{event['Type'].lower()}", None)
            if read is None:
                raise UnknownInTemplate(
                    f"{resource.name}: event {name} is of type {event['Type']}, which is not known to the local stack"
                )
            read(resource.name, event.get("Properties", {}))

    def _on_httpapi(self, function: str, properties: Mapping[str, Any]) -> None:
        self.routes.append(Route(function, str(properties["Method"]).upper(), properties["Path"]))

    def _on_sqs(self, function: str, properties: Mapping[str, Any]) -> None:
        queue = str(properties["Queue"]).rsplit(":", 1)[-1]
        partial = "ReportBatchItemFailures" in properties.get("FunctionResponseTypes", [])
        self.mappings.append(QueueMapping(function, queue, int(properties.get("BatchSize", 10)), partial))

    def _on_schedulev2(self, function: str, properties: Mapping[str, Any]) -> None:
        folder = self.functions[function].code.name
        if not folder.startswith("sweep_"):
            raise UnknownInTemplate(f"{function}: a schedule's function lives in a folder named sweep_...")
        every = _rate(function, str(properties["ScheduleExpression"]))
        self.schedules.append(Schedule(function, folder.removeprefix("sweep_"), every, properties.get("Input")))


def _rule(resource: Resource) -> EventRule:
    """Only rules that put events, as they are, into queues are known here."""
    properties, targets = resource.properties, resource.properties.get("Targets", [])
    _check_names(resource, properties, {"Description", "EventPattern", "Name", "State", "Targets"})
    for target in targets:
        _check_names(resource, target, {"Arn", "DeadLetterConfig", "Id", "RetryPolicy"})
    arns = [str(target["Arn"]).split(":") for target in targets]
    if service := next((arn[2] for arn in arns if arn[2] != "sqs"), ""):
        raise UnknownInTemplate(f"{resource.name}: a target of {service} is not known to the local stack")
    _check_pattern(resource, properties["EventPattern"])
    return EventRule(properties["EventPattern"], tuple(arn[-1] for arn in arns))


def _check_names(resource: Resource, properties: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := properties.keys() - allowed:
        raise UnknownInTemplate(f"{resource.name}: {min(unknown)} is not known to the local stack")


def _check_pattern(resource: Resource, pattern: Mapping[str, Any]) -> None:
    """Known are lists of texts, not EventBridge's operators ({"prefix": …})."""
    for name, wanted in pattern.items():
        if isinstance(wanted, dict):
            _check_pattern(resource, wanted)
        elif not (isinstance(wanted, list) and all(isinstance(value, str) for value in wanted)):
            raise UnknownInTemplate(f"{resource.name}: the pattern of {name} is not known to the local stack")


def _event_destination(resource: Resource) -> EventDestination:
    destination = resource.properties["EventDestination"]
    _check_names(resource, destination, {"Enabled", "EventBridgeDestination", "MatchingEventTypes", "Name"})
    event_types = destination["MatchingEventTypes"] if destination.get("Enabled") else ()
    return EventDestination(str(resource.properties["ConfigurationSetName"]), frozenset(event_types))


def _replaced(node: Any, pattern: re.Pattern[str], by: str) -> Any:
    if isinstance(node, str):
        return pattern.sub(by, node)
    if isinstance(node, list):
        return [_replaced(part, pattern, by) for part in node]
    if isinstance(node, dict):
        return {name: _replaced(value, pattern, by) for name, value in node.items()}
    return node


def _reference(type_: str, name: str, arn: str) -> str:
    """What `!Ref` gives: a queue's URL, a secret's ARN, the name of anything else."""
    if type_ == "AWS::SQS::Queue":
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    return arn if type_ == "AWS::SecretsManager::Secret" else name


def _rate(function: str, expression: str) -> timedelta:
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if match is None:
        raise UnknownInTemplate(f"{function}: schedule {expression!r} is not known to the local stack")
    return timedelta(**{f"{match[2]}s": int(match[1])})
