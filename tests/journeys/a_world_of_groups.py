"""Groups as journeys find them: made by the services beside the demonstration's own, and by rows where no service can.

Everybody here is made for it, so that whom journeys meet does not hang on what the demonstration holds.
"""

import json
import re
from datetime import timedelta

from django.utils.timezone import localdate, localtime, now

from cases.models import Place, PostcodePoint
from cases.reference.codes import Sex
from grid.management.demo.group_plans import HALL
from grid.models import LeaderTraining
from grid.rules.series import Weekly
from grid.services.series import plan_series
from staff.models import User
from staff.permissions import Role
from tests.factories import AddressFactory, CaseFactory, PersonFactory, RequirementFactory
from tests.grid.a_group_session import a_series, a_session, join, leader
from tests.grid.a_place import is_free
from tests.grid.a_referral import a_man, proposed_to, referral_of
from tests.grid.a_series import SIX

MAKE = """
import json
from tests.journeys.a_world_of_groups import {what}
print("GROUPS", json.dumps({what}()))
"""
AMENDS, SKILL = "making_amends", "Making Amends"
HOME, EASTING, NORTHING = "SL1 9XZ", 497600, 180400  # a mile from the hall
WEDNESDAY = 2
LONG_NAME = ("Featherstonehaugh-Cholmondeley", "Maximilian")
EXPECTED = (("Alder", "Kim"), ("Birch", "Noel"), LONG_NAME, ("Hazel", "Tom"), ("Rowan", "Pat"), ("Yew", "Sam"))  # fmt: skip
LASTS = timedelta(hours=2)


def make(site, what):
    """What there is to be met, by what it is. `what`: a function of this module."""
    printed = site.begin_with(MAKE.format(what=what))
    return json.loads(re.search(r"GROUPS (\{.*\})", printed)[1])


def somebody_in_work():
    """A man of the officer's who lives near the hall, to whom Making Amends is proposed today."""
    case = _near_the_hall("Marsh", "Dean")
    return {"crn": case.crn, "code": proposed_to(case, localdate()).code}


def men_who_wait():
    """Enough for a series of Making Amends, free at every hour."""
    cases = [_near_the_hall(*name) for name in EXPECTED]
    for case in cases:
        is_free(case)
        referral_of(case, on=localdate())
    return {"people": [one.crn for one in cases]}


def _near_the_hall(surname, forename):
    """Somebody of the officer's whom Making Amends suits."""
    today, officer = localdate(), User.objects.get(username=Role.OFFICER)
    began = today - timedelta(days=11)
    case = a_man(
        today, surname=surname, forename=forename, officer=officer, team=officer.team,
        arrived_on=began, officer_since=began,
    )  # fmt: skip
    case.registrations.update(started_on=began)
    case.assessments.update(completed_on=began)
    PersonFactory(case=case)
    AddressFactory(case=case, postcode=HOME, from_on=today - timedelta(days=400))
    PostcodePoint.objects.get_or_create(
        postcode=HOME.replace(" ", ""), defaults={"easting": EASTING, "northing": NORTHING}
    )
    return case


def an_evening_series():
    """Six Wednesday evenings at the hall, from the week after next. Returns its key and the day of its first session."""
    hall, head = Place.objects.get(name=HALL), User.objects.get(username=Role.HEAD)
    leads = leader("Fern Pool")
    LeaderTraining.objects.create(
        user=leads, skill=SKILL, from_on=localdate() - timedelta(days=300), recorded_at=now(), recorded_by=head
    )  # fmt: skip
    series = plan_series(
        code=AMENDS, place=hall, room=hall.rooms.get(), first_on=localdate() + timedelta(days=10),
        weekly=[Weekly(WEDNESDAY, SIX)], places=8, leaders=[leads], women_only=False, note="", by=head, now=now(),
    )  # fmt: skip
    first = series.sessions.earliest("number")
    return {"series": series.pk, "first": localtime(first.starts_at).date().isoformat()}


def a_group_today():
    """A session of Making Amends that was held today, a minute after midnight: the officer's people, led by the facilitator."""
    officer, leads = (User.objects.get(username=role) for role in (Role.OFFICER, Role.FACILITATOR))
    today = localtime()
    began = today.replace(hour=0, minute=1, second=0, microsecond=0)
    series = a_series(place=Place.objects.get(name="Oxford office"), room=False)
    session = a_session(people=0, series=series, by=leads, starts_at=began)
    type(session).objects.filter(pk=session.pk).update(ends_at=min(began + LASTS, now()))
    session.refresh_from_db()
    people = [_expected(session, officer, *name) for name in EXPECTED]
    return {"session": session.pk, "series": series.pk, "people": [one.crn for one in people]}


def _expected(session, officer, surname, forename):
    today = localdate()
    case = CaseFactory(
        surname=surname, forename=forename, sex=Sex.MALE, officer=officer, team=officer.team,
        arrived_on=today - timedelta(days=60), officer_since=today - timedelta(days=60),
    )  # fmt: skip
    PersonFactory(case=case)
    RequirementFactory(
        sentence__case=case,
        sentence__started_on=today - timedelta(days=60),
        sentence__expected_end_on=today + timedelta(days=300),
        length=20,
        length_unit="Days",
    )
    join(session, case)
    return case
