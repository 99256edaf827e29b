"""By which channels a customer is reached about something, or why by none."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shopbell.domain.deciding.reach import reach
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import FieldVersion, Occurrence, Occurrences, Record
from shopbell.domain.model.shop import SmsTerms
from shopbell.domain.model.vocabulary import MessageClass, Series
from shopbell.domain.rules.consent import NEWS as NEWS_ALONE
from shopbell.domain.rules.triggers import Each
from shopbell.domain.time.span import days
from tests.domain.tables import each_row, rows
from tests.world import MONDAY, a_shop

NEWS = Journey(kind="news", on=Each(EventType.ORDER_SHIPPED), lasts=days(3))
MESSAGES: Mapping[str, Journey] = {
    "news": NEWS,
    "news, SMS beside": replace(NEWS, sms=Sms.BESIDE),
    "news, SMS first": replace(NEWS, sms=Sms.FIRST),
    "news, never by SMS": replace(NEWS, sms=Sms.NEVER),
    "service": replace(NEWS, message_class=MessageClass.SERVICE),
    "service, never by SMS": replace(NEWS, message_class=MessageClass.SERVICE, sms=Sms.NEVER),
    "marketing": replace(NEWS, message_class=MessageClass.MARKETING),
    "a campaign": replace(NEWS, message_class=MessageClass.MARKETING, series=Series.CAMPAIGN),
    "a greeting": replace(NEWS, message_class=MessageClass.GREETING),
    "a task": replace(NEWS, message_class=MessageClass.STAFF),
}

TABLE = """
message               | contacts         | consent             | known_else            | reached
news                  | e-mail           |                     |                       | email
news                  | mobile           |                     |                       | sms
news                  | e-mail, mobile   |                     |                       | email
news                  | e-mail, mobile   | SMS                 |                       | email
news                  | mobile           | SMS                 |                       | sms
news                  | mobile           | no SMS              |                       | no_consent
news                  | mobile           | SMS, SMS taken back |                       | no_consent
news                  |                  |                     |                       | no_contact
news                  | landline         |                     |                       | no_contact
news                  | landline         | SMS                 |                       | no_contact
news                  | e-mail, landline | SMS                 |                       | email
news                  | e-mail           |                     | the e-mail bounced    | bounced
news                  | e-mail           |                     | they called it spam   | complained
news                  | e-mail, mobile   |                     | the e-mail bounced    | sms
news                  | e-mail, mobile   |                     | they called it spam   | sms
news                  | e-mail, mobile   | no SMS              | the e-mail bounced    | no_consent
news                  | e-mail, landline |                     | the e-mail bounced    | bounced
news                  | mobile           |                     | the SMS bounced       | bounced
news                  | e-mail, mobile   | letters taken back  |                       | email
news                  | e-mail           | no letters          | a complaint is open   | email
news, SMS beside      | e-mail, mobile   |                     |                       | email
news, SMS beside      | e-mail, mobile   | SMS                 |                       | email, sms
news, SMS beside      | e-mail, mobile   | no SMS              |                       | email
news, SMS beside      | e-mail, mobile   | SMS, SMS taken back |                       | email
news, SMS beside      | e-mail, mobile   | SMS ads             |                       | email
news, SMS beside      | e-mail, mobile   | SMS                 | the SMS bounced       | email
news, SMS beside      | e-mail, landline | SMS                 |                       | email
news, SMS beside      | mobile           | SMS                 |                       | sms
news, SMS beside      | e-mail, mobile   | SMS                 | the e-mail bounced    | sms
news, SMS first       | e-mail, mobile   | SMS                 |                       | sms
news, SMS first       | e-mail, mobile   |                     |                       | email
news, SMS first       | e-mail, mobile   | no SMS              |                       | email
news, SMS first       | e-mail, mobile   | SMS                 | the SMS bounced       | email
news, SMS first       | e-mail, landline | SMS                 |                       | email
news, SMS first       | mobile           |                     |                       | sms
news, never by SMS    | e-mail, mobile   | SMS                 |                       | email
news, never by SMS    | mobile           | SMS                 |                       | no_contact
news, never by SMS    | e-mail, mobile   | SMS                 | the e-mail bounced    | bounced
service               | e-mail, mobile   |                     |                       | email
service               | mobile           |                     |                       | sms
service               | e-mail           | no letters          | a complaint is open   | email
service, never by SMS | e-mail, mobile   | SMS                 |                       | email
service, never by SMS | mobile           | SMS                 |                       | no_contact
marketing             | e-mail           | letters             |                       | email
marketing             | e-mail           |                     |                       | no_consent
marketing             | e-mail           | no letters          |                       | no_consent
marketing             | e-mail           | letters taken back  |                       | unsubscribed
marketing             | e-mail           | letters refused     |                       | refused
marketing             | e-mail           | letters             | the e-mail bounced    | bounced
marketing             | e-mail           | letters             | they called it spam   | complained
marketing             | e-mail           | letters             | a complaint is open   | complaint_open
marketing             | e-mail           | letters             | a complaint is closed | email
marketing             | e-mail, mobile   | letters, SMS ads    |                       | email
marketing             | e-mail, mobile   | no letters, SMS ads |                       | sms
marketing             | e-mail, mobile   | letters, SMS ads    | the e-mail bounced    | sms
marketing             | e-mail, mobile   | letters             | the e-mail bounced    | bounced
marketing             | e-mail, mobile   | SMS                 |                       | no_consent
marketing             | e-mail, mobile   | SMS ads taken back  |                       | unsubscribed
marketing             | e-mail, landline | letters, SMS ads    |                       | email
marketing             | mobile           | SMS ads             |                       | sms
marketing             | mobile           | SMS                 |                       | no_consent
marketing             | mobile           | letters             |                       | no_consent
marketing             | mobile           | SMS ads taken back  |                       | unsubscribed
marketing             | mobile           | SMS ads             | the SMS bounced       | bounced
marketing             | landline         | SMS ads             |                       | no_contact
marketing             |                  | letters, SMS ads    |                       | no_contact
marketing             | e-mail           | news alone          |                       | no_consent
marketing             | e-mail           | letters taken back, news alone |            | unsubscribed
a campaign            | e-mail           | letters             |                       | email
a campaign            | e-mail           | letters taken back, news alone |            | email
a campaign            | e-mail, mobile   | news alone          | the e-mail bounced    | bounced
a campaign            | e-mail           | news alone taken back |                     | no_consent
a campaign            | e-mail           |                     |                       | no_consent
a greeting            | e-mail           | news alone          |                       | no_consent
a greeting            | e-mail           | letters             |                       | email
a greeting            | e-mail           |                     |                       | no_consent
a greeting            | e-mail           | letters             | a complaint is open   | complaint_open
a task                | e-mail           | no letters          | a complaint is open   | staff
a task                |                  |                     |                       | staff
"""
WHY = """
message            | contacts | consent            | known_else          | detail
news               |          |                    |                     | neither an e-mail address nor a phone
news               | landline |                    |                     | the phone number is no mobile one of sms.countries
news               | e-mail   |                    | the e-mail bounced  | no contact that works
news               | mobile   | no SMS             |                     | sms_service refused, and no other contact
news, never by SMS | mobile   |                    |                     | no contact that works
marketing          | landline | SMS ads            |                     | the phone number is no mobile one of sms.countries
marketing          | e-mail   |                    |                     | no consent to marketing
marketing          | e-mail   | letters taken back |                     | email_marketing withdrawn
marketing          | e-mail   | letters refused    |                     | email_marketing refused on the phone
marketing          | e-mail   | letters            | the e-mail bounced  | the contact does not work or complained
marketing          | e-mail   | letters            | a complaint is open | complaint c1 is open
"""  # noqa: E501  # a row of the table stays in one line
MOBILE, LANDLINE = "+380505550101", "+380445550101"
THEN = "2026-02-01T08:00:00Z"
Known = Callable[[Facts], Facts]


def by_email(**changes: Any) -> Known:
    contact = Contact("olena@customer.example", **changes)
    return lambda facts: replace(_says("email", contact.key)(facts), email=contact)


def by_phone(number: str, **changes: Any) -> Known:
    return lambda facts: replace(_says("phone", number)(facts), phone=Contact(number, **changes))


def agrees(purpose: str, granted: bool = True) -> Known:
    return _says(f"consent.{purpose}", {"granted": granted})


def takes_back(purpose: str, refused_at: str = "") -> Known:
    """Having agreed; on the phone, where `refused_at` says when."""

    def with_it(facts: Facts) -> Facts:
        said = agrees(purpose)(facts).customer
        return replace(facts, customer=replace(said, withdrawn={purpose: THEN}, refused_at=refused_at))

    return with_it


def complaint(*event_types: EventType) -> Known:
    happened: Occurrences = {each: {"c1": Occurrence(MONDAY, "1")} for each in event_types}
    return lambda facts: _with_record(facts, Record(occurrences=happened))


def _says(field: str, value: Json) -> Known:
    return lambda facts: _with_record(facts, Record({field: FieldVersion(value, "1")}))


def _with_record(facts: Facts, record: Record) -> Facts:
    return replace(facts, customer=replace(facts.customer, record=facts.customer.record.merged(record)))


KNOWN: Mapping[str, Known] = {
    "e-mail": by_email(),
    "mobile": by_phone(MOBILE),
    "landline": by_phone(LANDLINE),
    "letters": agrees("email_marketing"),
    "no letters": agrees("email_marketing", granted=False),
    "letters taken back": takes_back("email_marketing"),
    "letters refused": takes_back("email_marketing", THEN),
    "news alone": agrees(NEWS_ALONE),
    "news alone taken back": takes_back(NEWS_ALONE),
    "SMS": agrees("sms_service"),
    "no SMS": agrees("sms_service", granted=False),
    "SMS taken back": takes_back("sms_service"),
    "SMS ads": agrees("sms_marketing"),
    "SMS ads taken back": takes_back("sms_marketing"),
    "the e-mail bounced": by_email(bounced_at=THEN),
    "they called it spam": by_email(complained_at=THEN),
    "the SMS bounced": by_phone(MOBILE, bounced_at=THEN),
    "a complaint is open": complaint(EventType.COMPLAINT_OPENED),
    "a complaint is closed": complaint(EventType.COMPLAINT_OPENED, EventType.COMPLAINT_RESOLVED),
}


def facts(*cells: str) -> Facts:
    """A customer of whom this is known, in a shop that sends SMS to one number alone."""
    known = Facts(a_shop(sms=SmsTerms(numbers=frozenset({MOBILE}))), Customer("id:7"))
    for word in filter(None, ", ".join(cells).split(", ")):
        known = KNOWN[word](known)
    return known


@each_row(TABLE, "{message} to who has {contacts} and agreed to {consent}, {known_else}: {reached}")
def test_a_message_goes_by_what_its_customer_has_and_wants(
    message: str, contacts: str, consent: str, known_else: str, reached: str
) -> None:
    found = reach(MESSAGES[message], facts(contacts, consent, known_else))
    assert (", ".join(found.channels) or found.reason) == reached


@each_row(WHY, "{message} to who has {contacts} and agreed to {consent}: {detail}")
def test_whoever_is_not_reached_is_explained(
    message: str, contacts: str, consent: str, known_else: str, detail: str
) -> None:
    found = reach(MESSAGES[message], facts(contacts, consent, known_else))
    assert (found.channels, found.detail) == ((), detail)


def test_every_class_and_every_part_of_sms_stands_in_the_table() -> None:
    told = [MESSAGES[row["message"]] for row in rows(TABLE)]
    assert {each.message_class for each in told} == {*MessageClass}
    assert {each.sms for each in told} == {*Sms}
