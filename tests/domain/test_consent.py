"""Who agreed to what: the words of the shop and of the person, in every order that matters."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Json
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.rules.consent import PURPOSES, Choice, agreements, chosen, consent

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Pair = tuple[Customer, Contact]
Step = Callable[[Pair, str, datetime], Pair]

every_purpose = pytest.mark.parametrize("purpose", PURPOSES)


def shop_says(word: Json, hours: int = 0) -> Step:
    """An event of the shop that is stamped so many hours earlier than it comes."""

    def step(pair: Pair, purpose: str, now: datetime) -> Pair:
        said = {f"consent.{purpose}": word}
        moment = now - timedelta(hours=hours)
        words = {path: FieldVersion(value, f"{moment:%Y-%m-%dT%H:%M:%S.%fZ}|evt") for path, value in said.items()}
        record = pair[0].record.merged(Record({**words, **agreements(said, "evt")}))
        return Customer(pair[0].key, record, pair[0].withdrawn), pair[1]

    return step


def bare(granted: bool) -> Json:
    return {"granted": granted, "at": None, "source": None, "wording": None, "long": False}


def long(granted: bool, hour: int | None) -> Json:
    at = None if hour is None else f"2026-03-02T{8 + hour:02}:00:00Z"
    return {"granted": granted, "at": at, "source": "profile", "wording": "Yes", "long": True}


def person_says(granted: bool) -> Step:
    def step(pair: Pair, purpose: str, now: datetime) -> Pair:
        customer, contact = chosen(*pair, Choice(purpose, granted, "customer page", "Yes, please."), now)
        assert contact
        return customer, contact

    return step


YES, NO, TAKES_BACK, AGREES = shop_says(bare(True)), shop_says(bare(False)), person_says(False), person_says(True)
UNSAYS = shop_says(None)

# One step an hour, from eight o'clock.
STORIES: list[tuple[str, list[Step], bool | None]] = [
    ("nobody says anything", [], None),
    ("the shop says yes", [YES], True),
    ("the shop says no", [NO], False),
    ("the newest word of the shop counts", [YES, NO], False),
    ("the newest word of the shop counts, a yes too", [NO, YES], True),
    ("a word that comes late is old", [NO, shop_says(bare(True), hours=5)], False),
    ("the shop unsays it", [YES, UNSAYS], None),
    ("the person takes it back", [YES, TAKES_BACK], False),
    ("the person takes back what nobody said", [TAKES_BACK], False),
    ("a bare yes does not lift it", [YES, TAKES_BACK, YES], False),
    ("nor do ten", [TAKES_BACK, *[YES] * 10], False),
    ("nor does unsaying", [YES, TAKES_BACK, UNSAYS], False),
    ("nor a yes after unsaying", [YES, TAKES_BACK, UNSAYS, YES], False),
    ("nor a no and a yes", [TAKES_BACK, NO, YES], False),
    ("a long form of before does not lift it", [YES, TAKES_BACK, shop_says(long(True, 0))], False),
    ("a long form of the same moment does not", [YES, TAKES_BACK, shop_says(long(True, 1))], False),
    ("a long form without a moment does not", [YES, TAKES_BACK, shop_says(long(True, None))], False),
    ("a long no does not", [YES, TAKES_BACK, shop_says(long(False, 2))], False),
    ("a later long form lifts it", [YES, TAKES_BACK, shop_says(long(True, 2))], True),
    ("and the next bare yes leaves it lifted", [TAKES_BACK, shop_says(long(True, 1)), YES], True),
    ("and so when both come the other way round", [TAKES_BACK, YES, shop_says(long(True, 1), hours=1)], True),
    ("a bare no after it counts", [TAKES_BACK, shop_says(long(True, 1)), NO], False),
    ("which is the shop's word and takes a bare yes back", [TAKES_BACK, shop_says(long(True, 1)), NO, YES], True),
    ("who takes it back again has taken it back", [TAKES_BACK, shop_says(long(True, 1)), TAKES_BACK, YES], False),
    ("the person agrees", [AGREES], True),
    ("the person agrees after a no of the shop", [NO, AGREES], True),
    ("the person agrees again", [YES, TAKES_BACK, AGREES], True),
    ("a bare yes changes nothing of it", [TAKES_BACK, AGREES, YES], True),
    ("an older no of the shop changes nothing of it", [TAKES_BACK, AGREES, shop_says(bare(False), hours=2)], True),
    ("a newer no of the shop does", [TAKES_BACK, AGREES, NO], False),
    ("the person's last word counts", [AGREES, TAKES_BACK, AGREES, TAKES_BACK], False),
    ("the person's last word counts, a yes too", [TAKES_BACK, AGREES, TAKES_BACK, AGREES], True),
    (
        "a clock of the shop that is ahead does not outlive a no",
        [shop_says(long(True, 9), hours=-9), TAKES_BACK],
        False,
    ),
    ("nor when the shop repeats itself later", [shop_says(long(True, 9), hours=-9), TAKES_BACK, *[YES] * 10], False),
    ("nor a yes", [shop_says(bare(False), hours=-9), AGREES], True),
]


@every_purpose
@pytest.mark.parametrize(("steps", "agreed"), [each[1:] for each in STORIES], ids=[each[0] for each in STORIES])
def test_whose_word_counts(purpose: str, steps: list[Step], agreed: bool | None) -> None:
    pair: Pair = (Customer("id:7"), Contact("hash"))
    for hour, step in enumerate(steps):
        pair = step(pair, purpose, MONDAY + timedelta(hours=hour))
    assert consent(*pair, purpose) is agreed
    others = [each for each in PURPOSES if each != purpose]
    assert [consent(*pair, each) for each in others] == [None] * (len(PURPOSES) - 1)


@every_purpose
def test_who_changes_their_mind_within_a_second_is_heard_each_time(purpose: str) -> None:
    pair: Pair = (Customer("id:7"), Contact("hash"))
    for granted in (True, False, False, True, True, False, True):
        pair = person_says(granted)(pair, purpose, MONDAY)
        assert consent(*pair, purpose) is granted


@every_purpose
def test_a_withdrawal_holds_for_the_customer_with_another_contact_and_for_the_contact_with_another_customer(
    purpose: str,
) -> None:
    customer, contact = person_says(False)((Customer("id:7"), Contact("hash")), purpose, MONDAY)
    other, _ = YES((Customer("id:8"), contact), purpose, MONDAY + timedelta(hours=1))
    assert consent(customer, Contact("another"), purpose) is False
    assert consent(other, contact, purpose) is False


def test_the_proof_of_a_consent_stays_when_the_shop_repeats_a_bare_yes() -> None:
    pair = person_says(True)((Customer("id:7"), Contact("hash")), "email_marketing", MONDAY)
    customer, _ = YES(pair, "email_marketing", MONDAY + timedelta(days=1))
    assert customer.record.get("agreed.email_marketing") == {
        "granted": True,
        "at": "2026-03-02T08:00:00Z",
        "source": "customer page",
        "wording": "Yes, please.",
        "long": True,
    }
