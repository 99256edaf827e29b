"""Figure 28: an order's money, in every order in which it can come, and what its letters say of it."""

from tests.money_stories import METHODS, stories, wrong
from tests.prove.figure import Figure, Reached


def _letters_about_money() -> Reached:
    walked, found = 0, list[str]()
    for walked, story in enumerate(stories(), 1):
        found += wrong(story, METHODS[walked % len(METHODS)])
    text = f"wrong {len(found)} in {walked} sequences of a price, two payments, a reversal, a refund, a cancellation"
    return Reached(text + "".join(f"; {each}" for each in found[:1]), not found)


FIGURES = (
    Figure(
        28,
        "money",
        "all orders of placed, paid, part-paid, repriced, refunded, cancelled, reversed",
        "told as given back more than paid 0, asked for what is not due 0",
        _letters_about_money,
    ),
)
