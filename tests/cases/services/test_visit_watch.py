"""Nobody checks in: each of the ladder is told once and on time, whatever runs twice or late."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import HomeVisit, Message, Notice
from cases.queries.visit_watch import watched_by
from cases.services import visit_watch
from cases.services.timetable import run_due
from cases.services.visit_watch import alert_missed_check_ins
from cases.services.visits import check_in, extend
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_visit import TOMORROW, colleague, visited_case
from tests.factories import (
    CaseFactory,
    HomeVisitFactory,
    UserFactory,
    VisitSafetyFactory,
    limit,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CALL_BY = TOMORROW + timedelta(hours=1)


def under_way(case=None, call_by=CALL_BY, **given):
    """Set out, with a buddy, a senior and a head; everybody has an address and a number."""
    case = case or CaseFactory()
    number = {"email": "a@example.gov.uk", "mobile": "07700 900123"}
    buddy = given.pop("buddy", None) or colleague(case, **number)
    return HomeVisitFactory(
        case=case, buddy=buddy, set_out_at=call_by - timedelta(hours=1), call_by=call_by, **given
    )


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return colleague(case, Role.SPO, email="spo@example.gov.uk", mobile="07700 900456")


@pytest.fixture
def head():
    return UserFactory(role=Role.HEAD, email="head@example.gov.uk")


def told(user):
    return Notice.objects.filter(user=user).count()


def ways(user):
    return set(Message.objects.filter(user=user).values_list("means", flat=True))


def test_nobody_is_told_before_the_time_they_said(case, senior):
    visit = under_way(case)

    assert alert_missed_check_ins(now=CALL_BY - MINUTE) == 0
    assert (told(visit.buddy), told(senior)) == (0, 0)


def test_the_buddy_hears_at_once_the_senior_after_ten_minutes_and_the_head_after_twenty(
    case, senior, head
):
    visit = under_way(case)

    seen = []
    for minutes in (0, 9, 10, 19, 20, 60):
        alert_missed_check_ins(now=CALL_BY + minutes * MINUTE)
        seen.append((told(visit.buddy), told(senior), told(head)))

    assert seen == [(1, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 0), (1, 1, 1), (1, 1, 1)]


def test_each_is_told_on_their_page_by_email_and_by_text_where_the_number_is_known(
    case, senior, head
):
    visit = under_way(case)
    now = CALL_BY + 20 * MINUTE

    alert_missed_check_ins(now=now)

    assert ways(visit.buddy) == ways(senior) == {"email", "text"}
    assert ways(head) == {"email"}
    assert set(Message.objects.due(now)) == set(Message.objects.all())


def test_what_is_sent_names_staff_and_a_time_and_nothing_of_the_case(case, senior):
    visit = under_way(case)
    visit.appointment.officer.mobile = "07700 900789"
    visit.appointment.officer.save()

    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    for words in (*Notice.objects.values_list("text", flat=True), *Message.objects.values_list("body", flat=True)):  # fmt: skip
        assert case.officer.name in words
        assert "07700 900789" in words
        for kept in (case.crn, case.surname, visit.safety.where):
            assert kept not in words


def test_a_sweep_that_comes_late_tells_everybody_it_missed(case, senior, head):
    visit = under_way(case)

    assert alert_missed_check_ins(now=CALL_BY + timedelta(hours=3)) == 3
    assert (told(visit.buddy), told(senior), told(head)) == (1, 1, 1)
    entries = Entry.objects.filter(action="alerted_missed_check_in", crn=case.crn)
    assert [one.detail["step"] for one in entries.order_by("pk")] == [1, 2, 3]


def test_a_senior_whom_the_case_shuts_out_is_told_all_the_same(case, senior):
    limit(case, restricted=True)
    under_way(case)

    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    assert told(senior) == 1


def test_whoever_is_kept_out_by_name_is_passed_over_for_somebody_who_may_know_where(
    case, senior, head
):
    visit = under_way(case)
    limit(case, kept_out=[senior, visit.buddy])

    alert_missed_check_ins(now=CALL_BY + 20 * MINUTE)

    assert (told(visit.buddy), told(senior)) == (0, 0)
    assert told(head) == 3


def test_where_all_are_kept_out_by_name_the_buddy_rings_and_asks_who_sends_help(case, senior):
    visit = under_way(case)
    limit(case, kept_out=[senior, visit.buddy])

    alert_missed_check_ins(now=CALL_BY + 20 * MINUTE)

    assert (told(visit.buddy), told(senior)) == (3, 0)
    (seen,) = watched_by(visit.buddy, CALL_BY + 20 * MINUTE)
    assert visit.safety.where not in repr(seen)
    assert "ask the head of service" in seen.asks
    assert seen.where == seen.signal == seen.instruction == ""


def test_the_senior_who_is_on_the_visit_is_not_the_one_who_is_told(case, senior, head):
    visit = under_way(case, with_whom=senior)

    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    assert (told(senior), told(head), told(visit.buddy)) == (0, 1, 1)


def test_where_there_is_no_senior_and_no_head_the_buddy_is_told_again(case):
    visit = under_way(case)

    alert_missed_check_ins(now=CALL_BY + 20 * MINUTE)

    assert told(visit.buddy) == 3


def test_nobody_hears_of_whoever_is_back(case, senior):
    visit = under_way(case)
    check_in(visit=visit, by=visit.buddy, now=CALL_BY - MINUTE)

    assert alert_missed_check_ins(now=CALL_BY + timedelta(hours=3)) == 0


def test_those_who_were_alarmed_hear_that_it_is_over(case, senior):
    visit = under_way(case)
    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    check_in(visit=visit, by=case.officer, now=CALL_BY + 11 * MINUTE)

    over = Notice.objects.filter(text__contains="out and safe")
    assert set(over.values_list("user", flat=True)) == {visit.buddy_id, senior.pk}


def test_those_who_were_alarmed_before_it_took_longer_hear_of_its_end_too(case, senior):
    visit = under_way(case)
    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)
    later = CALL_BY + timedelta(hours=1)
    extend(visit=visit, call_by=later, by=case.officer, now=CALL_BY + 11 * MINUTE)

    check_in(visit=visit, by=case.officer, now=CALL_BY + 20 * MINUTE)

    over = Notice.objects.filter(text__contains="out and safe")
    assert set(over.values_list("user", flat=True)) == {visit.buddy_id, senior.pk}


def test_those_who_were_alarmed_hear_that_it_takes_longer(case, senior):
    visit = under_way(case)
    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    later = CALL_BY + timedelta(hours=1)
    extend(visit=visit, call_by=later, by=visit.buddy, now=CALL_BY + 11 * MINUTE)

    longer = Notice.objects.filter(text__contains="stays longer")
    assert set(longer.values_list("user", flat=True)) == {senior.pk}


def test_whoever_was_alarmed_may_say_that_they_have_spoken_to_them(case, senior):
    visit = under_way(case)
    alert_missed_check_ins(now=CALL_BY + 10 * MINUTE)

    assert check_in(visit=visit, by=senior, now=CALL_BY + 11 * MINUTE).back_said_by == senior


def test_a_visit_that_takes_longer_is_watched_anew_from_the_new_time(case, senior):
    visit = under_way(case)
    alert_missed_check_ins(now=CALL_BY)
    later = CALL_BY + timedelta(hours=1)
    extend(visit=visit, call_by=later, by=visit.buddy, now=CALL_BY + MINUTE)

    assert alert_missed_check_ins(now=later - MINUTE) == 0
    assert alert_missed_check_ins(now=later) == 1
    assert told(visit.buddy) == 2


def test_one_visit_that_cannot_be_told_of_holds_up_no_other(case, monkeypatch):
    broken, other = under_way(case), under_way(visited_case())
    tell = visit_watch.tell_about_visit

    def fails(*, visit, **given):
        if visit.pk == broken.pk:
            raise ValueError("no")
        return tell(visit=visit, **given)

    monkeypatch.setattr(visit_watch, "tell_about_visit", fails)
    with pytest.raises(ExceptionGroup):
        alert_missed_check_ins(now=CALL_BY)

    assert told(other.buddy) == 1
    broken.refresh_from_db()
    assert broken.alerted == 0
    monkeypatch.undo()
    assert alert_missed_check_ins(now=CALL_BY + MINUTE) == 1


def test_the_sweep_of_each_minute_takes_up_what_the_task_did_not(case):
    visit = under_way(case)

    run_due(now=CALL_BY + MINUTE)

    assert told(visit.buddy) == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sweeps=st.lists(st.integers(-30, 120), min_size=1, max_size=12),
    back_after=st.one_of(st.none(), st.integers(0, 60)),
)
def test_whenever_the_sweep_runs_each_is_told_once_and_none_before_their_minute(
    case, senior, head, sweeps, back_after
):
    safety = case.visit_safety.first() or VisitSafetyFactory(case=case)
    visit = under_way(case, safety=safety)
    back_at = CALL_BY + back_after * MINUTE if back_after is not None else None
    before = {one.pk: told(one) for one in (visit.buddy, senior, head)}
    last = None
    for minute in sorted(sweeps):
        now = CALL_BY + minute * MINUTE
        if back_at and now >= back_at:
            break
        alert_missed_check_ins(now=now)
        alert_missed_check_ins(now=now)  # beat may run twice
        last = minute

    reached = [
        step
        for step, after in enumerate((0, 10, 20), start=1)
        if last is not None and last >= after
    ]
    got = [told(one) - before[one.pk] for one in (visit.buddy, senior, head)]
    assert got == [int(step in reached) for step in (1, 2, 3)]
    HomeVisit.objects.filter(pk=visit.pk).update(
        back_at=CALL_BY + timedelta(days=1), back_said_by=senior
    )
