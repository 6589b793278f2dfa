from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localtime

from cases.models import (
    Appointment,
    ComplianceDecision,
    Contact,
    Deadline,
    Flag,
    Message,
    Notice,
    OutcomeCorrection,
)
from cases.reference.appointments import Decided
from cases.services.appointments import call_off
from cases.services.meetings import (
    correct_meeting,
    log_as_kept,
    prepare_appointment,
    record_meeting,
)
from cases.services.outcomes import correct_outcome, record_outcome, take_back_outcome
from cases.services.outcomes_owed import owe_outcomes_chunk
from cases.services.reminders import arrange_reminder
from staff.errors import RuleBroken
from staff.models import Entry
from tests.cases.a_reminder import booked, set_up, somebody
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    DepartureFactory,
    HomeVisitFactory,
    ObjectiveFactory,
    PlanFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2018, 10, 2, 9, tzinfo=UTC)  # 10am, a Tuesday, as the factory books
AFTER = AT + timedelta(hours=1)
ON = AT.date()
DAYS = timedelta(days=1)


@pytest.fixture
def appointment():
    case = CaseFactory()
    SentenceFactory(case=case)
    return AppointmentFactory(case=case)


def of_the_requirement(appointment, code="F"):
    sentence = SentenceFactory(case=appointment.contact.case)
    requirement = RequirementFactory(sentence=sentence, main_code=code)
    Contact.objects.filter(pk=appointment.pk).update(requirement=requirement, sentence=sentence)
    appointment.contact.refresh_from_db()
    return requirement


def say(appointment, outcome="ATTC", **given):
    known = {"notes": "", "sensitive": False, "by": appointment.officer, "now": AFTER}
    return record_outcome(appointment=appointment, outcome=outcome, **known | given)


def put_right(appointment, outcome="ATTC", **given):
    known = {
        "notes": "",
        "rar_day": False,
        "because": "The wrong line was ticked.",
        "by": appointment.officer,
        "now": AFTER,
    }
    return correct_outcome(appointment=appointment, outcome=outcome, **known | given)


def owed_on(appointment):
    unmet = Deadline.objects.unmet().filter(appointment=appointment).order_by("kind")
    return list(unmet.values_list("kind", flat=True))


def void_or_met(appointment, kind):
    return Deadline.objects.get(appointment=appointment, kind=kind).void


def test_what_came_of_it_is_written_in_the_log_with_its_notes(appointment):
    say(appointment, notes="He has a flat.", sensitive=True)

    line = Contact.objects.get(pk=appointment.pk)
    assert (line.outcome_code, line.outcome_name) == ("ATTC", "Attended and complied")
    assert (line.attended, line.complied, line.notes, line.sensitive) == (
        True,
        True,
        "He has a flat.",
        True,
    )
    booked = Appointment.objects.get(pk=appointment.pk)
    assert (booked.logged_at, booked.logged_by) == (AFTER, appointment.officer)
    entry = Entry.objects.get(action="recorded_outcome")
    assert entry.detail == {"appointment": appointment.pk, "outcome": "ATTC"}


def test_notes_that_came_with_the_line_stand_above_those_that_are_added(appointment):
    Contact.objects.filter(pk=appointment.pk).update(notes="From nDelius.")

    say(appointment, notes="Check-in:\nHe has a flat.\nReview:\n")

    notes = Contact.objects.get(pk=appointment.pk).notes
    assert notes == "From nDelius.\n\nCheck-in:\nHe has a flat."


def test_what_was_recorded_once_is_not_written_over(appointment):
    say(appointment)

    with pytest.raises(RuleBroken, match="put it right"):
        say(appointment, "AFTA")
    assert Contact.objects.get(pk=appointment.pk).outcome_code == "ATTC"


def test_nothing_came_of_one_that_was_called_off(appointment):
    Appointment.objects.filter(pk=appointment.pk).update(
        called_off_at=AT, asked_by="service", called_off_because="Snow."
    )

    with pytest.raises(RuleBroken, match="called off"):
        say(appointment)


def test_nobody_attends_what_is_still_to_come(appointment):
    with pytest.raises(RuleBroken, match="still to come"):
        say(appointment, now=AT - DAYS)


