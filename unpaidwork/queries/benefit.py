"""What was worked, for the sheet that courts are given. Counts alone leave here: nobody and no day of anybody.

Everybody is counted, also those whose case is kept from the reader: rounded and withheld, the sheet is the same
whoever makes it. Five statements.
"""

from collections import Counter

from django.db.models import Count, Q, Sum

from unpaidwork.models import Attendance, Course, Project
from unpaidwork.reference.sessions import ATTENDED, Skill
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.benefit import FEWEST, Done, Worked, benefit_sheet, period_of

TOLD = (ProjectKind.GROUP, ProjectKind.INDIVIDUAL, ProjectKind.ETE)
MOST_SKILLS = 5


def sheet_for_courts(today, organisation):
    """The sheet of the twelve months before this one."""
    first, last = period_of(today)
    worked = _worked(first, last)
    sums = {row.pop("session__project"): Done(**row) for row in _sums(worked, first, last)}
    ran = Project.objects.filter(kind__in=TOLD, from_on__lte=last)
    ran = ran.filter(Q(to_on=None) | Q(to_on__gte=first)).order_by("name", "pk")
    rows = [
        Worked(
            name=one.name,
            kind=ProjectKind(one.kind).title,
            what=one.what_is_done,
            benefit=one.benefit,
            gains=one.accredits,
            done=sums.get(one.pk, Done(0, 0, 0)),
        )
        for one in ran
    ]
    credited = Course.objects.credited().filter(finished_on__range=(first, last))
    courses = credited.aggregate(people=Count("work__case", distinct=True))["people"]
    whole = Done(**worked.aggregate(**_counts(first, last)))
    return benefit_sheet(rows, whole, courses, _skills(worked), organisation, today)


def _worked(first, last):
    there = Attendance.objects.filter(came__in=ATTENDED, credited_minutes__gt=0)
    return there.filter(session__on__range=(first, last))


def _sums(worked, first, last):
    return worked.values("session__project").annotate(**_counts(first, last)).order_by()


def _counts(first, last):
    completed = Q(work__state=WorkState.COMPLETED, work__completed_on__range=(first, last))
    return {
        "people": Count("case", distinct=True),
        "minutes": Sum("credited_minutes", default=0),
        "finished": Count("case", distinct=True, filter=completed),
    }


def _skills(worked):
    """Those that most people practised, and that no fewer than are told of."""
    people: Counter = Counter()
    pairs = {(case, code) for case, codes in worked.values_list("case", "skills") for code in codes}
    people.update(code for _, code in pairs)
    ranked = sorted(people.items(), key=lambda one: (-one[1], one[0]))
    return [Skill(code).title for code, count in ranked if count >= FEWEST][:MOST_SKILLS]
