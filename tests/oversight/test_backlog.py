"""The backlog of imported cases: worst harm first, so many a week, and never a case kept from the reader."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Enquiry
from cases.reference.codes import Rosh
from staff.permissions import Role
from tests.factories import CaseFactory, StandingFactory, TeamFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
PAGE = reverse("backlog")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def imported(team, harm="", concern=False):
    case = CaseFactory(team=team, imported=True)
    StandingFactory(case=case, harm=harm, concern=concern)
    return case


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def test_the_worst_stand_first_and_what_is_not_assessed_above_low(client, spo, team):
    low, unknown = imported(team, Rosh.LOW), imported(team)
    high, concern = imported(team, Rosh.HIGH), imported(team, Rosh.LOW, concern=True)
    imported(TeamFactory(), Rosh.VERY_HIGH)
    CaseFactory(team=team)

    assert crns(client.get(PAGE)) == [case.crn for case in (concern, high, unknown, low)]


def test_those_chosen_are_taken_up_and_the_page_says_what_happens_next(client, spo, team):
    chosen, left = imported(team), imported(team)

    answer = client.post(PAGE, {"crns": [chosen.crn]}, follow=True)

    assert crns(answer) == [left.crn]
    assert "1 person is taken up." in answer.content.decode()
    chosen.refresh_from_db()
    assert chosen.taken_up_on == localdate()
    assert Enquiry.objects.filter(case=chosen).exists()
    assert not Enquiry.objects.filter(case=left).exists()


def test_no_more_are_taken_up_than_the_measure_of_the_week(client, spo, team):
    made = [imported(team).crn for _ in range(12)]

    first = client.post(PAGE, {"crns": made}, follow=True)
    second = client.post(PAGE, {"crns": crns(first)[:1]})

    assert "leaves 2 of those chosen for later" in first.content.decode()
    assert Case.objects.exclude(taken_up_on=None).count() == 10
    assert "has taken up its 10 imported cases of this week" in second.content.decode()
    assert second.context["chosen"] == crns(first)[:1]


def test_choosing_nobody_says_what_to_do(client, spo, team):
    imported(team)

    answer = client.post(PAGE, {})

    assert answer.status_code == 200
    assert "Choose at least one person to take up" in answer.content.decode()
    assert 'id="id_crns"' in answer.content.decode()


def test_a_case_of_limited_access_is_masked_and_cannot_be_chosen(client, spo, team):
    kept = imported(team)
    limit(kept, restricted=True)

    page = client.get(PAGE)
    answer = client.post(PAGE, {"crns": [kept.crn]})

    assert crns(page) == []
    assert "This case is limited." in page.content.decode()
    assert answer.context["form"].errors
    kept.refresh_from_db()
    assert kept.taken_up_on is None


def test_a_senior_cannot_ask_for_another_teams_and_a_head_can(client, spo, team):
    other = TeamFactory()
    case = imported(other)

    refused = client.get(PAGE, {"team": other.code})
    client.post(f"{PAGE}?team={other.code}", {"crns": [case.crn]})
    untouched = Case.objects.get(pk=case.pk).taken_up_on
    client.force_login(UserFactory(role=Role.HEAD))
    shown = client.get(PAGE, {"team": other.code})

    assert crns(refused) == []
    assert untouched is None
    assert crns(shown) == [case.crn]


def test_following_next_shows_everybody_once(client, spo, team, monkeypatch):
    monkeypatch.setattr("oversight.views.backlog.SIZE", 2)
    made = [imported(team).crn for _ in range(5)]

    seen, address = [], PAGE
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert sorted(seen) == sorted(made)


def test_sixty_people_take_no_more_statements_than_five(
    client, spo, team, monkeypatch, django_assert_num_queries, django_assert_max_num_queries
):
    monkeypatch.setattr("oversight.views.backlog.SIZE", 100)
    for _ in range(5):
        imported(team)
    with django_assert_max_num_queries(14) as at_five:
        client.get(PAGE)

    for _ in range(55):
        imported(team)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)
