"""When somebody can come, for many at once: what they said of a usual week, what they are tied to, how they get about.

Sources: features 76; report 2.3. A group in which they have a place already is a commitment; an appointment that can be
moved is none. The same four statements however many cases there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.queries.among import among
from cases.queries.days import midnight
from cases.rules.travel import Mode
from grid.models import Commitment, FreeTime, GroupAttendance, SaidWeek
from grid.reference.parts_of_day import PartOfDay
from grid.rules.free_slots import Commitment as Tied
from grid.rules.free_slots import Week, WeekHours, of_hours, of_parts, tied, tied_once

ANOTHER_GROUP = "another group"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was asked last. `women_only`: whether she wants groups for women alone; None: not asked."""

    week: Week
    by_way_of: Mode
    women_only: bool | None = None


def weeks_of(case_ids, today) -> dict[int, Week | None]:
    """{case: what they said, with all they are tied to from today on}; None where nobody has asked. Four statements."""
    ids = list(case_ids)
    asked = asked_of(ids, today)
    return {pk: asked[pk].week if pk in asked else None for pk in ids}


def asked_of(case_ids, today) -> dict[int, Said]:
    """{case: what they said last}, of those who have been asked. Four statements."""
    ids = list(case_ids)
    weeks = list(SaidWeek.objects.in_force().filter(case__in=among(ids)))
    times = said_times(weeks)
    commitments = _commitments(ids, today)
    return {
        one.case_id: Said(
            Week(times[one.pk], tuple(commitments[one.case_id])),
            Mode(one.by_way_of),
            one.women_only,
        )
        for one in weeks
    }


def said_times(weeks):
    """{key of the week: its hours, as they were said}, of these rows. One statement."""
    found: defaultdict[int, tuple[WeekHours, ...]] = defaultdict(tuple)
    rows = FreeTime.objects.filter(week__in=among(weeks)).order_by("weekday", "from_at", "pk")
    for week, weekday, part, from_at, to_at in rows.values_list(
        "week", "weekday", "part", "from_at", "to_at"
    ):
        if from_at and to_at:
            found[week] += of_hours(weekday, from_at, to_at)
        else:
            found[week] += of_parts({weekday: [PartOfDay(part)]})
    return found


def tied_by(commitment):
    """A row of the table as the rules have it: two, where it goes on past midnight."""
    return tied(
        commitment.words,
        commitment.weekday,
        commitment.from_at,
        commitment.to_at,
        first=commitment.first_on,
        last=commitment.last_on,
    )


def _commitments(ids, today):
    """{case: what they are tied to from today on}"""
    found: defaultdict[int, list[Tied]] = defaultdict(list)
    standing = Commitment.objects.standing(today).filter(case__in=among(ids))
    for one in standing.order_by("weekday", "from_at", "pk"):
        found[one.case_id] += tied_by(one)
    expected = GroupAttendance.objects.expected().filter(
        case__in=among(ids), starts_at__gte=midnight(today), appointment__called_off_at=None
    )
    for case, starts_at, ends_at in expected.order_by("starts_at", "pk").values_list(
        "case", "starts_at", "ends_at"
    ):
        starts, ends = localtime(starts_at), localtime(ends_at)
        found[case] += tied_once(ANOTHER_GROUP, starts.date(), starts.time(), ends.time())
    return found
