"""The register in the log, the ledger and the deadlines of each case: all of it or nothing."""

from datetime import timedelta

import pytest

from cases.models import Circumstance, ComplianceDecision, Deadline, OutcomeCorrection
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import TODAY, AttendanceFactory, WorkFactory, limit
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import (
    AFTER,
    FOUR,
    NINE,
    a_session,
    clock,
    join,
    left,
    logged,
    read_sheet,
    supervisor_of,
    the_only,
)
from unpaidwork.models import Acknowledgement, Adjustment, Attendance
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.sessions import Came
from unpaidwork.rules.register import Said
from unpaidwork.services import register
from unpaidwork.services.travel import decide_travel

pytestmark = pytest.mark.django_db
HALF_PAST = clock(9, 30)


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def supervisor(session):
    return supervisor_of(session)


@pytest.fixture
def one(session):
    return the_only(session)


def fresh(one):
    return Attendance.objects.select_related("case", "session", "appointment__contact").get(
        pk=one.pk
    )


def arrive(one, by, at=NINE, now=None):
    one = fresh(one)
    return register.record_arrival(
        attendance=one, version=one.version, arrived_at=at, by=by, now=now or at
    )


def leave(one, by, now=AFTER, **given):
    one = fresh(one)
    return register.record_leaving(
        attendance=one, version=one.version, said=left(**given), by=by, now=now
    )


def miss(one, by, now=HALF_PAST, **given):
    one = fresh(one)
    return register.record_not_come(attendance=one, version=one.version, by=by, now=now, **given)


def put_right(one, by, said, now=AFTER, because="The wrong line was pressed."):
    one = fresh(one)
    return register.correct(
        attendance=one, version=one.version, said=said, because=because, by=by, now=now
    )


def owed(one, kind):
    return Deadline.objects.unmet().filter(case=one.case, kind=kind).count()


# A day that goes well


def test_whoever_arrives_and_works_to_the_end_has_it_in_the_log_and_in_their_hours(one, supervisor):
    arrive(one, supervisor)
    assert logged(one).outcome_code == ""

    done = leave(one, supervisor, skills=("time", "tools"), note="Taught a newcomer.")

    line = logged(one)
    assert (line.outcome_code, line.attended, line.complied) == ("ATTC", True, True)
    for said in ("9am to 4pm", "7 hours credited", "Clearing paths", "work good and behaviour good",
                 "practised time-keeping and using tools safely", "Taught a newcomer."):  # fmt: skip
        assert said in line.notes
    assert done.credited_minutes == 420
    assert hours_of([one.work], TODAY)[one.work_id].credited == 420
    assert not ComplianceDecision.objects.exists()


def test_no_more_is_credited_than_is_left_to_be_worked(supervisor, session, one):
    one.work.minutes_ordered = 100
    one.work.save()
    arrive(one, supervisor)

    leave(one, supervisor)

    assert fresh(one).credited_minutes == 100
    one.work.refresh_from_db()
    assert one.work.state == "completed"


def test_where_the_length_of_the_order_is_not_recorded_what_they_worked_is_not_lost(
    one, supervisor
):
    one.work.minutes_ordered = 0
    one.work.save()
    arrive(one, supervisor)

    assert leave(one, supervisor).credited_minutes == 420


def test_a_penalty_is_taken_off_and_a_break_only_where_the_policy_says(one, supervisor):
    arrive(one, supervisor)

    assert leave(one, supervisor, penalty_minutes=30, break_minutes=45).credited_minutes == 390


def test_a_sensitive_note_keeps_the_line_of_the_log_from_the_person(one, supervisor):
    arrive(one, supervisor)
    leave(one, supervisor, note="He spoke of his mother.", sensitive=True)

    assert logged(one).sensitive
    with pytest.raises(RuleBroken, match="not taken back"):
        put_right(one, supervisor, left(arrived_at=NINE, note="x"))


def test_an_arrival_of_the_wrong_person_is_taken_back_before_anything_is_in_the_log(
    one, supervisor
):
    held = arrive(one, supervisor)
    register.take_back_arrival(attendance=held, version=held.version, by=supervisor, now=NINE)

    assert fresh(one).came == Came.EXPECTED
    assert fresh(one).arrived_at is None


# A day that does not


