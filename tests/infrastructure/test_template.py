"""What the template promises: nothing is lost in a queue, nothing runs twice by itself, all logs end."""

import pytest

from shopbell.bootstrap import TIME_FOR_A_CALL
from shopbell.dialects.ses import REPORTS
from shopbell.domain.deciding.pace import LONGEST, TICK
from shopbell.domain.journeys import SWEEPS
from shopbell.domain.model.vocabulary import Sweep
from tests.infrastructure.stack import FUNCTIONS, LAYERS, QUEUES, RESOURCES, ROOT, VARIABLES, events, properties, target

WORKING = {name: queue for name, queue in QUEUES.items() if "RedrivePolicy" in queue}
DEAD_LETTERS = {name: queue for name, queue in QUEUES.items() if name not in WORKING}
FED = {target(mapping["Queue"]): function for function, mapping in events("SQS")}
SCHEDULES = dict(events("ScheduleV2"))

ROUTES = {
    ("POST", "/v1/shops/{shop}/events"): "ReceiveWebhook",
    ("GET", "/u/{token}"): "CustomerPage",
    ("HEAD", "/u/{token}"): "CustomerPage",
    ("POST", "/u/{token}"): "CustomerPage",
    ("GET", "/t/{token}"): "StaffTask",
    ("HEAD", "/t/{token}"): "StaffTask",
    ("POST", "/t/{token}"): "StaffTask",
}


def test_every_function_has_its_handler_file() -> None:
    assert len(FUNCTIONS) >= 9
    for function in FUNCTIONS.values():
        file = ROOT / function["CodeUri"] / "app.py"
        assert "handler" in file.read_text("utf-8"), file


def test_every_folder_of_functions_is_deployed() -> None:
    folders = {f"functions/{file.parent.name}/" for file in ROOT.glob("functions/*/app.py")}
    assert folders == {function["CodeUri"] for function in FUNCTIONS.values()}


def test_every_layer_knows_how_it_is_built() -> None:
    assert len(LAYERS) == 3
    for name, layer in LAYERS.items():
        makefile = (ROOT / layer["ContentUri"] / "Makefile").read_text("utf-8")
        assert f"\nbuild-{name}:" in makefile
        assert RESOURCES[name]["Metadata"]["BuildMethod"] == "makefile"


def test_the_http_api_answers_these_routes() -> None:
    routes = {(event["Method"], event["Path"]): function for function, event in events("HttpApi")}
    assert routes.items() >= ROUTES.items()


def test_the_http_api_is_throttled() -> None:
    (api,) = properties("AWS::Serverless::HttpApi").values()
    assert api["DefaultRouteSettings"].keys() == {"ThrottlingRateLimit", "ThrottlingBurstLimit"}


def test_every_queue_that_feeds_a_function_has_dead_letters_of_its_own() -> None:
    assert FED.keys() == WORKING.keys()
    ends = [target(queue["RedrivePolicy"]["deadLetterTargetArn"]) for queue in WORKING.values()]
    assert sorted(ends) == sorted(DEAD_LETTERS)


def test_dead_letters_are_kept_for_two_weeks() -> None:
    assert {queue["MessageRetentionPeriod"] for queue in DEAD_LETTERS.values()} == {14 * 24 * 3600}


@pytest.mark.parametrize(("queue", "function"), FED.items())
def test_a_queue_hides_a_record_six_times_as_long_as_its_function_may_run(queue: str, function: str) -> None:
    assert QUEUES[queue]["VisibilityTimeout"] >= 6 * FUNCTIONS[function]["Timeout"]


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_standard_and_encrypted(queue: str) -> None:
    assert "FifoQueue" not in QUEUES[queue]
    assert QUEUES[queue]["SqsManagedSseEnabled"] is True


def test_one_bad_record_does_not_bring_its_batch_back() -> None:
    for function, mapping in events("SQS"):
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], function
        assert mapping["BatchSize"] == 10, function


def test_every_queue_mapping_has_a_maximum_concurrency() -> None:
    for function, mapping in events("SQS"):
        assert mapping["ScalingConfig"]["MaximumConcurrency"], function


LETTERS = ["OrderEmailQueue", "ReminderEmailQueue", "MarketingEmailQueue"]


def test_each_queue_of_letters_is_worked_off_by_as_many_senders_as_they_are_told() -> None:
    mappings = {target(mapping["Queue"]): mapping["ScalingConfig"] for _, mapping in events("SQS")}
    assert [mappings[queue]["MaximumConcurrency"] for queue in LETTERS] == [VARIABLES["MAIL_CONCURRENCY"]] * 3
    assert VARIABLES["MAIL_CONCURRENCY"] == {"Ref": "MailConcurrency"}


