"""Accepting the order, getting paid."""

from tests.requirements.row import row

CHECKS = "tests/rendering/test_checks.py"
GREETED = f"{CHECKS}::test_a_letter_to_a_customer_greets_them_before_anything_is_asked"
REACHED = "tests/rendering/test_letters.py::test_the_shop_can_be_reached_from_every_letter"

ACCEPTING = (
    row(
        1,
        "Say that the order is taken on the moment it is, and keep that moment",
        "domain.model.history.EntityHistory.first",
    ),
    row(2, "Say it by e-mail first", "domain.deciding.reach.reach"),
    row(3, "List every item with its parameters"),
    row(4, "State what it costs"),
    row(5, "State how it is paid and how it is delivered"),
    row(6, "Give the bank details at once where payment comes first", "domain.letter_context.build.missing_facts"),
    row(
        7,
        "Leave them out where one pays on receipt",
        "domain.model.order.PREPAID",
        "domain.letter_context.common.PAY_ON_RECEIPT",
    ),
    row(8, "Repeat the customer's e-mail and phone, so that a slip shows"),
    row(9, "Show in each letter how the shop is reached", REACHED),
    row(10, "A call for each order, never replaced by the letter"),
    row(11, "A script for it: recite, confirm, clarify, help"),
    row(12, "Confirm by phone where there is a number"),
    row(13, "Take an order on within ten to twenty minutes"),
    row(14, "An hour at most, then somebody is told"),
    row(15, "Told again, more urgently, after three hours"),
    row(16, "Outside working hours the clock starts the next working morning", "domain.time.calendar.WorkingCalendar"),
    row(17, "Know how many orders are taken on in 1–8 hours", "domain.model.history.EntityHistory.first"),
    row(18, "Know how many in 1–4 hours", "domain.model.history.EntityHistory.first"),
    row(19, "Accept nothing by machine: customers need time to settle", "service.subjects.tasks.close_task"),
    row(20, "Link the description of each item and somebody to ask"),
    row(21, "Measure how many orders stay unpaid", "domain.model.vocabulary.Reason.LOST"),
    row(22, "Take orders given by phone like all others", "dialects.wire.Order", "domain.deciding.reach.reach"),
    row(23, "Need no account of a customer", "tests/service/test_people.py::test_a_guest_needs_no_account"),
    row(24, "Show each item's code, to be named on the phone"),
    row(25, "Ring back at once after a missed call"),
    row(26, "Begin each contact with a greeting and the shop's name", GREETED),
    row(27, "Give the staff a script and the answers that are often asked for", "domain.model.shop.Links"),
    row(28, "Link the shop's answers and delivery terms", "domain.model.shop.Links"),
)

PAYING = (
    row(29, "Remind of the payment after two or three working days", "domain.time.calendar.WorkingCalendar"),
    row(30, "Ring as well: they may only be hesitating"),
    row(31, "Offer the shop's other ways to pay", "domain.model.shop.PaymentTerms"),
    row(32, "Remind by SMS after seven days"),
    row(33, "Repeat the bank details in it"),
    row(34, "Then leave it: lost, and no more reminders", "domain.model.vocabulary.Reason.LOST"),
    row(
        35,
        "Keep the customer for later letters, if they agreed",
        "domain.rules.consent.consent",
        "domain.rules.consent_question.is_to_be_asked",
    ),
    row(36, "Thank for the payment"),
    row(37, "Say until when it leaves and when it should arrive", "domain.rules.days.dispatch_by"),
    row(38, "Warn the staff when a price rose; bear a small rise", "domain.rules.account.Price"),
    row(39, "Else offer companion goods for less", "domain.rules.recommending.recommended"),
    row(40, "Thank for the order with a code of the customer's own", "service.delivery.late_facts.LateFactsReader"),
    row(41, "Let it end, after a month where the shop does not say", "domain.letter_context.build.USUAL_DAYS"),
    row(42, "Let it be given to a friend", "service.subjects.coupons.redeem"),
    row(43, "Credit bonus units for each purchase and say so", "domain.rules.bonus.owing"),
    row(
        44, "Units are no currency: 500.00 earn 500, worth 5.00", "domain.rules.bonus.worth", "domain.model.shop.Bonus"
    ),
    row(45, "They pay for a part or a whole of what comes next", "service.subjects.bonuses.spend"),
)