def test_whoever_does_not_come_awaits_the_decision_of_their_officer_who_rings_today(
    one, supervisor
):
    miss(one, supervisor, note="Texted the van: unwell.")

    line = logged(one)
    assert (line.outcome_code, line.attended, line.complied) == ("AFTA", False, False)
    assert "Texted the van: unwell." in line.notes
    decision = ComplianceDecision.objects.get(appointment=one.appointment)
    assert (decision.state, decision.happened_on) == ("awaiting", TODAY)
    assert owed(one, "call_same_day") == owed(one, "decide_absence") == 1
    assert one.case.officer.notices.exists()
    assert fresh(one).credited_minutes == 0


def test_whoever_is_sent_home_for_their_behaviour_awaits_a_decision_and_keeps_what_they_worked(
    one, supervisor
):
    arrive(one, supervisor)
    held = fresh(one)
    said = Said(Came.SENT_HOME, left_at=clock(11), note="Threw a spade.", behaviour="PO")
    register.record_leaving(
        attendance=held, version=held.version, said=said, by=supervisor, now=clock(11)
    )

    assert logged(one).outcome_code == "ATSH"
    assert ComplianceDecision.objects.get().state == "awaiting"
    assert fresh(one).credited_minutes == 120
    assert owed(one, "call_same_day") == 0  # they were seen


def test_nobody_fails_where_we_had_no_work_for_them(one, supervisor):
    said = Said(Came.NO_WORK, left_at=clock(9, 20))
    register.record_leaving(attendance=one, version=1, said=said, by=supervisor, now=clock(9, 20))

    assert logged(one).outcome_code == "ATSS"
    assert logged(one).complied is True
    assert not ComplianceDecision.objects.exists()


def test_only_a_coordinator_says_that_an_absence_had_a_good_reason(one, supervisor):
    with pytest.raises(RuleBroken, match="Only a coordinator"):
        miss(one, supervisor, outcome="AAME")
    assert logged(one).outcome_code == ""

    miss(one, coordinator(), outcome="AAME", now=NINE - timedelta(days=1))

    assert logged(one).outcome_code == "AAME"
    assert not ComplianceDecision.objects.exists()


def test_whoever_comes_late_after_all_did_not_miss_it(one, supervisor):
    miss(one, supervisor)
    arrive(one, supervisor, at=clock(10))

    assert logged(one).outcome_code == "ATTC"
    assert not ComplianceDecision.objects.exists()
    assert owed(one, "call_same_day") == owed(one, "decide_absence") == 0
    because = OutcomeCorrection.objects.get().because
    assert because == "They came at 10am, after the register had said that they did not."

    leave(one, supervisor)
    assert fresh(one).credited_minutes == 360
    assert "6 hours credited" in logged(one).notes


def test_whoever_was_thought_to_have_come_late_is_put_back_to_not_having_come(one, supervisor):
    miss(one, supervisor)
    arrive(one, supervisor, at=clock(10))

    put_right(one, supervisor, Said(Came.NOT_COME))

    assert logged(one).outcome_code == "AFTA"
    assert ComplianceDecision.objects.get().state == "awaiting"


# Two at once, and who may


def test_what_was_said_without_knowing_what_stands_is_refused_and_says_what_stands(
    one, supervisor, session
):
    arrive(one, supervisor)

    with pytest.raises(RuleBroken, match="here since 9am") as refusal:
        register.record_not_come(attendance=one, version=1, by=coordinator(), now=clock(9, 30))

    assert supervisor.name in str(refusal.value)
    assert logged(one).outcome_code == ""


def test_a_step_that_does_not_follow_is_refused(one, supervisor):
    with pytest.raises(RuleBroken, match="put it right"):
        leave(one, supervisor)


def test_the_register_opens_once_the_sheet_was_read(session, one, supervisor):
    Acknowledgement.objects.all().delete()
    for said in (lambda: arrive(one, supervisor), lambda: miss(one, supervisor)):
        with pytest.raises(RuleBroken, match="Read the day sheet"):
            said()

    read_sheet(session, supervisor)
    assert arrive(one, supervisor).came == Came.HERE


def test_somebody_who_joined_since_is_read_of_before_it_opens_again(session, one, supervisor):
    join(session)

    with pytest.raises(RuleBroken, match="Read the day sheet"):
        arrive(one, supervisor)


def test_a_coordinator_writes_up_a_paper_register_the_day_after_without_the_sheet(one):
    tomorrow = AFTER + timedelta(days=1)
    who = coordinator()
    with pytest.raises(RuleBroken, match="Read the day sheet"):
        arrive(one, who)

    arrive(one, who, now=tomorrow)
    leave(one, who, now=tomorrow)

    assert logged(one).outcome_code == "ATTC"


