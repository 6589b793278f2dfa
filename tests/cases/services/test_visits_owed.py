"""Visits that are owed, settled by night for many cases at once."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline
from cases.reference.codes import Register
from cases.services.visits_owed import owe_visits, owe_visits_chunk
from tests.factories import (
    TODAY,
    AddressFactory,
    CaseFactory,
    ContactFactory,
    HomeVisitFactory,
    PlanFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db
LATER = date(2018, 11, 1)


def sentenced(**columns):
    case = CaseFactory(**columns)
    SentenceFactory(case=case)
    return case


def concerned(**columns):
    case = sentenced(**columns)
    RegistrationFactory(case=case, type_code=Register.DOMESTIC_ABUSE_PERPETRATOR)
    return case


def visited(case, on, **columns):
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return ContactFactory(case=case, type_code="CHVS", started_at=at, **columns)


def owed(case, today=LATER):
    owe_visits(case_ids=[case.pk], today=today)
    return Deadline.objects.unmet().filter(case=case, kind="home_visit").first()


def test_a_concern_is_owed_a_visit_within_fifteen_working_days_of_arrival():
    clock = owed(concerned())

    assert (clock.triggered_on, clock.due_on) == (TODAY, date(2018, 10, 22))
    assert "Domestic abuse perpetrator" in clock.why


@pytest.mark.parametrize("given", [{"lives_with": True}, {"lives_with": True, "victim": True, "kind": "partner"}])  # fmt: skip
def test_who_lives_with_them_may_be_the_concern_and_is_not_named(given):
    case = sentenced()
    RelatedPersonFactory(case=case, name="Robin Lane", **given)

    clock = owed(case)

    assert "lives with them" in clock.why
    assert "Robin" not in clock.why


def test_a_case_without_a_concern_or_a_plan_owes_none():
    assert owed(sentenced()) is None


def test_a_plan_that_says_yes_owes_one_and_one_that_says_no_does_not():
    yes, no = sentenced(), sentenced()
    for case, answer in ((yes, "yes"), (no, "no")):
        PlanFactory(case=case, signed=True, answers={"home_visits.answer": answer})

    assert owed(yes).due_on == date(2018, 11, 12)
    assert owed(no) is None


def test_a_visit_in_the_log_meets_it_on_its_own_day_ours_or_brought_in():
    case = concerned()
    clock = owed(case)
    visited(case, date(2018, 10, 15))

    assert owed(case) is None
    clock.refresh_from_db()
    assert (clock.met_on, clock.void) == (date(2018, 10, 15), False)


def test_a_visit_at_which_nobody_was_seen_meets_nothing():
    case = concerned()
    visited(case, date(2018, 10, 15), attended=False, outcome_code="AFTA")
    refused = HomeVisitFactory(case=case, not_done="refused")
    refused.appointment.contact.__class__.objects.filter(pk=refused.pk).update(attended=True)

    assert owed(case) is not None


def test_a_new_address_after_the_visit_owes_another():
    case = concerned()
    visited(case, date(2018, 10, 9))
    assert owed(case) is None
    AddressFactory(case=case, from_on=date(2018, 10, 23))

    assert owed(case).triggered_on == date(2018, 10, 23)


def test_custody_stops_the_clock_and_release_starts_it():
    case = concerned()
    clock = owed(case)
    case.sentences.update(custody_status="D")

    assert owed(case) is None
    clock.refresh_from_db()
    assert clock.void
    case.sentences.update(custody_status="B", released_on=date(2018, 10, 29))
    assert owed(case).triggered_on == date(2018, 10, 29)


def test_a_concern_that_makes_it_due_sooner_starts_the_clock_anew():
    case = sentenced()
    PlanFactory(case=case, signed=True, answers={"home_visits.answer": "yes"})
    planned = owed(case)
    RegistrationFactory(case=case, type_code=Register.CHILD_CONCERNS, started_on=TODAY)

    sooner = owed(case)

    planned.refresh_from_db()
    assert planned.void
    assert sooner.due_on == date(2018, 10, 22) < planned.due_on


def test_a_clock_that_runs_is_left_alone_and_none_is_started_twice():
    case = concerned()
    first = owed(case)

    assert owed(case) == first
    assert Deadline.objects.filter(case=case).count() == 1


def test_an_imported_case_owes_none_before_it_is_taken_up():
    case = concerned(imported=True)
    assert owed(case) is None

    case.taken_up_on = date(2018, 10, 29)
    case.save()
    assert owed(case).triggered_on == date(2018, 10, 29)


def test_the_night_goes_through_the_caseload_in_chunks():
    cases = [concerned() for _ in range(3)]

    last, counts = owe_visits_chunk(after=0, today=LATER, size=2)
    end, rest = owe_visits_chunk(after=last, today=LATER, size=2)

    assert (last, end) == (cases[1].pk, None)
    assert counts["owed"] + rest["owed"] == 3


def test_many_cases_take_as_many_statements_as_a_few():
    def statements(number):
        cases = [concerned().pk for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            owe_visits(case_ids=cases, today=LATER)
        return len(queries)

    assert statements(5) == statements(60)
