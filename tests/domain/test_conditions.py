"""Each condition of the journeys: after what it holds, and after what it does not and why.

The star stands at what occasions the step that is asked about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import ModuleType

from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.journeys.again import REPLENISHMENT
from shopbell.domain.journeys.names import (
    ACCEPTED,
    BIRTHDAY,
    FOLLOWUP,
    HOLIDAY_OFFER,
    PAID,
    REFUNDED,
    REVIEW,
    SATISFIED,
    UNCOLLECTED,
)
from shopbell.domain.journeys.stock import BACK
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Trigger
from shopbell.domain.model.order import LEFT
from shopbell.domain.model.parcel import PARCEL_EVENTS
from shopbell.domain.model.vocabulary import Kind
from shopbell.domain.rules import conditions, sleeping, unheard, wishes
from shopbell.domain.rules.buying_again import in_rhythm, not_agreed, not_ordered_since, not_told_along, runs_out
from shopbell.domain.rules.campaigns import goes_on, has_words, not_cancelled, still_meant
from shopbell.domain.rules.conditions import (
    Condition,
    asked_for,
    by_call,
    by_letter,
    never,
    no_birthday,
    no_later_payment,
    not_followed_up,
    not_reached,
    not_since,
    not_told_as,
    something_given_back,
    still_lacked,
    unanswered,
    uncalled,
    unreminded,
    untold,
)
from shopbell.domain.rules.triggers import (
    Each,
    EachParcel,
    Triggers,
    arrivals,
    cards,
    dispatches,
    gift_reminders,
    money_left_over,
    months,
    mornings,
    offers,
    review_of_order,
)
from shopbell.domain.rules.wishes import not_told_since_asked, not_told_together
from tests.domain.stories import on_the_clock, timed, told
from tests.domain.tables import each_row, rows
from tests.world import MONDAY

PACK, CALL = Kind("staff_pack"), Kind("staff_winback_call")
CONFIRM, LATE = Kind("staff_confirm_order"), Kind("staff_order_late")

TABLE = r"""
condition             | what_happened                                                          | it_holds
unpaid                | *placed                                                                | yes
unpaid                | *placed, paid a 200                                                    | yes
unpaid                | *placed, paid                                                          | no_longer_true: nothing is due since Mon 02 11:00
unpaid                | *placed, paid, payment reversed                                        | no_longer_true: 500.00 went back to the payer
unpaid                | *placed for cash                                                       | no_longer_true: not to be paid beforehand
unpaid                | *placed, cancelled                                                     | no_longer_true: called off at Mon 02 11:00
unpaid                | *placed, shipped                                                       | no_longer_true: order.shipped at Mon 02 11:00
unpaid                | *placed without a price                                                | no_longer_true: nothing is due
to_be_paid            | placed, *payment failed                                                | yes
to_be_paid            | placed, *payment failed, shipped                                       | yes
to_be_paid            | placed, *payment failed, paid                                          | no_longer_true: nothing is due since Mon 02 12:00
to_be_paid            | placed, *payment failed, cancelled                                     | no_longer_true: called off at Mon 02 12:00
to_be_paid            | placed for cash, *payment failed                                       | no_longer_true: not to be paid beforehand
nothing_paid_instead  | *placed                                                                | yes
nothing_paid_instead  | *placed, 1002 placed                                                   | yes
nothing_paid_instead  | *placed, 1002 placed, 1002 paid                                        | superseded: order 1002 with the same things was paid at Mon 02 12:00
nothing_paid_instead  | *placed for three mugs, 1002 placed, 1002 paid                         | superseded: order 1002 with the same things was paid at Mon 02 12:00
nothing_paid_instead  | *placed, 1002 placed for a mug and a bowl, 1002 paid                   | superseded: order 1002 with the same things was paid at Mon 02 12:00
nothing_paid_instead  | *placed for a mug and a bowl, 1002 placed, 1002 paid                   | yes
nothing_paid_instead  | *placed, 1002 placed for a bowl, 1002 paid                             | yes
nothing_paid_instead  | *placed without codes, 1002 placed without codes, 1002 paid            | yes
nothing_paid_instead  | 1002 placed, *placed, 1002 paid                                        | superseded: order 1002 with the same things was paid at Mon 02 12:00
nothing_paid_instead  | 1002 placed, 1002 paid, *placed                                        | yes
nothing_paid_instead  | *placed, 1002 placed, 1002 paid, 1002 payment reversed                 | yes
nothing_paid_instead  | *placed, 1002 placed, 1002 paid, 1002 cancelled                        | yes
nothing_paid_instead  | *placed for nothing, 1002 placed for nothing                           | yes
paid_in_full          | placed, *paid                                                          | yes
paid_in_full          | placed, *paid, priced 600                                              | no_longer_true: 100.00 is due
paid_in_full          | placed, *paid, priced 450                                              | yes
something_came        | placed, *paid                                                          | yes
something_came        | placed, *paid a 200                                                    | yes
something_came        | placed, *paid nothing                                                  | nothing_to_tell: a payment of 0.00
not_called_off_since  | placed, *paid                                                          | yes
not_called_off_since  | placed, *paid, cancelled                                               | no_longer_true: called off at Mon 02 12:00
not_called_off_since  | placed, cancelled, *paid                                               | yes
kept_money            | placed, paid, *delivered                                               | yes
kept_money            | placed, paid, *delivered, refunded r 100                               | no_longer_true: 100.00 was given back
to_give_back          | placed, paid, *priced 450                                              | yes
to_give_back          | placed, paid, *cancelled                                               | yes
to_give_back          | placed, paid, *cancelled, refunded s 500                               | no_longer_true: nothing is to be given back
to_give_back          | placed, paid, *priced 450, priced 600                                  | no_longer_true: nothing is to be given back
to_give_back          | placed, paid a 200, *refunded s 500                                    | yes
to_give_back          | placed, paid, *priced 450, refunded r 100, cancelled                   | yes
called_off            | placed, *cancelled                                                     | yes
called_off            | placed, *cancelled, cancelled                                          | yes
called_off            | placed, *cancelled, accepted                                           | no_longer_true: brought back since
called_off            | placed, *cancelled, accepted, cancelled                                | no_longer_true: brought back since
called_off            | placed, cancelled, accepted, *cancelled                                | yes
price_changed         | placed, *priced 600                                                    | yes
price_changed         | placed, *priced 450                                                    | yes
price_changed         | placed, *priced 500                                                    | nothing_to_tell: the price is what it was
dearer                | placed, *priced 600                                                    | yes
dearer                | placed, *priced 505                                                    | yes
dearer                | placed, *priced 450                                                    | no_longer_true: the price did not rise
dearer                | placed, *priced 500                                                    | no_longer_true: the price did not rise
worth_telling         | placed, *priced 600                                                    | yes
worth_telling         | placed, *priced 450                                                    | yes
worth_telling         | placed, *priced 505                                                    | absorbed: the shop bears an increase of up to 5.00
worth_telling         | placed, *priced 506                                                    | yes
prepaid               | *placed                                                                | yes
prepaid               | *placed on a card                                                      | yes
prepaid               | *placed for cash                                                       | no_longer_true: paid on receipt
paid_on_receipt       | *placed for cash                                                       | yes
paid_on_receipt       | *placed                                                                | no_longer_true: packed once it is paid
not_in_hand           | *placed                                                                | yes
not_in_hand           | *placed, paid                                                          | no_longer_true: order.paid at Mon 02 11:00
not_in_hand           | *placed on a card, paid                                                | yes
not_in_hand           | *placed, delayed to Tuesday                                            | no_longer_true: order.delayed at Mon 02 11:00
not_in_hand           | *placed, priced 600                                                    | no_longer_true: order.repriced at Mon 02 11:00
not_in_hand           | *placed, refunded r 100                                                | no_longer_true: order.refunded at Mon 02 11:00
not_in_hand           | *placed, cancelled                                                     | no_longer_true: order.cancelled at Mon 02 11:00
not_by_phone          | *placed                                                                | yes
not_by_phone          | *placed by phone                                                       | nothing_to_tell: taken by phone: the call was the order
something_counted     | *the staff want their days told, three orders were counted in February | yes
something_counted     | *the staff want their days told                                        | nothing_to_tell: nothing happened
something_open        | *the staff want their days told, a task is open                        | yes
something_open        | *the staff want their days told                                        | nothing_to_tell: no task is open
something_open        | *the staff want their days told, a task is open since last week        | yes
has_birthday          | born on 12 March, *received all                                        | yes
has_birthday          | *received all                                                          | no_longer_true: no birthday known
celebrated            | *8 March gets a card                                                   | yes
celebrated            | *8 March gets a card, 8 March gets an offer                            | yes
celebrated            | *8 March gets a card, 8 March gets nothing                             | disabled: womens_day is off
celebrated            | *8 March gets a card, the shop's own day gets an offer                 | disabled: womens_day is off
with_offer            | a woman, *8 March gets an offer                                        | yes
with_offer            | a man, *8 March gets an offer                                          | yes
with_offer            | a woman, *8 March gets an offer, 8 March gets a card                   | no_longer_true: the shop makes no offer on that day any more
with_offer            | *the shop's own day gets an offer, 8 March gets an offer               | no_longer_true: the shop makes no offer on that day any more
not_told_as           | *8 March gets a card                                                   | yes
not_told_as           | *8 March gets a card, skipped holiday_offer womens_day/2026            | yes
not_told_as           | *8 March gets a card, sent holiday_offer womens_day/2025               | yes
not_told_as           | *8 March gets a card, sent holiday_offer womens_day/2026               | already_sent: holiday_offer at Mon 02 11:00
no_birthday           | *8 March gets a card                                                   | yes
no_birthday           | born on 12 March, *8 March gets a card                                 | yes
no_birthday           | born on 8 March, *8 March gets a card                                  | superseded: their birthday: birthday_today greets them
no_birthday           | born on 8 March, birthdays get no present, *8 March gets a card        | yes
no_birthday           | born on 8 March, birthday_today is turned off, *8 March gets a card    | yes
has_phone             | *placed                                                                | yes
has_phone             | *placed, no phone                                                      | no_longer_true: no phone number known
by_letter             | *placed                                                                | yes
by_letter             | *placed, reviews are asked for by call                                 | superseded: by call: staff_call_satisfaction asks on the phone
by_letter             | *placed, reviews are asked for by call, no phone                       | yes
by_letter             | *placed, reviews are asked for by call that nobody makes               | yes
by_call               | *placed                                                                | no_longer_true: there is an e-mail address
by_call               | *placed, reviews are asked for by call                                 | yes
by_call               | *placed, reviews are asked for by call that nobody makes               | no_longer_true: there is an e-mail address
by_call               | *placed, no e-mail                                                     | yes
by_call               | *placed, the e-mail bounced                                            | yes
incomplete            | *received all                                                          | yes
incomplete            | *received all, a woman                                                 | yes
incomplete            | *received all, a woman, born on 12 March                               | no_longer_true: nothing is missing
incomplete            | *received all, a woman, born on 12 March, no phone                     | yes
no_complaint          | *placed                                                                | yes
no_complaint          | *placed, complained                                                    | complaint_open: a complaint is open
no_complaint          | *placed, complained of another order                                   | complaint_open: a complaint is open
no_complaint          | *placed, complained, was helped                                        | yes
no_complaint_about_it | *placed                                                                | yes
no_complaint_about_it | *placed, complained                                                    | complaint_open: complaint c9 about this order is open
no_complaint_about_it | *placed, complained of another order                                   | yes
no_complaint_about_it | *placed, complained of no order                                        | yes
no_complaint_about_it | *placed, complained of nobody knows what                               | complaint_open: complaint c9 about this order is open
no_complaint_about_it | *placed, complained, was helped                                        | yes
unreviewed            | placed, *delivered                                                     | yes
unreviewed            | placed, *delivered, reviewed the shop                                  | no_longer_true: review.posted at Mon 02 12:00
unreviewed            | placed, reviewed the shop, *delivered                                  | yes
well_reviewed         | placed, delivered, *reviewed with 5                                    | yes
well_reviewed         | placed, delivered, *reviewed with 4                                    | yes
well_reviewed         | placed, delivered, *reviewed with 3                                    | nothing_to_tell: a rating of 3
well_reviewed         | placed, delivered, *reviewed with 9                                    | nothing_to_tell: a rating of 9
well_reviewed         | placed, delivered, *reviewed                                           | nothing_to_tell: a review without a rating
known_courier         | placed, brought by Stepan, *reviewed                                   | yes
known_courier         | placed, shipped A, *reviewed                                           | nothing_to_tell: no courier is named
not_followed_up       | placed, *delivered                                                     | yes
not_followed_up       | placed, *delivered, complained                                         | yes
not_followed_up       | placed, *delivered, complained, was helped                             | superseded: complaint_followup of complaint c9 at Mon 09 13:00
not_followed_up       | placed, complained, was helped, Mon 09 12:00 *delivered                | superseded: complaint_followup of complaint c9 at Mon 09 12:00
not_followed_up       | placed, complained, was helped, Mon 09 13:00 *delivered                | yes
not_followed_up       | placed, *delivered, complained of another order, was helped            | yes
not_followed_up       | placed, *delivered, complained of nobody knows what, was helped        | superseded: complaint_followup of complaint c9 at Mon 09 13:00
not_followed_up       | placed, *delivered, complained, was helped, no e-mail                  | superseded: complaint_followup of complaint c9 at Mon 09 13:00
not_followed_up       | placed, *delivered, complained, was helped, no e-mail, no phone        | yes
not_followed_up       | placed, *delivered, complained, was helped, nobody is followed up      | yes
still_agreed          | *agreed on Tuesday                                                     | yes
still_agreed          | *agreed on Tuesday, agreed on Wednesday                                | superseded: another time was agreed: Wed 04 11:00
still_agreed          | *agreed on Tuesday, agreed on Wednesday, agreed on Tuesday             | yes
sent                  | placed, *shipped                                                       | yes
sent                  | placed for a download, *shipped                                        | nothing_to_tell: nothing of it is sent
sent                  | placed for no delivery, *shipped                                       | nothing_to_tell: nothing of it is sent
deliveries_told       | placed, paid, the shop tells of deliveries, *shipped A for Thursday    | yes
deliveries_told       | placed, paid, *shipped A for Thursday                                  | nothing_to_tell: the shop does not tell of deliveries: silence is no lateness
uncollected           | placed, *ready A                                                       | yes
uncollected           | placed, *ready A, delivered A                                          | no_longer_true: order.delivered since
uncollected           | placed, *ready A, ready B, delivered B                                 | yes
uncollected           | placed, ready B, *ready A, delivered A                                 | no_longer_true: order.delivered since
still_late            | placed for three mugs, paid, *delayed to Tuesday, shipped one mug      | yes
still_late            | placed, paid, Mon 02 12:00 shipped A, Mon 02 12:00 *delayed to Tuesday | yes
still_late            | placed, paid, *delayed to Tuesday                                      | yes
still_late            | placed, paid, *delayed to Tuesday, shipped A                           | superseded: all of it has left
still_late            | placed, paid, shipped A, *delayed to Tuesday                           | yes
still_late            | placed, paid, shipped A, *delayed to Tuesday, ready A                  | superseded: what was on its way is there
still_promised        | placed, *paid                                                          | yes
still_promised        | placed, *paid, delayed to Tuesday                                      | no_longer_true: kept, or another date was told
still_promised        | placed, *paid, shipped A                                               | no_longer_true: kept, or another date was told
still_promised        | placed, *paid, cancelled                                               | no_longer_true: kept, or another date was told
still_promised        | placed, paid, *shipped A for Thursday                                  | yes
still_promised        | placed, paid, *shipped A for Thursday, delivered A                     | no_longer_true: kept, or another date was told
unresolved            | *opened                                                                | yes
unresolved            | *opened, resolved                                                      | no_longer_true: complaint.resolved at Mon 02 11:00
unresolved            | resolved, *opened                                                      | yes
still_to_tell         | placed, *news came to nobody                                           | yes
still_to_tell         | placed, *news came to nobody, delivered                                | no_longer_true: order.delivered at Mon 02 12:00
still_to_tell         | placed, *news came to nobody, cancelled                                | no_longer_true: order.cancelled at Mon 02 12:00
still_to_tell         | placed, delivered, *news came to nobody                                | yes
still_to_tell         | placed, *a refund came to nobody, cancelled                            | yes
no_later_payment      | placed, *accepted                                                      | yes
no_later_payment      | placed, *accepted, paid                                                | yes
no_later_payment      | placed, *accepted, paid, sent payment_received                         | no_longer_true: order.paid at Mon 02 12:00
no_later_payment      | placed, *accepted, paid, skipped payment_received                      | yes
no_later_payment      | placed, paid, sent payment_received, *accepted                         | yes
something_given_back  | placed, paid, *refunded r 100                                          | yes
something_given_back  | placed, *refunded r 100                                                | nothing_to_tell: a refund of 100.00, where 0 was paid and not given back
something_given_back  | placed, *refunded u without a sum                                      | yes
something_given_back  | placed, paid, refunded s 500, sent order_refunded s, *refunded r 100   | nothing_to_tell: a refund of 100.00, where 0.00 was paid and not given back
still_lacked          | placed, *order_received lacks its items                                | yes
still_lacked          | placed, *order_received lacks its items, cancelled                     | no_longer_true: called off at Mon 02 12:00
still_lacked          | placed, *order_refunded lacks its sum, cancelled                       | yes
asked_for             | placed, sent staff_pack, *cancelled                                    | yes
asked_for             | placed, planned staff_pack, *cancelled                                 | yes
asked_for             | placed, skipped staff_pack, *cancelled                                 | no_longer_true: nobody was asked for staff_pack
asked_for             | placed, *cancelled                                                     | no_longer_true: nobody was asked for staff_pack
asked_for             | placed, sent staff_pack, cancelled, accepted, *cancelled               | no_longer_true: nobody was asked for staff_pack
not_since             | placed, *paid                                                          | yes
not_since             | placed, accepted, *paid                                                | yes
not_since             | placed, *paid, accepted                                                | no_longer_true: order.accepted at Mon 02 12:00
not_since             | placed, *paid, Mon 02 11:00 accepted                                   | no_longer_true: order.accepted at Mon 02 11:00
never                 | placed, shipped A, *paid, shipped B                                    | no_longer_true: order.shipped at Mon 02 11:00
never                 | *placed                                                                | yes
never                 | placed, handed over, *paid                                             | no_longer_true: order.handed_over at Mon 02 11:00
never                 | placed, *paid, delivered                                               | no_longer_true: order.delivered at Mon 02 12:00
untold                | placed, *accepted                                                      | yes
untold                | placed, *accepted, sent order_accepted                                 | yes
untold                | placed, *accepted, sent order_accepted 2                               | already_sent: told at Mon 02 12:00
untold                | placed, *accepted, skipped order_accepted 2                            | yes
untold                | placed, sent order_accepted 2, *accepted                               | yes
uncalled              | *placed                                                                | yes
uncalled              | *placed, a call reached them                                           | no_longer_true: the call: reached, at Mon 02 11:00
uncalled              | *placed, nobody answered                                               | no_longer_true: the call: no_answer, at Mon 02 11:00
uncalled              | *placed, nobody answered about its lateness                            | no_longer_true: the call: no_answer, at Mon 02 11:00
uncalled              | *placed, a call about the money reached them                           | yes
unanswered            | *placed                                                                | yes
unanswered            | *placed, nobody answered                                               | yes
unanswered            | *placed, a call reached them                                           | no_longer_true: the call: reached, at Mon 02 11:00
unanswered            | *placed, nobody answered, a second call reached them                   | no_longer_true: the call: reached, at Mon 02 12:00
unanswered            | *placed, a call about the money reached them                           | yes
unanswered            | *placed, a call about another life of it reached them                  | yes
not_reached           | *placed                                                                | yes
not_reached           | *placed, nobody answered                                               | yes
not_reached           | *placed, a call reached them                                           | no_longer_true: the call: reached, at Mon 02 11:00
not_reached           | *placed, nobody answered, a second call reached them                   | no_longer_true: the call: reached, at Mon 02 12:00
not_reached           | *placed, a call about the money reached them                           | yes
not_reached           | *placed, a call about another life of it reached them                  | yes
unreminded            | placed, *ready A                                                       | yes
unreminded            | placed, *ready A, sent parcel_uncollected B                            | already_sent: named in the reminder of Mon 02 12:00
unreminded            | placed, *ready A, sent parcel_uncollected A                            | yes
unreminded            | placed, *ready A, skipped parcel_uncollected B                         | yes
unreminded            | placed, sent parcel_uncollected B, *ready A                            | yes
not_cancelled         | *chosen, the campaign                                                  | yes
not_cancelled         | *chosen, the campaign is paused                                        | yes
not_cancelled         | *chosen, the campaign is cancelled                                     | no_longer_true: the campaign was cancelled
has_words             | *chosen, the campaign                                                  | yes
has_words             | *chosen, the campaign in French                                        | missing_facts: no words in a language
goes_on               | *chosen, the campaign                                                  | yes
goes_on               | *chosen, the campaign is paused                                        | paused: the campaign is paused
goes_on               | *chosen, the campaign is stopped                                       | paused: the campaign is stopped
goes_on               | *chosen, the campaign with two complaints                              | paused: 2 complaints of 1999 sent
still_meant           | bought a pot, *chosen, the campaign                                    | yes
still_meant           | *chosen, the campaign                                                  | no_longer_true: not bought:kitchen any more
not_ordered_since     | *bought water                                                          | yes
not_ordered_since     | *bought water, bought coffee                                           | yes
not_ordered_since     | *bought water, bought water again                                      | no_longer_true: ordered again since
not_ordered_since     | *bought water, bought water and did not pay                            | no_longer_true: ordered again since
in_rhythm             | *bought water                                                          | yes
in_rhythm             | bought a cup, Mon 16 10:00 *bought a cup again                         | no_rhythm: 1 gap
not_agreed            | *bought water                                                          | yes
not_agreed            | *bought water until 16 March                                           | superseded: agreed on 2026-03-16 for the next time
still_wanted          | wanted water, *water is there                                          | yes
still_wanted          | wanted water, *water is there, bought water again                      | no_longer_true: bought with order 1002
not_told_since_asked  | *water is there                                                        | yes
not_told_since_asked  | water is there, sent back_in_stock WATER-19@2026-03-02T08:00:00.000000Z, *water is there again | already_sent: told at Mon 02 11:00
not_told_since_asked  | water is there, skipped back_in_stock WATER-19@2026-03-02T08:00:00.000000Z, *water is there again | yes
not_told_together     | *water is there                                                        | yes
not_told_together     | water is there, Mon 02 10:30 *coffee is there                          | superseded: told with WATER-19
not_told_together     | water is there, Mon 02 10:30 *coffee is there, bought water            | yes
not_told_together     | water is there, Mon 02 11:30 *coffee is there                          | yes
in_stock              | *water is there                                                        | yes
in_stock              | *water is there, it is sold out                                        | sold_out: none of 5 left
can_be_written_to     | *water is there                                                        | yes
can_be_written_to     | *water is there, no e-mail                                             | no_consent: a phone number alone, and no consent to SMS
can_be_written_to     | *water is there, no e-mail, agreed to SMS                              | yes
is_to_be_rung         | *water is there                                                        | no_longer_true: they are written to
is_to_be_rung         | *water is there, no e-mail                                             | yes
not_told_along        | bought water, *bought coffee                                           | yes
not_told_along        | bought water, Tue 03 10:00 *bought coffee, sent replenishment WATER-19@1001 | superseded: told along with WATER-19
not_told_along        | bought water, Tue 03 10:00 *bought coffee, skipped replenishment WATER-19@1001 | yes
not_told_along        | bought water, Tue 10 10:00 *bought coffee, sent replenishment WATER-19@1001 | yes
still_asleep          | *bought a cup                                                          | yes
still_asleep          | *bought a cup, bought coffee                                           | no_longer_true: ordered at Mon 02 11:00
still_asleep          | *bought a cup, bought water and did not pay                            | no_longer_true: ordered at Mon 02 11:00
not_called            | *bought a cup                                                          | yes
not_called            | *bought a cup, everybody has spent the most                            | superseded: by call: staff_winback_call asks on the phone
not_called            | *bought a cup, everybody has spent the most, no phone                  | yes
not_called            | *bought a cup, everybody has spent the most, complained                | yes
not_called            | *bought a cup, everybody has spent the most, refused letters           | yes
not_refused           | *bought a cup                                                          | yes
not_refused           | *bought a cup, agreed to letters                                       | yes
not_refused           | *bought a cup, refused letters                                         | refused: email_marketing was refused
something_offered     | *bought a cup                                                          | nothing_to_tell: the shop has no coupon winback
something_offered     | *bought a cup, the shop has something for whoever sleeps               | yes
not_held_out          | *bought a cup                                                          | yes
not_held_out          | *bought a cup, everybody is held out                                   | holdout: 100 % are held out for comparison
"""  # noqa: E501  # a row of the table stays in one line


def _named(*modules: ModuleType) -> Iterator[tuple[str, object]]:
    for module in modules:
        yield from vars(module).items()


CONDITIONS: Mapping[str, Condition] = {
    **{name: each for name, each in _named(conditions, unheard, sleeping) if isinstance(each, Condition)},
    "no_later_payment": no_later_payment(PAID),
    "something_given_back": something_given_back(REFUNDED),
    "still_lacked": still_lacked(REFUNDED),
    "asked_for": asked_for(PACK),
    "not_since": not_since(EventType.ORDER_ACCEPTED),
    "never": never(*LEFT),
    "untold": untold(ACCEPTED),
    "uncalled": uncalled(CONFIRM, LATE),
    "unanswered": unanswered(CONFIRM, LATE),
    "not_followed_up": not_followed_up(FOLLOWUP),
    "by_call": by_call(REVIEW, SATISFIED),
    "by_letter": by_letter(REVIEW, SATISFIED),
    "not_reached": not_reached(CONFIRM, LATE),
    "unreminded": unreminded(UNCOLLECTED),
    "not_cancelled": not_cancelled,
    "has_words": has_words,
    "goes_on": goes_on,
    "still_meant": still_meant,
    "not_ordered_since": not_ordered_since(runs_out),
    "in_rhythm": in_rhythm,
    "not_agreed": not_agreed,
    "not_told_along": not_told_along(REPLENISHMENT),
    **{name: each for name, each in vars(wishes).items() if isinstance(each, Condition)},
    "not_told_since_asked": not_told_since_asked(BACK),
    "not_told_together": not_told_together(BACK),
    "not_told_as": not_told_as(HOLIDAY_OFFER),
    "no_birthday": no_birthday(BIRTHDAY),
    "not_called": sleeping.not_called(CALL),
}
OCCASIONS: Mapping[str, tuple[Triggers, ...]] = {
    "to_give_back": (money_left_over,),
    "still_promised": (dispatches, arrivals),
    "deliveries_told": (arrivals,),
    "something_counted": (months,),
    "something_open": (mornings,),
    "well_reviewed": (review_of_order,),
    "known_courier": (review_of_order,),
    **dict.fromkeys(("still_wanted", "not_told_since_asked", "not_told_together"), (wishes.restocked,)),
    **dict.fromkeys(("in_stock", "can_be_written_to", "is_to_be_rung"), (wishes.restocked,)),
    **dict.fromkeys(("not_ordered_since", "in_rhythm", "not_agreed", "not_told_along"), (runs_out,)),
    **dict.fromkeys(("celebrated", "not_told_as", "no_birthday"), (cards,)),
    "with_offer": (offers, gift_reminders),
    **dict.fromkeys(
        ("still_asleep", "not_called", "not_refused", "something_offered", "not_held_out"), (sleeping.asleep,)
    ),
}
"""Of those of which the event itself is not what occasions the step."""
EVENTS = tuple(EachParcel(each) if each in PARCEL_EVENTS else Each(each) for each in EventType)


def occasion(condition: str, what_happened: str) -> Trigger:
    """What occasions the step: new with the word that has the star."""
    starred = next(number for number, word in enumerate(what_happened.split(", ")) if "*" in word)
    words = timed(what_happened.replace("*", ""))[: starred + 1]
    before, now = (list(_occasions(condition, words[:end])) for end in (starred, starred + 1))
    return next(trigger for trigger in now if trigger not in before)


def _occasions(condition: str, words: Sequence[tuple[datetime, str]]) -> Iterator[Trigger]:
    for occasions in OCCASIONS.get(condition, EVENTS):
        yield from occasions(told(words), MONDAY)


@each_row(TABLE, "{condition} after {what_happened}: {it_holds}")
def test_a_condition_holds_or_says_why_not(condition: str, what_happened: str, it_holds: str) -> None:
    asked, trigger = CONDITIONS[condition], occasion(condition, what_happened)
    detail = asked(told(timed(what_happened.replace("*", ""))), trigger)
    assert on_the_clock(f"{asked.reason}: {detail}" if detail else "yes") == it_holds


def test_every_condition_of_the_code_stands_there_held_and_not() -> None:
    told = {(row["condition"], row["it_holds"] == "yes") for row in rows(TABLE)}
    assert told == {(name, holds) for name in CONDITIONS for holds in (True, False)}
    assert {*_made_by(row for journey in JOURNEYS for row in journey.only_if)} <= {*_made_by(CONDITIONS.values())}


def _made_by(asked: Iterable[Condition]) -> Iterator[str]:
    """The function that judges each."""
    for condition in asked:
        yield getattr(condition.check, "__qualname__", "").partition(".")[0]
