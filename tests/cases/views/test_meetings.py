from collections import Counter
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import Appointment, Contact, Deadline, OutcomeCorrection
from cases.rules.meeting_notes import HEADINGS
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import contact, full_case, see, words
from tests.factories import (
    AddressFactory,
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    EnquiryFactory,
    InformationFactory,
    ObjectiveFactory,
    PersonFactory,
    PlanActionFactory,
    PlanFactory,
    ReadingFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)
BY_TEN = time(10)


def at(days):
    """Ten in the morning, so many days from today."""
    return datetime.combine(localdate() + days * DAYS, BY_TEN, get_current_timezone())


@pytest.fixture
def case():
    case = CaseFactory()
    SentenceFactory(case=case)
    return case


@pytest.fixture
def past(case):
    return AppointmentFactory(case=case, at=at(-1))


@pytest.fixture
def coming(case):
    return AppointmentFactory(case=case, at=at(3))


def look(client, appointment, user=None, page="appointment", **query):
    case = appointment.contact.case
    return see(client, user or case.officer, page, case, appointment.pk, **query)


def send(client, appointment, page="record-outcome", user=None, **data):
    case = appointment.contact.case
    client.force_login(user or case.officer)
    return client.post(reverse(page, args=[case.crn, appointment.pk]), data, follow=True)


def record(client, appointment, **data):
    given = {"outcome": "ATTC", "notes": "He has a flat.", "next": "none"}
    return send(client, appointment, **given | data)


def line(appointment):
    return Contact.objects.get(pk=appointment.pk)


def test_a_page_that_is_only_looked_at_writes_nothing(client, case):
    brought = contact(case, appointment=True)

    page = see(client, case.officer, "appointment", case, brought.pk)

    assert page.status_code == 200
    assert not Appointment.objects.exists()


def test_one_that_was_brought_in_is_recorded_like_any_other(client, case):
    brought = contact(case, appointment=True, sentence=case.sentences.get())

    client.force_login(case.officer)
    client.post(
        reverse("record-outcome", args=[case.crn, brought.pk]),
        {"outcome": "ATTC", "notes": "", "next": "none"},
    )

    assert Contact.objects.get(pk=brought.pk).outcome_code == "ATTC"
    assert Appointment.objects.get().pk == brought.pk


def test_a_line_of_the_log_that_is_no_appointment_has_no_page(client, case):
    call = contact(case, appointment=False)

    assert see(client, case.officer, "appointment", case, call.pk).status_code == 404


def test_an_appointment_of_another_case_is_not_found_under_this_one(client, case, past):
    other = CaseFactory(officer=case.officer, team=case.team)

    assert see(client, case.officer, "appointment", other, past.pk).status_code == 404


def test_before_they_meet_it_says_what_happened_since_they_last_did(client, case, past):
    contact(case, days_ago=20, appointment=True, attended=True, outcome_code="ATTC")
    ReadingFactory(
        case=case,
        information=InformationFactory(
            kind="call_out", happened_on=localdate() - 5 * DAYS, at=now() - 5 * DAYS
        ),
    )
    contact(
        case,
        days_ago=4,
        type_code="CUPA",
        type_name="Unpaid work",
        notes="Left site early.",
        staff_name="B. Lee",
    )

    page = words(look(client, past))

    assert f"Since you last met, {say_date(localdate() - 20 * DAYS)}" in page
    assert "call-out" in page.lower()
    assert "Unpaid work: Left site early" in page


ASK, READ_FIRST = "Ask about it.", "Read it first: they may not know."


def test_what_others_told_us_is_to_be_read_and_not_brought_up(client, case, past):
    """A victim who spoke to the police is in danger once they are asked what happened that night."""
    contact(case, days_ago=20, appointment=True, attended=True, outcome_code="ATTC")
    RegistrationFactory(
        case=case, type_code="MARA", type_name="MARAC", started_on=localdate() - 5 * DAYS
    )

    page = words(look(client, past))

    assert READ_FIRST in page
    assert "could endanger whoever told us" in page
    assert ASK not in page


