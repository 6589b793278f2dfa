"""How a share is said beside the numbers it is of, and when two shares differ by more than chance.

Source: `cases.rules.counting` (below so many a share says nothing). A hypergeometric test, which is exact however few there are
(R. A. Fisher, 1935), at a level shared out among all the comparisons of a page (C. E. Bonferroni, 1936): of pages on which
nothing but chance is at work, one in twenty has a mark on it, however many numbers it holds.
"""

from collections.abc import Collection, Iterable, Mapping

from cases.reference.codes import Titled
from cases.rules.counting import FEW, Sum

ONE_PAGE_IN = 20
TOO_FEW = "Too few"
NEAR_ENOUGH = 1e-7  # by which two counts that are as likely may differ in floating point
NOTHING = 1e-20  # beside the likeliest: what is rarer than this adds nothing to a sum


class Beyond(Titled):
    """How a share stands to that of all the others together, where chance alone would rarely do it."""

    MORE = "more", "More than chance explains"
    LESS = "less", "Less than chance explains"


def said_share(found: Sum, few: int, *, of_few: bool = False) -> str:
    """ "15%", as under a measure; "Too few" of too few to say (never fewer than there); "None" of nothing.

    `of_few`: of too few officers, so that it would be a share of theirs.
    """
    if not found.counted:
        return "None"
    return TOO_FEW if of_few or found.counted < max(few, FEW) else f"{found.share}%"


def together(parts: Iterable[Sum]) -> Sum:
    found = list(parts)
    return Sum(sum(one.met for one in found), sum(one.counted for one in found))


def is_compared(found: Sum, whole: Sum, few: int) -> bool:
    """Whether this part is set beside the rest of the whole: neither is too few, and some are so and some are not."""
    rest = whole.counted - found.counted
    return min(found.counted, rest) >= few and 0 < whole.met < whole.counted


def marks_of(
    parts: Mapping[int | None, Mapping[str, Sum]],
    few: Mapping[str, int],
    apart: Collection[int | None] = (),
) -> dict[tuple[int | None, str], Beyond]:
    """Which shares differ from those of the other parts by more than chance.

    `few`: {code: below which nothing is said of it}; `apart`: parts that are among the others, and of whom nothing is said.
    """
    whole = {code: together(of[code] for of in parts.values()) for code in few}
    pairs = [
        (part, code)
        for part, of in parts.items()
        for code in few
        if part not in apart and is_compared(of[code], whole[code], few[code])
    ]
    found = {
        (part, code): beyond_chance(parts[part][code], whole[code], few[code], len(pairs))
        for part, code in pairs
    }
    return {pair: one for pair, one in found.items() if one}


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
    likeliest = (found.counted + 1) * (whole.met + 1) // (whole.counted + 2)
    weights = {likeliest: 1.0}
    for step in (1, -1):
        weights |= _weights_from(likeliest, step, found.counted, whole)
    limit = weights.get(found.met, 0.0) * (1 + NEAR_ENOUGH)
    return sum(one for one in weights.values() if one <= limit) / sum(weights.values())


def _weights_from(met, step, drawn, whole):
    """{how many of the draw are so: how likely that is beside the likeliest number}, step by step until it says nothing."""
    weight, found = 1.0, {}
    while weight > NOTHING:
        low = met if step > 0 else met - 1
        up = (whole.met - low) * (drawn - low)
        down = (low + 1) * (whole.counted - whole.met - drawn + low + 1)
        if not up or not down:
            break
        weight *= up / down if step > 0 else down / up
        met += step
        found[met] = weight
    return found
