"""What a letter bears besides its words: a row for each class and channel, as SES is asked to send it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from shopbell.channels.email import EmailChannel
from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.letter import Enclosure, Letter
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Status, SubjectKind
from shopbell.service.delivery.compose import compose
from shopbell.service.delivery.digest import gathered
from tests.ses import faults_of
from tests.world import MONDAY, PlainRenderer, a_busy_shop

UNSUBSCRIBE, TASK = "https://links.example/u/x", "https://links.example/t/x"
THREAD = {"In-Reply-To", "References"}
ONE_CLICK = {"List-Unsubscribe", "List-Unsubscribe-Post"}


@dataclass
class FakeSes:
    """Takes what SES would take."""

    requests: list[Mapping[str, Any]] = field(default_factory=list)

    def send_email(self, **request: Any) -> dict[str, Any]:
        assert faults_of(request) == []
        self.requests.append(request)
        return {"MessageId": "m"}


def a_letter(row: Journey, subject: str = "order/1001", shop: str = "dobra") -> Letter:
    channel = ChannelName.STAFF if row.is_task else ChannelName.EMAIL
    promotional = row.message_class in (MessageClass.MARKETING, MessageClass.GREETING)
    links = {"unsubscribe_url": UNSUBSCRIBE if promotional else "", "task_url": TASK if row.is_task else ""}
    message = Message(
        id=f"{row.kind}-{subject[-4:]}",
        shop=shop,
        subject=subject,
        name=row.name,
        kind=row.kind,
        occurrence_id="",
        triggered_at=MONDAY,
        channel=channel,
        message_class=row.message_class,
        customer="c1",
        whose="",
        order="1001",
        due_at=MONDAY,
        until=MONDAY,
        status=Status.SENDING,
    )
    customer = Customer("c1")
    return compose(Facts(a_busy_shop(), customer), message, links, PlainRenderer())


def sent(letter: Letter) -> Mapping[str, Any]:
    ses = FakeSes()
    EmailChannel(ses, "shopbell").send(letter)
    return ses.requests[0]


def headers(letter: Letter) -> dict[str, str]:
    return {each["Name"]: each["Value"] for each in sent(letter)["Content"]["Simple"].get("Headers", ())}


def by_class() -> Iterator[tuple[MessageClass, set[str], bool]]:
    """The headers beside those of an order's thread; whether SES sees opens and clicks."""
    yield MessageClass.TRANSACTIONAL, set(), False
    yield MessageClass.SERVICE, set(), True
    yield MessageClass.MARKETING, ONE_CLICK, False
    yield MessageClass.GREETING, ONE_CLICK, False
    yield MessageClass.STAFF, {"Auto-Submitted"}, False


BY_CLASS = {message_class: (own, tracked) for message_class, own, tracked in by_class()}
SUBJECTS = {SubjectKind.ORDER: THREAD, SubjectKind.COMPLAINT: THREAD, SubjectKind.CUSTOMER: set()}
KINDS = {row.kind: row for row in JOURNEYS if row.ends is None}


@pytest.mark.parametrize("row", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(("subject", "thread"), SUBJECTS.items())
def test_each_kind_bears_the_headers_of_its_class(row: Journey, subject: str, thread: set[str]) -> None:
    own, tracked = BY_CLASS[row.message_class]
    letter = a_letter(row, f"{subject}/1001")
    assert set(headers(letter)) == own | thread
    assert ("ConfigurationOverrides" in sent(letter)) is not tracked
    tags = {each["Name"]: each["Value"] for each in sent(letter)["EmailTags"]}
    assert (tags["ses:feedback-id-a"], tags["ses:feedback-id-b"]) == (row.kind, "dobra")


def test_nothing_of_an_untracked_letter_is_seen() -> None:
    tracking = sent(a_letter(KINDS["order_received"]))["ConfigurationOverrides"]["Tracking"]
    assert tracking == {"OpenTrackingEnabled": "DISABLED", "ClickTrackingEnabled": "DISABLED"}


def test_a_task_says_that_a_machine_wrote_it() -> None:
    assert headers(a_letter(KINDS["staff_pack"]))["Auto-Submitted"] == "auto-generated"


def test_the_longest_names_still_make_a_header_that_gmail_reads() -> None:
    for row in KINDS.values():
        sent(a_letter(row, shop="a" * 63))


def thread(letter: Letter) -> str:
    said = headers(letter)
    assert said["In-Reply-To"] == said["References"]
    return said["References"]


def test_the_letters_of_an_order_are_one_thread_and_its_tasks_another() -> None:
    received, shipped, task, other_task = (
        a_letter(KINDS[kind]) for kind in ("order_received", "order_shipped", "staff_pack", "staff_order_late")
    )
    assert thread(received) == thread(shipped)
    assert thread(task) == thread(other_task)
    assert thread(received) != thread(task)
    assert thread(received).startswith("<order-")
    assert thread(received).endswith("@dobra.example>")


@pytest.mark.parametrize(
    ("subject", "shop"), [("order/1002", "dobra"), ("complaint/1001", "dobra"), ("order/1001", "x")]
)
def test_another_subject_and_another_shop_are_other_threads(subject: str, shop: str) -> None:
    assert thread(a_letter(KINDS["order_received"])) != thread(a_letter(KINDS["order_received"], subject, shop))


def test_a_letter_about_several_orders_belongs_to_no_thread() -> None:
    row = KINDS["order_unpaid_first"]
    one, same, other = a_letter(row), a_letter(row), a_letter(row, "order/1002")
    assert set(headers(gathered([one, other], ["1", "2"], PlainRenderer()))) == set()
    assert thread(gathered([one, same], ["1"], PlainRenderer())) == thread(one)


def test_a_picture_stands_in_the_letter_and_a_file_beside_it() -> None:
    picture = Enclosure("code.png", "image/png", b"png", "code-1")
    file = Enclosure("day.ics", "text/calendar; charset=utf-8", b"BEGIN")
    letter = with_enclosures('<img src="cid:code-1">', picture, file)
    assert sent(letter)["Content"]["Simple"]["Attachments"] == [
        {
            "FileName": "code.png",
            "ContentType": "image/png",
            "ContentTransferEncoding": "BASE64",
            "RawContent": b"png",
            "ContentDisposition": "INLINE",
            "ContentId": "code-1",
        },
        {
            "FileName": "day.ics",
            "ContentType": "text/calendar; charset=utf-8",
            "ContentTransferEncoding": "BASE64",
            "RawContent": b"BEGIN",
            "ContentDisposition": "ATTACHMENT",
        },
    ]


def test_of_several_letters_in_one_each_picture_is_carried_once() -> None:
    one, other = (Enclosure("code.png", "image/png", name.encode(), name) for name in ("a", "b"))
    letters = [with_enclosures("", one), with_enclosures("", one, other)]
    assert gathered(letters, ["1", "2"], PlainRenderer()).enclosures == (one, other)


def with_enclosures(html: str, *enclosures: Enclosure) -> Letter:
    return replace(a_letter(KINDS["order_received"]), html=html, enclosures=enclosures)


def test_what_ses_refuses_is_found() -> None:
    wrong = with_enclosures('<img src="cid:other">', Enclosure("a.png", "image/png", b"", "a"))
    assert faults_of(EmailChannel(None)._request(wrong)) == [
        "a is carried and not shown",
        "other is shown and not carried",
    ]
