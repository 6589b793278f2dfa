"""People who can come to the groups of `tests.grid.planned_series`: near by, free at all hours, and on the list."""

from datetime import date

from cases.models import NonAssociation, PostcodePoint
from cases.reference.appointments import AskedBy
from grid.models import FreeTime, GroupAttendance, SaidWeek, SeriesPlace
from grid.reference.parts_of_day import PartOfDay
from grid.services.places import give_place, leave_series
from tests.factories import AddressFactory, CaseFactory, RequirementFactory, UserFactory
from tests.grid.planned_series import NOW, waits

ENDS = date(2019, 8, 31)
HOME, OFFICE = "RG1 1AA", "OX1 1AA"


def somebody(*, days=20, ends_on=ENDS, asked=True, **known):
    """On a community order with so many days of a RAR; a few minutes from every office, free at every hour."""
    case = CaseFactory(**known)
    RequirementFactory(
        sentence__case=case,
        sentence__supervision_end_on=ends_on,
        length=days,
        length_unit="Days",
    )
    lives_near(case)
    if asked:
        is_free(case)
    return case


def lives_near(case):
    AddressFactory(case=case, postcode=HOME)
    for code in (HOME, OFFICE):
        PostcodePoint.objects.get_or_create(
            postcode=code.replace(" ", ""), defaults={"easting": 451000, "northing": 206000}
        )


def is_free(case, parts=tuple(PartOfDay), weekdays=range(7)):
    """They said that they can come in these parts of these days."""
    week = SaidWeek.objects.create(
        case=case, by_way_of="bus", said_at=NOW, recorded_by=UserFactory()
    )
    FreeTime.objects.bulk_create(
        FreeTime(week=week, weekday=day, part=part) for day in weekdays for part in parts
    )
    return week


def joins(series, case=None, *, referral=None, seen=(), by=None, now=NOW, **given):
    """A place for somebody who waits for what the series is of."""
    referral = referral or waits(case or somebody(), given.pop("code", series.code))
    by = by or UserFactory()
    return give_place(referral=referral, series=series, seen=seen, by=by, now=now, **given)


def leaves(place, *, because="They moved away.", by=None, now=NOW, asked_by=AskedBy.PERSON):
    return leave_series(
        place=SeriesPlace.objects.get(pk=place.pk),
        because=because,
        by=by or UserFactory(),
        now=now,
        asked_by=asked_by,
    )


def expected(case):
    """Their attendances that stand, in order."""
    rows = GroupAttendance.objects.expected().filter(case=case).order_by("starts_at")
    return list(rows.select_related("appointment__contact", "session"))


def apart(one, other):
    """These two must never meet."""
    first, second = sorted((one, other), key=lambda case: case.pk)
    return NonAssociation.objects.create(
        one=first, other=second, why="A fight in 2017.", from_on=date(2018, 1, 1)
    )
