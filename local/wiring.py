"""Reads from template.yaml who is called by what; whatever it does not know stops the start by name."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.cloudformation import ACCOUNT, REGION, STACK, Resolver, UnknownInTemplate, load
from local.declared import EventRule, Function, QueueMapping, ReportsTo, Resource, Route, Schedule

FUNCTION = "AWS::Serverless::Function"
NAMED_BY = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::SSM::Parameter": "Name",
    "AWS::SES::ConfigurationSet": "Name",
    FUNCTION: "FunctionName",
}
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
        self.functions = {f.name: f for f in map(self._function, self._of_type(FUNCTION))}
        self.routes: list[Route] = []
        self.mappings: list[QueueMapping] = []
        self.schedules: list[Schedule] = []
        for resource in self._of_type(FUNCTION):
            self._wire(resource)
        self.rules = tuple(map(_rule, self._of_type("AWS::Events::Rule")))
        self.reports = tuple(map(_reports_to, self._of_type("AWS::SES::ConfigurationSetEventDestination")))
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        """The variables of all functions, which are one set: two functions that differ stop the start."""
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
        for name, given in self._document["Resources"].items():
            if "Condition" not in given or self._resolver.holds(given["Condition"]):
                yield Resource(name, given["Type"], self._value(given.get("Properties", {})))

    def _value(self, node: Any) -> Any:
        value = self._resolver.value(node)
        return _replaced(value, re.compile(rf"https://[\w-]+\.execute-api\.{REGION}\.amazonaws\.com"), self._base_url)

    def _attribute(self, logical: str, attribute: str) -> str:
        if logical not in self._document["Resources"]:
            raise UnknownInTemplate(f"{logical} is referred to and not declared")
        given = self._document["Resources"][logical]
        name = self._name(logical, given)
        arn = ARNS.get(given["Type"], "local:{region}:{account}:{name}")
        full = "arn:aws:" + arn.format(region=REGION, account=ACCOUNT, name=name)
        if attribute == "Ref":
            return _reference(given["Type"], name, full)
        if attribute == "ApiEndpoint":
            return self._base_url
        return full if attribute.endswith("Arn") else name

    def _name(self, logical: str, given: Mapping[str, Any]) -> str:
        own = given.get("Properties", {}).get(NAMED_BY.get(given["Type"], ""))
        return str(self._resolver.value(own)) if own else f"{STACK}-{logical}"

    def name(self, resource: Resource) -> str:
        """The physical name of a declared resource."""
        return self._name(resource.name, self._document["Resources"][resource.name])

    def _function(self, resource: Resource) -> Function:
        given = resource.properties
        return Function(
            name=resource.name,
            code=self.root / str(given["CodeUri"]),
            handler=given.get("Handler") or self._globals("Handler"),
            timeout=int(given.get("Timeout") or self._globals("Timeout") or 3),
            memory=int(given.get("MemorySize") or self._globals("MemorySize") or 128),
        )

    def _wire(self, resource: Resource) -> None:
        for name, event in resource.properties.get("Events", {}).items():
            wire = getattr(self, f"_on_{event['Type'].lower()}", None)
            if wire is None:
                raise UnknownInTemplate(
                    f"{resource.name}: event {name} is of type {event['Type']}, which is not known to the local stack"
                )
            wire(resource.name, event.get("Properties", {}))

    def _on_httpapi(self, function: str, given: Mapping[str, Any]) -> None:
        self.routes.append(Route(function, str(given["Method"]).upper(), given["Path"]))

    def _on_sqs(self, function: str, given: Mapping[str, Any]) -> None:
        queue = str(given["Queue"]).rsplit(":", 1)[-1]
        partial = "ReportBatchItemFailures" in given.get("FunctionResponseTypes", [])
        self.mappings.append(QueueMapping(function, queue, int(given.get("BatchSize", 10)), partial))

    def _on_schedulev2(self, function: str, given: Mapping[str, Any]) -> None:
        folder = self.functions[function].code.name
        if not folder.startswith("sweep_"):
            raise UnknownInTemplate(f"{function}: a schedule's function lives in a folder named sweep_...")
        every = _rate(function, str(given["ScheduleExpression"]))
        self.schedules.append(Schedule(function, folder.removeprefix("sweep_"), every, given.get("Input")))


def _rule(resource: Resource) -> EventRule:
    """Only rules that put events, as they are, into queues are known here."""
    given, targets = resource.properties, resource.properties.get("Targets", [])
    _only(resource, given, {"Description", "EventPattern", "Name", "State", "Targets"})
    for target in targets:
        _only(resource, target, {"Arn", "DeadLetterConfig", "Id", "RetryPolicy"})
    arns = [str(target["Arn"]).split(":") for target in targets]
    if stranger := next((arn[2] for arn in arns if arn[2] != "sqs"), ""):
        raise UnknownInTemplate(f"{resource.name}: a target of {stranger} is not known to the local stack")
    _check_pattern(resource, given["EventPattern"])
    return EventRule(given["EventPattern"], tuple(arn[-1] for arn in arns))


def _only(resource: Resource, given: Mapping[str, Any], known: set[str]) -> None:
    if unknown := given.keys() - known:
        raise UnknownInTemplate(f"{resource.name}: {min(unknown)} is not known to the local stack")


def _check_pattern(resource: Resource, pattern: Mapping[str, Any]) -> None:
    for name, wanted in pattern.items():
        if isinstance(wanted, dict):
            _check_pattern(resource, wanted)
        elif not (isinstance(wanted, list) and all(isinstance(value, str) for value in wanted)):
            raise UnknownInTemplate(f"{resource.name}: the pattern of {name} is not known to the local stack")


def _reports_to(resource: Resource) -> ReportsTo:
    given = resource.properties["EventDestination"]
    _only(resource, given, {"Enabled", "EventBridgeDestination", "MatchingEventTypes", "Name"})
    kinds = given["MatchingEventTypes"] if given.get("Enabled") else ()
    return ReportsTo(str(resource.properties["ConfigurationSetName"]), frozenset(kinds))


def _replaced(node: Any, pattern: re.Pattern[str], by: str) -> Any:
    if isinstance(node, str):
        return pattern.sub(by, node)
    if isinstance(node, list):
        return [_replaced(part, pattern, by) for part in node]
    return {k: _replaced(v, pattern, by) for k, v in node.items()} if isinstance(node, dict) else node


def _reference(type_: str, name: str, arn: str) -> str:
    if type_ == "AWS::SQS::Queue":
        return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"
    return arn if type_ == "AWS::SecretsManager::Secret" else name


def _rate(function: str, expression: str) -> timedelta:
    match = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if match is None:
        raise UnknownInTemplate(f"{function}: schedule {expression!r} is not known to the local stack")
    return timedelta(**{f"{match[2]}s": int(match[1])})
