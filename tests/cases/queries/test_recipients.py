"""Who hears of a case: never nobody while there is a senior, never anybody whom it shuts out."""

import pytest

from cases.queries.recipients import owner_and_cover, seniors_of, told_at_once
from staff.permissions import Role
from tests.factories import (
    TODAY,
    AbsenceFactory,
    AssignmentFactory,
    CaseFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD)


def told(case):
    return owner_and_cover(case, TODAY)


def away(user, cover=None, **days):
    return AbsenceFactory(user=user, cover=cover, **days)


def shut(user):
    user.is_active = False
    user.save()


def test_the_officer_is_told_and_their_senior_is_not(case, senior):
    assert told(case) == [case.officer]


def test_whoever_covers_on_the_case_is_told_beside_the_officer(case, senior):
    cover = AssignmentFactory(case=case).user

    assert told(case) == [case.officer, cover]


def test_cover_is_told_in_place_of_an_officer_who_is_away(case, senior):
    cover = UserFactory()
    away(case.officer, cover)

    assert told(case) == [cover]


def test_the_senior_is_told_when_an_officer_is_away_and_nobody_covers(case, senior):
    away(case.officer)

    assert told(case) == [senior]


def test_the_senior_is_told_when_cover_is_away_too(case, senior):
    cover = UserFactory()
    away(case.officer, cover)
    away(cover)

    assert told(case) == [senior]


def test_an_absence_that_is_over_or_cancelled_or_to_come_changes_nothing(case, senior):
    away(case.officer, from_on=TODAY.replace(day=2))
    away(case.officer, from_on=TODAY.replace(month=9), to_on=TODAY.replace(month=9, day=30))
    away(case.officer, cancelled_on=TODAY)

    assert told(case) == [case.officer]


def test_cover_that_has_ended_is_not_told(case):
    september = TODAY.replace(month=9)
    AssignmentFactory(case=case, from_on=september, to_on=september)

    assert told(case) == [case.officer]


@pytest.mark.parametrize("who", ["nobody", "somebody who left"])
def test_the_senior_is_told_of_a_case_without_an_officer_here(case, senior, who):
    if who == "nobody":
        case.officer = case.officer_since = None
        case.save()
    else:
        shut(case.officer)

    assert told(case) == [senior]


def test_cover_that_has_left_is_not_told(case, senior):
    cover = UserFactory()
    away(case.officer, cover)
    shut(cover)

    assert told(case) == [senior]


def test_a_senior_who_is_away_is_covered(case, senior):
    other = UserFactory(role=Role.SPO)
    away(senior, other)

    assert seniors_of(case, TODAY) == [other]


def test_the_head_is_told_when_no_senior_is_here_nor_covered(case, senior, head):
    away(senior)

    assert seniors_of(case, TODAY) == [head]


def test_a_case_without_a_team_goes_to_the_head_and_not_to_those_without_one(head):
    UserFactory(role=Role.SPO, team=None)
    case = CaseFactory(team=None, officer=None, officer_since=None)

    assert told(case) == [head]


def test_the_team_s_senior_is_told_even_when_everybody_is_away(case, senior, head):
    away(case.officer)
    away(senior)
    away(head)

    assert told(case) == [senior]


def test_any_senior_is_told_where_the_team_has_none_and_there_is_no_head(case):
    away(case.officer)
    elsewhere = UserFactory(role=Role.SPO, team=TeamFactory())

    assert told(case) == [elsewhere]


def test_nobody_shut_out_of_the_case_is_told(case, senior, head):
    limit(case, restricted=True, let_in=[head])

    assert told(case) == [head]


def test_somebody_kept_out_by_name_is_passed_over(case, senior):
    limit(case, kept_out=[case.officer])

    assert told(case) == [senior]


def test_an_officer_alone_let_in_is_told_even_when_away(case, senior, head):
    limit(case, restricted=True, let_in=[case.officer])
    away(case.officer, UserFactory())

    assert told(case) == [case.officer]


def test_what_cannot_wait_reaches_the_seniors_and_the_officer_but_never_whoever_says_it(
    case, senior
):
    colleague = UserFactory(team=case.team)

    assert told_at_once(case, TODAY, case.officer) == [senior]
    assert set(told_at_once(case, TODAY, colleague)) == {senior, case.officer}
    assert told_at_once(case, TODAY, senior) == [case.officer]