def test_the_supervisor_of_another_session_says_nothing_here(one):
    other = supervisor_of(a_session())

    with pytest.raises(RuleBroken, match="Only those who run this session"):
        arrive(one, other)


def test_whoever_the_case_is_kept_from_says_nothing_of_them(one, supervisor, session):
    limit(one.case, restricted=True)
    read_sheet(session, supervisor)

    with pytest.raises(RuleBroken, match="Only those who run this session"):
        arrive(one, supervisor)


def test_whose_place_was_called_off_is_not_written_of(one, supervisor):
    appointment = one.appointment
    appointment.called_off_at, appointment.asked_by = NINE, "service"
    appointment.called_off_because = "Suspended."
    appointment.save()

    with pytest.raises(RuleBroken, match="was called off"):
        arrive(one, supervisor)


def test_what_the_log_refuses_leaves_nothing_behind(one, supervisor):
    arrive(one, supervisor)
    contact = logged(one)
    contact.notes = "x" * 11_999
    contact.outcome_code = "ATTC"
    contact.outcome_name, contact.attended, contact.complied = "Attended", True, True
    contact.save()
    held = fresh(one)
    said = Said(Came.SENT_HOME, left_at=clock(11), behaviour="PO", note="Shouted.")

    with pytest.raises(RuleBroken, match="12,000"):
        register.record_leaving(
            attendance=held, version=held.version, said=said, by=supervisor, now=AFTER
        )

    assert (fresh(one).came, fresh(one).version) == (held.came, held.version)


# Putting right


def test_what_stood_and_why_are_kept_and_the_hours_follow(one, supervisor):
    arrive(one, supervisor)
    leave(one, supervisor, left_at=clock(15))
    put_right(one, supervisor, left(arrived_at=NINE), because="He stayed to load the van.")

    assert fresh(one).credited_minutes == 420
    kept = OutcomeCorrection.objects.get()
    assert kept.because == "He stayed to load the van."
    assert "9am to 3pm" in kept.was_notes
    assert "9am to 4pm" in logged(one).notes
    assert Entry.objects.filter(action="put_attendance_right", crn=one.case.crn).exists()


def test_hours_that_completed_the_order_are_taken_back_with_the_attendance(one, supervisor):
    one.work.minutes_ordered = 400
    one.work.save()
    arrive(one, supervisor)
    leave(one, supervisor)

    put_right(one, supervisor, Said(Came.NOT_COME))

    one.work.refresh_from_db()
    assert (one.work.state, fresh(one).credited_minutes) == ("open", 0)
    assert ComplianceDecision.objects.get().state == "awaiting"


def test_minutes_are_put_right_also_once_the_officer_has_decided_but_the_outcome_is_not(
    one, supervisor
):
    arrive(one, supervisor)
    sent = {"behaviour": "PO", "note": "Swore at a passer-by."}
    home = Said(Came.SENT_HOME, arrived_at=NINE, left_at=clock(11), **sent)
    held = fresh(one)
    register.record_leaving(attendance=held, version=2, said=home, by=supervisor, now=AFTER)
    ComplianceDecision.objects.update(
        state="failure", because="No reason.", decided_at=AFTER, decided_by=one.case.officer
    )

    later = Said(Came.SENT_HOME, arrived_at=NINE, left_at=clock(12), **sent)
    put_right(one, supervisor, later)
    assert fresh(one).credited_minutes == 180
    with pytest.raises(RuleBroken, match="has been decided"):
        put_right(one, supervisor, left(arrived_at=NINE))


def test_nothing_is_put_right_without_a_reason(one, supervisor):
    arrive(one, supervisor)
    leave(one, supervisor)

    for because in ("", " ", "."):
        with pytest.raises(RuleBroken, match="Say why"):
            put_right(one, supervisor, left(arrived_at=NINE), because=because)


# Several at once


def test_those_who_are_chosen_leave_together_and_the_others_stay():
    session = a_session(people=4)
    by = supervisor_of(session)
    people = [arrive(one, by) for one in session.attendances.order_by("pk")]
    going = {one.pk: one.version for one in people[:3]}

    register.leave_together(session=session, versions=going, said=left(), by=by, now=AFTER)

    assert [one.came for one in session.attendances.order_by("pk")] == ["left"] * 3 + ["here"]
    assert {logged(one).outcome_code for one in people[:3]} == {"ATTC"}
    assert logged(people[3]).outcome_code == ""