def test_what_they_were_there_for_is_asked_about(client, case, past):
    contact(case, days_ago=20, appointment=True, attended=True, outcome_code="ATTC")
    AddressFactory(case=case, from_on=localdate() - 90 * DAYS)
    AddressFactory(case=case, from_on=localdate() - 5 * DAYS)

    page = words(look(client, past))

    assert ASK in page
    assert READ_FIRST not in page
    assert "could endanger" not in page


def test_nothing_that_happened_before_they_last_met_is_asked_about(client, case, past):
    contact(case, days_ago=6, appointment=True, attended=True, outcome_code="ATTC")
    contact(case, days_ago=9, type_name="Unpaid work", notes="Left site early.")

    assert "Left site early" not in words(look(client, past))


def test_what_was_agreed_last_time_stands_under_its_heading(client, case, past):
    contact(
        case, days_ago=8, appointment=True, attended=True, outcome_code="ATTC",
        notes="Check-in:\nWell.\nSet tasks:\nRing the GP",
    )  # fmt: skip

    page = words(look(client, past))

    assert "Agreed last time" in page
    assert "Ring the GP" in page
    assert "Check-in:" not in page.split("Agreed last time")[1].split("</p>")[0]


def test_objectives_of_the_plan_in_force_are_prompts_with_their_open_steps(client, case, past):
    goal = ObjectiveFactory(plan=PlanFactory(case=case, signed=True), what="A home of his own")
    PlanActionFactory(case=case, objective=goal, what="See the housing officer")
    PlanActionFactory(case=case, objective=goal, what="Fill in the form", done_on=localdate())

    page = look(client, past)

    assert "See the housing officer" in words(page)
    assert "Fill in the form" not in words(page)
    offered = page.context["form"].fields["objectives"].choices
    assert offered == [(goal.pk, "A home of his own")]


def test_a_step_that_keeps_somebody_safe_is_not_for_them_to_hear(client, case, past):
    goal = ObjectiveFactory(plan=PlanFactory(case=case, signed=True))
    PlanActionFactory(case=case, objective=goal, what="Ring her worker", nature="victim_safety")
    PlanActionFactory(case=case, objective=goal, what="Fill in the form", nature="constructive")

    page = words(look(client, past))

    assert page.count("not for them to hear") == 1
    assert "not for them to hear" in page.split("Ring her worker")[1].split("</li>")[0]


def test_what_is_owed_stands_beside_the_meeting(client, case, past):
    EnquiryFactory(case=case)
    Deadline.objects.create(
        case=case, kind="send_check", enquiry=case.enquiries.get(), owner_role=Role.OFFICER,
        triggered_on=localdate(), due_on=localdate(), why="x",
    )  # fmt: skip

    assert "Send the enquiry" in words(look(client, past))


def test_the_usual_meeting_is_recorded_with_the_next_in_one_step(client, case, past):
    goal = ObjectiveFactory(plan=PlanFactory(case=case, signed=True))

    page = words(record(client, past, objectives=[goal.pk], next="again-1"))

    done = Appointment.objects.get(pk=past.pk)
    assert (done.contact.outcome_code, list(done.objectives.all())) == ("ATTC", [goal])
    following = Appointment.objects.exclude(pk=past.pk).get()
    assert following.contact.started_at == at(6)
    assert "What happens next" in page
    assert "Give a fare for it" in page
    assert say_date(localdate() + 6 * DAYS) in page


def test_another_day_and_time_may_be_chosen(client, past):
    day = say_date(localdate() + 5 * DAYS)

    record(client, past, next="other", next_on=day, next_time="2:30pm")

    following = Appointment.objects.exclude(pk=past.pk).get()
    assert following.contact.started_at == datetime.combine(
        localdate() + 5 * DAYS, time(14, 30), get_current_timezone()
    )


def test_a_day_that_was_not_chosen_is_not_asked_for(client, past):
    record(client, past, next="none", next_on="", next_time="")

    assert line(past).outcome_code == "ATTC"


def test_what_is_booked_already_is_offered_and_chosen_beforehand(client, past, coming):
    form = look(client, past).context["form"]

    assert form["next"].value() == "booked"
    assert say_date(localdate() + 3 * DAYS) in words(look(client, past))


