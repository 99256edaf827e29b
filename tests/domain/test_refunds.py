"""What is told of a refund: with what was told of the others never more than came."""

from shopbell.domain.journeys.names import REFUNDED
from shopbell.domain.rules.refunds import amount_to_tell
from tests.domain.stories import whole
from tests.domain.tables import each_row

TABLE = """
what_happened                                                                                    | refund | told
placed, paid, refunded r 100                                                                     | r      | 100.00
placed, paid, refunded s 500                                                                     | s      | 500.00
placed, paid, refunded r 100                                                                     | s      | nothing
placed, refunded r 100                                                                           | r      | 0
placed, paid a 200, refunded s 500                                                               | s      | 200.00
placed, paid, payment reversed, refunded r 100                                                   | r      | 0.00
placed, paid, refunded r 100, refunded s 500                                                     | s      | 400.00
placed, paid, refunded r 100, sent order_refunded r, refunded s 500                              | s      | 400.00
placed, paid, refunded r 100, sent order_refunded r, refunded r 100                              | r      | 100.00
placed, paid, Tue 03 12:00 refunded s 500, sent order_refunded s, Tue 03 09:00 refunded r 100    | r      | 0.00
placed, paid, Tue 03 12:00 refunded s 500, skipped order_refunded s, Tue 03 09:00 refunded r 100 | r      | 100.00
placed, paid, Tue 03 12:00 refunded t 300, sent order_refunded t, Tue 03 09:00 refunded s 500    | s      | 200.00
placed, paid, refunded r 100, sent order_refunded r, refunded s 500, sent order_refunded s       | r      | 100.00
placed, paid, refunded r 100, sent order_refunded r, refunded t 300, payment reversed            | t      | 300.00
"""


@each_row(TABLE, "of {refund} after {what_happened}: {told}")
def test_what_was_told_of_refunds_is_never_more_than_came(what_happened: str, refund: str, told: str) -> None:
    amount = amount_to_tell(whole(what_happened), REFUNDED, refund)
    assert ("nothing" if amount is None else str(amount)) == told
