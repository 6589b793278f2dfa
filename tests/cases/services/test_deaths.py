"""They have died: nothing reaches them from that minute, whoever tries; who must hear does; a mistake loses nothing."""

from datetime import timedelta

import pytest

from cases.models import Appointment, Case, Deadline, HomeVisit, Message, Notice, PlanCopy
from cases.queries.deaths import circumstances_of
from cases.queries.work import owed_by
from cases.reference.agencies import Delivery
from cases.reference.appointments import AskedBy, Interpreter
from cases.reference.deaths import Hear
from cases.rules.deaths import Circumstances, left_to_tell, must_hear
from cases.services.appointment_sets import may_be_booked
from cases.services.appointments import (
    book_appointment,
    book_interpreter,
    move_appointment,
    take_up,
)
from cases.services.deadlines import open_deadline
from cases.services.deaths import correct_death, record_death, say_heard, undo_death
from cases.services.messages import send_again, send_waiting
from cases.services.pauses import begin_pause, end_pause
from cases.services.person_copy import give_copy, make_copy
from cases.services.reminders import arrange_reminder
from cases.services.timetable import run_due
from cases.services.visits import arrange_company, set_out
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_reminder import booked, set_up, somebody, texts
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    CaseFactory,
    ContactFactory,
    HomeVisitFactory,
    PauseFactory,
    PlanFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays
from unpaidwork.models import Attendance
from unpaidwork.services.allocations import allocate, resume
from unpaidwork.services.papers import make_certificate, make_passport
from unpaidwork.services.retesting import retest_changed
from unpaidwork.services.sessions import generate_sessions

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SISTER = "Her sister, by telephone"


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def died(case, now=NOW, **given):
    known = {"died_on": TODAY - DAY, "told_by": SISTER, "in_custody": False}
    return record_death(case=case, by=case.officer, now=now, **known | given)


def heard(death, whom, on=TODAY, words="Rang and spoke to her", now=NOW):
    return say_heard(death=death, whom=whom, on=on, words=words, by=death.recorded_by, now=now)


def owed(case, kind):
    return Deadline.objects.unmet().ours().filter(case=case, kind=kind).first()


# Who hears


def test_the_senior_hears_at_once_and_only_telling_runs_on(case, senior):
    open_deadline(
        case=case, kind="review_case", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )

    died(case)

    case.refresh_from_db()
    assert case.left_as == "died"
    assert "has died" in Notice.objects.get(user=senior).text
    assert [one.kind for one in Deadline.objects.unmet().ours()] == ["tell_of_death"]
    assert [one.kind for one in owed_by(senior, TODAY)] == ["tell_of_death"]
    assert Entry.objects.get(action="recorded_death").crn == case.crn


def test_who_must_hear_follows_from_how_they_died_and_from_the_record():
    assert must_hear(Circumstances()) == [Hear.NPS, Hear.FAMILY]
    whole = Circumstances(in_custody=True, victim=True, wanted=True)
    assert must_hear(whole) == [Hear.NPS, Hear.PRISON, Hear.FAMILY, Hear.VICTIM, Hear.POLICE]
    assert left_to_tell(whole, {"nps": {}, "victim": {}}) == [Hear.PRISON, Hear.FAMILY, Hear.POLICE]


def test_the_record_says_whether_a_victim_and_the_police_must_hear(case):
    RelatedPersonFactory(case=case, victim=True)
    PauseFactory(case=case)

    found = circumstances_of(died(case, in_custody=None))

    assert found == Circumstances(in_custody=None, victim=True, wanted=True)


def test_it_is_done_once_everybody_who_must_has_heard_and_again_where_somebody_else_must(case):
    death = died(case)
    heard(death, Hear.NPS)
    assert owed(case, "tell_of_death")
    heard(death, Hear.FAMILY, on=None, words="No family is known to us or to the coroner")
    assert owed(case, "tell_of_death") is None

    correct_death(
        death=death, died_on=TODAY, told_by=SISTER, in_custody=True, family="", by=case.officer, now=NOW
    )  # fmt: skip

    assert owed(case, "tell_of_death")


