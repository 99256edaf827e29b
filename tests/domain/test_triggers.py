"""How often each row may come for one subject: what occasions it, when, and what each occasion is called."""

from collections.abc import Mapping

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Trigger
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.vocabulary import Kind
from shopbell.domain.rules import triggers
from shopbell.domain.rules.triggers import (
    Calls,
    Each,
    EachParcel,
    Triggers,
    arrivals,
    birthdays,
    called_off,
    cards,
    dispatches,
    gift_reminders,
    impossible_days,
    lives,
    money_left_over,
    months,
    mornings,
    offers,
    promises,
    received,
    review_of_order,
    settled,
)
from tests.domain.stories import clock, timed, whole
from tests.domain.tables import each_row, rows
from tests.world import MONDAY

TABLE = """
occasions           | what_happened                                                           | called
each new price      | placed                                                                  |
each new price      | placed, priced 600, priced 450                                          | 600.00 on Mon 02 11:00; 450.00 on Mon 02 12:00
each new price      | placed, priced 600, priced 600                                          | 600.00 on Mon 02 11:00
each payment        | placed                                                                  |
each acceptance     | placed                                                                  |
each cancellation   | placed                                                                  |
each payment        | placed, paid a 200, paid b 400                                          | a on Mon 02 11:00; b on Mon 02 12:00
each payment        | placed, paid, paid                                                      | once on Mon 02 11:00
each acceptance     | placed, accepted, accepted                                              | once on Mon 02 11:00
each acceptance     | placed, accepted, cancelled, accepted                                   | once on Mon 02 11:00; 2 on Mon 02 13:00
each cancellation   | placed, cancelled, cancelled                                            | once on Mon 02 11:00
each cancellation   | placed, cancelled, accepted, cancelled                                  | once on Mon 02 11:00; 2 on Mon 02 13:00
each complaint      | opened                                                                  | once on Mon 02 10:00
each complaint      | placed, complained                                                      |
each agreed call    | agreed on Wednesday, agreed on Tuesday                                  | 2026-03-04T09:00:00Z on Mon 02 10:00; 2026-03-03T13:30:00Z on Mon 02 11:00
each agreed call    | placed, agreed on Tuesday                                               |
each review         | reviewed the shop                                                       | once on Mon 02 10:00
each review         | placed, reviewed                                                        |
review of an order  | placed, reviewed with 5                                                 | once on Mon 02 11:00
review of an order  | placed, reviewed with 3, reviewed with 5                                | once on Mon 02 11:00
review of an order  | placed                                                                  |
review of an order  | reviewed the shop                                                       |
each life           | placed                                                                  | once on Mon 02 10:00
each life           | cancelled                                                               |
each life           | placed, cancelled                                                       | once on Mon 02 10:00
each life           | placed, cancelled, accepted                                             | 2 on Mon 02 12:00
each life           | placed, cancelled, accepted, cancelled, accepted                        | 3 on Mon 02 14:00
each life           | opened                                                                  |
settled             | placed                                                                  |
settled             | placed, paid                                                            | once on Mon 02 11:00
settled             | placed, paid a 200                                                      |
settled             | placed, paid a 200, paid b 400                                          | once on Mon 02 12:00
settled             | placed, paid, payment reversed                                          |
settled             | placed, paid, cancelled, accepted                                       | 2 on Mon 02 13:00
called off          | placed                                                                  |
called off          | placed, cancelled                                                       | once on Mon 02 11:00
called off          | placed, paid, refunded s 500                                            | once on Mon 02 12:00
called off          | placed, cancelled, accepted                                             |
called off          | placed, cancelled, accepted, cancelled                                  | 2 on Mon 02 13:00
money left over     | placed, paid                                                            |
money left over     | placed, paid, priced 450                                                | total 450.00 on Mon 02 12:00
money left over     | placed, paid, cancelled                                                 | cancelled 1 on Mon 02 12:00
money left over     | placed, paid a 200, paid b 400                                          | paid b on Mon 02 12:00
money left over     | placed, paid a 200, refunded s 500                                      | refunded s on Mon 02 12:00
each shipped parcel | placed                                                                  |
each shipped parcel | placed, shipped                                                         | ? of parcel on Mon 02 11:00
each shipped parcel | placed, shipped A, shipped B                                            | A of parcel A on Mon 02 11:00; B of parcel B on Mon 02 12:00
each shipped parcel | placed, shipped A, shipped A                                            | A of parcel A on Mon 02 11:00
received            | placed, delivered                                                       | once on Mon 02 11:00
received            | placed, shipped A, shipped B, delivered A                               |
received            | placed, shipped A, shipped B, delivered A, delivered B                  | once on Mon 02 14:00
received            | placed, shipped A                                                       |
promises            | placed                                                                  |
promises            | placed, paid                                                            | dispatch 2026-03-05 on Thu 05 18:00
promises            | placed, paid, delayed to Tuesday                                        | dispatch 2026-03-10 on Tue 10 18:00
promises            | placed, paid, shipped A for Thursday                                    | arrival 2026-03-05 #A of parcel A, also arrival 2026-03-05, on Thu 05 21:00
promises            | placed, paid, shipped A for Thursday, delivered A                       |
dates of leaving    | placed, paid                                                            | dispatch 2026-03-05 on Thu 05 18:00
dates of leaving    | placed, paid, shipped A for Thursday                                    |
dates of arriving   | placed, paid                                                            |
dates of arriving   | placed, paid, shipped A for Thursday                                    | arrival 2026-03-05 #A of parcel A, also arrival 2026-03-05, on Thu 05 21:00
impossible days     | placed to arrive on Thursday                                            |
impossible days     | placed to arrive last week                                              | arrives_by 2026-02-26 on Mon 02 10:00
impossible days     | placed to arrive last week, delivered                                   |
birthdays           | received all                                                            |
birthdays           | born on 12 March                                                        | 2026 on Thu 12 00:00; 2027 on Fri 12 00:00
birthdays           | Thu 12 23:00 born on 12 March                                           | 2026 on Thu 12 00:00; 2027 on Fri 12 00:00
birthdays           | Fri 13 00:00 born on 12 March                                           | 2027 on Fri 12 00:00
birthdays           | born on 29 February                                                     | 2027 on Sun 28 00:00
birthdays           | placed, born on 12 March                                                |
cards               | placed                                                                  |
cards               | 8 March gets a card                                                     | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
cards               | 8 March gets nothing                                                    | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
cards               | Sun 08 23:00 8 March gets a card                                        | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
cards               | Mon 09 00:00 8 March gets a card                                        | womens_day/2027 on Mon 08 00:00
cards               | a man, 8 March gets a card                                              | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
cards               | 8 March gets an offer                                                   | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
cards               | a woman, 8 March gets an offer                                          |
cards               | a man, 8 March gets an offer                                            |
cards               | the shop's own day gets an offer                                        |
offers              | 8 March gets an offer                                                   |
offers              | a man, 8 March gets an offer                                            |
offers              | a woman, 8 March gets a card                                            |
offers              | a woman, 8 March gets an offer                                          | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
offers              | the shop's own day gets an offer                                        | ours/2026 on Thu 12 00:00; ours/2027 on Fri 12 00:00
offers              | a man, the shop's own day gets an offer                                 | ours/2026 on Thu 12 00:00; ours/2027 on Fri 12 00:00
gift_reminders      | a man, 8 March gets an offer                                            | womens_day/2026 on Sun 08 00:00; womens_day/2027 on Mon 08 00:00
gift_reminders      | a man, 8 March gets a card                                              |
gift_reminders      | a woman, 8 March gets an offer                                          |
gift_reminders      | 8 March gets an offer                                                   |
gift_reminders      | a man, the shop's own day gets an offer                                 |
mornings            | Mon 02 08:59 the staff want their days told                             | 2026-03-02 on Mon 02 09:00
mornings            | Mon 02 09:00 the staff want their days told                             | 2026-03-02 on Mon 02 09:00; 2026-03-03 on Tue 03 09:00
mornings            | Mon 02 13:00 the staff want their days told                             | 2026-03-03 on Tue 03 09:00
mornings            | Fri 06 18:00 the staff want their days told                             | 2026-03-09 on Mon 09 09:00
mornings            | placed                                                                  |
months              | Mon 02 08:59 the staff want their days told                             | 2026-02 on Mon 02 09:00; 2026-03 on Wed 01 09:00
months              | Fri 06 18:00 the staff want their days told                             | 2026-02 on Mon 02 09:00; 2026-03 on Wed 01 09:00
months              | placed                                                                  |
calls               | accepted                                                                |
calls               | placed                                                                  | once on Mon 02 10:00
calls               | placed, nobody answered                                                 | once on Mon 02 10:00; ~1 due Mon 02 13:00
calls               | placed, Mon 02 17:00 nobody answered                                    | once on Mon 02 10:00; ~1 due Mon 02 17:30
calls               | placed, Fri 06 17:45 nobody answered                                    | once on Mon 02 10:00; ~1 due Mon 09 10:45
calls               | placed, a call reached them                                             | once on Mon 02 10:00
calls               | placed, a call about the money reached them                             | once on Mon 02 10:00
calls               | placed, nobody answered about its lateness                              | once on Mon 02 10:00; ~1 due Mon 02 13:00
calls               | placed, nobody answered, nor again                                      | once on Mon 02 10:00; ~1 due Mon 02 13:00; ~2 due Mon 02 14:00
calls               | placed, nobody answered, nor again, nor a third time, nor a fourth time | once on Mon 02 10:00; ~1 due Mon 02 13:00; ~2 due Mon 02 14:00; ~3 due Mon 02 15:00
"""  # noqa: E501  # a row of the table stays in one line

