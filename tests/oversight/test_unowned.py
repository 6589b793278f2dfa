"""Cases that no officer holds: listed with what each asks, whatever left them so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case
from staff.permissions import Role
from tests.factories import (
    AllocationFactory,
    DeadlineFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.oversight.an_officer import a_case, an_officer

pytestmark = pytest.mark.django_db


def nobodys(team, days=0, **given):
    """Nobody holds it, and an officer is owed these days from now."""
    case = a_case(an_officer(team), **given)
    Case.objects.filter(pk=case.pk).update(officer=None, officer_since=None)
    today = localdate()
    DeadlineFactory(case=case, kind="name_officer", triggered_on=today - timedelta(days=5), due_on=today + timedelta(days=days))  # fmt: skip
    return Case.objects.get(pk=case.pk)


def page(client, user, name="unowned", **asked):
    client.force_login(user)
    return " ".join(client.get(reverse(name), asked).content.decode().split())


def test_whose_officer_is_owed_longest_stands_first_with_what_the_case_asks(client, team, senior):
    later, late = nobodys(team, days=3), nobodys(team, days=-4)
    held = a_case(an_officer(team))
    RegistrationFactory(case=late, type_code="ADVP")
    RegistrationFactory(case=late, type_code="RCPR")
    before = an_officer(team, first_name="Held", last_name="Before")
    until = localdate() - timedelta(days=9)
    AllocationFactory(case=late, officer=before, active=False, from_on=until, to_on=until)

    shown = page(client, senior)

    assert shown.index(late.crn) < shown.index(later.crn)
    assert held.crn not in shown
    assert "Somebody trained in domestic abuse and child safeguarding." in shown
    assert "Held Before held it until" in shown
    assert "late</strong>" in shown
    assert "2 cases" in shown
    assert f'href="{reverse("ask-for-sharing")}?team={team.code}&amp;which=unowned"' in shown
    assert "Share out many cases at once" in shown
    assert reverse("name-officer", args=[late.crn]) in shown


def test_a_case_whose_officer_s_account_is_closed_is_nobody_s(client, team, senior):
    case = a_case(an_officer(team, is_active=False))

    shown = page(client, senior)

    assert case.crn in shown
    assert "No clock runs" in shown


def test_there_may_be_none(client, senior):
    assert "Cases of ours that no officer holds would be listed here." in page(client, senior)


def test_a_senior_sees_their_team_and_a_head_every_team_or_one(client, team, senior):
    here, there = nobodys(team), nobodys(TeamFactory())
    head = UserFactory(role=Role.HEAD)

    assert there.crn not in page(client, senior)
    both = page(client, head)
    assert here.crn in both
    assert there.crn in both
    assert there.crn not in page(client, head, team=team.code)


def test_a_case_kept_from_the_reader_is_a_masked_row(client, team, senior):
    case = nobodys(team)
    limit(case, kept_out=[senior])

    shown = page(client, senior)

    assert case.surname not in shown
    assert case.crn in shown
    assert "Limited access" in shown


def test_an_officer_reads_it_and_names_nobody(client, team):
    case = nobodys(team)

    shown = page(client, an_officer(team))

    assert "See who holds it" in shown
    assert "Share out many cases at once" not in shown
    assert reverse("name-officer", args=[case.crn]) not in shown


def test_many_cost_the_statements_of_one(client, team, senior):
    one = nobodys(team)
    RegistrationFactory(case=one, type_code="ADVP")

    def cost():
        with CaptureQueriesContext(connection) as statements:
            page(client, senior)
        return len(statements)

    cost()
    alone = cost()
    for _ in range(5):
        RegistrationFactory(case=nobodys(team), type_code="ADVP")

    assert cost() == alone


def test_a_long_list_goes_on_after_the_last_row(client, team, senior, monkeypatch):
    monkeypatch.setattr("oversight.views.unowned.SIZE", 1)
    first, second = nobodys(team, days=-2), nobodys(team, days=2)

    shown = page(client, senior)

    assert second.crn not in shown
    assert f"after={first.crn}" in shown
    assert second.crn in page(client, senior, after=first.crn)


def test_the_api_lists_them_alike(client, team, senior):
    first, kept = nobodys(team, days=-2), nobodys(team)
    limit(kept, kept_out=[senior])
    client.force_login(senior)

    found = client.get(reverse("api-unowned")).json()

    assert [(one["crn"], one["team"]) for one in found["results"]] == [(first.crn, team.code)]
    assert [one["crn"] for one in found["limited_access"]] == [kept.crn]
    assert found["next_after"] is None
