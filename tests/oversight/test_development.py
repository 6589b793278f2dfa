"""Training, induction and development of officers: their page, My work, the agenda, and who may read them."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.services.policy import supervision_policy
from oversight.models import OfficerInduction
from oversight.queries.agenda import agenda_for
from oversight.queries.development import development_rows
from oversight.queries.officers import officers_to_read
from oversight.reference.supervision import Topic
from staff.kit import on
from staff.permissions import Role
from tests.factories import NOW, RegistrationFactory, UserFactory, limit
from tests.oversight.an_officer import a_case, an_officer, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(team):
    return an_officer(team)


def day(days):
    return localdate() + timedelta(days=days)


def induction(officer, supporter=None):
    return OfficerInduction.objects.create(
        user=officer, from_on=day(-30), to_on=day(30), supporter=supporter, recorded_by=UserFactory(),
        recorded_at=NOW,
    )  # fmt: skip


def see(client, user, name, *args, **asked):
    client.force_login(user)
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def agenda(officer, reader):
    found = agenda_for(officer, reader, localdate(), supervision_policy(localdate()))
    return {one.topic: (one.count, one.crns) for one in (*found.strengths, *found.red)}


def test_the_page_says_what_counts_until_when_and_what_is_to_be_arranged(client, team, senior):
    first = an_officer(team, last_name="Abel")
    last = an_officer(team, last_name="Young")
    training(first, expires_on=day(-1))
    training(first, kind="child", expires_on=day(400))
    training(first, kind="motivation")
    for kind in ("domestic_abuse", "child"):
        training(last, kind=kind)
    induction(last, supporter=senior)

    page = see(client, senior, "team-training")

    assert page.index(first.name) < page.index(last.name)
    assert "Something is to be arranged for 1 of them." in page
    assert re.search(r"Expired\s*</strong>\s*" + on(day(-1)), page)
    assert f"Until {on(day(30))}, with somebody to support them" in page
    assert "Motivational interviewing: Does not expire" in page
    assert reverse("record-known", args=[first.pk, "training"]) in page
    arranged = see(client, senior, "team-training", show="arrange")
    assert first.name in arranged
    assert last.name not in arranged


def test_how_many_of_their_cases_ask_for_it_is_said_of_those_open_to_the_reader(client, officer, senior):  # fmt: skip
    for code in ("ADVP", "IMAR", "RCPR"):
        RegistrationFactory(case=a_case(officer), type_code=code)
    kept = a_case(officer)
    RegistrationFactory(case=kept, type_code="ADVP")
    limit(kept, kept_out=[senior])

    page = see(client, senior, "team-training")

    assert "2 cases ask for it" in page
    assert "1 case asks for it" in page
    assert "3 cases ask for it" in see(client, officer, "team-training")


def test_where_nothing_is_to_be_arranged_that_is_said(client, officer, senior):
    for kind in ("domestic_abuse", "child"):
        training(officer, kind=kind)

    assert "Nothing is to be arranged" in see(client, senior, "team-training", show="arrange")
    assert "Nothing is to be arranged" in see(client, officer, "officer-supervision", officer.pk)


def test_an_officer_sees_their_own_row_alone_and_records_nothing(client, officer, team):
    other = an_officer(team)

    page = see(client, officer, "team-training")

    assert other.name not in page
    assert "Record training" not in page


def test_it_is_said_on_my_work_before_it_runs_out(client, officer, senior):
    assert "Your training in" not in see(client, officer, "my-work")
    training(officer, expires_on=day(20))

    assert "Your training in domestic abuse: expires on" in see(client, officer, "my-work")
    page = see(client, senior, "my-work")
    assert "1 officer whose training runs out" in page
    assert f"{reverse('team-training')}?show=arrange" in page


def test_whoever_works_here_no_longer_supports_nobody(client, officer, team, senior):
    gone = UserFactory(team=team)
    induction(officer, supporter=gone)
    assert "with somebody to support them" in see(client, senior, "team-training")

    gone.is_active = False
    gone.save()

    assert "nobody is named to support them" in see(client, senior, "team-training")
    assert agenda(officer, senior) == {Topic.UNSUPPORTED: (1, ())}


def test_a_team_that_is_not_there_lists_nobody_and_says_so(client, officer, senior):
    page = see(client, senior, "team-training", team="nowhere")

    assert officer.name not in page
    assert "There is a problem" in page
    alone = an_officer(None)
    assert alone.name in see(client, alone, "team-training")


def test_it_stands_on_the_agenda(officer, senior):
    asks = a_case(officer)
    RegistrationFactory(case=asks, type_code="ADVP")
    RegistrationFactory(case=asks, type_code="IMAR")
    training(officer, expires_on=day(-3))
    training(officer, kind="child")
    induction(officer)

    found = agenda(officer, senior)

    assert found == {
        Topic.UNTRAINED: (1, (asks.crn,)),
        Topic.RUNS_OUT: (1, ()),
        Topic.UNSUPPORTED: (1, ()),
    }


def test_training_done_since_the_last_supervision_is_a_strength(officer, senior):
    asks = a_case(officer)
    RegistrationFactory(case=asks, type_code="ADVP")
    assert Topic.UNTRAINED in agenda(officer, senior)

    training(officer, done_on=day(-2))

    assert agenda(officer, senior) == {Topic.LEARNT: (1, ())}


def test_a_case_kept_from_the_reader_is_not_on_the_agenda_for_what_it_asks(officer, senior):
    kept = a_case(officer)
    RegistrationFactory(case=kept, type_code="ADVP")
    limit(kept, kept_out=[senior])

    assert Topic.UNTRAINED not in agenda(officer, senior)


def test_the_page_takes_as_many_statements_for_thirty_officers_as_for_three(client, team, senior):
    taken = []
    for more in (3, 27):
        for _ in range(more):
            one = an_officer(team)
            training(one)
            induction(one)
            RegistrationFactory(case=a_case(one))
        with CaptureQueriesContext(connection) as found:
            development_rows(officers_to_read(senior), senior, localdate())
        taken.append(len(found))

    assert taken[0] == taken[1] <= 5  # with whose they are, asked twice


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.QUALITY, 200), (Role.HEAD, 200), (Role.HUB, 403), (Role.COORDINATOR, 403)],
)
def test_whoever_may_not_read_workload_does_not_read_training(client, officer, role, status):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("team-training")).status_code == status


def test_the_api_tells_the_same(officer, senior):
    training(officer, expires_on=day(-1))
    api = APIClient()
    api.force_login(senior)

    (told,) = api.get(reverse("api-team-training")).data

    assert told["officer"] == officer.name
    assert told["training"][0]["title"] == "Domestic abuse"
    assert told["training"][0]["words"].startswith("Expired on")
    assert len(told["to_arrange"]) == 2
