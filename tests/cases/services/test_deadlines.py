from datetime import date

import pytest

from cases.models import Deadline, Enquiry
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import set_policy
from staff.models import Entry
from staff.permissions import Role
from tests.factories import TODAY, CaseFactory, EnquiryFactory, FlagFactory, UserFactory
from tests.forks import fork, wait

pytestmark = pytest.mark.django_db


def opened(case, kind="first_ten_days", by=None, **rest):
    return open_deadline(
        case=case, kind=kind, triggered_on=TODAY, why="It arrived", by=by, today=TODAY, **rest
    )


def test_a_deadline_is_due_by_its_kind_and_belongs_to_its_owner():
    deadline = opened(CaseFactory())

    assert (deadline.due_on, deadline.owner_role) == (date(2018, 10, 15), Role.OFFICER)


def test_a_clock_that_runs_is_not_started_again():
    case = CaseFactory()
    first = opened(case)

    again = open_deadline(
        case=case,
        kind="first_ten_days",
        triggered_on=date(2018, 10, 8),
        why="It arrived again",
        by=None,
        today=date(2018, 10, 8),
    )

    assert again == first
    assert Entry.objects.filter(action="opened_deadline").count() == 1


def test_the_same_kind_runs_once_for_each_enquiry():
    case = CaseFactory()
    one, other = EnquiryFactory(case=case), EnquiryFactory(case=case)

    opened(case, "send_check", enquiry=one)
    opened(case, "send_check", enquiry=other)

    assert case.deadlines.count() == 2


def test_meeting_a_deadline_closes_its_flag_at_once():
    deadline = opened(CaseFactory())
    flag = FlagFactory(deadline=deadline)

    met = meet_deadline(
        case=deadline.case, kind="first_ten_days", by=UserFactory(), today=date(2018, 10, 18)
    )

    flag.refresh_from_db()
    assert met
    assert Deadline.objects.get().met_on == flag.closed_on == date(2018, 10, 18)


def test_a_flag_is_never_closed_before_it_was_raised():
    deadline = opened(CaseFactory())
    flag = FlagFactory(deadline=deadline, raised_on=date(2018, 10, 16))

    meet_deadline(case=deadline.case, kind="first_ten_days", by=None, today=date(2018, 10, 10))

    flag.refresh_from_db()
    assert flag.closed_on == date(2018, 10, 16)


def test_what_does_not_run_cannot_be_met():
    case = CaseFactory()

    assert not meet_deadline(case=case, kind="name_officer", by=None, today=TODAY)
    assert not Entry.objects.exists()


def test_a_clock_may_start_again_once_it_was_met():
    case = CaseFactory()
    opened(case)
    meet_deadline(case=case, kind="first_ten_days", by=None, today=TODAY)

    opened(case)

    assert case.deadlines.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_start_one_clock():
    case = CaseFactory()

    wait(*(fork(lambda: opened(case)) for _ in range(4)))

    assert case.deadlines.count() == 1


def test_a_bank_holiday_proclaimed_moves_what_runs_and_says_so():
    head = UserFactory(role=Role.HEAD)
    case = CaseFactory()
    late = opened(case)
    enquiry = EnquiryFactory(case=case, sent=True, due_on=date(2018, 10, 8))
    open_deadline(
        case=case,
        kind="chase_check",
        triggered_on=TODAY,
        why="Sent",
        by=None,
        today=TODAY,
        enquiry=enquiry,
    )
    soon = opened(case, "send_check", enquiry=enquiry)

    set_policy(
        name="clocks",
        changing=1,
        body={"lengths": {}, "extra_bank_holidays": ["2018-10-05"]},
        from_on=TODAY,
        reason="Proclaimed today",
        by=head,
        today=TODAY,
    )

    late.refresh_from_db()
    soon.refresh_from_db()
    assert (late.due_on, soon.due_on) == (date(2018, 10, 16), date(2018, 10, 3))
    assert Enquiry.objects.get().due_on == date(2018, 10, 9)
    entry = Entry.objects.get(action="redated_deadlines")
    assert (entry.by, entry.crn) == (head, case.crn)
    assert entry.detail == {"bank_holidays": ["2018-10-05"]}


def test_what_starts_after_it_counts_the_new_bank_holiday():
    set_policy(
        name="clocks",
        changing=1,
        body={"lengths": {"first_ten_days": 3}, "extra_bank_holidays": ["2018-10-02"]},
        from_on=TODAY,
        reason="Proclaimed today",
        by=UserFactory(),
        today=TODAY,
    )

    assert opened(CaseFactory()).due_on == date(2018, 10, 5)
