"""How much one contact gets in any sixty minutes, and in which turn."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.deciding.turns import HOUR, PATIENCE, Recent, Turn
from tests.world import MONDAY

MINUTE = timedelta(minutes=1)
DAY = "2026-03-02"
CAP = 4


def turn(number: int, rank: int = 0) -> Turn:
    """The older the smaller its number."""
    return Turn(rank, MONDAY + number * timedelta(seconds=1), f"m{number}", MONDAY)


def full(*minutes: int) -> Recent:
    """So many minutes after Monday's beginning something left."""
    return Recent({f"left{number}": MONDAY + each * MINUTE for number, each in enumerate(minutes)})


def test_while_there_is_a_place_it_leaves_at_once() -> None:
    assert full(0, 1, 2).free_at(turn(9), CAP, MONDAY + 3 * MINUTE) == MONDAY + 3 * MINUTE


def test_it_waits_until_the_oldest_is_an_hour_old_and_the_next_for_the_next() -> None:
    now, recent = MONDAY + 10 * MINUTE, full(0, 5, 6, 7)
    wakes = []
    for number in range(6):
        at = recent.free_at(turn(number), CAP, now)
        recent = recent.with_turn(turn(number)._replace(wakes=at), now)
        wakes.append((at - MONDAY - HOUR) / MINUTE)
    assert wakes == [0, 5, 6, 7, 61, 66]


def test_order_news_goes_before_a_reminder_and_the_older_before_the_newer() -> None:
    now = MONDAY + HOUR + MINUTE
    waiting = [turn(2, rank=1), turn(3), turn(1, rank=1), turn(4)]
    recent = full(0, 55, 56, 57)
    for each in waiting:
        recent = recent.with_turn(each._replace(wakes=now), now)
    free = [each.name for each in waiting if recent.free_at(each, CAP, now) == now]
    assert free == ["m3"]
    assert [each.name for each in recent.waiting] == ["m3", "m4", "m1", "m2"]


def test_who_does_not_come_for_its_turn_loses_it() -> None:
    recent = full(0, 55, 56, 57).with_turn(turn(1)._replace(wakes=MONDAY + HOUR), MONDAY)
    late = turn(2)
    assert recent.free_at(late, CAP, MONDAY + HOUR) > MONDAY + HOUR
    assert recent.free_at(late, CAP, MONDAY + HOUR + PATIENCE) == MONDAY + HOUR + PATIENCE


def test_a_second_try_has_the_place_of_the_first() -> None:
    recent = full(0, 1, 2).with_one("m9", MONDAY + 3 * MINUTE, DAY, counted=False)
    now = MONDAY + 9 * MINUTE
    assert recent.free_at(turn(9), CAP, now) == now
    again = recent.with_one("m9", now, DAY, counted=True)
    assert (len(again.left), again.left["m9"], again.taken) == (CAP, now, 1)


def test_what_does_not_leave_after_all_has_taken_nothing() -> None:
    recent = full(0, 1, 2)
    after = recent.with_one("m9", MONDAY, DAY, counted=False).without("m9", DAY, counted=False)
    assert (after.left, after.taken) == (recent.left, 0)
    assert after.without("m9", DAY, counted=False).taken == 0


def test_each_day_counts_by_itself() -> None:
    recent = Recent(day=DAY, taken=9)
    assert (recent.on(DAY), recent.on("2026-03-03")) == (9, 0)
    assert recent.with_one("m9", MONDAY, "2026-03-03", counted=False).taken == 1


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2)), min_size=1, max_size=80))
def test_in_any_sixty_minutes_no_more_leave_and_all_leave_in_the_end(gaps: list[tuple[int, int]]) -> None:
    """Each comes so many minutes after the one before it, and again whenever it was told to."""
    left, now, recent = list[int](), MONDAY, Recent()
    coming = list[tuple[int, Turn]]()
    for number, (gap, rank) in enumerate(gaps):
        coming.append(((coming[-1][0] if coming else 0) + gap, turn(number, rank)))
    for _ in range(len(gaps) * 20):
        if not coming:
            break
        coming.sort(key=lambda each: each[0])
        minute, each = coming.pop(0)
        now = MONDAY + minute * MINUTE
        at = recent.free_at(each, CAP, now)
        if at == now:
            recent = recent.with_one(each.name, now, DAY, counted=False)
            left.append(minute)
        else:
            recent = recent.with_turn(each._replace(wakes=at), now)
            coming.append((int((at - MONDAY) / MINUTE), each))
    assert not coming
    assert all(later - earlier > 60 for earlier, later in zip(left, left[CAP:], strict=False))
