"""The flags that are up: what the board counts is what this list holds."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Limit
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    FlagFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("flags")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def flag(team, told=Role.SPO, kind="first_ten_days", **columns):
    deadline = DeadlineFactory(case=CaseFactory(team=team), kind=kind)
    return FlagFactory(deadline=deadline, told=told, **columns)


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def test_each_count_of_the_board_opens_its_flags(client, spo, team):
    for told in (Role.HEAD, Role.SPO, Role.SPO, Role.OFFICER):
        flag(team, told)
    flag(team, closed_on=date(2018, 10, 20))
    flag(TeamFactory())

    counts = client.get(reverse("team-board")).context["flags"]

    assert [link.count for link in counts] == [1, 2, 1]
    for link in counts:
        assert len(crns(client.get(link.href))) == link.count


def test_a_concern_comes_first_and_then_the_longest_up(client, spo, team):
    later = flag(team, raised_on=date(2018, 10, 18)).case
    sooner = flag(team, raised_on=date(2018, 10, 17)).case
    concern = flag(team, raised_on=date(2018, 10, 19)).case
    StandingFactory(case=concern, concern=True)

    assert crns(client.get(PAGE)) == [concern.crn, sooner.crn, later.crn]


def test_a_flag_says_why_since_when_and_with_whom_it_is_now(client, spo, team):
    flag(team, climbed_on=date(2018, 10, 22))

    (row,) = client.get(PAGE).context["rows"]

    assert row.what == "Read the record and write the initial risk note"
    assert row.rule == (
        "The initial risk note is late. Raised 16 October 2018, now with the senior probation officer "
        "since 22 October 2018."
    )


@pytest.mark.parametrize("codes", [{"told": "spo"}, {"kind": "place_person"}])
def test_a_filter_leaves_out_what_was_not_asked_for_and_its_chip_brings_it_back(
    client, spo, team, codes
):
    wanted = flag(team, kind="place_person")
    flag(team, Role.HEAD)

    narrowed = client.get(PAGE, codes)

    assert crns(narrowed) == [wanted.case.crn]
    assert len(crns(client.get(narrowed.context["chips"][0].href))) == 2


def test_every_team_can_be_asked_for(client, spo, team):
    flag(team)
    flag(TeamFactory())

    assert len(crns(client.get(PAGE))) == 1
    assert len(crns(client.get(PAGE, {"team": "all"}))) == 2


def test_following_next_shows_every_flag_once(client, spo, team, monkeypatch):
    monkeypatch.setattr("oversight.views.flags.SIZE", 2)
    made = [flag(team).case.crn for _ in range(5)]

    seen, address = [], PAGE
    while address:
        answer = client.get(address)
        seen += crns(answer)
        address = answer.context["next"]

    assert sorted(seen) == sorted(made)


def test_a_case_of_limited_access_is_masked(client, spo, team):
    case = flag(team).case
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    page = client.get(PAGE)

    assert crns(page) == []
    assert "Ask Pat Lane" in page.content.decode()


def test_sixty_flags_take_no_more_statements_than_five(
    client, spo, team, monkeypatch, django_assert_num_queries, django_assert_max_num_queries
):
    monkeypatch.setattr("oversight.views.flags.SIZE", 100)

    def flags(count):
        for _ in range(count):
            case = CaseFactory(team=team)
            enquiry = EnquiryFactory(case=case)
            FlagFactory(deadline=DeadlineFactory(case=case, kind="send_check", enquiry=enquiry))

    flags(5)
    with django_assert_max_num_queries(18) as at_five:
        client.get(PAGE)

    flags(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)
