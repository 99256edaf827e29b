"""How many orders may be expected of a customer: the BG/NBD model, fitted to a shop's own customers.

Fader, Hardie and Lee, "Counting your customers the easy way", 2005: orders come as chance will have it, at a rate of
each customer's own, until after one of them the customer leaves. Nobody says so; it shows in how long they are silent
by their own measure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import exp, expm1, inf, lgamma, log, log1p, sqrt
from typing import NamedTuple

from shopbell.domain.model.rhythm import Fit

HALF_A_YEAR = 182.0
STEPS, TAILS = 40, 10.0
"""Of the sum over how likely customers are to leave: to either side, and over so many standard deviations."""
TINY = 1e-12
"""A share so small makes no difference to how much is ordered."""
FARTHEST = 12.0
"""No parameter's logarithm is looked for farther out: where it would be, nothing more can be told apart."""
MOST_LOOKS, CLOSE = 600, 1e-5
"""So often at most the likelihood is asked for; the search ends where all corners are that close."""


class History(NamedTuple):
    """`again`: on so many days they ordered after the first; in days since then: `last`, the last order, and `now`."""

    again: int
    last: float
    now: float


def expected_orders(fit: Fit, history: History, days: float = HALF_A_YEAR) -> float:
    """In so many days from now."""
    return probability_alive(fit, history) * _of_the_living(fit, history, days)


def probability_alive(fit: Fit, history: History) -> float:
    """Of those with one order nothing can be said: 1."""
    if not history.again:
        return 1.0
    silence = (fit.r + history.again) * log((fit.alpha + history.now) / (fit.alpha + history.last))
    return 1 / (1 + exp(min(silence, 700.0)) * fit.a / (fit.b + history.again - 1))


def _of_the_living(fit: Fit, history: History, days: float) -> float:
    """The mean of (1 - exp(-rate * share * days)) / share over the rate, of which the integral is known, and over the
    share of orders after which they leave: a beta distribution, whose log odds are summed from tail to tail."""
    orders, age = fit.r + history.again, fit.alpha + history.now
    stays = fit.b + history.again
    middle, step = log(fit.a / stays), TAILS * (_width(fit.a) + _width(stays)) / STEPS
    summed, weights = 0.0, 0.0
    for number in range(-STEPS, STEPS + 1):
        share, left, kept = _odds(middle + number * step)
        weight = exp(fit.a * (left - log(fit.a / (fit.a + stays))) + stays * (kept - log(stays / (fit.a + stays))))
        ordered = -expm1(-orders * log1p(share * days / age)) / share if share > TINY else orders * days / age
        summed, weights = summed + weight * ordered, weights + weight
    return summed / weights


def _odds(log_odds: float) -> tuple[float, float, float]:
    """A share by its log odds; its logarithm and that of the rest."""
    rest = -log1p(exp(log_odds)) if log_odds < 0 else -log_odds - log1p(exp(-log_odds))
    return exp(rest + log_odds), rest + log_odds, rest


def _width(parameter: float) -> float:
    """Somewhat more than the standard deviation of the logarithm of a gamma distribution."""
    return sqrt(1 / parameter + 1 / parameter**2)


def log_likelihood(fit: Fit, history: History) -> float:
    r, alpha, a, b = fit
    again, last, now = history
    rate = lgamma(r + again) - lgamma(r) + r * log(alpha)
    stays = lgamma(a + b) + lgamma(b + again) - lgamma(b) - lgamma(a + b + again)
    alive = -(r + again) * log(alpha + now)
    if not again:
        return rate + stays + alive
    left = log(a) - log(b + again - 1) - (r + again) * log(alpha + last)
    return rate + stays + max(alive, left) + log1p(exp(-abs(alive - left)))


def fitted(histories: Iterable[History]) -> Fit:
    """The likeliest parameters."""
    weighted = Counter(histories)
    days = sum(history.now * number for history, number in weighted.items()) / weighted.total()

    def unlikely(corner: Sequence[float]) -> float:
        if max(map(abs, corner)) > FARTHEST:
            return inf
        fit = Fit(*map(exp, corner))
        return -sum(number * log_likelihood(fit, history) for history, number in weighted.items()) / weighted.total()

    return Fit(*map(exp, lowest(unlikely, [0.0, log(max(days, 1.0)), 0.0, 1.0])))


def lowest(of: Callable[[Sequence[float]], float], start: Sequence[float]) -> list[float]:
    """Where a function is lowest, by Nelder and Mead's simplex: its worst corner is moved through the others."""
    corners = [list(start), *([*start[:n], start[n] + 0.5, *start[n + 1 :]] for n in range(len(start)))]
    simplex = sorted((of(corner), corner) for corner in corners)
    looks = len(simplex)
    while looks < MOST_LOOKS and _size([corner for _, corner in simplex]) > CLOSE:
        middle = [sum(values) / len(start) for values in zip(*(corner for _, corner in simplex[:-1]), strict=True)]
        worst_value, worst = simplex[-1]
        simplex[-1:], looks = [_moved(of, middle, worst, simplex[0][0], simplex[-2][0], worst_value)], looks + 2
        if simplex[-1][0] >= worst_value:  # nothing that way: all come nearer to the best
            best = simplex[0][1]
            nearer = [[(x + y) / 2 for x, y in zip(corner, best, strict=True)] for _, corner in simplex[1:]]
            simplex[1:], looks = [(of(corner), corner) for corner in nearer], looks + len(nearer)
        simplex.sort()
    return simplex[0][1]


def _moved(
    of: Callable[[Sequence[float]], float],
    middle: Sequence[float],
    worst: Sequence[float],
    best_value: float,
    second_worst_value: float,
    worst_value: float,
) -> tuple[float, list[float]]:
    """The worst corner mirrored at the middle of the others, twice as far, or half."""

    def at(times: float) -> tuple[float, list[float]]:
        corner = [m + times * (m - w) for m, w in zip(middle, worst, strict=True)]
        return of(corner), corner

    mirrored = at(1.0)
    if mirrored[0] < best_value:
        return min(mirrored, at(2.0))
    if mirrored[0] < second_worst_value:
        return mirrored
    return min(mirrored, at(0.5 if mirrored[0] < worst_value else -0.5))


def _size(corners: Sequence[Sequence[float]]) -> float:
    widths: list[float] = [max(values) - min(values) for values in zip(*corners, strict=True)]
    return max(widths)