def test_nobody_leaves_where_one_of_them_cannot():
    session = a_session(people=3)
    by = supervisor_of(session)
    people = [arrive(one, by) for one in session.attendances.order_by("pk")]
    leave(people[2], by)

    with pytest.raises(RuleBroken):
        register.leave_together(
            session=session, versions={one.pk: one.version for one in people}, said=left(), by=by,
            now=AFTER,
        )  # fmt: skip

    assert [one.came for one in session.attendances.order_by("pk")] == ["here", "here", "left"]


def test_only_people_of_this_register_leave_it(session, supervisor):
    other = the_only(a_session())

    with pytest.raises(RuleBroken, match="on this register"):
        register.leave_together(
            session=session, versions={other.pk: 1}, said=left(), by=supervisor, now=AFTER
        )


# Standing down


def test_a_session_that_is_stood_down_is_our_fault_and_nobodys_failure():
    session = a_session(people=4)
    by = supervisor_of(session)
    here, expected, ill, missed = session.attendances.order_by("pk")
    arrive(here, by)
    miss(ill, coordinator(), outcome="AAME")
    miss(missed, by)
    limit(expected.case, restricted=True)  # also of whom the supervisor may know nothing

    register.stand_down(session=session, because="The van broke down.", by=by, now=clock(10))

    assert [logged(one).outcome_code for one in (here, expected, ill, missed)] == [
        "ATSS", "AASD", "AAME", "AFTA",
    ]  # fmt: skip
    assert fresh(here).credited_minutes == 60
    assert register.STOOD_DOWN_LATER in logged(missed).notes
    assert list(ComplianceDecision.objects.values_list("appointment", flat=True)) == [
        missed.appointment_id
    ]
    session.refresh_from_db()
    assert (session.state, session.state_because) == ("stood_down", "The van broke down.")


def test_it_is_stood_down_before_it_begins_as_well(session, supervisor, one):
    arrive(one, supervisor, at=clock(8, 50))

    register.stand_down(
        session=session, because="The site is flooded.", by=supervisor, now=clock(8, 55)
    )

    assert logged(one).outcome_code == "AASD"
    assert not ComplianceDecision.objects.exists()


def test_standing_down_says_why_and_happens_once(session, supervisor):
    with pytest.raises(RuleBroken, match="Say why"):
        register.stand_down(session=session, because=" ", by=supervisor, now=NINE)

    register.stand_down(session=session, because="No supervisor came.", by=supervisor, now=NINE)
    with pytest.raises(RuleBroken, match="stood down by us"):
        register.stand_down(session=session, because="Again.", by=supervisor, now=NINE)
    with pytest.raises(RuleBroken, match="tell their officer"):
        put_right(the_only(session), coordinator(), Said(Came.NOT_COME))


# Closing


def test_a_register_does_not_close_while_somebody_is_neither_here_nor_gone(
    session, supervisor, one
):
    for step in (lambda: None, lambda: arrive(one, supervisor)):
        step()
        with pytest.raises(RuleBroken, match="1 person still"):
            register.close_register(session=session, by=supervisor, now=AFTER)

    leave(one, supervisor)
    closed = register.close_register(session=session, by=supervisor, now=AFTER)

    assert (closed.state, closed.closed_by) == ("closed", supervisor)
    assert Entry.objects.filter(action="closed_register").exists()


def test_once_it_is_closed_only_a_coordinator_puts_it_right(session, supervisor, one):
    arrive(one, supervisor)
    leave(one, supervisor)
    register.close_register(session=session, by=supervisor, now=AFTER)

    with pytest.raises(RuleBroken, match="A coordinator puts it right"):
        put_right(one, supervisor, left(arrived_at=NINE, left_at=clock(15)))
    put_right(one, coordinator(), left(arrived_at=NINE, left_at=clock(15)))

    assert fresh(one).credited_minutes == 360


def test_whose_place_was_called_off_does_not_keep_it_open(session, supervisor, one):
    gone = join(session)
    appointment = gone.appointment
    appointment.called_off_at, appointment.asked_by = NINE, "service"
    appointment.called_off_because = "Suspended."
    appointment.save()
    arrive(one, supervisor)
    leave(one, supervisor)

    assert register.close_register(session=session, by=supervisor, now=AFTER).state == "closed"


