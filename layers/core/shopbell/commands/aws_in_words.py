"""What stands between an operator and their AWS account, in a sentence that says what to do about it."""

from typing import Any

import botocore.session
from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from shopbell.channels.provider_errors import code_of

SIGN_IN = "The sign-in of the AWS profile {profile} has ended: aws sso login --profile {profile}"
UNKNOWN_KEYS = "AWS does not know these credentials: see what `aws sts get-caller-identity` says with the same profile."

BY_ERROR: dict[type[Exception], str] = {
    exceptions.ProfileNotFound: "There is no AWS profile {profile}; there are: {profiles}.",
    exceptions.SSOError: SIGN_IN,
    exceptions.TokenRetrievalError: SIGN_IN,
    exceptions.LoginError: "The sign-in of the AWS profile {profile} has ended: aws login --profile {profile}",
    exceptions.NoCredentialsError: "There are no AWS credentials: name a profile with --profile or AWS_PROFILE.",
    exceptions.PartialCredentialsError: "The AWS credentials are not whole: {error}",
    exceptions.CredentialRetrievalError: "There are no AWS credentials: {error}",
    exceptions.NoRegionError: "No AWS region is known: name one with --region, AWS_REGION or in the profile.",
    exceptions.InvalidRegionError: "There is no such AWS region: {error}",
    exceptions.ConfigParseError: "The AWS configuration cannot be read: {error}",
    exceptions.InvalidConfigError: "The AWS configuration is not whole: {error}",
}
"""By botocore's errors; the first of which an error is one counts."""
BY_CODE = {
    "ExpiredToken": "The AWS credentials have expired; where they are from SSO: aws sso login --profile {profile}",
    "UnrecognizedClient": UNKNOWN_KEYS,
    "InvalidClientTokenId": UNKNOWN_KEYS,
    "InvalidSignature": UNKNOWN_KEYS,
    "AccessDenied": "AWS does not allow it: {error}",
}
"""By the code that AWS answers with, of which some services say "…Exception"."""


def sentence(error: BotoCoreError | ClientError, profile: str) -> str:
    """ "" where there is nothing that an operator could put right."""
    pattern = _pattern(error)
    if "{profiles}" in pattern:
        return pattern.format(profile=profile, profiles=", ".join(_profiles()) or "none")
    return pattern.format(profile=profile, error=_in_one_line(error))


def _pattern(error: BotoCoreError | ClientError) -> str:
    if isinstance(error, ClientError):
        return BY_CODE.get(code_of(error).removesuffix("Exception"), "")
    return next((words for kind, words in BY_ERROR.items() if isinstance(error, kind)), "")


def _profiles() -> list[Any]:
    # No session of boto3 can be made where the profile that it is to have is not there.
    return list(botocore.session.Session().available_profiles)


def _in_one_line(error: BotoCoreError | ClientError) -> str:
    said = error.response["Error"].get("Message", "") if isinstance(error, ClientError) else str(error)
    return " ".join(said.split())
