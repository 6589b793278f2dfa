"""What the rules of staffing are told of whoever may lead: nothing guessed, and nothing of their own series in the way."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.rules.cover import Days
from cases.services.policy import policy
from grid.models import LeaderTraining, SessionLeader
from grid.queries.leaders import leaders_for, leads_between, skills_on
from grid.queries.series import series_as_planned
from grid.rules.intervention_policy import NAME, read_intervention_policy
from grid.rules.staffing import Trained, against, asks_of
from staff.permissions import Role
from tests.factories import (
    AbsenceFactory,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    HomeVisitFactory,
    TeamFactory,
    UserFactory,
)
from tests.grid.planned_series import (
    AMENDS,
    FIRST,
    NOW,
    TUESDAYS,
    at,
    facilitator,
    oxford,
    planned,
    room_at,
    sessions_of,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WEEK = timedelta(weeks=1)
SKILL = "Making Amends"


def found(sessions=(), **known):
    """{name: the Leader}"""
    return {one.name: one for one in leaders_for(sessions, today=TODAY, **known)}


def sessions():
    """Of a series that is planned in the database and led by Al Li."""
    return series_as_planned(planned(leaders=[facilitator("Al Li")])).sessions


def test_facilitators_and_whoever_was_trained_lead_and_closed_accounts_do_not():
    facilitator("Fran Field", skill="")
    officer = UserFactory(role=Role.OFFICER, first_name="Olu", last_name="Ade")
    UserFactory(role=Role.OFFICER, first_name="Not", last_name="Trained")
    facilitator("Gone Away", is_active=False)
    training = LeaderTraining.objects.create(
        user=officer, skill="HEAL", from_on=FIRST, until=FIRST, recorded_at=NOW, recorded_by=officer
    )

    leaders = found()

    assert list(leaders) == ["Fran Field", "Olu Ade"]
    assert leaders["Olu Ade"].trained == (Trained("HEAL", FIRST, FIRST),)
    assert leaders["Fran Field"].trained == ()
    training.delete()
    assert list(found()) == ["Fran Field"]


def test_whoever_leads_a_series_is_among_them_though_their_account_is_closed():
    fran = facilitator()
    series = planned(leaders=[fran])
    fran.is_active = False
    fran.save()

    assert "Fran Field" not in found()
    assert found(series=series)["Fran Field"].active is False


@pytest.mark.parametrize(
    ("sex", "woman"), [("woman", True), ("man", False), ("not_said", None), ("", None)]
)
def test_whether_they_are_a_woman_is_what_they_state_and_never_guessed(sex, woman):
    facilitator(sex=sex)

    assert found()["Fran Field"].woman is woman


def test_leave_that_touches_the_weeks_of_the_sessions_is_told_and_what_was_cancelled_is_not():
    fran = facilitator()
    asked = sessions()
    monday, sunday = date(2018, 10, 1), date(2018, 11, 11)
    for from_on, to_on in (
        (monday - 9 * WEEK, monday),
        (FIRST, FIRST),
        (sunday, sunday + WEEK),
        (sunday + timedelta(days=1), sunday + WEEK),
        (monday - WEEK, monday - timedelta(days=1)),
    ):
        AbsenceFactory(user=fran, cover=None, from_on=from_on, to_on=to_on)
    AbsenceFactory(user=fran, cover=None, from_on=FIRST, to_on=FIRST + WEEK, cancelled_on=TODAY)

    assert found(asked)["Fran Field"].away == (
        Days(monday - 9 * WEEK, monday),
        Days(FIRST, FIRST),
        Days(sunday, sunday + WEEK),
    )


def test_what_takes_their_time_is_other_groups_and_their_own_appointments_in_order():
    fran = facilitator()
    series = planned(leaders=[fran])
    kept = AppointmentFactory(officer=fran, contact__started_at=at(FIRST, 9))
    kept.contact.ended_at = at(FIRST, 10)
    kept.contact.save()
    AppointmentFactory(
        officer=fran, contact__started_at=at(FIRST, 11), called_off_at=NOW, asked_by="service",
        called_off_because="No",
    )  # fmt: skip
    AppointmentFactory(officer=fran, contact__started_at=at(TUESDAYS[5] + WEEK, 9))
    AppointmentFactory(officer=UserFactory(), contact__started_at=at(FIRST, 13))

    busy = found(series_as_planned(series).sessions)["Fran Field"].busy

    assert [(one.starts_at, one.ends_at, one.what) for one in busy[:2]] == [
        (at(FIRST, 9), at(FIRST, 10), "an appointment"),
        (at(FIRST, 18), at(FIRST, 20), "Making Amends"),
    ]
    assert len(busy) == 7
    assert busy[5].starts_at.hour == 18  # by the clock in London, after the clocks went back


def test_sessions_of_the_series_itself_take_nobodys_time_so_that_its_leaders_may_lead_it():
    fran = facilitator()
    series = planned(leaders=[fran])
    asked, kept = series_as_planned(series).sessions, policy(NAME, TODAY)
    asks = asks_of(read_intervention_policy(kept.body, kept.version).terms[AMENDS])

    within = found(asked, series=series)["Fran Field"]
    without = found(asked)["Fran Field"]

    assert [against(within, one, asks) for one in asked] == [[]] * 6
    assert [against(without, one, asks)[0].code for one in asked] == ["busy"] * 6


def test_a_session_that_somebody_else_leads_now_takes_nobodys_time():
    fran = facilitator()
    series = planned(leaders=[fran])
    SessionLeader.objects.filter(user=fran).update(stands=False)

    assert found(series_as_planned(series).sessions)["Fran Field"].busy == ()


def test_a_visit_takes_the_time_of_both_who_go():
    fran, gil = facilitator(), facilitator("Gil Gray")
    visit = HomeVisitFactory(appointment__officer=fran, with_whom=gil)
    contact = visit.appointment.contact
    contact.started_at = at(FIRST, 9)
    contact.save()

    leaders = found(sessions())

    for name in ("Fran Field", "Gil Gray"):
        assert [one.starts_at for one in leaders[name].busy] == [at(FIRST, 9)]


@pytest.mark.parametrize(
    ("code", "hour", "counts"),
    [("", 9, True), ("N01A", 9, True), ("N99Z", 9, False), ("", 0, False)],
)
def test_appointments_brought_in_are_of_whoever_holds_the_case_and_take_an_hour_that_is_known(
    code, hour, counts
):
    """One for which the record gives a day alone takes no hour."""
    officer = facilitator(staff_code="N01A")
    ContactFactory(
        case=CaseFactory(officer=officer), appointment=True, started_at=at(FIRST, hour),
        staff_code=code, outcome_code="",
    )  # fmt: skip

    busy = found(sessions())["Fran Field"].busy

    assert [one.starts_at for one in busy] == ([at(FIRST, hour)] if counts else [])


def test_they_are_here_where_the_place_is_the_office_of_their_team():
    team = TeamFactory()
    facilitator("Hal Here", team=team)
    facilitator("Tom There", team=TeamFactory())
    facilitator("Ned None", team=None)
    place = oxford(team=team)

    assert {name: one.here for name, one in found(place=place).items()} == {
        "Hal Here": True,
        "Tom There": False,
        "Ned None": False,
    }
    place.team = None
    assert not any(one.here for one in found(place=place).values())
    assert not any(one.here for one in found().values())
    series = planned(place=oxford(name="Other office", team=team), leaders=[facilitator()])
    assert found(series=series)["Hal Here"].here


def test_what_they_have_led_is_counted_once_its_register_is_sent():
    fran, gil = facilitator(), facilitator("Gil Gray")
    place = oxford()
    series = planned(place=place, leaders=[fran])
    other = planned(place=place, room=room_at(place, "Room 2"), leaders=[gil])
    for row in (*sessions_of(series)[:2], *sessions_of(other)[:3]):
        row.sent_at, row.sent_by = NOW, fran
        row.save()

    leaders = found(series=series)

    assert (leaders["Fran Field"].led_of_series, leaders["Fran Field"].led) == (2, 2)
    assert (leaders["Gil Gray"].led_of_series, leaders["Gil Gray"].led) == (0, 3)
    assert found(code=AMENDS)["Gil Gray"].led == 3
    assert found(code="heal")["Gil Gray"].led == 0


def test_sessions_that_somebody_is_named_for_are_counted_from_day_to_day():
    fran = facilitator()
    planned(leaders=[fran])

    assert leads_between([fran.pk], TUESDAYS[1], TUESDAYS[3])[fran.pk] == 3
    assert leads_between([fran.pk], TUESDAYS[5] + WEEK, TUESDAYS[5] + WEEK)[fran.pk] == 0


def test_skills_are_those_of_the_policy_each_once():
    skills = skills_on(TODAY)

    assert skills == sorted(set(skills))
    assert {"Making Amends", "Resolve", "HEAL"} <= set(skills)
    assert "" not in skills


def test_sixty_leaders_take_as_many_statements_as_five():
    counts, series = [], planned()
    for rows in (5, 55):
        for n in range(rows):
            user = facilitator(f"Fran {rows}{n}")
            AbsenceFactory(user=user, cover=None, from_on=FIRST, to_on=FIRST)
            AppointmentFactory(officer=user, contact__started_at=at(FIRST, 9))
        asked = series_as_planned(series).sessions
        with CaptureQueriesContext(connection) as queries:
            leaders = leaders_for(asked, series=series, today=TODAY)
        counts.append(len(queries))

    assert len(leaders) >= 60
    assert counts[0] == counts[1] == 8
