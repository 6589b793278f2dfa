"""Series as tests plan them in the database: Making Amends at Oxford on Tuesday evenings of October 2018, six of them.

The terms are those of the first policy: six sessions of two hours, one a week, four to twelve places, one to lead it.
"""

from datetime import date, datetime, time, timedelta

from grid.models import LeaderTraining, Referral, Room, SeriesPlace
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import Hook
from grid.rules.series import Weekly
from grid.rules.sessions import LONDON
from grid.services.series import plan_series
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    OpeningHoursFactory,
    PlaceFactory,
    RequirementFactory,
    UserFactory,
)

NOW = datetime(2018, 9, 3, 9, tzinfo=LONDON)  # a Monday
FIRST = date(2018, 10, 2)  # a Tuesday
SIX, EIGHT = time(18), time(20)
TUESDAY = Weekly(1, SIX)
AMENDS, THINKING, HEAL = "making_amends", "thinking_skills_programme", "heal"
TUESDAYS = [FIRST + timedelta(weeks=week) for week in range(6)]


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), LONDON)


def oxford(**known):
    """The Oxford office, open from 7am to 10pm on every day."""
    place = PlaceFactory(**{"name": "Oxford office"} | known)
    if not place.hours.exists():
        for weekday in range(7):
            OpeningHoursFactory(place=place, weekday=weekday, from_at=time(7), to_at=time(22))
    return place


def room_at(place, name="Room 1", holds=14):
    return Room.objects.create(place=place, name=name, holds=holds)


def facilitator(name="Fran Field", *, skill="Making Amends", **known):
    """Somebody who leads groups, trained for this since 2017; blank: for nothing."""
    first, last = name.split(" ", 1)
    user = UserFactory(role=Role.FACILITATOR, first_name=first, last_name=last, **known)
    if skill:
        LeaderTraining.objects.create(
            user=user, skill=skill, from_on=date(2017, 1, 1), recorded_at=NOW, recorded_by=user
        )
    return user


def planned(**changes):
    """Six Tuesday evenings from 2 October, with eight places, in a room that holds fourteen, led by one."""
    place = changes.pop("place", None) or oxford()
    asked = {
        "code": AMENDS,
        "place": place,
        "room": changes.pop("room") if "room" in changes else room_at(place),
        "first_on": FIRST,
        "weekly": [TUESDAY],
        "places": 8,
        "leaders": changes.pop("leaders") if "leaders" in changes else [facilitator()],
        "women_only": False,
        "note": "",
        "by": changes.pop("by", None) or UserFactory(role=Role.FACILITATOR),
        "now": NOW,
    }
    return plan_series(**asked | changes)


def sessions_of(series):
    """The rows that stand, in order."""
    return list(series.sessions.standing().order_by("number"))


def days_of(series):
    return [one.starts_at.astimezone(LONDON).date() for one in sessions_of(series)]


def waits(case, code=AMENDS, hook=Hook.RAR):
    """Somebody on the waiting list since the end of August."""
    return Referral.objects.create(
        case=case,
        code=code,
        hook=hook,
        state=ReferralState.ACCEPTED,
        proposed_on=date(2018, 8, 27),
        because="It suits them.",
        policy_version=1,
        answered_at=NOW,
        answered_by=case.officer or UserFactory(),
        waiting_since=date(2018, 8, 28),
    )


def on_an_order(ends_on, **known):
    """Somebody with a RAR of an order that ends on that day."""
    case = CaseFactory(**known)
    RequirementFactory(sentence__case=case, sentence__supervision_end_on=ends_on)
    return case


def member(series, case, state=PlaceState.TAKEN, **known):
    """A place in it, as a row: without the appointments."""
    return SeriesPlace.objects.create(
        series=series,
        referral=known.pop("referral", None) or waits(case, series.code),
        case=case,
        begins_with=1,
        state=state,
        given_at=NOW,
        given_by=series.planned_by,
        **known,
    )
