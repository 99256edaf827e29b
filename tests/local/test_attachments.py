"""What a letter carries is listed beside it, and a browser shows the pictures where they stand."""

import base64
from typing import Any

import botocore.session
from botocore.serialize import create_serializer

from local.messages import with_pictures
from local.providers import ProviderRequest, _email
from shopbell.channels.email import EmailChannel
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.vocabulary import ChannelName, MessageClass
from tests.rendering.letters import letter
from tests.ses import faults_of


def as_taken() -> ProviderRequest:
    """A letter as SES gets it: through the channel and botocore's own serializer."""
    made = letter("parcel_ready", "en", "usual")
    request = EmailChannel(None, "shopbell")._request(
        Letter(
            id="m1",
            shop="dobra",
            kind="parcel_ready",
            channel=ChannelName.EMAIL,
            message_class=MessageClass.TRANSACTIONAL,
            to="olena@customer.example",
            locale="en",
            subject=made.subject,
            preheader=made.preheader,
            html=made.html,
            text=made.text,
            sender="hello@dobra.example",
            tags={"message": "m1", "ses:feedback-id-a": "parcel_ready", "ses:feedback-id-b": "dobra"},
            enclosures=made.enclosures,
        )
    )
    assert faults_of(request) == []
    operation = botocore.session.get_session().get_service_model("sesv2").operation_model("SendEmail")
    return _email(create_serializer("rest-json").serialize_to_request(request, operation)["body"])


def row(taken: ProviderRequest) -> dict[str, Any]:
    return {"html": taken.html, "attachments": taken.attachments}


def test_a_picture_and_a_file_are_listed_with_what_they_hold() -> None:
    taken = as_taken()
    picture, file = taken.attachments
    assert (picture["content_type"], file["content_id"]) == ("image/png", "")
    assert base64.b64decode(picture["content"]).startswith(b"\x89PNG")
    assert base64.b64decode(file["content"]).startswith(b"BEGIN:VCALENDAR\r\n")
    assert taken.headers["Feedback-ID"] == "parcel_ready:dobra:local:AmazonSES"


def test_a_browser_shows_the_pictures_that_the_letter_carries() -> None:
    taken = as_taken()
    assert f'src="cid:{taken.attachments[0]["content_id"]}"' in str(taken.html)
    shown = with_pictures(row(taken))
    assert "cid:" not in shown
    assert f'src="data:image/png;base64,{taken.attachments[0]["content"]}"' in shown


def test_of_someone_forgotten_nothing_is_shown() -> None:
    assert with_pictures({"html": "", "attachments": []}) == ""