def test_an_absence_agreed_ahead_is_recorded_and_its_reminder_is_dropped(appointment):
    Message.objects.create(
        key="reminder-1",
        kind="reminder",
        appointment=appointment,
        means="text",
        address="07700900123",
        subject="x",
        body="x",
        not_before=AT - DAYS,
        at=AT - 2 * DAYS,
    )

    say(appointment, "AAEM", now=AT - DAYS)

    assert Contact.objects.get(pk=appointment.pk).outcome_code == "AAEM"
    assert Message.objects.get().delivery == "cancelled"
    assert owed_on(appointment) == []


def test_recording_meets_the_clock_that_asked_for_it(appointment):
    owe_outcomes_chunk(after=0, today=ON + DAYS)
    assert owed_on(appointment) == ["log_outcome"]

    say(appointment, now=AT + DAYS)

    assert owed_on(appointment) == []
    assert not void_or_met(appointment, "log_outcome")


def test_somebody_who_did_not_come_is_rung_decided_about_and_offered_another(appointment):
    say(appointment, "AFTA")

    decision = ComplianceDecision.objects.get()
    assert (decision.state, decision.happened_on, decision.became_aware_on) == (
        Decided.AWAITING,
        ON,
        ON,
    )
    assert owed_on(appointment) == ["call_same_day", "decide_absence", "offer_again"]
    call = Deadline.objects.get(kind="call_same_day")
    assert call.due_on == ON


def test_the_days_to_act_count_from_when_we_came_to_know(appointment):
    say(appointment, "AFTA", became_aware_on=ON + 2 * DAYS, now=AT + 2 * DAYS)

    assert Deadline.objects.get(kind="call_same_day").due_on == ON + 2 * DAYS
    assert Deadline.objects.get(kind="decide_absence").triggered_on == ON + 2 * DAYS
    assert Deadline.objects.get(kind="offer_again").triggered_on == ON


def test_another_day_of_coming_to_know_moves_what_is_owed_from_it(appointment):
    say(appointment, "AFTA", now=AT + 4 * DAYS)
    known = {"case": appointment.contact.case, "why": "Late.", "told": "spo", "raised_on": ON}
    late = Deadline.objects.get(kind="call_same_day")
    Flag.objects.create(deadline=late, **known)

    put_right(appointment, "AFTA", became_aware_on=ON + 4 * DAYS, now=AT + 4 * DAYS)

    for kind in ("call_same_day", "decide_absence"):
        assert Deadline.objects.unmet().get(kind=kind).triggered_on == ON + 4 * DAYS
    assert Deadline.objects.get(kind="offer_again").triggered_on == ON
    assert Flag.objects.get().closed_on == ON + 4 * DAYS


def test_when_we_came_to_know_stands_while_something_else_is_put_right(appointment):
    say(appointment, "AFTA", became_aware_on=ON + 2 * DAYS, now=AT + 2 * DAYS)

    put_right(appointment, "AFTA", notes="He rang at noon.", now=AT + 2 * DAYS)

    assert ComplianceDecision.objects.get().became_aware_on == ON + 2 * DAYS
    assert Deadline.objects.unmet().get(kind="decide_absence").triggered_on == ON + 2 * DAYS


def test_a_voluntary_absence_owes_a_call_and_no_decision():
    appointment = AppointmentFactory(enforces="voluntary")

    say(appointment, "ABNS")

    assert owed_on(appointment) == ["call_same_day"]
    assert not ComplianceDecision.objects.exists()


def test_what_is_voluntary_takes_no_outcome_that_could_become_a_failure():
    appointment = AppointmentFactory(enforces="voluntary")

    with pytest.raises(RuleBroken, match="voluntary"):
        say(appointment, "AFTA")


def test_whoever_came_and_did_not_comply_is_decided_about_and_not_rung(appointment):
    say(appointment, "AFTC")

    assert owed_on(appointment) == ["decide_absence"]


def test_another_that_is_booked_within_the_days_to_offer_one_is_the_offer(appointment):
    AppointmentFactory(case=appointment.contact.case, at=AT + 3 * DAYS)

    say(appointment, "AFTA")

    assert owed_on(appointment) == ["call_same_day", "decide_absence"]


