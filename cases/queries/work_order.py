"""The order of My work as columns, so that the database sorts as `cases.rules.ranking` says and a page can begin after a row.

The hour of what has one is read from what it is about, kind by kind: of a row of another kind nothing is looked up.
"""

from django.db.models import Case as Cases
from django.db.models import (
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TimeField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncTime

from cases.models import CourtRequest, HubQuestion, WalkIn
from cases.queries.undecided import undecided
from cases.reference.deadlines import KINDS
from cases.rules import ranking
from cases.rules.ranking import Press
from staff.permissions import Role

# `ranking.place_in_list`
ORDER = ("first", "alone", "press", "day", "hour", "-points", "due_on", "id")
PRESSING = ranking.COULD_HURT_TODAY | ranking.WANTED_BY_AN_HOUR


def late_days(today):
    """The last due date of each step of lateness, the least late first."""
    return [latest for latest, _ in ranking.late_since(today)]


def ranked(owed, reader, today, days=()):
    """With the columns that ORDER sorts by, and whether a senior has yet to decide.

    `days`: `late_days`, where they are handed over to a statement that is worded once.
    """
    steps = zip(days or late_days(today), ranking.OF_LATENESS, strict=True)
    late = [
        When(due_on__lte=latest, then=Value(more)) for latest, (_, more) in reversed(list(steps))
    ]
    of_the_kind = [
        When(kind__in=[code for code, kind in KINDS.items() if kind.harm == harm], then=Value(more))
        for harm, more in ranking.OF_THE_KIND.items()
    ]
    of_the_person = [
        When(case__standing__harm=level, then=Value(more))
        for level, more in ranking.OF_THE_PERSON.items()
    ]
    alone = [
        When(owner_role=owner, then=Value(0))
        for owner in Role
        if ranking.is_theirs_alone(owner, reader)
    ]
    return owed.annotate(
        first=_points([When(kind=ranking.FIRST_OF_ALL, then=Value(0))], otherwise=1),
        alone=_points(alone, otherwise=1),
        press=_points(_pressing(today), otherwise=Press.NONE),
        day=_day(today),
        hour=_hour(today),
        points=_points(of_the_kind)
        + _points(of_the_person, otherwise=ranking.NOT_ASSESSED)
        + _points([When(case__standing__concern=True, then=Value(ranking.CONCERN))])
        + _points(late),
        undecided=undecided(),
    )


def _pressing(today):
    """`ranking.press`"""
    return [
        When(_of(ranking.COULD_HURT_TODAY, today), then=Value(Press.SAFETY)),
        When(_of(ranking.WANTED_BY_AN_HOUR, today), then=Value(Press.HOUR)),
    ]


def _day(today):
    """The day it was due, of what presses."""
    pressing = When(_of(PRESSING, today), then=F("due_on"))
    return Cases(pressing, default=Value(ranking.NO_DAY), output_field=DateField())


def _of(kinds, today):
    """Of one of these kinds, and its day has come."""
    return Q(kind__in=sorted(kinds), due_on__lte=today)


def _hour(today):
    """The hour, by the clock here, of what has one and is due: the first where a case has several."""
    case = OuterRef("case")
    said = {
        "answer_court": (CourtRequest.objects.waiting().filter(case=case), "needed_by"),
        "answer_hub": (HubQuestion.objects.open().filter(deadline__case=case), "until"),
        "see_walk_in": (WalkIn.objects.waiting().filter(case=case), "came_at"),
    }
    hours = [
        When(_of([kind], today), then=Subquery(_first_hour(rows, column)))
        for kind, (rows, column) in said.items()
    ]
    found = Cases(*hours, output_field=TimeField())
    return Coalesce(found, Value(ranking.END_OF_DAY), output_field=TimeField())


def _first_hour(rows, column):
    return rows.order_by(column).values(clock=TruncTime(column))[:1]


def _points(whens, otherwise=0):
    return Cases(*whens, default=Value(otherwise), output_field=IntegerField())
