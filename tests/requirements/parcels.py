"""Sending and delivering, and what comes after."""

from tests.requirements.orders import CHECKS
from tests.requirements.row import row

BOUNDED = f"{CHECKS}::test_no_term_is_told_without_its_end"

DELIVERING = (
    row(
        46,
        "A letter at each of five turns: accepted, paid, handed over, sent, to be had again",
    ),
    row(47, "The same by SMS only where they agreed", "domain.deciding.reach.reach"),
    row(48, "Sent: the exact day"),
    row(49, "Sent: when it should arrive"),
    row(50, "Sent: the tracking number and the carrier"),
    row(51, "Send within three days of the payment", "domain.rules.days.DISPATCH_DAYS"),
    row(52, "Unless the order itself names a day", "domain.rules.days.dispatch_by"),
    row(53, "Too late: say so, apologise, say what is done", "domain.rules.promises.open_promises"),
    row(54, "Warn in advance of whatever goes otherwise than agreed"),
    row(55, "A small present in a parcel that is late"),
    row(56, "The shop's card in each parcel, with a discount"),
    row(57, "A catalogue where it costs no postage; wrapped well"),
    row(58, 'Terms with an end, never "from 2 days"', BOUNDED),
    row(59, "Delivery told so fully that no question is left"),
    row(60, "Ask for a convenient time and keep it", "dialects.wire.Delivery"),
    row(
        61,
        "Follow the parcel at the carrier",
        "domain.rules.days.ARRIVAL",
        note="by the shop's own delivery events; a carrier's webhooks are a dialect to come",
    ),
    row(62, "Remind of a parcel uncollected for four days"),
    row(63, "Say that longer storage may cost"),
    row(
        64,
        "A card for the courier with the whole address and a map",
        "domain.letter_context.delivery.map_of",
        "rendering.qr.svg",
    ),
    row(
        65,
        "Tie each review to its courier",
        "domain.letter_context.common.review_context",
        note="the reward is the shop's to give",
    ),
    row(66, "Not to be had: offer something alike"),
)

AFTERWARDS = (
    row(67, "Ask three or four days after receipt whether it suits"),
    row(68, "Ask for a review in the same breath"),
    row(69, "Never the next day"),
    row(70, "Never after a week"),
    row(71, "Ring after seven to ten days, if there is time"),
    row(72, "Hear from customers regularly"),
    row(73, "Find a reason for a word after any purchase"),
    row(74, "Suggest what goes with what was bought", "domain.rules.recommending.recommended"),
    row(75, "Few, and free to be left alone", "domain.rules.recommending.MOST_OFFERED"),
    row(76, "Suggest another item where it suits better"),
    row(
        77,
        "Recommend by what was ordered, wanted, seen and praised",
        "domain.rules.recommending.learnt",
        "domain.rules.interests.interests",
    ),
    row(78, "Ask a question that moves things on, in moderation"),
)
