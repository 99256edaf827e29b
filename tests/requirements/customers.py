"""Customers who sleep, complain, or cannot be reached."""

from tests.requirements.orders import CHECKS
from tests.requirements.row import row

COURTEOUS = f"{CHECKS}::test_no_letter_says_what_a_courteous_shop_would_not"

SLEEPING = (
    row(111, "Know each customer's usual time between orders", "domain.rules.rhythm.usual_time"),
    row(112, "Two or three of them without an order: asleep", "domain.rules.rhythm.ASLEEP"),
    row(113, "Where nothing is known, three months", "domain.rules.rhythm.USUAL_DAYS"),
    row(
        114,
        "Who complained is not asleep but waiting",
        "domain.rules.conditions.no_complaint",
        "domain.deciding.reach.reach",
    ),
    row(115, "Write early, before they are displeased"),
    row(116, "First ask what happened"),
    row(117, "Then offer to put it right"),
    row(118, "Then special terms"),
    row(119, "Tactfully: we miss you"),
    row(120, "With something that ends"),
    row(121, "Something else for each group"),
    row(122, "A discount for the first order in a new channel"),
    row(123, "Measure how many come back"),
    row(124, "Forecast what is lost otherwise", "domain.rules.forecast.forecast"),
    row(125, "Weigh the offer against the gain first"),
    row(126, "Show that waking costs less than finding"),
    row(127, "Measure orders before and after"),
    row(128, "Best of all, ring them"),
    row(129, "A refusal ends it at once; ask whether news may come", "service.subjects.identity.refuses"),
    row(130, "Invite the most valuable ones"),
    row(131, "Notice when a group falls silent together", "domain.rules.quiet.quiet_groups"),
)

COMPLAINING = (
    row(132, "One desk for all complaints and questions", "service.subjects.orders.merge_complaint"),
    row(133, "A clock for each answer", "domain.letter_context.by_event.ANSWER_WITHIN"),
    row(134, "Answer questions promptly"),
    row(135, "Give in where the loss is small", "domain.model.shop.Complaints"),
    row(136, "Ask again afterwards: who was helped stays"),
    row(137, "An address that does not work: SMS, else a call", "service.delivery.reroute.Reroute"),
    row(
        138,
        "Keep name, purchases and needs of each customer",
        "domain.model.customer.Customer",
        "service.subjects.identity.resolve_customer",
    ),
    row(139, "Courtesy decides: check the tone of all letters", COURTEOUS),
    row(140, "Let happy customers tell their friends"),
)