def test_a_time_that_clashes_says_so_beside_it(client, case, past):
    AppointmentFactory(officer=case.officer, at=at(6))

    page = look(client, past)

    assert "sees somebody else" in words(page)


def test_an_interpreter_who_is_needed_and_not_asked_for_is_missed_beside_the_next(
    client, case, past
):
    PersonFactory(case=case, needs_interpreter=True, first_language="Polish")
    asked_for = AppointmentFactory(case=case, at=at(-2), interpreter="booked")

    missed = "They need an interpreter for Polish, and none is asked for"
    assert missed in words(look(client, past))
    assert missed not in words(look(client, asked_for))


def test_only_outcomes_that_apply_are_offered(client, case, coming):
    voluntary = AppointmentFactory(case=case, at=at(-1), enforces="voluntary")

    offered = [
        code for code, _ in look(client, voluntary).context["form"].fields["outcome"].choices
    ]
    ahead = look(client, coming, page="record-outcome").context["form"].fields["outcome"].choices

    assert "APPK" in offered
    assert not {"AFTA", "AFTC", "UAAB"} & set(offered)
    assert [code for code, _ in ahead] == ["accepted"]


def test_a_call_is_recorded_in_words_for_a_call(client, case):
    call = AppointmentFactory(case=case, at=at(-1), where="telephone", type_code="COPT")

    page = words(look(client, call))

    assert "They did not answer" in page
    assert "sent home" not in page


def test_a_good_reason_is_one_choice_that_asks_which(client, past):
    record(client, past, outcome="accepted", reason="AAFC")

    assert line(past).outcome_code == "AAFC"


def test_a_good_reason_without_a_reason_is_asked_for(client, past):
    page = words(record(client, past, outcome="accepted"))

    assert "Which reason?" in page
    assert 'href="#id_reason"' in page
    assert line(past).outcome_code == ""


def test_headings_are_put_in_and_nothing_is_recorded(client, past):
    page = record(client, past, headings="1")

    assert line(past).outcome_code == ""
    notes = page.context["form"]["notes"].value()
    assert notes.startswith("He has a flat.")
    assert all(f"{one}:" in notes for one in HEADINGS)
    assert "There is a problem" not in words(page)


def test_headings_nobody_filled_in_are_not_kept(client, past):
    record(client, past, notes="Check-in:\r\nHe has a flat.\r\n\r\nReview:\r\n\r\nSet tasks:\r\n")

    assert line(past).notes == "Check-in:\nHe has a flat."


def test_a_meeting_to_record_asks_nothing_twice(client, case, past):
    """What bears on seeing them, the plan and who else is there are said in two places each, and read once."""
    PersonFactory(case=case, religion="Sikh")
    ObjectiveFactory(plan=PlanFactory(case=case, signed=True))
    contact(case, 20, appointment=True, attended=True, outcome_code="ATTC", notes="Found a flat.")
    look(client, past)

    with CaptureQueriesContext(connection) as taken:
        client.get(reverse("appointment", args=[case.crn, past.pk]))

    asked = Counter(one["sql"] for one in taken if one["sql"].startswith("SELECT"))
    assert [sql for sql, times in asked.items() if times > 1] == []
    assert len(taken) <= 68


def test_what_is_refused_is_said_and_everything_typed_is_kept(client, past):
    day = say_date(localdate() + 400 * DAYS)

    page = words(record(client, past, next="other", next_on=day, next_time="10am"))

    assert "a year ahead" in page
    assert "He has a flat." in page
    assert line(past).outcome_code == ""
    assert "He has a flat." in words(look(client, past))


def test_what_was_recorded_leaves_the_box_empty_for_the_next(client, case, past):
    record(client, past)
    other = AppointmentFactory(case=case, at=at(-2))

    assert not look(client, other).context["form"]["notes"].value()


def test_what_was_kept_from_the_person_last_time_is_kept_again_and_said(client, case, past):
    record(client, past, sensitive="on")
    other = AppointmentFactory(case=case, at=at(-2))
    visit = AppointmentFactory(case=case, at=at(-3), type_code="COOO")
    colleague = UserFactory(team=case.team)

    assert look(client, other).context["form"]["sensitive"].value() is True
    assert "you kept your last notes of this kind" in words(look(client, other))
    assert look(client, visit).context["form"]["sensitive"].value() is False
    assert look(client, other, colleague).context["form"]["sensitive"].value() is False


