from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from cases.models import Case
from cases.queries.reach import actions_on, actions_on_each
from staff.permissions import Action, Role
from tests.factories import AbsenceFactory, AssignmentFactory, CaseFactory, UserFactory

pytestmark = pytest.mark.django_db


def cases_at_every_distance(user):
    """The user's own, one assigned to them, one to their team, an ended one, their team's, a stranger's."""
    yesterday = localdate() - timedelta(days=1)
    assigned, to_team, ended = CaseFactory(), CaseFactory(), CaseFactory()
    AssignmentFactory(case=assigned, user=user, from_on=yesterday)
    AssignmentFactory(case=to_team, user=None, team=user.team, from_on=yesterday)
    AssignmentFactory(case=ended, user=user, from_on=yesterday, to_on=yesterday)
    own, of_team = CaseFactory(officer=user), CaseFactory(team=user.team)
    return [
        own,
        assigned,
        to_team,
        ended,
        of_team,
        CaseFactory(),
        CaseFactory(team=None, officer=None),
    ]


@pytest.mark.parametrize("role", Role)
def test_what_a_page_offers_is_what_the_door_would_let_through(role):
    user = UserFactory(role=role)

    for case in cases_at_every_distance(user):
        open_ = {a for a in Action if Case.objects.open_to(user, a).filter(pk=case.pk).exists()}
        assert actions_on(case, user) == open_


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