def test_a_sender_that_is_paced_ends_before_lambda_ends_it() -> None:
    assert FUNCTIONS["SendEmail"]["Timeout"] >= TIME_FOR_A_CALL / 1_000 + LONGEST


def test_an_import_is_worked_off_beside_what_happens_now_and_more_slowly() -> None:
    at_most = {target(each["Queue"]): each["ScalingConfig"]["MaximumConcurrency"] for _, each in events("SQS")}
    assert (FED["EventsQueue"], FED["PastEventsQueue"]) == ("ReactToEvent", "ReactToEvent")
    assert (at_most["EventsQueue"], at_most["PastEventsQueue"]) == (10, 2)


def test_sweeps_tick_every_five_minutes() -> None:
    assert {name for name in FUNCTIONS if name.startswith("Sweep")} == SCHEDULES.keys()
    assert {event["ScheduleExpression"] for event in SCHEDULES.values()} == {f"rate({TICK // 60} minutes)"}


def test_each_sweep_has_its_function_and_its_schedule() -> None:
    folders = {file.parent.name for file in ROOT.glob("functions/sweep_*/app.py")}
    scheduled = {FUNCTIONS[name]["CodeUri"].removeprefix("functions/").rstrip("/") for name in SCHEDULES}
    assert {f"sweep_{name}" for name in Sweep} == folders == scheduled
    assert {*SWEEPS, Sweep.OUTBOX, Sweep.RUNS} == {*Sweep}


@pytest.mark.parametrize("sweep", SCHEDULES)
def test_a_sweep_that_fails_waits_for_the_next_tick(sweep: str) -> None:
    assert SCHEDULES[sweep]["RetryPolicy"]["MaximumRetryAttempts"] == 0
    assert FUNCTIONS[sweep]["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


@pytest.mark.parametrize("sweep", SCHEDULES)
def test_a_sweep_ends_before_the_next_tick(sweep: str) -> None:
    assert FUNCTIONS[sweep]["Timeout"] < 300


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_logs_end_when_the_shop_says(function: str) -> None:
    group = RESOURCES[FUNCTIONS[function]["LoggingConfig"]["LogGroup"]["Ref"]]
    assert group["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert group["DeletionPolicy"] == "Delete"


@pytest.mark.parametrize("resource", ["Table", "SigningKey"])
def test_what_cannot_be_made_again_outlives_the_stack(resource: str) -> None:
    assert RESOURCES[resource]["DeletionPolicy"] == "Retain"
    assert RESOURCES[resource]["UpdateReplacePolicy"] == "Retain"


def test_the_table_can_be_brought_back_to_any_moment() -> None:
    (table,) = properties("AWS::DynamoDB::Table").values()
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_index_of_what_is_due_holds_keys_only() -> None:
    (index,) = RESOURCES["Table"]["Properties"]["GlobalSecondaryIndexes"]
    assert index["IndexName"] == "due"
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["due_pk", "due_at"]


def test_the_largest_event_fits_into_its_queue_in_json_and_with_its_letters_escaped() -> None:
    largest_body, escaped = 256 * 1024, 3  # two bytes of Cyrillic become the six of a JSON escape
    for queue in ("EventsQueue", "PastEventsQueue", "EventsDeadLetters", "PastEventsDeadLetters"):
        assert QUEUES[queue]["MaximumMessageSize"] > largest_body * escaped, queue


def test_what_ses_reports_of_this_stacks_letters_goes_into_the_queue_and_nothing_else() -> None:
    (rule,) = properties("AWS::Events::Rule").values()
    (destination,) = properties("AWS::SES::ConfigurationSetEventDestination").values()
    (to,) = rule["Targets"]
    assert target(to["Arn"]) == "FeedbackQueue"
    assert target(to["DeadLetterConfig"]["Arn"]) == "FeedbackDeadLetters"
    assert rule["EventPattern"]["detail"]["mail"]["tags"] == {"ses:configuration-set": [{"Ref": "ConfigurationSet"}]}
    assert destination["ConfigurationSetName"] == {"Ref": "ConfigurationSet"}
    assert destination["EventDestination"]["Enabled"] is True
    assert len(rule["EventPattern"]["detail-type"]) == len(destination["EventDestination"]["MatchingEventTypes"])


def test_every_report_that_the_rule_lets_through_is_understood() -> None:
    (rule,) = properties("AWS::Events::Rule").values()
    assert set(rule["EventPattern"]["detail-type"]) <= REPORTS.keys()
