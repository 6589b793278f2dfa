from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Contact, Deadline
from cases.services.plans_owed import owe_plans
from tests.factories import TODAY, CaseFactory, PlanFactory, SentenceFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2018, 10, 5)
LATER = date(2018, 11, 1)


def seen(case, on=FRIDAY, **columns):
    known = {"appointment": True, "attended": True, "type_code": "COAP", "source_id": f"{on}"}
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return Contact.objects.create(case=case, started_at=at, **known | columns)


def sentenced(**columns):
    case = CaseFactory(**columns)
    SentenceFactory(case=case, started_on=TODAY)
    return case


def owed(case, today=LATER):
    owe_plans(case_ids=[case.pk], today=today)
    return Deadline.objects.unmet().filter(case=case, kind="make_plan").first()


def test_a_plan_is_owed_fifteen_working_days_after_the_first_appointment_they_attended():
    case = sentenced()
    seen(case, date(2018, 10, 9))
    seen(case, FRIDAY)
    seen(case, date(2018, 10, 2), attended=False)
    seen(case, date(2018, 10, 3), appointment=False)

    clock = owed(case)

    assert (clock.triggered_on, clock.due_on) == (FRIDAY, date(2018, 10, 26))
    assert "5 October 2018" in clock.why


def test_none_is_owed_before_they_attended_anything():
    assert owed(sentenced()) is None


def test_an_appointment_that_is_still_to_come_counts_not_yet():
    case = sentenced()
    seen(case)

    assert owed(case, today=TODAY) is None


def test_what_they_attended_on_an_earlier_sentence_or_before_we_had_them_counts_not():
    case = sentenced(arrived_on=date(2018, 10, 10))
    seen(case)

    assert owed(case) is None


def test_a_plan_signed_since_the_sentence_began_is_enough_and_an_older_one_is_not():
    case, other = sentenced(), sentenced()
    seen(case)
    seen(other)
    PlanFactory(case=case, signed=True)
    PlanFactory(case=other, signed=True, signed_at=datetime(2018, 9, 28, 9, tzinfo=UTC))

    assert owed(case) is None
    assert owed(other)


def test_none_is_owed_of_somebody_in_custody():
    case = CaseFactory()
    SentenceFactory(case=case, custody_status="D")
    seen(case)

    assert owed(case) is None


def test_on_licence_it_counts_from_release():
    case = CaseFactory()
    SentenceFactory(case=case, custody_status="B", released_on=date(2018, 10, 8))
    seen(case)
    seen(case, date(2018, 10, 9))

    assert owed(case).triggered_on == date(2018, 10, 9)


def test_an_imported_case_owes_none_until_it_is_taken_up_and_then_from_that_day():
    case = sentenced(imported=True)
    seen(case)
    before = owed(case)
    Case.objects.update(taken_up_on=date(2018, 10, 22))

    assert before is None
    assert owed(case).triggered_on == date(2018, 10, 22)


def test_the_night_may_come_twice_and_starts_one_clock():
    case = sentenced()
    seen(case)

    assert owe_plans(case_ids=[case.pk], today=LATER) == 1
    assert owe_plans(case_ids=[case.pk], today=LATER + timedelta(days=1)) == 0


def test_it_takes_so_many_statements_however_many_cases_there_are():
    def cost(number):
        for _ in range(number):
            seen(sentenced())
        keys = list(Case.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as found:
            owe_plans(case_ids=keys, today=LATER)
        return len(found)

    assert cost(5) == cost(55)
    assert Deadline.objects.filter(kind="make_plan").count() == 60