@pytest.mark.parametrize("booked_after", [False, True])
def test_another_far_off_is_the_offer_only_where_it_was_booked_since(appointment, booked_after):
    booked_at = AT + timedelta(minutes=30) if booked_after else AT - DAYS
    AppointmentFactory(case=appointment.contact.case, at=AT + 20 * DAYS, booked_at=booked_at)

    say(appointment, "AFTA")

    assert ("offer_again" in owed_on(appointment)) != booked_after


def test_one_that_is_voluntary_is_no_offer(appointment):
    case = appointment.contact.case
    AppointmentFactory(case=case, at=AT + 3 * DAYS, enforces="voluntary")

    say(appointment, "AFTA")

    assert "offer_again" in owed_on(appointment)


def test_one_that_was_called_off_is_no_offer(appointment):
    other = AppointmentFactory(case=appointment.contact.case, at=AT + 3 * DAYS)
    Appointment.objects.filter(pk=other.pk).update(
        called_off_at=AT, asked_by="person", called_off_because="Ill."
    )

    say(appointment, "AFTA")

    assert "offer_again" in owed_on(appointment)


def test_one_that_was_brought_in_is_no_booking_of_since_because_somebody_took_it_up(appointment):
    case = appointment.contact.case
    far = brought_in(case=case, started_at=AT + 20 * DAYS)
    known = {"by": appointment.officer, "now": AT + timedelta(minutes=30)}
    prepare_appointment(contact=far, prepared="Ask of the flat.", **known)

    say(appointment, "AFTA")

    assert "offer_again" in owed_on(appointment)


def called_off(other):
    known = {"by": other.officer, "now": AFTER, "because": "The office is shut."}
    call_off(appointment=other, asked_by="service", **known)


def excused(other):
    say(other, "AAME")


@pytest.mark.parametrize("away", [called_off, excused])
def test_another_is_owed_where_what_was_booked_before_the_miss_will_not_be(appointment, away):
    other = AppointmentFactory(case=appointment.contact.case, at=AT + 3 * DAYS)
    say(appointment, "AFTA")
    assert "offer_again" not in owed_on(appointment)

    away(other)

    owed = Deadline.objects.unmet().get(kind="offer_again")
    assert (owed.appointment_id, owed.triggered_on) == (appointment.pk, ON)


@pytest.mark.parametrize("outcome", ["ABNS", "ATTC"])
def test_nothing_is_owed_after_what_nobody_had_to_keep_or_somebody_kept(appointment, outcome):
    if outcome == "ABNS":
        Appointment.objects.filter(pk=appointment.pk).update(enforces="voluntary")
    other = AppointmentFactory(case=appointment.contact.case, at=AT + 3 * DAYS)
    say(appointment, outcome)

    called_off(other)

    assert "offer_again" not in owed_on(appointment)


def test_they_can_come_after_all_and_no_other_is_owed(appointment):
    other = AppointmentFactory(case=appointment.contact.case, at=AT + 3 * DAYS)
    say(appointment, "AFTA")
    excused(other)

    taken_back(other, now=AFTER)

    assert "offer_again" not in owed_on(appointment)


def test_whoever_holds_the_case_hears_of_an_absence_that_somebody_else_recorded(appointment):
    say(appointment, "AFTA", by=UserFactory(team=appointment.contact.case.team))

    notice = Notice.objects.get()
    assert notice.user == appointment.contact.case.officer
    assert appointment.contact.case.surname not in notice.text


def test_objectives_that_were_worked_on_are_of_this_persons_own_plan(appointment):
    case = appointment.contact.case
    mine = ObjectiveFactory(plan=PlanFactory(case=case, signed=True))
    theirs = ObjectiveFactory()

    with pytest.raises(RuleBroken, match="own plan"):
        say(appointment, objectives=[mine, theirs])
    say(appointment, objectives=[mine.pk])

    assert list(Appointment.objects.get(pk=appointment.pk).objectives.all()) == [mine]