# Travel


def allow_travel(one):
    Circumstance.objects.create(case=one.case, type_code="K", subtype_code="K09")


def again(one, days=7):
    """The same person on the same project another day."""
    session = a_session(people=0, on=TODAY + timedelta(days=days), project=one.session.project)
    user = supervisor_of(session)
    theirs = AttendanceFactory(
        session=session, work=one.work, appointment__contact__started_at=clock(9, on=session.on)
    )
    one.case.assignments.create(user=user, capacity="unpaid_work", from_on=TODAY)
    read_sheet(session, user)
    return theirs, user, timedelta(days=days)


def test_travel_is_asked_about_where_it_is_allowed_and_as_it_was_counted_it_is_counted_again(
    one, supervisor
):
    allow_travel(one)
    arrive(one, supervisor)
    leave(one, supervisor)
    assert fresh(one).travel == "waiting"
    assert not Adjustment.objects.exists()

    decide_travel(attendance=one, there=60, back=45, by=coordinator(), today=TODAY, now=AFTER)
    assert fresh(one).travel == "credited"

    other, user, days = again(one)
    arrive(other, user, at=NINE + days)
    leave(other, user, now=AFTER + days, left_at=FOUR + days)

    assert fresh(other).travel == "credited"
    assert list(Adjustment.objects.order_by("pk").values_list("minutes", flat=True)) == [45, 45]


def test_travel_that_is_not_eligible_is_said_to_be_and_asked_about_once(one, supervisor):
    allow_travel(one)
    arrive(one, supervisor)
    leave(one, supervisor)

    decide_travel(attendance=one, there=0, back=0, by=coordinator(), today=TODAY, now=AFTER)

    assert fresh(one).travel == "refused"
    with pytest.raises(RuleBroken, match="decided already"):
        decide_travel(attendance=one, there=60, back=60, by=coordinator(), today=TODAY, now=AFTER)


def test_travel_is_not_asked_about_where_their_circumstances_allow_none(one, supervisor):
    arrive(one, supervisor)
    leave(one, supervisor)

    assert fresh(one).travel == ""


def test_travel_to_a_session_they_did_not_come_to_is_taken_back(one, supervisor):
    allow_travel(one)
    arrive(one, supervisor)
    leave(one, supervisor)
    decide_travel(attendance=one, there=60, back=60, by=coordinator(), today=TODAY, now=AFTER)

    put_right(one, supervisor, Said(Came.NOT_COME))

    assert hours_of([one.work], TODAY)[one.work_id].credited == 0
    assert fresh(one).travel == ""


def test_travel_that_was_taken_back_may_be_credited_again_and_is_taken_back_once_each_time(
    one, supervisor
):
    def decided():
        decide_travel(attendance=one, there=60, back=60, by=coordinator(), today=TODAY, now=AFTER)
        return hours_of([one.work], TODAY)[one.work_id].credited

    allow_travel(one)
    arrive(one, supervisor)
    leave(one, supervisor)
    first = decided()
    put_right(one, supervisor, Said(Came.NOT_COME))
    put_right(one, supervisor, left(arrived_at=NINE))
    assert fresh(one).travel == "waiting"
    undecided = hours_of([one.work], TODAY)[one.work_id].credited
    second = decided()
    put_right(one, supervisor, Said(Came.NOT_COME))
    put_right(one, supervisor, left(arrived_at=NINE))
    put_right(one, supervisor, Said(Came.NOT_COME))

    assert (first, undecided, second) == (480, 420, 480)
    assert hours_of([one.work], TODAY)[one.work_id].credited == 0
    assert list(Adjustment.objects.order_by("pk").values_list("reason", "minutes")) == [
        ("travel", 60), ("error", -60), ("error", 60), ("error", -60)
    ]  # fmt: skip


def test_two_requirements_of_one_person_are_each_credited_for_themselves(supervisor, session, one):
    second = AttendanceFactory(
        session=session, work=WorkFactory(case_of=one.case), appointment__contact__started_at=NINE
    )
    read_sheet(session, supervisor)
    for row in (one, second):
        arrive(row, supervisor)
        leave(row, supervisor, left_at=clock(12))

    found = hours_of([one.work, second.work], TODAY)
    assert [found[row.work_id].credited for row in (one, second)] == [180, 180]
