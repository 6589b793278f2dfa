from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from cases.models import Assignment, Case, Named, Notice
from cases.services.limits import OPEN_FOR, open_in_emergency, see_notice
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.cases.views.a_case import see, words
from tests.clock import frozen
from tests.factories import NOW, CaseFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
WHY = "A call from the hospital about a threat tonight."


def restricted(**fields):
    case = CaseFactory(**fields)
    limit(case, restricted=True, let_in=[case.officer])
    return case


def test_the_refusal_offers_the_emergency_view_of_a_restricted_case(client):
    case = restricted()

    page = see(client, UserFactory(role=Role.SPO), "case", case)

    assert page.status_code == 403
    assert "This case is limited. Ask the head of service." in words(page)
    assert reverse("emergency-view", args=[case.crn]) in words(page)
    assert case.surname not in words(page)


def test_an_excluded_reader_is_offered_nothing(client):
    case, excluded = CaseFactory(), UserFactory(role=Role.SPO)
    limit(case, kept_out=[excluded])

    page = see(client, excluded, "case", case)

    assert page.status_code == 403
    assert "emergency" not in words(page)


def test_the_hub_is_offered_nothing(client):
    case = restricted()

    page = see(client, UserFactory(role=Role.HUB), "case", case)

    assert page.status_code == 403
    assert "emergency" not in words(page)


def test_the_emergency_form_shows_the_masked_row_and_no_more(client):
    case = restricted()

    page = see(client, UserFactory(), "emergency-view", case)

    assert page.status_code == 200
    assert case.crn in words(page)
    assert case.surname not in words(page)
    assert case.officer.name not in words(page)


def test_an_emergency_needs_a_reason(client):
    case, user = restricted(), UserFactory()
    client.force_login(user)

    page = client.post(reverse("emergency-view", args=[case.crn]), {"reason": " "})

    assert not Named.objects.filter(user=user).exists()
    assert 'href="#id_reason"' in words(page)


def test_a_restricted_case_opens_for_a_day_and_tells_its_officer_and_spo(client):
    spo = UserFactory(role=Role.SPO)
    case = restricted(team=spo.team)
    user = UserFactory(team=spo.team)
    client.force_login(user)

    page = client.post(reverse("emergency-view", args=[case.crn]), {"reason": WHY}, follow=True)

    assert page.status_code == 200
    assert case.name in words(page)
    assert {notice.user for notice in Notice.objects.all()} == {case.officer, spo}
    assert all(WHY in notice.text for notice in Notice.objects.all())
    assert case.surname not in Notice.objects.first().text
    assert Entry.objects.filter(by=user, action="opened_in_emergency", crn=case.crn).exists()


def test_the_reason_is_kept_out_of_the_audit_trail():
    case, user = restricted(), UserFactory()

    open_in_emergency(case=case, reason=WHY, by=user, now=now())

    assert WHY not in str(Entry.objects.get(action="opened_in_emergency").detail)
    assert Named.objects.get(user=user).reason == WHY


def test_an_emergency_ends_to_the_hour(client):
    with frozen(
        NOW
    ):  # on the day it ends they are told that the case is kept, and after it nothing
        case, user = restricted(), UserFactory(team=None)
        began = NOW - OPEN_FOR - timedelta(minutes=1)
        open_in_emergency(case=case, reason=WHY, by=user, now=began)

        assert see(client, user, "case", case).status_code == 403
        assert not Case.objects.open_to(user, Action.VIEW_CASE).exists()


def test_an_officer_of_another_team_reaches_the_case_they_opened(client):
    case, user = restricted(), UserFactory()
    assert see(client, user, "case", case).status_code == 404

    open_in_emergency(case=case, reason=WHY, by=user, now=now())

    assert see(client, user, "case", case).status_code == 200
    assert Assignment.objects.get(user=user).to_on is not None


def test_a_case_opened_again_the_next_day_stays_open_as_long_as_was_said():
    case, user = restricted(), UserFactory()
    with frozen(NOW):
        open_in_emergency(case=case, reason=WHY, by=user, now=NOW)
    again = NOW + OPEN_FOR + timedelta(minutes=1)
    with frozen(again):
        open_in_emergency(case=case, reason=WHY, by=user, now=again)

    with frozen(again + OPEN_FOR - timedelta(minutes=1)):
        assert case in Case.objects.open_to(user, Action.VIEW_CASE)
    with frozen(again + OPEN_FOR + timedelta(minutes=1)):
        assert case not in Case.objects.open_to(user, Action.VIEW_CASE)


def test_an_emergency_lets_an_officer_see_and_not_decide():
    case, user = restricted(), UserFactory()

    open_in_emergency(case=case, reason=WHY, by=user, now=now())

    for action in (Action.VIEW_CASE, Action.VIEW_ASSESSMENT, Action.RAISE_NOW):
        assert case in Case.objects.open_to(user, action)
    for action in (Action.WRITE_ASSESSMENT, Action.END_CASE, Action.VIEW_PROTECTED_NAMES):
        assert case not in Case.objects.open_to(user, action)


def test_a_case_that_nobody_answers_for_is_told_to_the_head_of_service():
    head = UserFactory(role=Role.HEAD)
    case = CaseFactory(officer=None, officer_since=None)
    limit(case, restricted=True)

    told = open_in_emergency(case=case, reason=WHY, by=UserFactory(), now=now())

    assert told == [head]


def test_no_emergency_opens_an_excluded_case():
    case, user = CaseFactory(), UserFactory()
    made = limit(case, restricted=True, kept_out=[user])

    with pytest.raises(RuleBroken, match="cannot be opened in emergency"):
        open_in_emergency(case=case, reason=WHY, by=user, now=now())

    assert not Named.objects.filter(limit=made, let_in=True).exists()


def test_a_case_that_is_not_restricted_is_asked_for_in_the_ordinary_way(client):
    case = CaseFactory()

    page = see(client, case.officer, "emergency-view", case)

    assert page.status_code == 302
    assert page["Location"] == reverse("case", args=[case.crn])


def test_a_notice_is_read_once_and_only_by_whom_it_was_sent_to():
    case = restricted()
    open_in_emergency(case=case, reason=WHY, by=UserFactory(), now=now())
    notice = Notice.objects.get(user=case.officer)

    see_notice(notice=notice, by=UserFactory(), now=now())
    assert list(Notice.objects.to(case.officer)) == [notice]
    see_notice(notice=notice, by=case.officer, now=now())

    assert not Notice.objects.to(case.officer).exists()
