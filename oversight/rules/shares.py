"""How a share is said beside the numbers it is of, and when two shares differ by more than chance.

Source: `cases.rules.counting` (below so many a share says nothing). A hypergeometric test, which is exact however few there are
(R. A. Fisher, 1935), at a level shared out among all the comparisons of a page (C. E. Bonferroni, 1936): of pages on which
nothing but chance is at work, one in twenty has a mark on it, however many numbers it holds.
"""

from collections.abc import Iterable
from math import exp, lgamma

from cases.reference.codes import Titled
from cases.rules.counting import Sum

ONE_PAGE_IN = 20
NEAR_ENOUGH = 1e-7  # by which two counts that are as likely may differ in floating point


class Beyond(Titled):
    """How a share stands to that of all the others together, where chance alone would rarely do it."""

    MORE = "more", "More than chance explains"
    LESS = "less", "Less than chance explains"


def said_share(found: Sum, few: int) -> str:
    """ "15%", rounded down; "Too few" of too few to say; "None" of nothing."""
    if not found.counted:
        return "None"
    return "Too few" if found.counted < few else f"{found.met * 100 // found.counted}%"


def together(parts: Iterable[Sum]) -> Sum:
    found = list(parts)
    return Sum(sum(one.met for one in found), sum(one.counted for one in found))


def is_compared(found: Sum, whole: Sum, few: int) -> bool:
    """Whether this part is set beside the rest of the whole: neither is too few, and some are so and some are not."""
    rest = whole.counted - found.counted
    return min(found.counted, rest) >= few and 0 < whole.met < whole.counted


def beyond_chance(found: Sum, whole: Sum, few: int, comparisons: int) -> Beyond | None:
    """Whether this part has more or less of it than the rest of the whole. None: chance may explain it, or there are too few.

    `whole`: this part among the others; `comparisons`: how many are made on the page.
    """
    if not is_compared(found, whole, few):
        return None
    if chance_of(found, whole) >= 1 / (ONE_PAGE_IN * comparisons):
        return None
    more = found.met * whole.counted > whole.met * found.counted
    return Beyond.MORE if more else Beyond.LESS


def chance_of(found: Sum, whole: Sum) -> float:
    """How likely a draw of so many of the whole is to come out as this, or as seldom as this (two-sided)."""
    least = max(0, found.counted + whole.met - whole.counted)
    most = min(found.counted, whole.met)
    limit = _log_ways(found.met, found, whole) + NEAR_ENOUGH
    logs = [_log_ways(met, found, whole) for met in range(least, most + 1)]
    top = max(logs)
    weights = [(one <= limit, exp(one - top)) for one in logs]
    return sum(each for seldom, each in weights if seldom) / sum(each for _, each in weights)


def _log_ways(met, found, whole):
    """The logarithm of the number of draws with so many, but for a factor that all of them share."""
    return _log_choose(whole.met, met) + _log_choose(whole.counted - whole.met, found.counted - met)


def _log_choose(many, some):
    return lgamma(many + 1) - lgamma(some + 1) - lgamma(many - some + 1)