def test_what_says_nothing_or_came_too_early_is_refused(case):
    with pytest.raises(RuleBroken, match="cannot be in the future"):
        died(case, died_on=TODAY + DAY)
    with pytest.raises(RuleBroken, match="who told us"):
        died(case, told_by="-")
    death = died(case)

    with pytest.raises(RuleBroken, match="before 30 September 2018"):
        heard(death, Hear.NPS, on=TODAY - 3 * DAY)
    with pytest.raises(RuleBroken, match="whom you spoke to"):
        heard(death, Hear.NPS, words="n/a")
    with pytest.raises(RuleBroken, match="have died"):
        died(case)


# A mistake


def test_a_senior_undoes_it_and_nothing_that_was_owed_is_lost(case, senior):
    plan = open_deadline(
        case=case, kind="make_plan", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )
    death = died(case)

    undo_death(death=death, because="He rang us himself", by=senior, now=NOW + timedelta(days=7))

    was = plan.due_on
    plan.refresh_from_db()
    assert (plan.paused_on, plan.due_on) == (None, was + timedelta(days=7))
    assert owed(case, "see_again")
    assert owed(case, "tell_of_death") is None
    assert Case.objects.ours().filter(pk=case.pk).exists()
    with pytest.raises(RuleBroken, match="has been undone"):
        heard(death, Hear.NPS)


def test_an_officer_does_not_undo_it_nor_anybody_without_a_reason(case, senior):
    death = died(case)
    with pytest.raises(RuleBroken, match="senior probation officer"):
        undo_death(death=death, because="He rang us himself", by=case.officer, now=NOW)
    with pytest.raises(RuleBroken, match="alive"):
        undo_death(death=death, because="", by=senior, now=NOW)


# Nothing reaches them


def test_a_text_that_waits_never_leaves_nor_is_another_written(settings, tmp_path):
    set_up(settings, tmp_path)
    case = somebody()
    appointment = booked(case, at=NOW + 3 * DAY)
    message = arrange_reminder(appointment=appointment, now=NOW)
    died(case)
    came = ContactFactory(
        case=case, appointment=True, outcome_code="", attended=None, started_at=NOW + 2 * DAY
    )  # an extract that does not know brings in another

    arrange_reminder(appointment=appointment, now=NOW)
    brought = take_up(contact=came, by=case.officer, now=NOW)
    Appointment.objects.filter(pk=brought.pk).update(remind=True)
    arrange_reminder(appointment=brought, now=NOW)
    message.refresh_from_db()
    assert message.delivery == Delivery.CANCELLED
    Message.objects.filter(pk=message.pk).update(delivery=Delivery.FAILED)
    with pytest.raises(RuleBroken):
        send_again(message=message, by=case.officer, now=NOW)
    for hours in range(0, 96, 6):
        send_waiting(now=NOW + timedelta(hours=hours))

    assert texts(tmp_path) == []
    assert Message.objects.filter(kind="reminder").count() == 1


