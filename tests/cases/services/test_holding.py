"""An officer is named for a case that nobody holds; from then on it is theirs, with its diary and its limits."""

from datetime import timedelta

import pytest

from cases.models import Case, Notice
from cases.services.deadlines import open_deadline
from cases.services.holding import name_officer
from cases.services.limited_access import limit_case
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import (
    NOW,
    TODAY,
    AllocationFactory,
    AppointmentFactory,
    CaseFactory,
    TransferFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WHY = "Holds the fewest, and knows the family."


def named(case, officer=None, because=WHY):
    senior = UserFactory(role=Role.SPO, team=case.team)
    officer = officer or UserFactory(team=case.team)
    return name_officer(case=case, officer=officer, because=because, by=senior, now=NOW)


def test_the_case_is_theirs_from_today_with_the_team_and_the_clock_stops():
    case, officer = CaseFactory(officer=None), UserFactory()
    open_deadline(
        case=case, kind="name_officer", triggered_on=TODAY, why="It arrived", by=None, today=TODAY
    )

    named(case, officer)

    case.refresh_from_db()
    assert (case.officer, case.team, case.officer_since) == (officer, officer.team, TODAY)
    assert not case.deadlines.unmet().exists()
    assert Notice.objects.get().user == officer


def test_why_is_a_line_of_the_log_that_is_not_for_the_person():
    case = named(CaseFactory(officer=None))

    line = case.contacts.get()
    assert (line.type_code, line.sensitive) == ("C070", True)
    assert WHY in line.notes
    kept = case.givings.get()
    assert (kept.officer, kept.because, kept.compared, kept.warned) == (case.officer, WHY, None, [])
    assert WHY not in str(Entry.objects.get(action="named_officer").detail)
    assert not Notice.objects.filter(text__contains=WHY).exists()


def test_a_long_reason_is_whole_in_the_log_and_begins_with_who_held_it():
    because = f"{WHY} " * 20

    case = named(CaseFactory(officer=None), because=because)

    assert because.strip() in case.contacts.get().notes
    kept = case.givings.get().because
    assert len(kept) <= 500
    assert kept.startswith(WHY)


def test_a_case_whose_officer_s_account_is_closed_is_named_anew_and_the_history_says_until_when():
    case = CaseFactory(officer__is_active=False)
    AllocationFactory(case=case)
    booked = AppointmentFactory(
        contact__case=case, contact__started_at=NOW + timedelta(days=2), officer=case.officer
    )

    officer = named(case).officer

    booked.refresh_from_db()
    assert booked.officer == officer
    history = case.allocations.order_by("pk").values_list("active", "to_on")
    assert list(history) == [(False, TODAY), (True, None)]


def test_nobody_is_named_for_a_case_that_is_held_offered_or_not_ours():
    held, retained = CaseFactory(), CaseFactory(officer=None, retained_by="Pat Lane, NPS")
    offered = CaseFactory(officer=None)
    TransferFactory(case=offered, offered_by=UserFactory(role=Role.SPO))
    for case, words in (
        (held, "holds this case"),
        (retained, "do not supervise"),
        (offered, "offered"),
    ):
        with pytest.raises(RuleBroken, match=words):
            named(case)


def test_a_reason_is_asked_and_an_empty_one_refused():
    case = CaseFactory(officer=None)

    with pytest.raises(RuleBroken, match="why you name them"):
        named(case, because="n/a")

    assert Case.objects.get().officer is None


def test_limited_access_follows_the_officer_where_nobody_said_who_may_open_it():
    case = CaseFactory(officer=None)
    limit_case(case=case, restricted=True, by=None)

    officer = named(case).officer

    assert case in Case.objects.open_to(officer, Action.VIEW_CASE)
