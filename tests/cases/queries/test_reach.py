from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.reach import actions_on, actions_on_each
from cases.reference.codes import Capacity
from staff.permissions import Action, Reach, Role, reach
from tests.factories import AbsenceFactory, AssignmentFactory, CaseFactory, UserFactory, limit

pytestmark = pytest.mark.django_db


def away_now(user, cover, **days):
    today = localdate()
    return AbsenceFactory(user=user, cover=cover, **{"from_on": today, "to_on": today} | days)


def cases_at_every_distance(user):
    """The user's own, one assigned to them, one to their team, an ended one, one of a group they lead, one they are to
    meet at the gate, their team's, one of an officer they cover for, one of the team of a senior they cover for, a
    stranger's."""
    yesterday = localdate() - timedelta(days=1)
    assigned, to_team, ended, led, met = (CaseFactory() for _ in range(5))
    AssignmentFactory(case=met, user=user, from_on=yesterday, capacity=Capacity.GATE)
    AssignmentFactory(case=led, user=user, from_on=yesterday, capacity=Capacity.GROUP)
    AssignmentFactory(case=assigned, user=user, from_on=yesterday)
    AssignmentFactory(case=to_team, user=None, team=user.team, from_on=yesterday)
    AssignmentFactory(case=ended, user=user, from_on=yesterday, to_on=yesterday)
    own, of_team = CaseFactory(officer=user), CaseFactory(team=user.team)
    covered, of_covered_team = CaseFactory(), CaseFactory()
    away_now(covered.officer, user)
    away_now(UserFactory(role=Role.SPO, team=of_covered_team.team), user)
    return [
        own,
        assigned,
        to_team,
        ended,
        led,
        met,
        of_team,
        covered,
        of_covered_team,
        CaseFactory(),
        CaseFactory(team=None, officer=None),
    ]


@pytest.mark.parametrize("role", Role)
def test_what_a_page_offers_is_what_the_door_would_let_through(role):
    user = UserFactory(role=role)

    for case in cases_at_every_distance(user):
        open_ = {a for a in Action if Case.objects.open_to(user, a).filter(pk=case.pk).exists()}
        assert actions_on(case, user) == open_


@pytest.mark.parametrize("role, near, statements", [
    (Role.OFFICER, "officer", 0),
    (Role.OFFICER, "team", 2),
    (Role.SPO, "officer", 0),
    (Role.SPO, "team", 0),  # to be assigned to a case of the team brings a senior nothing more
    (Role.SPO, "", 2),
    (Role.HUB, "", 0),  # however far off, the same of every case
    (Role.HEAD, "", 0),
    (Role.FACILITATOR, "", 2),
])  # fmt: skip
def test_nothing_is_asked_where_to_be_nearer_would_bring_nothing(
    role, near, statements, django_assert_num_queries
):
    user = UserFactory(role=role)
    given = {"officer": user, "team": user.team}
    case = CaseFactory(**{near: given[near]} if near else {})

    with django_assert_num_queries(statements):
        actions_on(case, user)


@pytest.mark.parametrize("role", Role)
def test_of_a_case_of_their_own_whose_group_they_lead_they_may_do_what_they_may_of_any_of_their_own(
    role,
):
    user = UserFactory(role=role)
    own, led = CaseFactory(officer=user), CaseFactory(officer=user)
    AssignmentFactory(case=led, user=user, capacity=Capacity.GROUP)

    assert actions_on(led, user) == actions_on(own, user)
    assert actions_on(led, user) == {a for a in Action if led in open_to(user, a)}


def test_somebody_without_a_team_is_not_near_cases_without_one():
    user, case = UserFactory(team=None), CaseFactory(team=None, officer=None, officer_since=None)

    assert Action.VIEW_CASE not in actions_on(case, user)


@pytest.mark.parametrize("role", Role)
def test_what_is_said_of_many_cases_at_once_is_what_is_said_of_each(role):
    user, today = UserFactory(role=role), localdate()
    cases = [*cases_at_every_distance(user), CaseFactory()]
    AbsenceFactory(user=cases[-1].officer, cover=user, from_on=today, to_on=today)

    each = actions_on_each(cases, user)

    assert each == {case.pk: actions_on(case, user) for case in cases}


