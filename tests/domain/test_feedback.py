"""What the reports of the mail provider make of a message, a contact and a consent, in whatever order they come."""

from itertools import permutations

from shopbell.domain.model.customer import Contact
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.rules.feedback import SHOWS, Feedback, Report, risen, stopped, withdrawn_by
from tests.domain.tables import each_row, rows
from tests.world import MONDAY

STATUSES = """
reports                          | status
send                             | sent
delay                            | sent
transient_bounce                 | sent
delivery                         | delivered
open                             | delivered
click                            | delivered
bounce                           | bounced
complaint                        | complained
reject                           | failed
send, delay, transient_bounce    | sent
send, reject                     | failed
reject, delivery                 | delivered
delivery, bounce                 | bounced
delivery, open, click, complaint | complained
bounce, complaint                | complained
reject, bounce                   | bounced
"""
STOPS = """
report           | before               | known      | after
bounce           |                      | bounced    | 2026-03-02T08:00:00Z
bounce           | 2026-03-01T08:00:00Z | bounced    | 2026-03-01T08:00:00Z
bounce           | 2026-03-03T08:00:00Z | bounced    | 2026-03-02T08:00:00Z
complaint        |                      | complained | 2026-03-02T08:00:00Z
complaint        | 2026-03-01T08:00:00Z | complained | 2026-03-01T08:00:00Z
complaint        | 2026-03-03T08:00:00Z | complained | 2026-03-02T08:00:00Z
complaint        |                      | bounced    |
bounce           |                      | complained |
transient_bounce |                      | bounced    |
reject           |                      | bounced    |
delivery         | 2026-03-01T08:00:00Z | bounced    | 2026-03-01T08:00:00Z
"""
WITHDRAWS = """
report    | before               | after
complaint |                      | 2026-03-02T08:00:00Z
complaint | 2026-03-01T08:00:00Z | 2026-03-02T08:00:00Z
complaint | 2026-03-03T08:00:00Z | 2026-03-03T08:00:00Z
bounce    |                      |
bounce    | 2026-03-01T08:00:00Z | 2026-03-01T08:00:00Z
"""


def told(report: str) -> Feedback:
    return Feedback("dobra", "s", "m", Report(report), MONDAY, MONDAY)


@each_row(STATUSES, "after {reports} a message is {status}")
def test_a_status_only_rises_whatever_comes_first(reports: str, status: str) -> None:
    for order in permutations(reports.split(", ")):
        found = Status.SENDING
        for report in order:
            found = risen(found, SHOWS[Report(report)])
        assert found == status, order


def test_what_has_expired_stays_so_and_every_report_stands_in_the_table() -> None:
    assert {risen(Status.EXPIRED, shown) for shown in SHOWS.values()} == {Status.EXPIRED}
    assert {report for row in rows(STATUSES) for report in row["reports"].split(", ")} == {*Report}


@each_row(STOPS, "after a {report} a contact {known} since {before} is {known} since {after}")
def test_a_contact_is_stopped_from_the_first_report_on(report: str, before: str, known: str, after: str) -> None:
    stood = {"bounced": "", "complained": "", known: before}
    contact = stopped(Contact("hash", "", stood["bounced"], stood["complained"]), told(report))
    assert {"bounced": contact.bounced_at, "complained": contact.complained_at}[known] == after


@each_row(WITHDRAWS, "after a {report} what was withdrawn {before} is withdrawn {after}")
def test_a_complaint_withdraws_all_marketing_and_a_later_word_stays(report: str, before: str, after: str) -> None:
    known = {"sms_service": "2026-02-01T08:00:00Z"} | ({"email_marketing": before} if before else {})
    withdrawn = withdrawn_by(told(report), known)
    assert (withdrawn.get("email_marketing", ""), withdrawn["sms_service"]) == (after, known["sms_service"])
    assert ("sms_marketing" in withdrawn) is (report == "complaint")
