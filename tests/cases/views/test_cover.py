"""Away and cover: each arranges it as far as they reach, and cover ends by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Absence
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import AbsenceFactory, CaseFactory, UserFactory, limit

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory()


def away_today(user, cover, **days):
    known = {"from_on": localdate(), "to_on": localdate()}
    return AbsenceFactory(user=user, cover=cover, **known | days)


def arrange(client, by, user, cover=None, **given):
    client.force_login(by)
    data = {"user": user.username, "from_on": "today", "to_on": "today"}
    data["cover"] = cover.username if cover else ""
    return client.post(reverse("away-and-cover"), data | given, follow=True)


def test_an_officer_arranges_their_own(client, officer):
    cover = UserFactory()

    page = arrange(client, officer, officer, cover)

    assert Absence.objects.get().cover == cover
    assert f"{cover.name} covers" in words(page)


def test_without_cover_the_page_says_who_hears(client, officer):
    page = arrange(client, officer, officer)

    assert Absence.objects.get().cover is None
    assert "their senior probation officer hears of everything" in words(page)


@pytest.mark.parametrize(
    "role, whose, may",
    [
        (Role.OFFICER, "a colleague", False),
        (Role.SPO, "a colleague", True),
        (Role.SPO, "a stranger", False),
        (Role.HEAD, "a stranger", True),
    ],
)
def test_each_arranges_as_far_as_they_reach(client, role, whose, may):
    by = UserFactory(role=role)
    user = UserFactory(team=by.team) if whose == "a colleague" else UserFactory()

    arrange(client, by, user)

    assert Absence.objects.exists() is may


def test_what_is_refused_says_why_and_keeps_what_was_typed(client, officer):
    cover = UserFactory()
    away_today(cover, None)

    page = arrange(client, officer, officer, cover)

    assert f"{cover.name} is away" in words(page)
    assert not Absence.objects.filter(user=officer).exists()


def test_an_officer_chooses_among_their_own_team_first_and_never_themselves(client, officer):
    stranger = UserFactory(last_name="Aaron")
    colleague = UserFactory(last_name="Zane", team=officer.team)
    client.force_login(officer)

    offered = client.get(reverse("away-and-cover")).context["form"].fields["cover"].choices

    assert [code for code, _ in offered] == ["", colleague.username, stranger.username]


def test_a_senior_is_refused_an_officer_as_their_own_cover(client, officer):
    senior = UserFactory(role=Role.SPO, team=officer.team)

    page = arrange(client, senior, officer, officer)

    assert f"{officer.name} cannot cover for themselves" in words(page)
    assert not Absence.objects.exists()


@pytest.mark.parametrize("by, status", [("themselves", 200), ("a stranger", 404)])
def test_only_those_within_reach_are_called_back(client, officer, by, status):
    absence = away_today(officer, UserFactory())
    client.force_login(officer if by == "themselves" else UserFactory())

    answer = client.post(reverse("cancel-absence", args=[absence.pk]), follow=True)

    assert answer.status_code == status
    assert Absence.objects.filter(cancelled_on=None).exists() is (status == 404)


def test_a_senior_covering_for_another_arranges_for_that_team_too(client):
    senior, other = UserFactory(role=Role.SPO), UserFactory(role=Role.SPO)
    away_today(other, senior)

    arrange(client, senior, UserFactory(team=other.team))

    assert Absence.objects.count() == 2


# What cover opens


def test_cover_opens_the_case_its_page_its_lists_its_search_and_the_api(client, officer):
    case = CaseFactory(surname="Qzxwvkjq")
    away_today(case.officer, officer)
    client.force_login(officer)

    for address in (
        reverse("case", args=[case.crn]),
        reverse("case-information", args=[case.crn]),
        reverse("api-case", args=[case.crn]),
    ):
        assert client.get(address).status_code == 200
    found = client.post(reverse("search"), {"q": "Qzxwvkjq"}, follow=True)
    assert reverse("case", args=[case.crn]) in words(found)
    assert case.crn in words(client.get(reverse("api-cases")))


def test_cover_opens_nothing_the_day_before_nor_the_day_after(client, officer):
    day = timedelta(days=1)
    for offset in (-day, day):
        case = CaseFactory()
        on = localdate() + offset
        away_today(case.officer, officer, from_on=on, to_on=on)
        client.force_login(officer)

        assert client.get(reverse("case", args=[case.crn])).status_code == 404


def test_cover_is_shut_out_of_a_case_of_limited_access(client, officer):
    case = CaseFactory()
    limit(case, restricted=True, let_in=[case.officer])
    away_today(case.officer, officer)
    client.force_login(officer)

    answer = client.get(reverse("case", args=[case.crn]))

    assert answer.status_code == 403
    assert "This case is limited." in words(answer)


def test_the_page_says_for_whom_one_covers_today(client, officer):
    absent = UserFactory()
    away_today(absent, officer)
    client.force_login(officer)

    assert f"You cover today for {absent.name}." in words(client.get(reverse("away-and-cover")))


def test_the_account_leads_to_it_for_those_who_arrange_cover(client):
    link = reverse("away-and-cover")
    for role, shown in ((Role.OFFICER, True), (Role.MENTOR, False)):
        client.force_login(UserFactory(role=role))

        assert (link in words(client.get(reverse("account")))) is shown


def test_the_team_board_says_who_is_away_today_and_who_covers(client):
    senior, cover = UserFactory(role=Role.SPO), UserFactory()
    absent = UserFactory(team=senior.team)
    away_today(absent, cover)
    away_today(UserFactory(), None)
    client.force_login(senior)

    (row,) = client.get(reverse("team-board")).context["away"]

    assert (row.who, row.cover) == (absent.name, cover.name)


def test_those_whose_cover_is_away_or_has_left_are_covered_by_nobody():
    covered, alone, cover_away, cover_left = (UserFactory() for _ in range(4))
    away_today(covered, UserFactory())
    away_today(alone, None)
    away_today(cover_away, alone)
    away_today(cover_left, UserFactory(is_active=False))

    found = Absence.objects.uncovered(localdate()).values_list("user", flat=True)

    assert set(found) == {alone.pk, cover_away.pk, cover_left.pk}