def test_a_day_is_credited_under_a_rehabilitation_activity_requirement_alone(appointment):
    with pytest.raises(RuleBroken, match="not"):
        say(appointment, rar_day=True)
    of_the_requirement(appointment)

    say(appointment, rar_day=True)

    assert Contact.objects.get(pk=appointment.pk).rar_activity


def test_nobody_is_credited_with_a_day_they_did_not_come_to(appointment):
    of_the_requirement(appointment)

    with pytest.raises(RuleBroken):
        say(appointment, "AFTA", rar_day=True)


def test_a_day_that_was_offered_and_missed_stays_one_that_was_offered(appointment):
    of_the_requirement(appointment)
    Contact.objects.filter(pk=appointment.pk).update(rar_activity=True)

    say(appointment, "AFTA")

    assert Contact.objects.get(pk=appointment.pk).rar_activity


def test_what_is_put_right_keeps_what_stood_before_and_why(appointment):
    say(appointment, notes="He was late.")

    put_right(appointment, "AAME", notes="He was in hospital.", because="Wrong person.")

    line, kept = Contact.objects.get(pk=appointment.pk), OutcomeCorrection.objects.get()
    assert (line.outcome_code, line.notes) == ("AAME", "He was in hospital.")
    assert (kept.was_code, kept.was_notes, kept.because) == (
        "ATTC",
        "He was late.",
        "Wrong person.",
    )


@pytest.mark.parametrize("given", [True, False, None])
def test_a_mark_that_is_put_right_is_named_in_the_trail_with_what_it_was(appointment, given):
    say(appointment, notes="He was late.", sensitive=True)

    put_right(appointment, notes="He was late.", sensitive=given)

    assert Contact.objects.get(pk=appointment.pk).sensitive is (given is not False)
    marked = Entry.objects.filter(action="marked_notes").values_list("detail", flat=True)
    changed = [{"was": True, "now": False, "appointment": appointment.pk}]
    assert list(marked) == (changed if given is False else [])


def test_a_call_that_is_owed_runs_on_while_the_notes_are_put_right():
    appointment = AppointmentFactory(enforces="voluntary")
    say(appointment, "ABNS")

    put_right(appointment, "ABNS", notes="He rang at noon.")

    assert owed_on(appointment) == ["call_same_day"]
    assert Deadline.objects.filter(kind="call_same_day").count() == 1


def taken_back(appointment, **given):
    known = {"notes": "", "because": "Wrong person.", "by": appointment.officer}
    return take_back_outcome(appointment=appointment, **known | given)


def test_an_absence_agreed_by_mistake_is_taken_back_before_the_hour(settings, tmp_path):
    set_up(settings, tmp_path)
    case, before = somebody(), AT - 3 * DAYS
    SentenceFactory(case=case)
    appointment = booked(case, interpreter="to_book")
    arrange_reminder(appointment=appointment, now=before)
    say(appointment, "AAME", notes="In hospital.", now=before)
    assert Message.objects.get().delivery == "cancelled"

    taken_back(appointment, now=before)

    line, kept = Contact.objects.get(pk=appointment.pk), OutcomeCorrection.objects.get()
    assert (line.outcome_code, line.attended, line.complied, line.notes) == ("", None, None, "")
    assert (kept.was_code, kept.was_notes) == ("AAME", "In hospital.")
    assert Message.objects.get().delivery == "waiting"
    assert owed_on(appointment) == ["book_interpreter"]
    assert Appointment.objects.to_come(before).get() == appointment
    say(appointment, "ATTC")


def test_nothing_is_taken_back_once_its_time_has_come_nor_without_saying_why(appointment):
    with pytest.raises(RuleBroken, match="Nothing was recorded"):
        taken_back(appointment, now=AT - DAYS)
    say(appointment, "AAME", now=AT - DAYS)
    with pytest.raises(RuleBroken, match="why"):
        taken_back(appointment, now=AT - DAYS, because=" ")
    with pytest.raises(RuleBroken, match="time has come"):
        taken_back(appointment, now=AFTER)

    assert Contact.objects.get(pk=appointment.pk).outcome_code == "AAME"


@pytest.mark.parametrize("because", ["", "  "])
def test_nothing_is_put_right_without_saying_why(appointment, because):
    say(appointment)

    with pytest.raises(RuleBroken, match="why"):
        put_right(appointment, "AAME", because=because)


