"""Each letter tells the same in all four languages, in HTML and text, whatever is absent; and what it has to tell."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pytest

from tests.rendering.letters import LOCALES, every_kind
from tests.rendering.meanings import CHANGES, MARKED, PARTS, WITHOUT_ORDER, Content, Meanings, scene, told
from tests.rendering.usual import TO_CUSTOMERS

Telling = Mapping[tuple[str, str], Meanings]
"""What is told, by language and part."""

NEVER = frozenset(("paid", kind) for kind in ("order_unpaid_first", "order_unpaid_final", "payment_failed"))
"""Nobody is reminded of what they have paid."""


def changed(kind: str, locale: str, names: tuple[str, ...]) -> Content:
    said = scene(kind, locale)
    for name in names:
        if said["order"] is not None or name in WITHOUT_ORDER:
            CHANGES[name](said, locale)
    return said


def letters(kind: str, names: tuple[str, ...]) -> tuple[Telling, list[str]]:
    contents = {locale: changed(kind, locale, names) for locale in LOCALES}
    read = {(locale, part): told(contents[locale], part) for locale in LOCALES for part in PARTS}
    return {where: meanings for where, (meanings, _) in read.items()}, [text for _, text in read.values()]


@cache
def states(kind: str) -> Mapping[tuple[str, ...], Telling]:
    """The usual letter, each change of it, and each two changes of which each alone makes another letter."""
    telling, usual = letters(kind, ())
    found: dict[tuple[str, ...], Telling] = {(): telling}
    for name in CHANGES:
        if (name, kind) not in NEVER:
            telling, texts = letters(kind, (name,))
            if texts != usual:
                found[name,] = telling
    pairs = [one + other for one, other in combinations(list(found)[1:], 2)]
    return {**found, **{pair: letters(kind, pair)[0] for pair in pairs}}


@every_kind
def test_each_language_and_each_part_tells_the_same(kind: str) -> None:
    for names, telling in states(kind).items():
        for parts in (("html", "text"), ("sms",)):
            whose = defaultdict(list)
            for (locale, part), meanings in telling.items():
                if part in parts:
                    whose[meanings].append(f"{locale} {part}")
            assert len(whose) == 1, (names, dict(_told_by_some(whose)))


def _told_by_some(whose: Mapping[Meanings, list[str]]) -> Iterator[tuple[str, list[str]]]:
    for meaning in sorted(frozenset.union(*whose) - frozenset.intersection(*whose)):
        yield meaning, [name for meanings, names in whose.items() if meaning in meanings for name in names]


def test_each_meaning_that_may_be_marked_is_told_somewhere() -> None:
    everywhere = {meaning for kind in TO_CUSTOMERS for each in states(kind).values() for meaning in each["en", "text"]}
    by_sms = {meaning for kind in TO_CUSTOMERS for each in states(kind).values() for meaning in each["en", "sms"]}
    assert set(MARKED) <= everywhere | by_sms


E_MAIL, SMS = ("html", "text"), ("sms",)
ALL = E_MAIL + SMS


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to be told, or is not to be, where `when` holds of what is known."""

    meaning: str
    kinds: str
    when: Callable[[Content], bool]
    parts: tuple[str, ...] = ALL
    is_told: bool = True


def fetched(said: Content) -> bool:
    return bool(said["order"].delivery.method == "self_pickup")


def unpaid(said: Content) -> bool:
    pay = said["order"].payment
    return bool(pay.prepaid and pay.due and said["order"].sent)


def settled(said: Content) -> bool:
    return bool(said["order"].sent and said["order"].payment.prepaid and not said["rest"] and not said["called_off"])


def late(said: Content, what: str) -> bool:
    return bool((said["promise"].what if said["promise"] else said["delay"].of) == what)


def by_a_known_way(said: Content) -> bool:
    return said["order"].payment.method in ("card", "bank_transfer")


