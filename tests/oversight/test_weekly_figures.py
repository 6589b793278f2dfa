"""The figures of the week: to whoever asked, once, on the first working morning; numbers and links that hold, and no name."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import JobRun, Message
from oversight.models import WeeklyFigures
from oversight.services.saved_views import ask_for_figures
from oversight.services.weekly_figures import run_week, write_weekly_figures
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    AbsenceFactory,
    CaseFactory,
    DeadlineFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2018, 10, 15)
TODAY = localdate()


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


@pytest.fixture
def spo(team):
    return UserFactory(role=Role.SPO, team=team, email="spo@crc.example")


def asked(user):
    ask_for_figures(by=user, wanted=True, now=now())
    return user


def late(team, **columns):
    case = CaseFactory(team=team, surname="Hidden", **columns)
    due = {"triggered_on": TODAY - timedelta(days=30), "due_on": TODAY - timedelta(days=2)}
    return DeadlineFactory(case=case, kind="interim_plan", **due).case


def write(size=20):
    step, after, written = write_weekly_figures(today=TODAY, now=now(), size=size), 0, 0
    while after is not None:
        after, counts = step(after)
        written += counts["written"]
    return written


def morning(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=get_current_timezone())


def test_whoever_asked_is_told_numbers_and_where_each_list_is(client, spo, team):
    asked(spo)
    cases = [late(team), late(team)]
    late(TeamFactory())

    write()

    message = Message.objects.get()
    assert (message.user, message.address, message.kind) == (spo, spo.email, "digest")
    assert message.subject == "The figures of your team this week"
    assert "Somebody could be hurt: 2 of 2 things owed of that kind" in message.body
    for case in cases:
        assert case.crn not in message.body
        assert case.surname not in message.body + message.subject
    assert "{" not in message.body
    client.force_login(spo)
    links = re.findall(r"https?://[^/\s]+(/\S+)", message.body)
    assert len(links) > 2
    for link in links:
        assert client.get(link).status_code == 200
    lists = [link for link in links if link.startswith(reverse("team-owed"))]
    assert [client.get(link).context["shown"] for link in lists] == ["2 things"]


def test_a_head_is_told_of_every_team(team):
    head = asked(UserFactory(role=Role.HEAD, email="head@crc.example"))
    late(team)
    late(TeamFactory())

    write()

    assert "Somebody could be hurt: 2 of 2" in Message.objects.get(user=head).body


def test_nobody_is_written_to_who_did_not_ask_or_is_away_or_sees_no_board(spo, team):
    late(team)
    assert write() == 0
    asked(spo)
    AbsenceFactory(user=spo, from_on=TODAY, to_on=TODAY)
    gone = asked(UserFactory(role=Role.SPO, team=team, email="gone@crc.example"))
    gone.is_active = False
    gone.save()
    moved = asked(UserFactory(role=Role.SPO, team=team, email="moved@crc.example"))
    moved.role = Role.OFFICER
    moved.save()

    assert write() == 0


def test_a_case_of_limited_access_is_in_no_number(spo, team):
    asked(spo)
    limit(late(team), restricted=True)

    write()

    assert "could be hurt" not in Message.objects.get().body


@pytest.mark.parametrize("size", [1, 2, 20])
def test_they_come_once_whatever_runs_twice_and_however_many_at_a_time(team, size):
    for n in range(3):
        asked(UserFactory(role=Role.SPO, team=team, email=f"{n}@crc.example"))

    assert write(size) == 3
    write(size)
    assert Message.objects.count() == 3


def test_they_come_on_the_first_working_morning_of_the_week_alone(spo):
    asked(spo)
    for days in range(7):
        run_week(now=morning(MONDAY + timedelta(days=days)))
    run_week(now=morning(MONDAY, hour=3))
    assert list(JobRun.objects.values_list("slot", flat=True)) == ["2018-10-15"]
    assert Message.objects.count() == 1

    for days in (0, 1, 2):  # the Monday is a bank holiday
        run_week(now=morning(date(2018, 12, 31) + timedelta(days=days)))
    run_week(now=morning(date(2018, 8, 27)))
    run_week(now=morning(date(2018, 8, 28)))
    assert Message.objects.filter(key__endswith="2018-08-28").count() == 1


def test_it_is_asked_for_and_stopped_by_a_button(client, spo):
    client.force_login(spo)
    here = reverse("weekly-figures")

    client.post(here, {"wanted": "1"})
    client.post(here, {"wanted": "1"})
    assert WeeklyFigures.objects.get().user == spo
    assert client.get(reverse("saved-views")).context["wanted"]
    client.post(here, {"wanted": "0"})

    assert not WeeklyFigures.objects.exists()


def test_without_an_address_or_a_board_it_cannot_be_asked_for(team):
    for user in (UserFactory(role=Role.SPO, team=team), UserFactory(email="a@crc.example")):
        with pytest.raises(RuleBroken):
            asked(user)