def test_no_service_books_moves_visits_interprets_or_copies(case, senior):
    """Each writing service that would have them expected, or reach them, tried with what was there before."""
    sentence = SentenceFactory(case=case)
    plan = PlanFactory(case=case)
    to_come = [AppointmentFactory(case=case, contact__started_at=NOW + n * DAY) for n in (2, 3, 4)]
    visit = HomeVisitFactory(appointment=to_come[2])
    officer = case.officer
    died(case)
    brought = ContactFactory(
        case=case, appointment=True, outcome_code="", attended=None, started_at=NOW + 2 * DAY
    )
    stood = (Appointment.objects.count(), HomeVisit.objects.count())
    case.refresh_from_db()
    book = {
        "case": case, "type_code": "COAP", "starts_at": NOW + 5 * DAY, "minutes": 30, "where": "office",
        "officer": officer, "enforces": "order", "sentence": sentence,
    }  # fmt: skip
    move = {"starts_at": NOW + 6 * DAY, "asked_by": AskedBy.SERVICE, "because": "A new day"}
    tried = (
        lambda: book_appointment(**book, interpreter=Interpreter.TO_BOOK, by=officer, now=NOW),
        lambda: move_appointment(appointment=to_come[0], **move, by=officer, now=NOW),
        lambda: move_appointment(appointment=brought, **move, by=officer, now=NOW),
        lambda: book_interpreter(appointment=to_come[1], note="Polish", by=officer, now=NOW),
        lambda: book_interpreter(appointment=brought, note="Polish", by=officer, now=NOW),
        lambda: arrange_company(appointment=to_come[1], safety=visit.safety, buddy=senior, by=officer, now=NOW),
        lambda: set_out(visit=visit, call_by=NOW + timedelta(hours=1), by=officer, now=NOW),
        lambda: make_copy(plan=plan, large=False, by=officer, today=TODAY),
        lambda: give_copy(plan=plan, how="hand", large=False, given_on=TODAY, by=officer, today=TODAY, now=NOW),
    )  # fmt: skip

    for attempt in tried:
        with pytest.raises(RuleBroken):
            attempt()

    run_due(now=NOW + DAY)
    assert (Appointment.objects.count(), HomeVisit.objects.count()) == stood
    assert not Appointment.objects.to_come(NOW).filter(contact__case=case).exists()
    assert not PlanCopy.objects.exists()


def test_their_place_at_work_is_suspended_within_a_minute_and_no_day_is_given():
    work, project, by = a_worker(), a_project(), coordinator()
    placing = on_tuesdays(project)
    place = allocate(work=work, placing=placing, by=by, now=NOW)
    generate_sessions(case_ids=[work.case_id], by=None, now=NOW)
    days = Attendance.objects.count()
    assert days

    died(work.case)
    work.case.refresh_from_db()
    retest_changed(now=NOW + timedelta(minutes=1))

    place.refresh_from_db()
    assert (place.state, place.state_because) == ("suspended", "They have died")
    assert not Appointment.objects.to_come(NOW).filter(contact__case=work.case).exists()
    for attempt in (
        lambda: resume(allocation=place, by=by, now=NOW),
        lambda: allocate(work=work, placing=on_tuesdays(a_project()), by=by, now=NOW),
        lambda: make_passport(work=work, by=by, today=TODAY),
        lambda: make_certificate(work=work, by=by, today=TODAY),
    ):
        with pytest.raises(RuleBroken, match="have died"):
            attempt()
    generate_sessions(case_ids=[work.case_id], by=None, now=NOW + DAY)
    assert may_be_booked([work.case_id]) == set()
    assert Attendance.objects.count() == days


def test_whoever_is_in_hospital_is_not_expected_at_work_and_may_be_given_a_place_again():
    work, project, by = a_worker(), a_project(), coordinator()
    place = allocate(work=work, placing=on_tuesdays(project), by=by, now=NOW)
    pause = begin_pause(
        case=work.case, kind="hospital", from_on=TODAY, where="Royal Berkshire, ward 3", source="Her sister",
        last_seen_on=None, by=work.case.officer, now=NOW,
    )  # fmt: skip
    retest_changed(now=NOW)
    place.refresh_from_db()
    assert place.state_because == "They cannot come: in hospital since 1 October 2018"

    end_pause(
        pause=pause, to_on=TODAY, because="Discharged, her sister rang", by=by, now=NOW + timedelta(hours=1)
    )  # fmt: skip
    resume(allocation=place, by=by, now=NOW + timedelta(hours=1))

    place.refresh_from_db()
    assert place.state == "active"
