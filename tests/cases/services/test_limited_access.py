"""Limits on access: who is let in, who follows from officer and team, and what an emergency view keeps."""

from datetime import timedelta

import pytest

from cases.models import Case, Limit, Named
from cases.services.limited_access import ASK, Person, follow_officers, lift_limits, limit_case
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import NOW, CaseFactory, UserFactory, limit

pytestmark = pytest.mark.django_db


def may_open(case, user):
    return Case.objects.open_to(user, Action.VIEW_CASE).filter(pk=case.pk).exists()


def test_with_no_list_the_officer_the_seniors_of_the_team_and_heads_may_open():
    case = CaseFactory()
    senior = UserFactory(role=Role.SPO, team=case.team)
    head = UserFactory(role=Role.HEAD)
    others = [
        UserFactory(team=case.team),
        UserFactory(role=Role.SPO),
        UserFactory(role=Role.HEAD, is_active=False),
        UserFactory(role=Role.QUALITY),
    ]

    limit_case(case=case, restricted=False, by=head)

    assert all(may_open(case, user) for user in (case.officer, senior, head))
    assert not any(may_open(case, user) for user in others)
    assert Limit.objects.get().ask == ASK
    assert Entry.objects.get().action == "limited_access"


def test_with_a_list_only_those_in_it_may_open():
    case, named = CaseFactory(), UserFactory(role=Role.QUALITY)

    limit_case(case=case, restricted=True, people=[Person(named.pk, let_in=True)], by=None)

    assert may_open(case, named)
    assert not may_open(case, case.officer)


def test_saying_the_same_again_writes_nothing():
    case = CaseFactory()
    limit_case(case=case, restricted=True, by=None)
    rows = list(Named.objects.order_by("pk").values_list("pk", "user"))

    limit_case(case=case, restricted=True, by=None)

    assert list(Named.objects.order_by("pk").values_list("pk", "user")) == rows
    assert Entry.objects.count() == 1


def test_an_emergency_view_outlives_a_change_of_list():
    case, opener = CaseFactory(), UserFactory()
    limit_case(case=case, restricted=True, by=None)
    Named.objects.create(
        limit=case.limit,
        user=opener,
        let_in=True,
        until_at=NOW + timedelta(days=36500),
        reason="Call-out",
    )

    limit_case(case=case, restricted=True, people=[], by=None)

    assert [one.user for one in Named.objects.all()] == [opener]


def test_somebody_named_by_hand_before_is_named_once():
    case = CaseFactory()
    limit(case, restricted=True, let_in=[case.officer])

    limit_case(case=case, restricted=True, by=None)

    assert [one.user for one in Named.objects.all()] == [case.officer]


def test_those_let_in_follow_a_new_officer_only_where_there_is_no_list():
    unlisted, listed = CaseFactory(), CaseFactory()
    limit_case(case=unlisted, restricted=True, by=None)
    limit_case(
        case=listed, restricted=True, people=[Person(listed.officer_id, let_in=True)], by=None
    )
    new, before = UserFactory(), listed.officer
    Case.objects.update(officer=new)

    changed = follow_officers(case_ids=[unlisted.pk, listed.pk], by=None)

    assert changed == {unlisted.pk}
    assert may_open(unlisted, new)
    assert not may_open(listed, new)
    assert Named.objects.get(limit=listed.limit).user == before


def test_a_lifted_limit_leaves_nothing_behind():
    case = CaseFactory()
    limit_case(case=case, restricted=True, by=None)

    lift_limits(case_ids=[case.pk], by=None)

    assert not Limit.objects.exists()
    assert not Named.objects.exists()
    assert Entry.objects.order_by("pk").last().action == "lifted_limit"