def test_leading_a_group_brings_an_officer_near_for_the_register_and_for_nothing_else():
    user, case = UserFactory(), CaseFactory()
    before = actions_on(case, user)
    AssignmentFactory(case=case, user=user, capacity=Capacity.GROUP)

    assert actions_on(case, user) - before == {Action.KEEP_GROUP_REGISTER}
    assert before <= actions_on(case, user)


TO_ANSWER = {
    Capacity.DUTY: set(),
    Capacity.RECEIVING: {Action.TAKE_OVER},
}  # beside what a colleague of the team may do


@pytest.mark.parametrize("capacity, to_answer", TO_ANSWER.items(), ids=str)
@pytest.mark.parametrize("role", Role)
def test_what_was_opened_in_emergency_or_is_offered_is_as_near_as_a_case_of_the_team(
    role, capacity, to_answer
):
    user, case = UserFactory(role=role), CaseFactory()
    AssignmentFactory(case=case, user=user, capacity=capacity)

    theirs = {one for one in to_answer if reach(role, one) >= Reach.ASSIGNED}
    assert actions_on(case, user) == actions_on(CaseFactory(team=user.team), user) | theirs
    assert actions_on(case, user) == {a for a in Action if case in open_to(user, a)}


@pytest.mark.parametrize("capacity", TO_ANSWER)
def test_who_opened_a_case_in_emergency_or_is_offered_it_sees_it_and_decides_nothing_on_it(
    capacity,
):
    user, case = UserFactory(), CaseFactory()
    AssignmentFactory(case=case, user=user, capacity=capacity)

    assert Action.VIEW_CASE in actions_on(case, user)
    assert not actions_on(case, user) & {
        Action.WRITE_PLAN,
        Action.END_CASE,
        Action.VIEW_PROTECTED_NAMES,
        Action.WITHDRAW_BREACH,
    }


def test_an_officer_answers_what_they_are_offered_and_nothing_that_they_opened_in_emergency():
    user, offered, opened = UserFactory(), CaseFactory(), CaseFactory()
    AssignmentFactory(case=offered, user=user, capacity=Capacity.RECEIVING)
    AssignmentFactory(case=opened, user=user, capacity=Capacity.DUTY)

    assert Action.TAKE_OVER in actions_on(offered, user)
    assert Action.TAKE_OVER not in actions_on(opened, user)


def test_a_case_of_their_own_or_that_they_cover_is_not_put_farther_off_by_an_emergency():
    user, covered = UserFactory(), CaseFactory()
    own = CaseFactory(officer=user)
    before = actions_on(own, user)
    AssignmentFactory(case=covered, user=user, capacity=Capacity.COVER)
    for case in (own, covered):
        AssignmentFactory(case=case, user=user, capacity=Capacity.DUTY)

    assert actions_on(own, user) == before
    for case in (own, covered):
        assert Action.WRITE_PLAN in actions_on(case, user)
        assert case in open_to(user, Action.WRITE_PLAN)


@pytest.mark.parametrize("role", Role)
def test_to_be_asked_to_meet_somebody_at_the_gate_brings_the_meeting_near_and_nothing_else(role):
    user, case, stranger = UserFactory(role=role), CaseFactory(), CaseFactory()
    AssignmentFactory(case=case, user=user, capacity=Capacity.GATE)

    meets = {Action.MEET_AT_GATE} if reach(role, Action.MEET_AT_GATE) >= Reach.ASSIGNED else set()
    assert actions_on(case, user) == actions_on(stranger, user) | meets
    assert actions_on(case, user) == {a for a in Action if case in open_to(user, a)}


def test_an_officer_asked_to_meet_somebody_of_the_team_decides_nothing_on_their_case():
    user = UserFactory()
    case, other = CaseFactory(team=user.team), CaseFactory(team=user.team)
    AssignmentFactory(case=case, user=user, capacity=Capacity.GATE)

    assert actions_on(case, user) - actions_on(other, user) == {Action.MEET_AT_GATE}
    assert case not in open_to(user, Action.WRITE_PLAN) | open_to(user, Action.VIEW_PROTECTED_NAMES)