RULES = (
    Rule("fee_or_warning", "parcel_ready parcel_uncollected", lambda said: not fetched(said)),
    Rule("fee_or_warning", "parcel_ready parcel_uncollected", lambda said: bool(said["waiting"][0].storage_fee)),
    Rule("fee", "parcel_ready parcel_uncollected", lambda said: bool(said["waiting"][0].storage_fee)),
    Rule(
        "fee_or_warning",
        "parcel_ready parcel_uncollected",
        lambda said: fetched(said) and not said["waiting"][0].storage_fee,
        is_told=False,
    ),
    Rule("last_day", "parcel_ready parcel_uncollected", lambda said: bool(said["waiting"][0].pickup_until)),
    Rule("money_when", "order_refunded", lambda said: True),
    Rule("money_how", "order_refunded", by_a_known_way),
    Rule("money_when", "order_cancelled", lambda said: bool(said["refund_expected"]), E_MAIL),
    Rule("money_when", "order_cancelled", lambda said: bool(said["given_back"])),
    Rule(
        "money_when",
        "order_cancelled",
        lambda said: bool(said["refund_expected"] and not said["given_back"]),
        SMS,
        is_told=False,
    ),
    Rule("money_when", "order_repriced", lambda said: bool(said["repriced"].back), E_MAIL),
    Rule("back", "order_repriced", lambda said: bool(said["repriced"].back)),
    Rule("delay_of_ready", "order_delayed", lambda said: fetched(said) and not late(said, "arrival")),
    Rule("delay_of_leaving", "order_delayed", lambda said: not fetched(said) and late(said, "dispatch")),
    Rule("delay_of_arriving", "order_delayed", lambda said: not fetched(said) and late(said, "arrival")),
    Rule("new_date", "order_delayed", lambda said: bool(said["delay"].new_date and not said["promise"])),
    Rule("pay_by", "order_accepted", lambda said: bool(said["pay_by"]) and unpaid(said)),
    Rule("leaves_if_paid", "order_accepted", unpaid),
    Rule("arrives", "order_received order_accepted", unpaid, is_told=False),
    Rule("leaves_by", "payment_received", lambda said: bool(said["ships_by"]) and settled(said)),
    Rule(
        "arrives",
        "payment_received",
        lambda said: bool(said["order"].delivery.arrives_by) and settled(said) and not fetched(said),
    ),
    Rule(
        "leaves_by",
        "order_handed_over",
        lambda said: (
            bool(said["order"].delivery.ships_by and not said["order"].delivery.shipped_on) and not fetched(said)
        ),
    ),
    Rule(
        "left_on",
        "order_handed_over order_shipped",
        lambda said: bool(said["order"].delivery.shipped_on) and not fetched(said),
    ),
    Rule(
        "arrives",
        "order_handed_over order_shipped",
        lambda said: bool(said["order"].delivery.arrives_by) and not fetched(said),
    ),
    Rule("will_write_when_ready", "order_handed_over order_shipped", fetched),
    Rule("asks_what_happened", "winback_first", lambda said: True),
    Rule("offers_help", "winback_first", lambda said: True),
    Rule("offers_help", "winback_offer", lambda said: True, E_MAIL),
    Rule("slept_since", "winback_first winback_offer", lambda said: True, E_MAIL),
    Rule("may_we_write", "order_received order_accepted", lambda said: said["asks_consent"], E_MAIL),
    Rule("may_we_write", "order_received order_accepted", lambda said: not said["asks_consent"], is_told=False),
    Rule("news_alone", "winback_first winback_offer", lambda said: True, E_MAIL),
    Rule("coupon_until", "winback_offer", lambda said: bool(said["coupon"])),
    Rule("is_a_present", "winback_offer", lambda said: bool(said["coupon"] and said["sleep"].is_loyal)),
    Rule("is_a_present", "winback_offer", lambda said: not said["sleep"].is_loyal, is_told=False),
    Rule("same_again", "winback_offer", lambda said: bool(said["coupon"] and said["things"]), E_MAIL),
    Rule("same_again", "winback_offer", lambda said: not said["things"], is_told=False),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.meaning}: {rule.kinds}")
def test_a_letter_tells_what_it_has_to(rule: Rule) -> None:
    held = 0
    for kind in rule.kinds.split():
        for names, telling in states(kind).items():
            if rule.when(changed(kind, "en", names)):
                held += 1
                others = [where for where, meanings in telling.items() if (rule.meaning in meanings) != rule.is_told]
                assert not [where for where in others if where[1] in rule.parts], (kind, names, others)
    assert held
