"""Whether a shop tells of deliveries: which outcomes of its parcels are remembered.

A letter is a parcel, the later the further on in the alphabet; "+": it was told as delivered, "-": its day passed in
silence.
"""

from shopbell.domain.rules.deliveries import Outcome, counted
from tests.domain.tables import each_row

TABLE = """
known                         | new | remembered
                              | a+  | a+
a+                            | b-  | a+ b-
b-                            | a+  | a+ b-
a-                            | a+  | a+
a+                            | a-  | a+
a+ b- c+ d- e+ f- g+ h- i+    | j-  | a+ b- c+ d- e+ f- g+ h- i+ j-
a+ b- c+ d- e+ f- g+ h- i+ j- | k+  | b- c+ d- e+ f- g+ h- i+ j- k+
b- c+ d- e+ f- g+ h- i+ j- k+ | a+  | b- c+ d- e+ f- g+ h- i+ j- k+
a+ b+ c+ d+ e+ f+ g+ h+ i+ j+ | k+  | a+ b+ c+ d+ e+ f+ g+ h+ i+ j+
a- b- c- d- e- f- g- h- i- j- | k-  | a- b- c- d- e- f- g- h- i- j-
a+ b+ c+ d+ e+ f+ g+ h+ i+ j+ | k-  | b+ c+ d+ e+ f+ g+ h+ i+ j+ k-
a- b- c- d- e- f- g- h- i- j- | c+  | a- b- c+ d- e- f- g- h- i- j-
a+ b+ c+ d+ e+ f+ g+ h+ i+    | j+  | a+ b+ c+ d+ e+ f+ g+ h+ i+ j+
"""


def outcomes(text: str) -> tuple[Outcome, ...]:
    return tuple(Outcome(f"2026-03-02T{word[0]}", word[0], word[1] == "+") for word in text.split())


@each_row(TABLE, "{new} after {known} leaves {remembered}")
def test_the_newest_ten_parcels_say_whether_a_shop_tells_of_deliveries(known: str, new: str, remembered: str) -> None:
    assert counted(outcomes(known), *outcomes(new)) == outcomes(remembered)


def test_a_parcel_whose_day_was_moved_stands_at_the_later_one() -> None:
    known = outcomes("a+ b+ c+ d+ e+ f+ g+ h+ i+ j+")
    moved = Outcome("2026-03-09Tc", "c", True)
    assert counted(known, moved) == (*known[:2], *known[3:], moved)
