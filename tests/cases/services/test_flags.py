from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline, Enquiry, Flag
from cases.reference.checks import EnquiryState
from cases.reference.codes import CaseState
from cases.services.deadlines import meet_deadline
from cases.services.flags import flag_overdue
from staff.permissions import Role
from tests.factories import (
    TODAY,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DUE = date(2018, 10, 8)  # a Monday, five working days after the enquiry was sent


def flagged(today, size=1000):
    """Run to the end, and say what was done."""
    step = flag_overdue(today=today, size=size)
    after, total = 0, {"raised": 0, "climbed": 0, "closed": 0}
    while after is not None:
        after, counts = step(after)
        total = {name: total[name] + counts.get(name, 0) for name in total}
    return tuple(total.values())


def unanswered(concern=False, **facts):
    """The deadline to chase an enquiry sent on 1 October."""
    enquiry = EnquiryFactory(sent=True, due_on=DUE, **facts)
    if concern:
        StandingFactory(case=enquiry.case, concern=True)
    return DeadlineFactory(
        case=enquiry.case, enquiry=enquiry, kind="chase_check", owner_role=Role.HUB, due_on=DUE
    )


def test_what_is_late_is_flagged_once_and_says_why():
    deadline = unanswered()

    first, second = flagged(date(2018, 10, 9)), flagged(date(2018, 10, 9))

    assert (first, second) == ((1, 0, 0), (0, 0, 0))
    flag = Flag.objects.get()
    assert flag.deadline == deadline
    assert flag.why == "Police enquiry sent 1 October 2018, no reply"
    assert (flag.told, flag.raised_on, flag.closed_on) == (Role.HUB, date(2018, 10, 9), None)


def test_nothing_is_flagged_on_the_day_it_is_due():
    unanswered()

    assert flagged(DUE) == (0, 0, 0)


def test_every_kind_that_is_late_is_flagged_to_whom_its_ladder_says():
    DeadlineFactory(kind="first_ten_days", due_on=date(2018, 10, 15))
    DeadlineFactory(kind="decide_lowering", owner_role=Role.SPO, due_on=date(2018, 10, 3))

    flagged(date(2018, 10, 16))

    assert sorted(Flag.objects.values_list("told", "why")) == [
        (Role.SPO, "Decide a request to lower a placement: due 3 October 2018"),
        (Role.SPO, "Read the record and write the initial risk note: due 15 October 2018"),
    ]


def test_missed_nights_are_caught_up_with_the_dates_they_would_have_had():
    unanswered()

    assert flagged(date(2018, 10, 12)) == (1, 0, 0)

    assert Flag.objects.get().raised_on == date(2018, 10, 9)


def test_with_a_concern_the_senior_hears_at_ten_working_days_and_the_head_at_fifteen():
    unanswered(concern=True)

    heard = {}
    for n in range(30):
        today = TODAY + timedelta(days=n)
        flagged(today)
        for flag in Flag.objects.all():
            heard.setdefault(flag.told, today)

    assert heard == {
        Role.HUB: date(2018, 10, 9),
        Role.SPO: date(2018, 10, 15),
        Role.HEAD: date(2018, 10, 22),
    }
    assert Flag.objects.get().climbed_on == date(2018, 10, 22)


def test_without_a_concern_nobody_is_told_one_by_one():
    unanswered()

    flagged(date(2018, 12, 24))

    assert Flag.objects.get().told == Role.HUB


def test_an_agency_chased_on_time_and_still_silent_is_brought_to_the_senior():
    deadline = unanswered(concern=True)
    Deadline.objects.filter(pk=deadline.pk).update(due_on=date(2018, 10, 19))
    Enquiry.objects.update(chases=2, chased_on=date(2018, 10, 12), due_on=date(2018, 10, 19))

    assert flagged(date(2018, 10, 12)) == (0, 0, 0)
    assert flagged(date(2018, 10, 15)) == (1, 0, 0)
    assert flagged(date(2018, 10, 22)) == (0, 1, 0)

    flag = Flag.objects.get()
    assert (flag.told, flag.raised_on) == (Role.HEAD, date(2018, 10, 15))
    assert flag.why == "Police enquiry sent 1 October 2018, chased twice, no reply"


def test_an_enquiry_with_a_concern_that_was_never_sent_climbs_from_when_it_should_have_been():
    enquiry = EnquiryFactory()
    StandingFactory(case=enquiry.case, concern=True)
    DeadlineFactory(case=enquiry.case, enquiry=enquiry, kind="send_check", due_on=date(2018, 10, 3))

    flagged(date(2018, 10, 16))
    before = Flag.objects.get().told
    flagged(date(2018, 10, 17))

    assert (before, Flag.objects.get().told) == (Role.OFFICER, Role.SPO)


def test_a_flag_closes_by_itself_when_the_work_is_done():
    deadline = unanswered()
    flagged(date(2018, 10, 9))
    Deadline.objects.filter(pk=deadline.pk).update(met_on=date(2018, 10, 9))

    assert flagged(date(2018, 10, 10)) == (0, 0, 1)
    assert flagged(date(2018, 10, 11)) == (0, 0, 0)

    assert Flag.objects.get().closed_on == date(2018, 10, 10)


def test_a_flag_closes_at_once_when_a_service_meets_the_deadline():
    deadline = unanswered()
    flagged(date(2018, 10, 9))

    meet_deadline(
        case=deadline.case,
        kind="chase_check",
        enquiry=deadline.enquiry,
        by=UserFactory(),
        today=date(2018, 10, 9),
    )

    assert Flag.objects.get().closed_on == date(2018, 10, 9)


@pytest.mark.parametrize("gone", [{"state": CaseState.NO_SENTENCE}, {"retained_by": "P. Wood"}])
def test_a_case_that_is_not_ours_is_not_flagged_and_when_it_comes_back_it_is(gone):
    deadline = unanswered()
    case = deadline.case
    flagged(date(2018, 10, 9))
    here = {name: getattr(case, name) for name in gone}
    type(case).objects.update(**gone)

    left = flagged(date(2018, 10, 10))
    still = flagged(date(2018, 10, 10))
    type(case).objects.update(**here)
    back = flagged(date(2018, 10, 11))

    assert (left, still, back) == ((0, 0, 1), (0, 0, 0), (1, 0, 0))
    assert Flag.objects.get().closed_on is None


def test_an_earlier_date_undoes_nothing():
    unanswered(concern=True)
    flagged(date(2018, 10, 22))
    before = Flag.objects.values().get()

    assert flagged(date(2018, 10, 9)) == (0, 0, 0)

    assert Flag.objects.values().get() == before


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_flags_do_not_depend_on_the_size_of_a_chunk(size):
    for _ in range(5):
        unanswered(concern=True)
        DeadlineFactory()
    done = unanswered()
    flagged(date(2018, 10, 9))
    Deadline.objects.filter(pk=done.pk).update(met_on=date(2018, 10, 9))

    assert flagged(date(2018, 10, 22), size=size) == (5, 5, 1)


def test_a_chunk_takes_the_same_statements_however_many_flags():
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            flag_overdue(today=date(2018, 10, 9))(0)
        return len(taken)

    unanswered()
    one = statements()
    for _ in range(30):
        unanswered()

    assert statements() == one


def test_the_rule_and_the_query_agree_whenever_they_look():
    for kind in ("name_officer", "first_ten_days", "escalate_risk", "decide_lowering"):
        DeadlineFactory(kind=kind, due_on=DUE)
    unanswered(concern=True)
    unanswered()
    enquiry = EnquiryFactory(replied=True, state=EnquiryState.REPLIED)
    StandingFactory(case=enquiry.case, concern=True)
    DeadlineFactory(case=enquiry.case, enquiry=enquiry, kind="analyse_check", due_on=DUE)

    for n in range(45):
        flagged(TODAY + timedelta(days=n))
        assert flagged(TODAY + timedelta(days=n)) == (0, 0, 0), "a second look found more to do"


def test_two_kinds_late_on_one_case_are_two_flags():
    case = CaseFactory()
    DeadlineFactory(case=case, kind="name_officer", due_on=DUE)
    DeadlineFactory(case=case, kind="place_person", due_on=DUE)

    assert flagged(date(2018, 10, 9)) == (2, 0, 0)