def test_an_absence_recorded_by_mistake_owes_nothing_any_more(appointment):
    say(appointment, "AFTA")

    put_right(appointment, "ATTC")

    assert owed_on(appointment) == []
    assert not ComplianceDecision.objects.exists()
    assert void_or_met(appointment, "call_same_day")


def test_what_turns_out_to_be_an_absence_opens_all_that_one_opens(appointment):
    say(appointment, "ATTC")

    put_right(appointment, "AFTA")

    assert owed_on(appointment) == ["call_same_day", "decide_absence", "offer_again"]
    assert ComplianceDecision.objects.get().state == Decided.AWAITING


def test_whoever_did_come_after_all_is_no_longer_to_be_rung(appointment):
    say(appointment, "AFTA")

    put_right(appointment, "AFTC")

    assert owed_on(appointment) == ["decide_absence"]


def test_what_has_been_decided_is_changed_by_a_decision_alone(appointment):
    say(appointment, "AFTA")
    ComplianceDecision.objects.update(
        state="failure", because="x", decided_at=AFTER, decided_by=appointment.officer
    )

    with pytest.raises(RuleBroken, match="decided"):
        put_right(appointment, "ATTC")


def test_the_next_one_is_booked_with_the_outcome_and_enforces_the_same(appointment):
    done = record_meeting(
        contact=appointment.contact,
        outcome="ATTC",
        notes="He has a flat.",
        sensitive=False,
        by=appointment.officer,
        now=AFTER,
        next_at=localtime(AT) + 14 * DAYS,
    )

    following = done.booked
    assert following.contact.started_at == AT + 14 * DAYS
    assert (following.contact.type_code, following.where) == ("COAP", "office")
    assert (following.enforces, following.told_how) == ("order", "in_person")
    assert following.contact.ended_at - following.contact.started_at == timedelta(minutes=30)


def test_the_next_one_is_with_whoever_records_it_where_the_officer_has_left(appointment):
    case = appointment.contact.case
    DepartureFactory(user=appointment.officer, last_on=AFTER.date() - timedelta(days=1))
    colleague = UserFactory(team=case.team)

    done = record_meeting(
        contact=appointment.contact, outcome="ATTC", notes="He has a flat.", sensitive=False, by=colleague,
        now=AFTER, next_at=localtime(AT) + 14 * DAYS,
    )  # fmt: skip

    assert done.booked.officer == colleague


def test_whoever_did_not_come_has_not_been_told_of_the_next(appointment):
    done = record_meeting(
        contact=appointment.contact,
        outcome="AFTA",
        notes="",
        sensitive=False,
        by=appointment.officer,
        now=AFTER,
        next_at=localtime(AT) + 2 * DAYS,
    )

    assert done.booked.told_how == "not_yet"
    assert owed_on(appointment) == ["call_same_day", "decide_absence"]


def test_where_the_next_cannot_be_booked_nothing_is_recorded(appointment):
    with pytest.raises(RuleBroken):
        record_meeting(
            contact=appointment.contact,
            outcome="ATTC",
            notes="He has a flat.",
            sensitive=False,
            by=appointment.officer,
            now=AFTER,
            next_at=localtime(AT) - 14 * DAYS,
        )

    assert Contact.objects.get(pk=appointment.pk).outcome_code == ""


def brought_in(**given):
    known = {"outcome_code": "", "outcome_name": "", "attended": None, "complied": None}
    return ContactFactory(**{"started_at": AT} | known | given)


def test_one_that_was_brought_in_gets_its_booking_as_it_is_recorded():
    case = CaseFactory()
    contact = brought_in(case=case, sentence=SentenceFactory(case=case))

    done = record_meeting(
        contact=contact, outcome="ATTC", notes="", sensitive=False, by=case.officer, now=AFTER
    )

    assert done.appointment.pk == contact.pk
    assert Contact.objects.get(pk=contact.pk).outcome_code == "ATTC"