TRIGGERS: Mapping[str, Triggers] = {
    "each new price": Each(EventType.ORDER_REPRICED),
    "each payment": Each(EventType.ORDER_PAID),
    "each acceptance": Each(EventType.ORDER_ACCEPTED),
    "each cancellation": Each(EventType.ORDER_CANCELLED),
    "each complaint": Each(EventType.COMPLAINT_OPENED),
    "each agreed call": Each(EventType.CALLBACK_AGREED),
    "each review": Each(EventType.REVIEW_POSTED),
    "review of an order": review_of_order,
    "each life": lives,
    "settled": settled,
    "called off": called_off,
    "money left over": money_left_over,
    "each shipped parcel": EachParcel(EventType.ORDER_SHIPPED),
    "received": received,
    "promises": promises,
    "dates of leaving": dispatches,
    "dates of arriving": arrivals,
    "impossible days": impossible_days,
    "birthdays": birthdays,
    "cards": cards,
    "offers": offers,
    "gift_reminders": gift_reminders,
    "mornings": mornings,
    "months": months,
    "calls": Calls(Kind("staff_confirm_order"), Each(EventType.ORDER_PLACED), also=(Kind("staff_order_late"),)),
}


def _called(trigger: Trigger) -> str:
    """ "A of parcel A on Mon 02 11:00"; a call that comes back by when it is due."""
    parcel = "" if trigger.parcel is None else f" of parcel {trigger.parcel}".rstrip()
    others = "".join(f", also {name}," for name in trigger.also_called)
    when = f"due {clock(trigger.due)}" if trigger.due else f"on {clock(trigger.at)}"
    return f"{trigger.occurrence_id or 'once'}{parcel}{others} {when}".replace(tag_of("A"), "#A")


@each_row(TABLE, "{occasions} after {what_happened}: {called}")
def test_an_occasion_comes_so_often_and_under_these_names(occasions: str, what_happened: str, called: str) -> None:
    facts = whole(what_happened)
    assert "; ".join(map(_called, TRIGGERS[occasions](facts, timed(what_happened)[-1][0]))) == called


def test_a_call_that_comes_back_knows_how_often_it_came_to_nothing() -> None:
    facts = whole("placed, nobody answered, nor again")
    assert [trigger.again for trigger in TRIGGERS["calls"](facts, MONDAY)] == [0, 1, 2]


def test_every_kind_of_trigger_of_the_code_stands_there_come_and_not_come() -> None:
    told = {(row["occasions"], bool(row["called"])) for row in rows(TABLE)}
    assert told == {(name, came) for name in TRIGGERS for came in (True, False)}
    code = {each for each in vars(triggers).values() if isinstance(each, type) and each.__module__ == triggers.__name__}
    assert {type(each) for each in TRIGGERS.values()} == code - {Triggers}
