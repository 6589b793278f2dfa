"""What somebody still lacks of what a series is of: the parts at which they have not been present, by their numbers.

Whoever books asks it, and so does whoever says what is done. A part of a rolling series that they were at in an earlier one
counts in the next. Source: product rules, groups; `grid.rules.groups_open`.
"""

from collections import defaultdict
from dataclasses import dataclass

from grid.models import GroupAttendance, SeriesPlace
from grid.queries.group_register import is_by_others, is_unsaid
from grid.reference.group_marks import OUTCOME_OF, OUTCOME_OF_VOLUNTARY, Mark
from grid.reference.groups import SessionState

HAD = (Mark.TOOK_PART, Mark.DID_NOT_COMPLY)  # of a session: they were there for it
HAD_IN_THE_CASE = {of[mark] for of in (OUTCOME_OF, OUTCOME_OF_VOLUNTARY) for mark in HAD}
KNOWN = ("session", "place", "appointment__contact")


@dataclass(frozen=True, slots=True)
class Parts:
    """Of somebody with a place in a series. What nobody has said that they were at, they have not had."""

    every: frozenset[int]
    had: frozenset[int]
    before: frozenset[int]  # those of them that they had by another place
    expected: frozenset[int]  # those at which they are expected here, of which nothing is said yet

    @property
    def lacking(self) -> frozenset[int]:
        return self.every - self.had


def parts_of(series, places):
    """{place: Parts} of these places of one series. One statement; two, where the series is rolling.

    What somebody does meanwhile is none of what they wait for: of that, and of a series that is not rolling, only what they
    had by this place counts.
    """
    by_place, by_referral = defaultdict(list), defaultdict(list)
    carried = [one.referral_id for one in places if _carries(series, one)]
    # By their keys: whichever of two tables a row is found by, an index of neither would be used
    earlier = _of_it(series, carried).values_list("pk", flat=True) if carried else ()
    for row in _rows([*(one.pk for one in places), *earlier]):
        by_place[row.place_id].append(row)
        by_referral[row.place.referral_id].append(row)
    every, found = frozenset(range(1, series.dose["sessions"] + 1)), {}
    for one in places:
        theirs = by_place[one.pk]
        others = by_referral[one.referral_id] if _carries(series, one) else []
        before = _had(row for row in others if row.place_id != one.pk)
        expected = frozenset(row.session.number for row in theirs if _is_open(row))
        found[one.pk] = Parts(every, _had(theirs) | before, before, expected)
    return found


def had_before(referral, series, *, instead):
    """Numbers of the parts that somebody has had already who is given a place in this series. None of something meanwhile."""
    if not series.rolling or instead:
        return frozenset()
    return _had(_rows(_of_it(series, [referral.pk]).values("pk")))


def was_there(one):
    """As the case has it: their officer may have said it there, or put right since what the register says."""
    by_register, code = one.mark and not is_by_others(one), one.appointment.contact.outcome_code
    return one.mark in HAD if by_register else code in HAD_IN_THE_CASE


def _carries(series, place):
    """Whether what they had in an earlier series counts here."""
    return series.rolling and not place.instead


def _of_it(series, referrals):
    """Places by these in rolling series of the same, of as many parts."""
    return SeriesPlace.objects.filter(
        referral__in=referrals,
        instead=False,
        series__rolling=True,
        series__code=series.code,
        series__dose__sessions=series.dose["sessions"],
    )


def _rows(places):
    return GroupAttendance.objects.expected().filter(place__in=places).select_related(*KNOWN)


def _had(rows):
    return frozenset(row.session.number for row in rows if was_there(row))


def _is_open(row):
    return row.session.state == SessionState.STANDS and is_unsaid(row)
