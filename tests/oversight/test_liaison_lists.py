"""What is to be told, and who asks to travel, across cases: equal to the truth, as far as the reader reaches, in few statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Limit
from cases.reference.codes import Register
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import (
    AbsenceFactory,
    CaseFactory,
    RegistrationFactory,
    SentenceFactory,
    TravelFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
VICTIMS, TRAVELS = "victim-liaison-list", "travels"


@pytest.fixture
def senior():
    return UserFactory(role=Role.SPO)


def supervised(**columns):
    case = CaseFactory(**columns)
    SentenceFactory(case=case)
    return case


def listed(client, user, page, **asked):
    client.force_login(user)
    return words(client.get(reverse(page), asked))


def test_an_officer_reads_their_own_and_covered_cases_and_a_senior_the_team(client, senior):
    mine, other = supervised(team=senior.team), supervised(team=senior.team)
    far = supervised()
    for case in (mine, other, far):
        VictimNoticeFactory(case=case, raised_at=now() - 9 * DAY)
    AbsenceFactory(
        user=other.officer, cover=mine.officer, from_on=localdate(), to_on=localdate() + DAY
    )

    own = listed(client, mine.officer, VICTIMS)
    team = listed(client, senior, VICTIMS)

    assert [one.crn in own for one in (mine, other, far)] == [True, True, False]
    assert [one.crn in team for one in (mine, other, far)] == [True, True, False]
    assert "2 things to tell" in team
    assert "working days late" in team


def test_what_is_answered_is_not_listed_and_who_has_nobody_named_is(client, senior):
    case, named = supervised(team=senior.team), supervised(team=senior.team)
    for one in (case, named):
        RegistrationFactory(case=one, type_code=Register.VICTIM_CONTACT)
    VictimLiaisonFactory(case=named)
    VictimNoticeFactory(case=named, answered_at=now(), said="They told us first")

    assert named.crn not in listed(client, senior, VICTIMS)
    nobody = listed(client, senior, VICTIMS, show="nobody")

    assert case.crn in nobody
    assert named.crn not in nobody


def test_travel_to_decide_and_who_is_away_are_two_lists_and_nobody_decides_their_own(
    client, senior
):
    case, mine, away = (supervised(team=senior.team) for _ in range(3))
    to_decide = TravelFactory(case=case, from_on=localdate() + DAY, to_on=localdate() + 2 * DAY)
    own = TravelFactory(case=mine, asked_by=senior)
    granted = {"state": "granted", "decided_at": now(), "decided_by": senior, "because": "Right"}
    TravelFactory(case=away, from_on=localdate() - 9 * DAY, to_on=localdate() - 6 * DAY, **granted)

    asked = listed(client, senior, TRAVELS)
    gone = listed(client, senior, TRAVELS, show="away")

    assert reverse("decide-travel-abroad", args=[case.crn, to_decide.pk]) in asked
    assert reverse("decide-travel-abroad", args=[mine.crn, own.pk]) not in asked
    assert away.crn not in asked
    assert away.crn in gone
    assert "Seeing them back is" in gone


@pytest.mark.parametrize("page", [TRAVELS, VICTIMS])
def test_a_kept_case_is_a_masked_row_and_no_more(client, senior, page):
    case = supervised(team=senior.team, surname="Qzxwvkjq")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")
    TravelFactory(case=case, where="Qzxwvkjq")
    VictimNoticeFactory(case=case, words="Qzxwvkjq")

    drawn = listed(client, senior, page)

    assert case.crn in drawn
    assert "Pat Lane" in drawn
    assert "Qzxwvkjq" not in drawn


@pytest.mark.parametrize("page", [TRAVELS, VICTIMS])
def test_a_list_takes_as_many_statements_for_many_as_for_few(client, senior, page):
    client.force_login(senior)
    client.get(reverse(page))
    counts = []
    for more in (5, 55):
        for _ in range(more):
            case = supervised(team=senior.team)
            TravelFactory(case=case)
            VictimNoticeFactory(case=case)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(page))
        counts.append(len(asked))

    assert counts[0] == counts[1]