def test_one_that_was_brought_in_with_an_outcome_is_put_right_like_any_other():
    case = CaseFactory()
    contact = ContactFactory(case=case, started_at=AT, sentence=SentenceFactory(case=case))

    correct_meeting(
        contact=contact,
        outcome="AFTA",
        notes="He did not come.",
        rar_day=False,
        because="It was another person.",
        by=case.officer,
        now=AFTER,
    )

    assert ComplianceDecision.objects.get().appointment_id == contact.pk


def test_several_that_were_kept_are_logged_at_once(appointment):
    other = AppointmentFactory(case=appointment.contact.case, enforces="voluntary", at=AT - DAYS)

    done = log_as_kept(
        contacts=[appointment.contact, other.contact], by=appointment.officer, now=AFTER
    )

    assert done == 2
    codes = dict(Contact.objects.values_list("pk", "outcome_code"))
    assert codes == {appointment.pk: "ATTC", other.pk: "APPK"}


def test_a_visit_at_home_is_recorded_on_its_sheet_alone(appointment):
    visit = HomeVisitFactory(case=appointment.contact.case).appointment
    known = {"by": appointment.officer, "now": AT + 2 * DAYS}

    with pytest.raises(RuleBroken, match="on its sheet"):
        record_meeting(contact=visit.contact, outcome="ATTC", notes="", sensitive=False, **known)
    with pytest.raises(RuleBroken, match="on its sheet"):
        log_as_kept(contacts=[appointment.contact, visit.contact], **known)

    assert set(Contact.objects.values_list("outcome_code", flat=True)) == {""}


def test_no_visit_at_home_is_booked_as_another_is_recorded(appointment):
    brought = AppointmentFactory(case=appointment.contact.case, type_code="CHVS", where="home")

    with pytest.raises(RuleBroken, match="arranged on its own page"):
        record_meeting(
            contact=brought.contact,
            outcome="ATTC",
            notes="",
            sensitive=False,
            next_at=AT + 7 * DAYS,
            by=appointment.officer,
            now=AFTER,
        )

    assert Appointment.objects.count() == 2


def test_of_several_none_is_logged_where_one_cannot_be(appointment):
    other = AppointmentFactory(case=appointment.contact.case, at=AT + DAYS)

    with pytest.raises(RuleBroken):
        log_as_kept(
            contacts=[appointment.contact, other.contact], by=appointment.officer, now=AFTER
        )

    assert set(Contact.objects.values_list("outcome_code", flat=True)) == {""}


def test_what_to_talk_about_is_kept_with_the_appointment(appointment):
    prepare_appointment(
        contact=appointment.contact, prepared=" Ask of the flat. ", by=appointment.officer, now=AT
    )

    assert Appointment.objects.get(pk=appointment.pk).prepared == "Ask of the flat."


def test_the_night_asks_once_about_each_appointment_of_the_day_before(appointment):
    for _ in range(2):
        owe_outcomes_chunk(after=0, today=ON + DAYS)

    owed = Deadline.objects.get(kind="log_outcome")
    assert (owed.appointment_id, owed.triggered_on, owed.due_on) == (
        appointment.pk,
        ON,
        ON + DAYS,
    )


def test_the_night_does_not_ask_about_today_or_what_was_logged_or_called_off(appointment):
    case = appointment.contact.case
    say(appointment)
    AppointmentFactory(case=case, at=AT + DAYS)
    off = AppointmentFactory(case=case, at=AT - DAYS)
    Appointment.objects.filter(pk=off.pk).update(
        called_off_at=AT, asked_by="service", called_off_because="Snow."
    )

    owe_outcomes_chunk(after=0, today=ON + DAYS)

    assert not Deadline.objects.filter(kind="log_outcome").exists()


def test_what_was_brought_in_has_no_clock():
    brought_in()

    owe_outcomes_chunk(after=0, today=ON + DAYS)

    assert not Deadline.objects.exists()


def test_the_night_goes_through_the_cases_in_chunks():
    cases = [AppointmentFactory().contact.case_id for _ in range(3)]

    last, counts = owe_outcomes_chunk(after=0, today=ON + DAYS, size=2)

    assert (last, counts) == (sorted(cases)[1], {"owed": 2})
    assert owe_outcomes_chunk(after=last, today=ON + DAYS, size=2) == (None, {"owed": 1})
