from decimal import Decimal

import pytest

from staff.models import Entry
from tests.factories import TODAY, CaseFactory, RegistrationFactory, RequirementFactory
from unpaidwork.models import Adjustment, Work
from unpaidwork.queries.hours import hours_of
from unpaidwork.services.take_up import take_up_work, take_up_work_chunk

pytestmark = pytest.mark.django_db


def requirement(case=None, **columns):
    """80 hours, as an extract says them."""
    said = {"main_code": "W", "main_name": "Unpaid Work", "length": 80, "length_unit": "Hours"}
    case = case or CaseFactory()
    return RequirementFactory(sentence__case=case, **said | columns)


def take_up(*requirements):
    cases = [one.sentence.case_id for one in requirements]
    return take_up_work(case_ids=cases, by=None, today=TODAY)


def stands(work):
    return hours_of([work], TODAY)[work.pk]


def test_a_requirement_of_unpaid_work_is_taken_up_once_with_its_hours_and_audit():
    one = requirement()

    first, second = take_up(one), take_up(one)

    work = Work.objects.get()
    assert (first["taken_up"], second["taken_up"], second["followed"]) == (1, 0, 0)
    assert (work.minutes_ordered, work.sentenced_on, work.case) == (4800, TODAY, one.sentence.case)
    assert Entry.objects.get(action="took_up_work").crn == work.case.crn


def test_what_the_extract_says_was_completed_stands_once_in_the_ledger():
    one = requirement(completed=Decimal("12.50"))
    take_up(one)
    one.completed = Decimal("30")
    one.save()
    take_up(one)

    entry = Adjustment.objects.get()
    assert (entry.reason, entry.minutes, entry.by) == ("elsewhere", 750, None)
    assert stands(Work.objects.get()).left == 4800 - 750


@pytest.mark.parametrize("code", ["F", "W1", "C"])
def test_other_requirements_are_not_taken_up(code):
    assert take_up(requirement(main_code=code))["taken_up"] == 0


def test_an_ended_requirement_and_a_case_that_is_not_ours_are_not_taken_up():
    ended = requirement(active=False, terminated_on=TODAY)
    kept = requirement(case=CaseFactory(retained_by="B. Jones"))

    assert take_up(ended, kept)["taken_up"] == 0


def test_a_length_that_is_not_in_hours_is_not_known_and_never_taken_for_worked():
    take_up(requirement(length=12, length_unit="Months"))

    found = stands(Work.objects.get())
    assert not found.known
    assert found.pace == "unknown"


def test_hours_worked_concurrently_count_for_both():
    case = CaseFactory()
    first = requirement(case)
    second = requirement(case, main_code="W0")
    take_up(first, second)

    work = Work.objects.get(pk=second.pk)
    assert (work.runs, work.beside_id) == ("concurrent", first.pk)


def test_a_consecutive_requirement_follows_the_other():
    case = CaseFactory()
    first = requirement(case)
    second = requirement(case, sub_code="W07", sub_name="Consecutive Hours")
    take_up(first, second)

    work = Work.objects.get(pk=second.pk)
    assert work.runs == "consecutive"
    assert stands(work).first == 4800


def test_a_longer_order_extends_the_day_by_which_it_is_worked():
    one = requirement()
    RequirementFactory(sentence=one.sentence, main_code="W1", length=6, length_unit="Months")
    take_up(one)

    assert stands(Work.objects.get()).finish_by.isoformat() == "2020-03-31"


def test_a_later_import_changes_what_was_ordered():
    one = requirement()
    take_up(one)
    one.length = 100
    one.save()

    assert take_up(one)["followed"] == 1
    assert Work.objects.get().minutes_ordered == 6000


def test_what_a_court_added_counts_once_when_the_record_comes_to_hold_it():
    one = requirement()
    take_up(one)
    work = Work.objects.get()
    Adjustment.objects.create(
        work=work, reason="court_added", minutes=1200, on=TODAY, note="Breach", at="2018-10-01T09:00Z"
    )  # fmt: skip
    one.length = 100
    one.save()
    take_up(one)

    assert stands(Work.objects.get()).ordered == 6000


def test_a_requirement_that_ends_ends_its_work_and_one_that_runs_again_opens_it():
    one = requirement()
    take_up(one)
    one.active, one.terminated_on, one.termination_reason = False, TODAY, "Revoked"
    one.save()
    take_up(one)
    ended = Work.objects.get()
    one.active, one.terminated_on = True, None
    one.save()
    take_up(one)

    assert (ended.state, ended.state_because) == (
        "ended",
        "The requirement has ended on 1 October 2018: Revoked",
    )
    assert Work.objects.get().state == "open"


def test_a_requirement_that_ended_as_completed_is_completed():
    one = requirement()
    take_up(one)
    one.active, one.terminated_on, one.termination_reason = False, TODAY, "Completed"
    one.save()
    take_up(one)

    assert (Work.objects.get().state, Work.objects.get().completed_on) == ("completed", TODAY)


def test_the_register_of_suspended_work_suspends_it_until_it_ends():
    one = requirement()
    take_up(one)
    register = RegistrationFactory(case=one.sentence.case, type_code="UPWS", started_on=TODAY)
    take_up(one)
    suspended = Work.objects.get()
    register.active = False
    register.save()
    take_up(one)

    assert suspended.state == "suspended"
    assert "since 1 October 2018" in suspended.state_because
    assert Work.objects.get().state == "open"


def test_what_staff_suspended_stays_so_whatever_the_register_says():
    one = requirement()
    take_up(one)
    Work.objects.update(state="suspended", state_because="Signed off work")
    take_up(one)

    assert Work.objects.get().state == "suspended"


def test_the_night_goes_through_everybody_in_chunks():
    for _ in range(3):
        requirement()

    last, counts = take_up_work_chunk(after=0, today=TODAY, size=2)
    end, more = take_up_work_chunk(after=last, today=TODAY, size=2)

    assert (counts["taken_up"], more["taken_up"], end) == (2, 1, None)


def test_looking_at_many_that_are_taken_up_takes_no_more_statements(django_assert_max_num_queries):
    many = [requirement() for _ in range(40)]
    take_up(*many)

    with django_assert_max_num_queries(10):
        take_up(*many)
