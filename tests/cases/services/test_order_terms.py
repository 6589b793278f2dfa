"""Terms that are still to be seen, settled by night for many cases at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Deadline, Registration
from cases.services.order_terms import owe_order_terms_chunk, settle_order_terms
from cases.services.timetable import OWED_EACH_NIGHT
from tests.factories import TODAY, CaseFactory, RegistrationFactory, RestrictionFactory

pytestmark = pytest.mark.django_db


def ordered(**columns):
    case = CaseFactory(**columns)
    RegistrationFactory(case=case, type_code="RSTO")
    return case


def clocks(case):
    return Deadline.objects.filter(case=case, kind="see_order_terms")


def night(today=TODAY, after=0, **given):
    return owe_order_terms_chunk(after=after, today=today, **given)


def test_a_code_without_its_terms_is_owed_them_the_night_it_is_found():
    case = ordered()

    assert night() == (None, {"owed": 1})

    clock = clocks(case).get()
    assert (clock.triggered_on, clock.due_on) == (TODAY, TODAY + timedelta(2))
    assert "no restriction is recorded" in clock.why


def test_two_are_said_as_one_and_how_many_more():
    case = ordered()
    RegistrationFactory(case=case, type_code="SOPS")

    night()

    assert clocks(case).get().why.endswith("have not been seen. And 1 other.")


def test_it_is_not_opened_again_the_next_night():
    case = ordered()
    night()

    assert night(TODAY + timedelta(1)) == (None, {"owed": 0})
    assert clocks(case).count() == 1


def test_where_the_order_has_ended_on_the_record_it_is_owed_no_more():
    case = ordered()
    night()
    Registration.objects.filter(case=case).update(active=False)

    night(TODAY + timedelta(1))

    assert clocks(case).get().void


def test_one_that_runs_out_while_its_register_stands_is_owed_anew():
    case = ordered()
    RestrictionFactory(case=case, to_on=TODAY)
    night()
    assert not clocks(case).exists()

    night(TODAY + timedelta(1))

    assert clocks(case).exists()


def test_an_imported_case_owes_nothing_before_it_is_taken_up():
    case = ordered(imported=True)

    night()
    settle_order_terms(case_ids=[case.pk], today=TODAY)
    assert not clocks(case).exists()

    Case.objects.update(taken_up_on=TODAY)
    night()

    assert clocks(case).exists()


def test_the_night_goes_on_from_where_it_was():
    for _ in range(3):
        ordered()

    last, found = night(size=2)

    assert found == {"owed": 2}
    assert night(after=last, size=2) == (None, {"owed": 1})


def test_it_is_among_what_each_night_looks_for():
    assert OWED_EACH_NIGHT["owe_order_terms"] is owe_order_terms_chunk


@pytest.mark.parametrize("number", [5, 60])
def test_it_takes_as_many_statements_for_many_as_for_few(number):
    for _ in range(number):
        ordered()

    with CaptureQueriesContext(connection) as statements:
        night()

    assert len(statements) < 20
