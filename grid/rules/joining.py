"""Whether somebody may join a series: a place, when it is held, who else is there, and whether they can finish.

Sources: product rules, groups (non-associations blocked, double bookings refused); report 2.3 (groups that could not be
finished before the order ended). With whom they may be is `grid.rules.company`, and whoever they are kept apart from is
named here no more than there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.rules.booking import Beside, Weight
from cases.rules.words import counted
from grid.rules.company import Company, beside_company
from grid.rules.groups_open import OpenSeries
from grid.rules.order_end import OrderEnd
from grid.rules.sessions import Session, Stretch, next_session
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time


@dataclass(frozen=True, slots=True)
class Taken:
    """Something they are expected at. `series`: whether it is a session of another series."""

    stretch: Stretch
    series: bool = False


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody who would join, as far as it bears on that."""

    case: int
    end: OrderEnd
    company: Company = Company()
    # On which somebody they are kept apart from comes to the same place
    apart_days: frozenset[date] = frozenset()
    taken: tuple[Taken, ...] = ()
    held: bool = False  # in custody now
    free_on: date | None = None  # the day they are expected to be released


def joining(
    joiner: Joiner, series: OpenSeries, now: datetime, *, must_finish: bool
) -> list[Beside]:
    """Everything that stands beside their joining; what refuses it first.

    `must_finish`: the provider's policy on a finish after the end of the order: refused, or only told.
    """
    if joiner.case in series.members:
        return [_refuses("member", "They are in this series already.")]
    to_come = next_session(series.sessions, now)
    if to_come is None:
        return [_refuses("over", "Every session of this series has begun. Choose another series.")]
    begins = series.next_entry(now) or to_come
    theirs = [one for one in series.sessions if one.number >= begins.number]
    found = [
        *_place(joiner, series),
        *_begins(series, begins),
        *_company(joiner, series, theirs),
        *_taken(joiner, theirs),
        *_finish(joiner, series, begins, must_finish),
        *_custody(joiner, begins),
    ]
    order = list(Weight)
    return sorted(found, key=lambda one: order.index(one.weight))


def check_joining(
    joiner: Joiner, series: OpenSeries, now: datetime, *, must_finish: bool
) -> list[Beside]:
    """Refuse somebody who may not join, with every reason; else what is to be read before they do."""
    found = joining(joiner, series, now, must_finish=must_finish)
    refused = [one.text for one in found if one.weight is Weight.REFUSES]
    if refused:
        raise RuleBroken(" ".join(refused))
    return found


def _place(joiner, series):
    if series.places_left(joiner.case) < 1:
        kept = len(series.kept - series.members - {joiner.case})
        of_them = f", {counted(kept, 'of them kept', 'of them kept')}" if kept else ""
        yield _refuses(
            "full",
            f"It has {counted(series.places, 'place')}, all of them taken{of_them}. They keep their place in the queue.",
        )


def _begins(series, begins):
    if begins.number not in series.entries:
        yield _refuses(
            "too_late_to_join",
            f"Nobody begins this series later than with session {max(series.entries)}, and the next is {begins}. "
            "Choose another series.",
        )
    elif begins.number > series.sessions[0].number:
        missed = counted(sum(one.number < begins.number for one in series.sessions), "session")
        how = "in the next series" if series.rolling else "one to one"
        yield Beside(
            "to_make_up",
            f"They would begin with {begins}, and make up for {missed} {how}.",
            Weight.TELLS,
        )


def _company(joiner, series, theirs):
    found = list(beside_company(joiner.case, joiner.company, series))
    yield from found
    apart = any(one.code == "apart" for one in found)
    if not apart and any(one.on in joiner.apart_days for one in theirs):
        yield _refuses(
            "apart_same_place",
            "Somebody they are to be kept apart from comes to that place on one of its days. Choose another.",
        )


def _taken(joiner: Joiner, theirs: Iterable[Session]):
    for session in theirs:
        held = session.stretch
        for one in joiner.taken:
            if not one.stretch.overlaps(held):
                continue
            when = f"at {say_time(session.from_at)} on {say_date(session.on)}"
            what = f": {one.stretch.what}" if one.stretch.what else ""
            if one.series:
                yield _refuses("other_series", f"They are in another series {when}{what}.")
            else:
                yield Beside("expected_elsewhere", f"They are expected elsewhere {when}{what}.")


def _finish(joiner, series, begins, must_finish):
    last = series.last_on
    if joiner.end.on is None:
        yield Beside(
            "end_unknown",
            f"It ends on {say_date(last)}. Nobody recorded {joiner.end}, so look whether they can finish.",
        )
    elif joiner.end.is_before(last):
        text = f"They could not finish: it ends on {say_date(last)}, and {joiner.end}."
        yield Beside("finish", text, Weight.REFUSES if must_finish else Weight.WARNS)
    elif series.finishes_later(begins):
        yield Beside(
            "finish_unknown",
            f"It ends on {say_date(last)}, and they finish only in the series after it. Look whether they can: {joiner.end}.",
        )


def _custody(joiner, begins):
    if not joiner.held:
        return
    if joiner.free_on is None or joiner.free_on >= begins.on:
        free = f" They are expected out on {say_date(joiner.free_on)}." if joiner.free_on else ""
        yield _refuses(
            "custody", f"They are in custody, and would begin on {say_date(begins.on)}.{free}"
        )
    else:
        yield Beside(
            "custody_until",
            f"They are in custody, and expected out on {say_date(joiner.free_on)}: look again before "
            f"{begins}.",
        )


def _refuses(code, text):
    return Beside(code, text, Weight.REFUSES)
