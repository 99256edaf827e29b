"""The calendar and the birthday, ordering again."""

from tests.requirements.row import row

CALENDAR = (
    row(
        79, "Marketing once or twice a month", "domain.deciding.marketing_places.Places", "domain.model.shop.Marketing"
    ),
    row(80, "By e-mail or by SMS", "domain.deciding.reach.reach"),
    row(81, "Each letter written to one person"),
    row(82, "With all that may tempt: offers, promotions, bonuses"),
    row(83, "Tell of new goods and discounts"),
    row(84, "And of what is worth knowing about them"),
    row(85, "Suggest the next model in time"),
    row(86, "Greet on holidays"),
    row(87, "Cards to all on New Year and the like"),
    row(88, "A card is only a card", "rendering.cards.wrong_in_card"),
    row(89, "8 March for women, with an offer where the shop wants one", "domain.rules.holidays.share_in"),
    row(90, "23 February for men, likewise"),
    row(91, "Remind women before 23 February"),
    row(92, "Remind men before 8 March"),
    row(93, "Ask for birthday, gender and mobile, each with its reason", "service.pages.profile.Profile"),
    row(94, "A birthday letter a week ahead"),
    row(95, "Another three days ahead"),
    row(96, "Wishes on the day"),
    row(97, "The present is good for three days more", "domain.letter_context.build.AFTER_BIRTHDAY"),
    row(98, "Never on the day alone"),
    row(99, "A present, not only wishes"),
    row(100, "Tell in time before a customer's high season"),
    row(101, "Better terms for who buys more", "domain.rules.bonus.rate_of"),
)

REPEATING = (
    row(102, "Reckon when it runs out and write before"),
    row(103, "With what is new or on special terms"),
    row(104, "Ask when they will need it again, and keep the day", "dialects.wire.Order"),
    row(105, "Remind on that day"),
    row(106, "Order the same again in one step"),
    row(107, "Write to whoever asked when it is back"),
    row(108, "Or ring them"),
    row(109, "Count the orders that come of it"),
    row(110, "Agree on an exact time to ring again"),
)
