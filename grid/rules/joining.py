"""Whether somebody may join a series: a place, when it is held, who else is there, and whether they can finish.

Sources: product rules, groups (non-associations blocked, women-only first-class, double bookings refused); report 2.3
(groups that could not be finished before the order ended) and 2.4 (attacked by somebody they were to be kept apart
from). Whoever they are kept apart from is never named, nor where in the series they are: the officer of either may look
at what is recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.reference.codes import Sex
from cases.rules.booking import Beside, Weight, may_use
from cases.rules.words import counted
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
    sex: str = Sex.UNKNOWN
    gender_identity: str = ""
    women_only: bool = False  # she chose groups of women alone
    apart: frozenset[int] = (
        frozenset()
    )  # cases they are to be kept apart from, whoever asked for it
    apart_days: frozenset[date] = frozenset()  # on which one of these comes to the same place
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
    begins = next_session(series.sessions, now)
    if begins is None:
        return [_refuses("over", "Every session of this series has begun. Choose another series.")]
    theirs = [one for one in series.sessions if one.number >= begins.number]
    found = [
        *_place(joiner, series),
        *_latest(series, begins),
        *_women(joiner, series),
        *_apart(joiner, series, theirs),
        *_taken(joiner, theirs),
        *_finish(joiner, series, must_finish),
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


def _latest(series, begins):
    if begins.number > series.latest:
        yield _refuses(
            "too_late_to_join",
            f"Nobody begins this series later than with session {series.latest}, and the next is {begins}. "
            "Choose another series.",
        )
    elif begins.number > 1:
        missed = counted(begins.number - 1, "session")
        how = "in the next series" if series.rolling else "one to one"
        yield Beside(
            "to_make_up",
            f"They would begin with {begins}, and make up for {missed} {how}.",
            Weight.TELLS,
        )


def _women(joiner, series):
    allowed = may_use(joiner, series)
    if allowed is False:
        yield _refuses("women_only", "This series is for women alone. Choose another.")
    elif allowed is None:
        yield Beside(
            "women_only_unsure",
            "This series is for women alone. Ask whether it is the right one for them.",
        )
    if joiner.women_only and not series.women_only:
        yield _refuses(
            "chose_women_only", "Men come to this series, and she chose groups of women alone."
        )
        return
    woman = joiner.sex == Sex.FEMALE or joiner.case in series.women
    if woman and not series.women_only and not series.women - {joiner.case}:
        yield Beside(
            "only_woman", "She would be the only woman in this series. Ask her before she joins."
        )


def _apart(joiner, series, theirs):
    if joiner.apart & series.there:
        yield _refuses(
            "apart",
            "Somebody they are to be kept apart from is connected with this series. Choose another.",
        )
    elif any(one.on in joiner.apart_days for one in theirs):
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


def _finish(joiner, series, must_finish):
    last = series.last_on
    if joiner.end.on is None:
        yield Beside(
            "end_unknown",
            f"It ends on {say_date(last)}. Nobody recorded {joiner.end}, so look whether they can finish.",
        )
    elif joiner.end.is_before(last):
        text = f"They could not finish: it ends on {say_date(last)}, and {joiner.end}."
        yield Beside("finish", text, Weight.REFUSES if must_finish else Weight.WARNS)


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
