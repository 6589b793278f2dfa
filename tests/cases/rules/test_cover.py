from datetime import date

import pytest

from cases.rules.cover import MAY_COVER, Colleague, Days, check_absence
from staff.errors import RuleBroken
from staff.permissions import Role

TODAY = date(2018, 10, 1)
WEEK = Days(date(2018, 10, 8), date(2018, 10, 12))


def officer(name="A. Khan", **given):
    known = {"username": name, "name": name, "role": Role.OFFICER, "active": True}
    return Colleague(**known | given)


def check(days=WEEK, user=None, cover=None):
    return check_absence(days, user or officer(), cover, TODAY)


def test_somebody_may_be_away_with_cover_or_without_but_not_with_cover_who_cannot():
    check()
    check(cover=officer("B. Lane"))
    with pytest.raises(RuleBroken, match="B. Lane cannot cover"):
        check(cover=officer("B. Lane", role=Role.HUB))


def test_an_absence_ends_on_or_after_its_first_day():
    check(Days(TODAY, TODAY))
    with pytest.raises(RuleBroken, match="before the first"):
        check(Days(date(2018, 10, 9), date(2018, 10, 8)))


def test_somebody_ill_since_yesterday_may_still_be_away_but_what_is_over_is_not_arranged():
    check(Days(date(2018, 9, 28), TODAY))
    with pytest.raises(RuleBroken, match="has been"):
        check(Days(date(2018, 9, 24), date(2018, 9, 28)))


@pytest.mark.parametrize("first, last", [(1, 8), (9, 10), (12, 20), (1, 31)])
def test_two_absences_of_one_person_do_not_overlap(first, last):
    days = Days(date(2018, 10, first), date(2018, 10, last))

    with pytest.raises(RuleBroken, match="away from 8 October 2018 to 12 October 2018 already"):
        check(days, officer(away=(WEEK,)))


def test_one_absence_may_follow_another_and_not_begin_on_its_last_day():
    check(Days(date(2018, 10, 13), date(2018, 10, 14)), officer(away=(WEEK,)))
    with pytest.raises(RuleBroken, match="already"):
        check(Days(date(2018, 10, 12), date(2018, 10, 14)), officer(away=(WEEK,)))


def test_nobody_covers_while_away_themselves():
    away = officer("B. Lane", away=(Days(date(2018, 10, 12), date(2018, 10, 12)),))

    with pytest.raises(RuleBroken, match="B. Lane is away on 12 October 2018"):
        check(cover=away)


def test_nobody_covers_for_themselves_but_another_of_the_same_name_may():
    check(cover=officer(username="another"))
    with pytest.raises(RuleBroken, match="A. Khan cannot cover for themselves"):
        check(cover=officer())


def test_nobody_covers_whose_account_is_shut():
    with pytest.raises(RuleBroken, match="no open account"):
        check(cover=officer("B. Lane", active=False))


@pytest.mark.parametrize("role", Role)
def test_a_senior_is_covered_by_a_senior_or_head_alone(role):
    senior, cover = officer(role=Role.SPO), officer("B. Lane", role=role)

    if role in (Role.SPO, Role.HEAD):
        check(user=senior, cover=cover)
    else:
        with pytest.raises(RuleBroken, match="cannot cover"):
            check(user=senior, cover=cover)


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_COVER.keys()))
def test_nobody_need_cover_for_those_who_hold_no_cases(role):
    with pytest.raises(RuleBroken, match="holds no cases"):
        check(user=officer(role=role))
