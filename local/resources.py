"""Creates in moto what the template declares. A type that is neither created nor ignored here stops the start."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import boto3

from local.cloudformation import REGION, UnknownInTemplate
from local.declared import Resource
from local.wiring import Wiring

IGNORED = frozenset(
    {
        # These have no part in what happens on one machine.
        "AWS::CloudFormation::Stack",
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::KMS::Alias",
        "AWS::KMS::Key",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::Logs::MetricFilter",
        "AWS::SES::EmailIdentity",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::ScheduleGroup",
        "AWS::Serverless::Application",
        # Read by the wiring, not made here.
        "AWS::Events::Rule",
        "AWS::SES::ConfigurationSetEventDestination",
        "AWS::Serverless::Function",
        "AWS::Serverless::HttpApi",
        "AWS::Serverless::LayerVersion",
    }
)
# In place of the one that AWS would generate. It signs links: a fixed one keeps them good over a restart.
LOCAL_SECRET = "local-only-secret-local-only-secret-local-only-00"  # noqa: S105  # no secret: the local stack's alone
QUEUE_ATTRIBUTES = ("DelaySeconds", "MessageRetentionPeriod", "MaximumMessageSize", "VisibilityTimeout")

Clients = Callable[[str], Any]


def check(wiring: Wiring) -> None:
    """Raises UnknownInTemplate with the first resource whose type is not known here."""
    for resource in wiring.resources:
        if resource.type not in IGNORED and resource.type not in MAKERS:
            raise UnknownInTemplate(
                f"{resource.name} is of type {resource.type}, which is not known to the local stack"
            )


def make(wiring: Wiring) -> None:
    """Creates everything that the template declares."""
    session = boto3.Session(region_name=REGION)
    clients: dict[str, Any] = {}

    def client(service: str) -> Any:
        if service not in clients:
            clients[service] = session.client(service)
        return clients[service]

    # A queue comes after the one that its dead letters go to, which SQS must know by then.
    for resource in sorted(wiring.resources, key=lambda resource: "RedrivePolicy" in resource.properties):
        if resource.type in MAKERS:
            MAKERS[resource.type](client, wiring.name(resource), resource)


def _table(client: Clients, name: str, resource: Resource) -> None:
    names = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
    schema = {key: resource.properties[key] for key in names if key in resource.properties}
    client("dynamodb").create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **schema)
    ttl = resource.properties.get("TimeToLiveSpecification")
    if ttl:
        ttl = {"AttributeName": ttl["AttributeName"], "Enabled": _boolean(ttl["Enabled"])}
        client("dynamodb").update_time_to_live(TableName=name, TimeToLiveSpecification=ttl)


def _boolean(value: Any) -> bool:
    """CloudFormation takes `true` and "true" alike."""
    return value is True or str(value).lower() == "true"


def _queue(client: Clients, name: str, resource: Resource) -> None:
    attributes = {key: str(resource.properties[key]) for key in QUEUE_ATTRIBUTES if key in resource.properties}
    redrive = resource.properties.get("RedrivePolicy")
    if redrive:
        attributes["RedrivePolicy"] = json.dumps(redrive)
    client("sqs").create_queue(QueueName=name, Attributes=attributes)


def _secret(client: Clients, name: str, resource: Resource) -> None:
    text = resource.properties.get("SecretString", LOCAL_SECRET)
    generated: Mapping[str, Any] = resource.properties.get("GenerateSecretString", {})
    if "GenerateStringKey" in generated:
        whole = json.loads(generated.get("SecretStringTemplate", "{}"))
        text = json.dumps({**whole, generated["GenerateStringKey"]: LOCAL_SECRET})
    client("secretsmanager").create_secret(Name=name, SecretString=text)


def _parameter(client: Clients, name: str, resource: Resource) -> None:
    properties = resource.properties
    client("ssm").put_parameter(Name=name, Type=properties.get("Type", "String"), Value=str(properties["Value"]))


def _configuration_set(client: Clients, name: str, _resource: Resource) -> None:
    client("sesv2").create_configuration_set(ConfigurationSetName=name)


MAKERS: Mapping[str, Callable[[Clients, str, Resource], None]] = {
    "AWS::DynamoDB::Table": _table,
    "AWS::SES::ConfigurationSet": _configuration_set,
    "AWS::SQS::Queue": _queue,
    "AWS::SSM::Parameter": _parameter,
    "AWS::SecretsManager::Secret": _secret,
}
