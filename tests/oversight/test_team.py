"""The team board: every number is what its list holds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Deadline, Limit
from cases.queries.listed import FACTS, listed_rows
from cases.reference.checks import CheckKind
from cases.reference.codes import CaseState, Place
from oversight.queries.team import MOST_WAITING, beside_the_board, cases_of
from staff.permissions import Role
from tests.factories import (
    AssessmentFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    FlagFactory,
    OverrideFactory,
    PlanActionFactory,
    ReadingFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("team-board")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def placed(team, group, **case):
    case = CaseFactory(team=team, **case)
    return StandingFactory(case=case, place=Place.GROUP, group=group, needs="").case


def test_every_number_opens_a_list_of_as_many_people(client, spo, team):
    for group in ("L0", "L0", "MC75", "M90"):
        placed(team, group)
    StandingFactory(case=CaseFactory(team=team))
    CaseFactory(team=team)
    placed(TeamFactory(), "L0")

    matrix = client.get(PAGE).context["matrix"]

    links = [cell for row in matrix.rows for cell in row.cells if cell.count]
    links += [link for link in matrix.beside if link.count]
    assert sum(link.count for link in links) == 6
    for link in links:
        assert len(client.get(link.href).context["rows"]) == link.count


def test_totals_add_up_both_ways_and_open_lists_of_as_many(client, spo, team):
    for group in ("L0", "LC0", "MC75", "MC90"):
        placed(team, group)
    StandingFactory(case=CaseFactory(team=team))
    placed(TeamFactory(), "L0")

    matrix = client.get(PAGE).context["matrix"]

    assert matrix.total == sum(matrix.totals) == sum(row.total for row in matrix.rows) == 4
    totals = [(row.total, row.href) for row in matrix.rows]
    totals += [(total, href) for _, total, href in matrix.feet] + [(matrix.total, matrix.href)]
    assert len([href for _, href in totals if href]) == 7
    for total, href in totals:
        assert bool(total) == bool(href)
        if href:
            page = client.get(href).context
            assert not page["form"].errors
            assert len(page["rows"]) == total


def test_officers_stand_in_the_order_of_their_names_and_nobody_is_ranked(client, spo, team):
    for first, last, overdue in (("Zoe", "Adams", 1), ("Amy", "Young", 3), ("Amy", "Adams", 2)):
        officer = UserFactory(team=team, first_name=first, last_name=last)
        for _ in range(overdue):
            EnquiryFactory(case=CaseFactory(team=team, officer=officer))

    rows = client.get(PAGE).context["checks_rows"]

    assert [name for name, _ in rows] == ["Amy Adams", "Zoe Adams", "Amy Young"]


def test_overdue_checks_are_counted_by_officer_and_kind_and_open_their_list(client, spo, team):
    busy = UserFactory(team=team)
    for kind in (CheckKind.POLICE, CheckKind.POLICE, CheckKind.CHILDREN):
        EnquiryFactory(case=CaseFactory(team=team, officer=busy), kind=kind)
    EnquiryFactory(case=CaseFactory(team=team, officer=None))

    rows = client.get(PAGE).context["checks_rows"]

    assert [(name, [link.count for link in links]) for name, links in rows] == [
        (busy.name, [2, 1, 3]),
        ("No officer", [1, 0, 1]),
    ]
    for _, links in rows:
        for link in links:
            if link.count:
                assert len(client.get(link.href).context["rows"]) == link.count


def test_limited_access_is_a_number_with_no_breakdown(client, spo, team):
    case = placed(team, "MC75", surname="Hidden")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    answer = client.get(PAGE)

    assert answer.context["matrix"].total == 0
    assert [link.count for link in answer.context["matrix"].beside if "Limited" in link.text] == [1]
    assert "Hidden" not in answer.content.decode()
    assert case.crn not in answer.content.decode()


def test_people_without_an_active_sentence_are_not_counted(client, spo, team):
    placed(team, "L0", state=CaseState.CLOSED)

    assert client.get(PAGE).context["matrix"].total == 0


def test_another_team_and_every_team_can_be_asked_for(client, spo, team):
    other = TeamFactory()
    placed(team, "L0")
    placed(other, "L50")

    assert client.get(PAGE, {"team": other.code}).context["matrix"].totals == [0, 1, 0, 0]
    assert client.get(PAGE, {"team": "all"}).context["matrix"].totals == [1, 1, 0, 0]


def test_a_team_that_is_not_there_is_an_error_that_says_so(client, spo):
    answer = client.get(PAGE, {"team": "nowhere"})

    assert answer.status_code == 200
    assert "team" in answer.context["form"].errors


def test_sixty_people_take_no_more_statements_than_five(
    client, spo, team, django_assert_num_queries, django_assert_max_num_queries
):
    def rows(count):
        for _ in range(count):
            EnquiryFactory(case=placed(team, "L0"))

    rows(5)
    with django_assert_max_num_queries(11) as at_five:
        client.get(PAGE)

    rows(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)


def test_a_reader_whose_own_team_holds_no_cases_begins_with_every_team(client, team):
    placed(team, "L0")
    client.force_login(UserFactory(role=Role.HEAD, team=TeamFactory()))

    assert client.get(PAGE).context["matrix"].total == 1


def test_what_only_a_senior_can_do_is_on_the_board_with_where_to_do_it(client, spo, team):
    asked = CaseFactory(team=team)
    DeadlineFactory(
        case=asked, kind="decide_lowering", owner_role=Role.SPO, why="Asked by the officer"
    )
    DeadlineFactory(case=CaseFactory(team=team))
    DeadlineFactory(case=CaseFactory(), kind="decide_lowering", owner_role=Role.SPO)

    waiting = client.get(PAGE).context["waiting"]

    assert [(row.crn, row.what) for row in waiting] == [
        (asked.crn, "Decide a request to lower a placement")
    ]
    assert waiting[0].next.href == reverse("placement", args=[asked.crn])


def owed(case, spo, number):
    """Something only a senior can do, about each thing in turn, due on a day of its own."""
    kind, about = [
        lambda: ("decide_lowering", {}),
        lambda: ("decide_override", {"override": OverrideFactory(assessment=AssessmentFactory(case=case, begun_by=spo), asked_by=spo)}),
        lambda: ("analyse_check", {"enquiry": EnquiryFactory(case=case)}),
        lambda: ("read_information", {"reading": ReadingFactory(case=case)}),
        lambda: ("plan_action", {"action": PlanActionFactory(case=case)}),
    ][number % 5]()  # fmt: skip
    day = localdate() + timedelta(days=number * 7 % 30 - 15)
    late = DeadlineFactory(case=case, kind=kind, owner_role=Role.SPO, triggered_on=day - timedelta(days=60), due_on=day, **about)  # fmt: skip
    if number % 2:
        FlagFactory(deadline=late, case=case, told=Role.SPO)


@pytest.mark.parametrize("whole", [False, True], ids=["team", "every-team"])
@pytest.mark.parametrize("count", [3, MOST_WAITING + 5], ids=["few", "more-than-are-shown"])
def test_what_waits_is_said_as_where_everything_it_may_be_about_is_joined(team, whole, count):
    spo, today = UserFactory(role=Role.SPO, team=team), localdate()
    for number in range(count):
        owed(CaseFactory(team=team), spo, number)
    owed(CaseFactory(team=TeamFactory()), spo, 1)
    kept, closed = CaseFactory(team=team), CaseFactory(team=team, state=CaseState.CLOSED)
    limit(kept, kept_out=[spo])
    for case in (kept, closed):
        owed(case, spo, 0)
    asked = None if whole else team

    plain = Deadline.objects.unmet().filter(owner_role=Role.SPO, case__in=cases_of(spo, asked))
    plain = plain.select_related(*FACTS).order_by("due_on", "pk")[:MOST_WAITING]

    waiting = beside_the_board(spo, asked, today).waiting
    assert waiting == listed_rows(list(plain), spo, today)
    assert len(waiting) == min(count + whole, MOST_WAITING)


def test_what_stands_beside_a_board_is_one_statement_and_three_where_something_waits(
    team, django_assert_num_queries
):
    spo, today = UserFactory(role=Role.SPO, team=team), localdate()
    CaseFactory(team=team)
    beside_the_board(spo, team, today)

    with django_assert_num_queries(1):
        assert beside_the_board(spo, team, today).waiting == []

    for number in range(10):
        owed(CaseFactory(team=team), spo, number)
    with django_assert_num_queries(3):
        assert len(beside_the_board(spo, team, today).waiting) == 10


def test_the_page_of_a_board_takes_as_many_statements_as_it_says(
    client, spo, team, django_assert_num_queries
):
    owed(CaseFactory(team=team), spo, 0)
    client.get(PAGE)

    with django_assert_num_queries(13):
        client.get(PAGE)