def test_a_rehabilitation_activity_day_is_ticked_where_it_may_count(client, case, past):
    requirement = RequirementFactory(sentence=case.sentences.get(), main_code="F")
    Contact.objects.filter(pk=past.pk).update(requirement=requirement)

    record(client, past, rar_day="on")

    assert line(past).rar_activity


def test_no_such_day_is_asked_about_elsewhere(client, past):
    assert "rehabilitation activity day" not in words(look(client, past))


def test_whoever_did_not_come_is_to_be_rung_and_the_page_says_by_whom(client, case, past):
    page = words(record(client, past, outcome="AFTA", became_aware_on="today"))

    assert f"{case.officer.name} rings them by {say_date(localdate())}" in page
    assert f"{case.officer.name} decides by" in page
    assert "Until then it is not a failure" in page
    assert reverse("record-call", args=[case.crn, past.pk]) in page
    assert reverse("decide-absence", args=[case.crn, past.pk]) in page
    assert "Give a fare for it" not in page  # they were not there to sign for one


def test_a_day_to_ring_that_has_been_is_said_to_be_late(client, case, past):
    page = words(record(client, past, outcome="AFTA", became_aware_on=say_date(localdate() - DAYS)))

    late = (
        f"rings them by {say_date(localdate() - DAYS)} and asks if they are safe. That day has been"
    )
    assert late in page


def test_every_one_that_is_booked_after_it_is_said(client, case, past, coming):
    later = AppointmentFactory(case=case, at=at(9))

    page = words(record(client, past))

    assert f"They are seen next on {say_date(at(1).date())}" not in page
    assert "Booked after that:" in page
    assert say_date(later.contact.started_at.date()) in page


def test_one_still_to_come_is_prepared_and_may_be_said_off_ahead(client, case, coming):
    page = words(look(client, coming))

    assert reverse("prepare-appointment", args=[case.crn, coming.pk]) in page
    assert reverse("record-outcome", args=[case.crn, coming.pk]) in page
    assert 'name="notes"' not in page


def test_what_to_talk_about_is_kept_and_shown(client, coming):
    page = words(send(client, coming, "prepare-appointment", prepared="Ask of the flat."))

    assert "Ask of the flat." in page


def test_an_outcome_is_put_right_and_what_stood_is_shown(client, past):
    record(client, past)

    page = words(
        send(
            client, past, "correct-outcome", outcome="accepted", reason="AAME",
            notes="He was in hospital.", because="Ticked on the wrong line.",
        )
    )  # fmt: skip

    assert line(past).outcome_code == "AAME"
    assert OutcomeCorrection.objects.get().was_notes == "He has a flat."
    assert "it said “Attended and complied”" in page
    assert "Ticked on the wrong line." in page


def test_an_absence_that_was_agreed_ahead_by_mistake_is_taken_back(client, coming):
    record(client, coming, outcome="accepted", reason="AAME")
    assert line(coming).outcome_code == "AAME"

    page = words(
        send(client, coming, "correct-outcome", outcome="taken_back", because="Wrong person.")
    )

    assert line(coming).outcome_code == ""
    assert "They cannot come: say why now" in page
    assert "it said “Absent with good reason: health”" in page


def test_what_has_been_is_put_right_and_never_taken_back(client, past):
    record(client, past)

    page = words(look(client, past, page="correct-outcome"))

    assert "Take it back" not in page


def test_putting_right_starts_from_the_day_we_came_to_know(client, past):
    record(client, past, outcome="AFTA", became_aware_on="today")

    form = look(client, past, page="correct-outcome").context["form"]

    assert form["became_aware_on"].value() == localdate()


def test_putting_right_starts_from_what_stands(client, past):
    record(client, past)

    assert (
        look(client, past, page="correct-outcome").context["form"]["notes"].value()
        == "He has a flat."
    )


