from datetime import timedelta

import pytest

from cases.models import Circumstance
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import NOW, TODAY, CaseFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_work import credited, work_of, worked
from unpaidwork.models import Adjustment
from unpaidwork.queries.hours import hours_of
from unpaidwork.services.work import (
    adjust_hours,
    credit_travel,
    decide_course,
    record_course,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return coordinator()


@pytest.fixture
def work():
    """100 hours, ordered four weeks ago."""
    began = TODAY - timedelta(weeks=4)
    return work_of(CaseFactory(), sentenced_on=began, arrived_on=began)


def stands(work):
    return hours_of([work], TODAY)[work.pk]


def adjust(work, by, reason="court_added", minutes=1200, on=TODAY, note="Reading Magistrates, breach"):  # fmt: skip
    return adjust_hours(
        work=work, reason=reason, minutes=minutes, on=on, note=note, by=by, today=TODAY, now=NOW
    )


@pytest.mark.parametrize(
    "reason, minutes, ordered, left",
    [
        ("court_added", 1200, 7200, 7200),
        ("court_taken", -1200, 4800, 4800),
        ("elsewhere", 300, 6000, 5700),
        ("error", 60, 6000, 5940),
    ],
)
def test_an_entry_changes_what_is_ordered_or_what_is_credited(
    work, by, reason, minutes, ordered, left
):
    adjust(work, by, reason, minutes)

    found = stands(work)
    assert (found.ordered, found.left) == (ordered, left)
    assert Entry.objects.get(action="adjusted_hours").by == by


@pytest.mark.parametrize(
    "said, words",
    [
        ({"reason": "court_added", "minutes": 12001}, "300 hours at most"),
        ({"reason": "court_added", "minutes": -60}, "This adds hours"),
        ({"reason": "court_taken", "minutes": 60}, "This takes hours away"),
        ({"reason": "court_taken", "minutes": -6001}, "cannot take more away"),
        ({"reason": "elsewhere", "minutes": 6001}, "No more can be credited"),
        ({"reason": "error", "minutes": -60}, "No more can be taken back"),
        ({"reason": "error", "minutes": 0}, "how many hours"),
        ({"reason": "travel", "minutes": 60}, "with the session"),
        ({"note": "n/a"}, "Say why"),
        ({"on": TODAY + timedelta(days=1)}, "not entered ahead"),
        ({"on": TODAY - timedelta(weeks=5)}, "from the sentence"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(work, by, said, words):
    with pytest.raises(RuleBroken, match=words):
        adjust(work, by, **said)

    assert not Adjustment.objects.exists()


def test_work_that_has_ended_takes_no_entry(work, by):
    work.state, work.state_because = "ended", "Revoked"
    work.save()

    with pytest.raises(RuleBroken, match="has ended"):
        adjust(work, by)


def test_when_an_entry_completes_the_hours_they_are_completed_and_undoing_it_opens_them(work, by):
    adjust(work, by, "elsewhere", 6000)
    work.refresh_from_db()
    completed = work.state, work.completed_on
    adjust(work, by, "error", -600)
    work.refresh_from_db()

    assert completed == ("completed", TODAY)
    assert (work.state, work.completed_on) == ("open", None)


def allow_travel(case, **columns):
    return Circumstance.objects.create(case=case, type_code="K", subtype_code="K09", **columns)


def travel(attendance, by, there=60, back=60):
    return credit_travel(
        attendance=attendance, there=there, back=back, note="", by=by, today=TODAY, now=NOW
    )


def test_of_travel_that_is_not_beyond_half_an_hour_it_is_said_that_it_must_be(work, by):
    allow_travel(work.case)

    with pytest.raises(RuleBroken, match="Travel counts beyond 30 minutes each way"):
        travel(worked(work, 420), by, there=30, back=30)


def test_travel_is_credited_where_it_is_allowed_beyond_half_an_hour_each_way(work, by):
    allow_travel(work.case)
    session = worked(work, 420)

    entry = travel(session, by)

    assert (entry.minutes, entry.reason, entry.on) == (60, "travel", session.session.on)
    assert stands(work).left == 6000 - 480


def test_travel_is_credited_once_a_session(work, by):
    allow_travel(work.case)
    session = worked(work, 420)
    travel(session, by)

    with pytest.raises(RuleBroken, match="already"):
        travel(session, by)


@pytest.mark.parametrize(
    "columns",
    [{"started_on": TODAY + timedelta(days=1)}, {"ended_on": TODAY - timedelta(days=1)}],
)
def test_travel_is_refused_on_a_day_on_which_it_is_not_allowed(work, by, columns):
    allow_travel(work.case, **columns)

    with pytest.raises(RuleBroken, match="No travel time is allowed"):
        travel(worked(work, 420), by)


def test_travel_never_goes_beyond_what_is_left(work, by):
    allow_travel(work.case)
    session = worked(work, 420)
    adjust(work, by, "elsewhere", 6000 - 420 - 10)

    assert travel(session, by).minutes == 10


def test_travel_shorter_than_what_nobody_is_credited_for_is_refused(work, by):
    allow_travel(work.case)

    with pytest.raises(RuleBroken, match="30 minutes each way"):
        travel(worked(work, 420), by, 30, 20)


def record(work, **columns):
    """By a colleague of whoever decides."""
    said = {
        "provider": "Campus",
        "title": "Health and safety",
        "reference": "",
        "expected_minutes": 300,
        "taken_minutes": 400,
        "finished_on": TODAY,
    }
    known = {"by": coordinator(), "today": TODAY, "now": NOW}
    return record_course(work=work, **known | said | columns)


def decide(course, by, credit=True, because=""):
    return decide_course(course=course, credit=credit, because=because, by=by, today=TODAY, now=NOW)


@pytest.fixture
def allowed(work):
    work.ete_because = "Out of work since March"
    work.save()
    return work


def test_a_course_counts_for_a_fifth_more_than_expected_at_most(allowed, by):
    done = decide(record(allowed), by)

    assert (done.state, done.credited_minutes, done.decided_by) == ("credited", 360, by)
    assert stands(allowed).courses == 360


def test_nobody_credits_a_course_that_they_recorded_and_anybody_may_say_it_does_not_count(
    allowed, by
):
    own = record(allowed, by=by)
    with pytest.raises(RuleBroken, match="another coordinator"):
        decide(own, by)
    assert stands(allowed).courses == 0
    assert allowed.courses.get().decided_at is None

    assert decide(own, by, credit=False, because="Not finished after all").state == "refused"


def test_courses_never_count_for_more_than_their_share(allowed, by):
    credited(allowed, 1700)

    assert decide(record(allowed), by).credited_minutes == 100
    with pytest.raises(RuleBroken, match="as much as they may"):
        decide(record(allowed, title="First aid"), by)


def test_a_course_is_not_credited_before_it_is_said_why_courses_count(work, by):
    with pytest.raises(RuleBroken, match="why courses count"):
        decide(record(work), by)


def test_a_course_like_one_they_have_is_credited_only_with_why_it_is_another(allowed, by):
    credited(allowed, 60, provider="Campus", title="Health and Safety")
    course = record(allowed)

    with pytest.raises(RuleBroken, match="looks like a course"):
        decide(course, by)
    assert decide(course, by, because="Level two of it, certificate seen").state == "credited"


def test_the_same_reference_of_a_provider_is_recorded_once(work, by):
    record(work, reference="A-17")

    with pytest.raises(RuleBroken, match="already"):
        record(work, reference="a-17", provider="campus")


def test_a_course_that_does_not_count_says_why_and_is_decided_once(work, by):
    course = record(work)

    with pytest.raises(RuleBroken, match="Say why it does not count"):
        decide(course, by, credit=False)
    done = decide(course, by, credit=False, because="Not finished: module three is open")
    assert (done.state, done.credited_minutes) == ("refused", 0)
    with pytest.raises(RuleBroken, match="already"):
        decide(course, by, credit=False, because="Not finished")


@pytest.mark.parametrize(
    "columns, words",
    [
        ({"title": "-"}, "what it was called"),
        ({"finished_on": TODAY + timedelta(days=1)}, "day it was finished"),
        ({"finished_on": TODAY - timedelta(weeks=5)}, "day it was finished"),
        ({"taken_minutes": 0}, "how long"),
    ],
)
def test_a_course_that_cannot_be_is_not_recorded(work, by, columns, words):
    with pytest.raises(RuleBroken, match=words):
        record(work, **columns)


def test_a_recorded_course_is_owed_a_decision_and_a_decision_meets_it(work, by):
    course = record(work)
    owed = work.case.deadlines.unmet().get(kind="decide_course")
    decide(course, by, credit=False, because="Not finished")
    owed.refresh_from_db()

    assert owed.triggered_on == TODAY
    assert (owed.met_on, owed.void) == (TODAY, False)


def test_the_cap_of_a_course_is_that_of_the_day_it_was_finished(allowed, by):
    credited(allowed, 1799)

    assert decide(record(allowed, finished_on=TODAY - timedelta(days=3)), by).credited_minutes == 1
