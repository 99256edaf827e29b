"""What the template says is what runs; what the stack does not know stops it, by name."""

from pathlib import Path
from typing import Any

import pytest

from local.cloudformation import Resolver, UnknownInTemplate
from local.stack import Stack
from local.wiring import Wiring
from tests.local.outsider import FIXTURE

TEMPLATE = {
    "Parameters": {"Name": {"Default": "bell"}, "Empty": {"Default": ""}},
    "Conditions": {
        "Named": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Name"}, ""]}]},
        "Both": {"Fn::And": [{"Condition": "Named"}, {"Fn::Equals": [{"Ref": "Empty"}, "x"]}]},
        "Either": {"Fn::Or": [{"Condition": "Both"}, {"Condition": "Named"}]},
    },
    "Mappings": {"Sizes": {"small": {"memory": 128}}},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ({"Ref": "Name"}, "bell"),
        ({"Ref": "AWS::Region"}, "eu-central-1"),
        ({"Ref": "Queue"}, "<Queue Ref>"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "<Queue Arn>"),
        ({"Fn::Sub": "${Name}-${Queue.Arn}-${!Kept}"}, "bell-<Queue Arn>-${Kept}"),
        ({"Fn::Sub": ["${a}/${Name}", {"a": {"Ref": "Name"}}]}, "bell/bell"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Name"}]]}, "a-bell"),
        ({"Fn::Select": [1, {"Fn::Split": [",", "a,b"]}]}, "b"),
        ({"Fn::If": ["Named", "yes", "no"]}, "yes"),
        ({"Fn::If": ["Both", "yes", "no"]}, "no"),
        ({"Fn::If": ["Either", "yes", "no"]}, "yes"),
        ({"Fn::FindInMap": ["Sizes", "small", "memory"]}, 128),
        ({"a": [1, {"Ref": "AWS::NoValue"}], "b": {"Ref": "AWS::NoValue"}}, {"a": [1]}),
    ],
)
def test_an_expression_has_its_local_value(expression: Any, value: Any) -> None:
    resolver = Resolver(TEMPLATE, {}, lambda name, attribute: f"<{name} {attribute}>")
    assert resolver.value(expression) == value


def test_a_function_of_templates_that_is_not_known_is_named() -> None:
    resolver = Resolver(TEMPLATE, {}, lambda name, attribute: "")
    with pytest.raises(UnknownInTemplate, match="Fn::ImportValue"):
        resolver.value({"Fn::ImportValue": "x"})


def changed(folder: Path, old: str, new: str) -> Path:
    """The fixture's template with one change, beside the fixture's functions."""
    text = (FIXTURE / "template.yaml").read_text()
    assert old in text
    (folder / "template.yaml").write_text(text.replace(old, new))
    (folder / "functions").symlink_to(FIXTURE / "functions")
    return folder / "template.yaml"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (
            "AWS::SQS::Queue\n\n  BellQueue",
            "AWS::Kinesis::Stream\n\n  BellQueue",
            "NewsDeadLetters .*AWS::Kinesis::Stream",
        ),
        ("Type: ScheduleV2", "Type: S3", "SweepLetters: event Tick is of type S3"),
        ("rate(5 minutes)", "cron(0 8 * * *)", r"SweepLetters: schedule 'cron\(0 8"),
        ("CodeUri: functions/sweep_letters/", "CodeUri: functions/mailer/", "SweepLetters: .*sweep_"),
        ("!Ref NewsQueue\n", "!Ref Nowhere\n", "Nowhere is referred to and not declared"),
        ("!GetAtt HttpApi.ApiEndpoint", "!ImportValue address", "Fn::ImportValue"),
        (
            "      CodeUri: functions/mailer/\n",
            "      CodeUri: functions/mailer/\n      Environment: { Variables: { GREETING: Hi } }\n",
            "Mailer: variable GREETING differs",
        ),
    ],
)
def test_what_the_stack_does_not_know_stops_it_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(UnknownInTemplate, match=named):
        Stack(template=changed(tmp_path, old, new))


def test_the_fixture_is_wired_as_its_template_says() -> None:
    wiring = Wiring(FIXTURE / "template.yaml", "http://127.0.0.1:1")
    assert [route.key for route in wiring.routes] == ["POST /tell/{who}", "ANY /echo/{rest+}"]
    assert [mapping.queue for mapping in wiring.mappings] == ["shopbell-local-NewsQueue", "shopbell-local-BellQueue"]
    assert [(schedule.sweep, schedule.every.seconds) for schedule in wiring.schedules] == [("letters", 300)]
    assert wiring.functions["SweepLetters"].timeout == 270
    assert wiring.environment["GREETING"] == "Hello, from shopbell-local"


def test_an_address_of_ones_own_takes_the_apis_place() -> None:
    wiring = Wiring(FIXTURE / "template.yaml", "http://127.0.0.1:1", {"OwnAddress": "https://news.example"})
    addresses = [r.properties["Value"] for r in wiring.resources if r.name == "Address"]
    assert addresses == ["https://news.example"]
    assert "Alarms" in {resource.name for resource in wiring.resources}