@pytest.mark.parametrize("page", ["record-outcome", "correct-outcome"])
def test_a_form_that_does_not_apply_leads_back_to_the_page(client, past, page):
    if page == "record-outcome":
        record(client, past)

    assert look(client, past, page=page).status_code == 302


def test_one_that_was_called_off_takes_no_outcome(client, past):
    Appointment.objects.filter(pk=past.pk).update(
        called_off_at=now(), asked_by="service", called_off_because="Snow."
    )

    page = words(look(client, past))

    assert "called off or moved" in page
    assert 'name="outcome"' not in page


def test_a_reader_who_records_nothing_sees_the_page_and_no_form(client, case, past):
    page = words(look(client, past, UserFactory(role=Role.AUDITOR)))

    assert "Nobody has said yet what came of it." in page
    assert 'name="outcome"' not in page
    assert "Since you last met" not in page


@pytest.mark.parametrize(("role", "assigned"), [(Role.HUB, False), (Role.FACILITATOR, True)])
def test_others_who_see_the_case_see_what_was_recorded(client, case, past, role, assigned):
    record(client, past)
    user = UserFactory(role=role)
    if assigned:
        AssignmentFactory(case=case, user=user, from_on=localdate())

    page = words(look(client, past, user))

    assert "He has a flat." in page
    assert "Put it right" not in page


def test_protected_names_are_taken_out_of_everything_the_page_repeats(client, case, past):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    contact(
        case, days_ago=8, appointment=True, attended=True, outcome_code="ATTC",
        notes="Set tasks:\nRing Beryl Quick",
    )  # fmt: skip
    contact(case, days_ago=2, notes="Saw Beryl Quick.")
    goal = ObjectiveFactory(
        plan=PlanFactory(case=case, signed=True), what="Leave Beryl Quick alone"
    )
    PlanActionFactory(case=case, objective=goal, what="Write to Beryl Quick")
    Appointment.objects.filter(pk=past.pk).update(prepared="Beryl Quick rang.")
    colleague = UserFactory(team=case.team)

    assert "Beryl Quick" in words(look(client, past))
    assert "Beryl Quick" not in words(look(client, past, colleague))
    record(client, past, notes="He met Beryl Quick.", objectives=[goal.pk])
    assert "Beryl Quick" in words(look(client, past))
    assert "Beryl Quick" not in words(look(client, past, colleague))


@pytest.mark.parametrize("page", ["prepare-appointment", "correct-outcome"])
def test_what_is_written_over_keeps_the_names_that_its_writer_may_not_see(
    client, case, past, coming, page
):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    record(client, past, notes="He met Beryl Quick.")
    Appointment.objects.filter(pk=coming.pk).update(prepared="He met Beryl Quick.")
    colleague = UserFactory(team=case.team)
    one, name = (past, "notes") if page == "correct-outcome" else (coming, "prepared")
    more = {"outcome": "ATTC", "because": "He says where."} if one is past else {}

    begun = look(client, one, colleague, page=page).context["form"][name].value()
    send(client, one, page, colleague, **{name: f"{begun} At home."} | more)

    assert begun == "He met [name protected]."
    kept = line(past).notes if one is past else Appointment.objects.get(pk=coming.pk).prepared
    assert kept == "He met Beryl Quick. At home."


def test_long_names_and_much_text_are_shown_whole(client, past):
    record(client, past, notes="x" * 12_000)

    assert "x" * 12_000 in words(look(client, past))


@pytest.mark.parametrize("state", ["past", "coming", "logged"])
def test_the_page_takes_as_many_statements_for_much_as_for_little(
    client, django_assert_max_num_queries, state
):
    counts = []
    for rows in (5, 60):
        case = full_case(rows)
        plan = PlanFactory(case=case, signed=True)
        for _ in range(rows):
            PlanActionFactory(case=case, objective=ObjectiveFactory(plan=plan))
        held = AppointmentFactory(case=case, at=at(3 if state == "coming" else -1))
        if state == "logged":
            record(client, held, outcome="AFTA", became_aware_on="today")
        client.force_login(case.officer)
        with django_assert_max_num_queries(85) as captured:
            client.get(reverse("appointment", args=[case.crn, held.pk]))
        counts.append(len(captured))

    assert counts[0] == counts[1]