@pytest.mark.parametrize("first", [Capacity.GROUP, Capacity.RECEIVING, Capacity.GATE])
def test_each_thing_that_brings_a_case_near_for_one_act_leaves_those_of_the_others(first):
    together = [Capacity.GROUP, Capacity.RECEIVING, Capacity.GATE]
    together.insert(0, together.pop(together.index(first)))
    user, case = UserFactory(), CaseFactory()
    for capacity in together:
        AssignmentFactory(case=case, user=user, capacity=capacity)

    assert {Action.KEEP_GROUP_REGISTER, Action.TAKE_OVER, Action.MEET_AT_GATE} <= actions_on(
        case, user
    )
    assert actions_on(case, user) == {a for a in Action if case in open_to(user, a)}


def test_who_covers_a_case_and_leads_its_group_works_on_it_as_cover():
    user, case = UserFactory(), CaseFactory()
    for capacity in (Capacity.GROUP, Capacity.COVER):
        AssignmentFactory(case=case, user=user, capacity=capacity)

    assert actions_on(case, user) == actions_on(CaseFactory(officer=user), user) - {
        one for one in Action if reach(user.role, one) == Reach.OWN
    }
    assert open_to(user, Action.WRITE_PLAN) >= {case}


def open_to(user, action=Action.VIEW_CASE):
    return set(Case.objects.open_to(user, action))


def test_each_of_several_cases_is_measured_as_one_alone_is():
    user = UserFactory()
    cases = cases_at_every_distance(user)

    assert actions_on_each(cases, user) == {case.pk: actions_on(case, user) for case in cases}


def test_cover_reaches_the_cases_of_the_absent_on_those_days_and_no_others():
    yesterday, tomorrow = (localdate() + timedelta(days=n) for n in (-1, 1))
    cover, case = UserFactory(), CaseFactory()
    over, to_come, called_off = CaseFactory(), CaseFactory(), CaseFactory()
    away_now(case.officer, cover)
    away_now(over.officer, cover, from_on=yesterday, to_on=yesterday)
    away_now(to_come.officer, cover, from_on=tomorrow, to_on=tomorrow)
    away_now(called_off.officer, cover, cancelled_on=localdate())

    assert open_to(cover) == {case}


def test_cover_works_on_a_case_as_its_officer_would():
    cover, case = UserFactory(), CaseFactory()
    away_now(case.officer, cover)

    assert {Action.ANALYSE_CHECK, Action.READ_INFORMATION} <= actions_on(case, cover)


def test_cover_does_not_open_a_case_that_limited_access_shuts():
    cover, case = UserFactory(), CaseFactory()
    limit(case, restricted=True, let_in=[case.officer])
    away_now(case.officer, cover)

    assert open_to(cover) == set()
    assert [row.crn for row in Case.objects.within_reach(cover, Action.VIEW_CASE).masked_to(cover)]


def test_whoever_covers_for_a_senior_decides_for_their_team():
    cover, case = UserFactory(role=Role.SPO), CaseFactory()
    away_now(UserFactory(role=Role.SPO, team=case.team), cover)

    assert open_to(cover, Action.DECIDE_PLACEMENT) == {case}
    assert Action.AGREE_INTERIM_PLAN in actions_on(case, cover)


def test_whoever_covers_for_an_officer_does_not_answer_for_the_officers_team():
    cover, absent = UserFactory(role=Role.SPO), UserFactory()
    CaseFactory(team=absent.team)
    away_now(absent, cover)

    assert open_to(cover, Action.DECIDE_PLACEMENT) == set()


def test_whoever_covers_for_a_senior_without_a_team_does_not_reach_cases_without_one():
    cover = UserFactory(role=Role.SPO)
    CaseFactory(team=None, officer=None, officer_since=None)
    away_now(UserFactory(role=Role.SPO, team=None), cover)

    assert open_to(cover, Action.DECIDE_PLACEMENT) == set()
