"""Officers with cases that weigh something, and what is recorded of them, for the tests of workload."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.timezone import localdate, make_aware

from cases.reference.codes import ContactLevel, Place
from oversight.models import ContractHours, TrainingDone, WorkloadWeek
from oversight.queries.workload import monday_of
from staff.permissions import Role
from tests.factories import CaseFactory, SentenceFactory, StandingFactory, UserFactory

LONG_AGO = date(2015, 3, 2)


def an_officer(team, **given):
    return UserFactory(role=Role.OFFICER, team=team, **({"grade": "po"} | given))


def a_case(officer, group="M50", level=ContactLevel.FORTNIGHTLY, **given):
    """Placed in that group, under a community order that runs."""
    case = CaseFactory(officer=officer, team=officer.team, **given)
    today = localdate()
    SentenceFactory(
        case=case, started_on=today - timedelta(days=200), convicted_on=today - timedelta(days=200),
        expected_end_on=today + timedelta(days=200),
    )  # fmt: skip
    StandingFactory(case=case, place=Place.GROUP, group=group, needs="", contact_level=level)
    return case


def contract(officer, hours="37", by=None, from_on=LONG_AGO, **given):
    return ContractHours.objects.create(
        user=officer, hours=Decimal(hours), from_on=from_on, recorded_by=by or UserFactory(),
        recorded_at=an_hour(from_on), **given,
    )  # fmt: skip


def training(officer, kind="domestic_abuse", by=None, done_on=LONG_AGO, **given):
    return TrainingDone.objects.create(
        user=officer, kind=kind, done_on=done_on, recorded_by=by or UserFactory(),
        recorded_at=an_hour(done_on), **given,
    )  # fmt: skip


def a_week(officer, percent="120", weeks_ago=0):
    week = monday_of(localdate()) - timedelta(weeks=weeks_ago)
    return WorkloadWeek.objects.create(
        user=officer, week=week, points=2400, available=2000, percent=Decimal(percent), cases=30,
        policy_version=1, kept_at=an_hour(week),
    )  # fmt: skip


def an_hour(day):
    return make_aware(datetime.combine(day, time(9)))
