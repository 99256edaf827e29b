"""How an operator's command gets to a stack: profiles, sign-ins and regions as people have them; what is missing is
said in a sentence."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import boto3
import pytest
import typer
from botocore import exceptions
from botocore.stub import Stubber
from typer.testing import CliRunner

from shopbell.commands import app
from shopbell.commands.connection import readable_errors, variables
from shopbell.commands.where import Where, at_a_stack

CONFIG = """
[profile dobra]
region = eu-central-1
aws_access_key_id = AKIADOBRA
aws_secret_access_key = secret

[profile nowhere]
aws_access_key_id = AKIANOWHERE
aws_secret_access_key = secret

[profile signed-in]
region = eu-west-1
sso_session = dobra-of-the-tests
sso_account_id = 123456789012
sso_role_name = operator

[profile half]
region = eu-west-1
aws_access_key_id = AKIAHALF

[profile astray]
region = eu_west
aws_access_key_id = AKIAASTRAY
aws_secret_access_key = secret

[sso-session dobra-of-the-tests]
sso_region = eu-west-1
sso_start_url = https://dobra.example/start
sso_registration_scopes = sso:account:access
"""


@pytest.fixture(autouse=True)
def configured(tmp_path: Path) -> Iterator[None]:
    """A machine with these profiles and nothing of the AWS account that its owner may have."""
    config = tmp_path / "config"
    config.write_text(CONFIG)
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    files = {"AWS_CONFIG_FILE": str(config), "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none")}
    with patch.dict(os.environ, own | files | {"AWS_EC2_METADATA_DISABLED": "true"}, clear=True):
        yield


NO_PROFILE = "There is no AWS profile gone; there are:"
SIGN_IN = "The sign-in of the AWS profile signed-in has ended: aws sso login --profile signed-in"


@pytest.mark.parametrize(
    ("options", "env", "said"),
    [
        ("--region eu-west-1", {}, "There are no AWS credentials: name a profile with --profile or AWS_PROFILE."),
        ("--profile gone", {}, f"{NO_PROFILE} dobra, nowhere, signed-in, half, astray."),
        ("", {"AWS_PROFILE": "gone"}, f"{NO_PROFILE} dobra, nowhere, signed-in, half, astray."),
        ("", {"AWS_CONFIG_FILE": os.devnull, "AWS_PROFILE": "gone"}, f"{NO_PROFILE} none."),
        ("--profile signed-in", {}, SIGN_IN),
        ("", {"AWS_PROFILE": "signed-in"}, SIGN_IN),
        ("--profile nowhere", {}, "No AWS region is known: name one with --region, AWS_REGION or in the profile."),
        (
            "--profile half",
            {},
            (
                "The AWS credentials are not whole: "
                "Partial credentials found in config-file, missing: aws_secret_access_key"
            ),
        ),
        (
            "--profile astray",
            {},
            "There is no such AWS region: Provided region_name 'eu_west' doesn't match a supported format.",
        ),
        (
            "--profile dobra",
            {"AWS_CONFIG_FILE": __file__},
            f"The AWS configuration cannot be read: Unable to parse config file: {__file__}",
        ),
    ],
)
def test_what_is_missing_on_the_way_to_aws_is_said_in_a_sentence(
    options: str, env: Mapping[str, str], said: str
) -> None:
    ended = CliRunner().invoke(app, ["resume", "dobra", *options.split()], env=env)
    assert (ended.stderr, ended.stdout, ended.exit_code) == (f"{said}\n", "", 1)


DENIED = "User: operator is not authorized to perform: ssm:GetParameter"
EXPIRED = "The AWS credentials have expired; where they are from SSO: aws sso login --profile dobra"
UNKNOWN = "AWS does not know these credentials: see what `aws sts get-caller-identity` says with the same profile."
NO_STACK = "There is no stack dobra-prod in eu-west-1: see --stack, --region, --profile."


@pytest.mark.parametrize(
    ("code", "message", "said", "exit_code"),
    [
        ("ParameterNotFound", "", NO_STACK, 1),
        ("ValidationException", "Parameter name: must be …", NO_STACK, 1),
        ("ExpiredTokenException", "The security token included in the request is expired", EXPIRED, 1),
        ("ExpiredToken", "", EXPIRED, 1),
        ("UnrecognizedClientException", "The security token included in the request is invalid.", UNKNOWN, 1),
        ("InvalidSignatureException", "", UNKNOWN, 1),
        ("AccessDeniedException", DENIED, f"AWS does not allow it: {DENIED}", 1),
        (
            "ThrottlingException",
            "Rate exceeded",
            (
                "AWS could not be asked: "
                "An error occurred (ThrottlingException) when calling the GetParameter operation: Rate exceeded"
            ),
            2,
        ),
    ],
)
def test_what_aws_answers_to_an_operator_is_said_in_a_sentence(
    code: str, message: str, said: str, exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    where = Where(stack="dobra-prod", profile="dobra", region="eu-west-1")
    ssm = where.session().client("ssm")
    with Stubber(ssm) as aws:
        aws.add_client_error("get_parameter", code, message, expected_params={"Name": "/shopbell/dobra-prod/settings"})
        with pytest.raises(typer.Exit) as ended, readable_errors(where):
            variables(ssm, where.stack)
    assert (capsys.readouterr().err, ended.value.exit_code) == (f"{said}\n", exit_code)


@pytest.mark.parametrize(
    ("error", "where", "said"),
    [
        (exceptions.UnauthorizedSSOTokenError(), Where(profile="dobra"), "aws sso login --profile dobra\n"),
        (
            exceptions.TokenRetrievalError(provider="sso", error_msg="expired"),
            Where(),
            "aws sso login --profile default\n",
        ),
        (exceptions.LoginRefreshRequired(), Where(profile="dobra"), ": aws login --profile dobra\n"),
        (
            exceptions.EndpointConnectionError(endpoint_url="http://127.0.0.1:8700"),
            Where(local=True),
            'The local stack could not be asked: Could not connect to the endpoint URL: "http://127.0.0.1:8700"\n',
        ),
    ],
)
def test_a_sign_in_that_ended_and_a_stack_that_is_silent_are_said_as_such(
    error: Exception, where: Where, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit), readable_errors(where):
        raise error
    printed = capsys.readouterr().err
    assert printed.endswith(said)
    assert printed.count("\n") == 1


def test_a_stack_that_is_there_says_what_its_functions_are_told() -> None:
    ssm = boto3.Session(profile_name="dobra").client("ssm")
    with Stubber(ssm) as aws:
        aws.add_response("get_parameter", {"Parameter": {"Value": '{"TABLE_NAME": "dobra-table"}'}})
        assert variables(ssm, "dobra") == {"TABLE_NAME": "dobra-table"}


asking = typer.Typer()


@asking.command()
@at_a_stack
def ask(where: Where) -> None:
    """Whom boto3 would ask."""
    session = where.session()
    print(session.region_name, session.get_credentials().access_key)


KEYS = {"AWS_ACCESS_KEY_ID": "AKIAKEYS", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.mark.parametrize(
    ("options", "env", "asked"),
    [
        ("--profile dobra", {}, "eu-central-1 AKIADOBRA"),
        ("--profile dobra", {"AWS_PROFILE": "nowhere"}, "eu-central-1 AKIADOBRA"),
        ("--profile dobra", KEYS, "eu-central-1 AKIADOBRA"),
        ("", {"AWS_PROFILE": "dobra"}, "eu-central-1 AKIADOBRA"),
        ("", {"AWS_PROFILE": "dobra", **KEYS}, "eu-central-1 AKIAKEYS"),
        ("--profile dobra --region eu-west-1", {}, "eu-west-1 AKIADOBRA"),
        ("--profile dobra --region eu-west-1", {"AWS_REGION": "us-east-1"}, "eu-west-1 AKIADOBRA"),
        ("--profile dobra", {"AWS_REGION": "us-east-1"}, "us-east-1 AKIADOBRA"),
        ("", {"AWS_DEFAULT_REGION": "eu-west-1", **KEYS}, "eu-west-1 AKIAKEYS"),
        ("", {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_REGION": "us-east-1", **KEYS}, "us-east-1 AKIAKEYS"),
    ],
)
def test_profiles_and_regions_count_in_the_order_that_aws_tools_have(
    options: str, env: Mapping[str, str], asked: str
) -> None:
    ended = CliRunner().invoke(asking, options.split(), env=env)
    assert (ended.stdout, ended.exit_code) == (f"{asked}\n", 0)


@pytest.mark.parametrize("command", ["resume", "shop put", "letter list", "explain"])
def test_each_command_that_talks_to_a_stack_says_how_to_name_it(command: str) -> None:
    said = CliRunner().invoke(app, [*command.split(), "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
    for name in ("--local", "--stack", "--profile", "--region", "--port", "AWS_REGION", "AWS_PROFILE"):
        assert name in said
