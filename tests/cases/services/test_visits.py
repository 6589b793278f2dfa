"""A visit from arranging it to safe return."""

from datetime import timedelta

import pytest

from cases.models import Contact, Deadline, HomeVisit, Message, Notice
from cases.queries.visit_pages import state_words
from cases.reference.codes import Register
from cases.services.appointments import call_off, move_appointment
from cases.services.visits import arrange_company, check_in, extend, set_out
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_visit import TOMORROW, arranged, colleague, decided, proposed, visited_case
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    DepartureFactory,
    EnquiryFactory,
    RegistrationFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
OUT_BY = TOMORROW + timedelta(hours=1)
LATER = TOMORROW + timedelta(days=2, hours=1)


@pytest.fixture
def case():
    return visited_case()


@pytest.fixture
def senior(case):
    return colleague(case, Role.SPO)


@pytest.fixture
def buddy(case):
    return colleague(case, email="buddy@example.gov.uk", mobile="07700 900123")


def out(visit, by=None, now=TOMORROW, call_by=OUT_BY):
    return set_out(visit=visit, call_by=call_by, by=by or visit.appointment.officer, now=now)


def test_arranging_a_visit_books_it_in_the_log_and_tells_the_buddy(case, buddy):
    visit = arranged(case, buddy=buddy)

    contact = Contact.objects.get(pk=visit.pk)
    assert (contact.type_code, contact.started_at, contact.appointment) == ("CHVS", TOMORROW, True)
    assert (visit.buddy, visit.with_whom) == (buddy, None)
    told = Notice.objects.get(user=buddy)
    assert case.officer.name in told.text
    assert case.crn not in told.text
    assert Entry.objects.filter(action="arranged_visit", crn=case.crn).exists()


def test_nobody_is_sent_before_it_is_decided_how(case, senior, buddy):
    waiting = proposed(case, ask_senior=True)

    with pytest.raises(RuleBroken, match="waits for a senior"):
        arranged(case, safety=waiting, buddy=buddy)
    assert not HomeVisit.objects.exists()
    assert not Contact.objects.filter(type_code="CHVS").exists()


def test_nobody_is_sent_while_the_police_have_not_answered_and_no_senior_has_decided(case, senior):
    safety = proposed(case)
    EnquiryFactory(case=case, kind="police", sent=True)

    with pytest.raises(RuleBroken, match="no senior has decided"):
        arranged(case, safety=safety)
    assert arranged(case, safety=decided(case, senior))


def test_a_pair_is_a_pair(case, senior):
    safety = decided(case, senior, way="paired")

    with pytest.raises(RuleBroken, match="Two staff go together"):
        arranged(case, safety=safety)
    second = colleague(case)
    assert arranged(case, safety=safety, second=second).with_whom == second


def test_whoever_goes_can_open_the_case_and_the_buddy_need_not(case):
    stranger = UserFactory()

    with pytest.raises(RuleBroken, match="cannot open this case"):
        arranged(case, officer=stranger)
    assert arranged(case, buddy=stranger).buddy == stranger


def test_somebody_kept_out_of_the_case_by_name_is_not_the_buddy(case):
    friend = colleague(case)
    limit(case, kept_out=[friend])

    with pytest.raises(RuleBroken, match="cannot be the buddy"):
        arranged(case, buddy=friend)


@pytest.mark.parametrize("part", ["buddy", "second"])
def test_somebody_whose_last_day_has_passed_neither_goes_nor_watches(case, senior, part):
    gone, last = colleague(case), colleague(case)
    DepartureFactory(user=gone, last_on=TODAY - timedelta(days=1))
    DepartureFactory(user=last, last_on=TODAY)
    safety = decided(case, senior, way="paired")
    company = {"buddy": colleague(case), "second": colleague(case)}

    with pytest.raises(RuleBroken, match="does not work here any more"):
        arranged(case, safety=safety, **company | {part: gone})
    assert arranged(case, safety=safety, **company | {part: last})


def test_whoever_left_once_and_came_back_goes_until_the_last_day_of_now(case, buddy):
    before = TODAY - timedelta(days=400)
    DepartureFactory(user=buddy, last_on=before, done_on=before)
    DepartureFactory(user=buddy, last_on=TODAY + timedelta(days=30))

    assert arranged(case, buddy=buddy).buddy == buddy


def test_nobody_sets_out_with_a_buddy_who_has_left_since(case, buddy):
    visit = arranged(case, buddy=buddy)
    DepartureFactory(user=buddy, last_on=TODAY)

    with pytest.raises(RuleBroken, match="move it to do so"):
        out(visit)
    assert not HomeVisit.objects.get().set_out_at


def test_a_decision_that_another_has_replaced_arranges_nothing(case):
    old = proposed(case)
    proposed(case)

    with pytest.raises(RuleBroken, match="taken the place"):
        arranged(case, safety=old)


def test_a_visit_booked_without_its_company_is_given_it(case, buddy):
    booked = AppointmentFactory(case=case, type_code="CHVS", where="home")
    known = {"appointment": booked, "safety": proposed(case), "buddy": buddy, "by": case.officer}

    visit = arrange_company(**known, now=NOW)

    assert (visit.pk, visit.buddy) == (booked.pk, buddy)
    with pytest.raises(RuleBroken, match="arranged already"):
        arrange_company(**known, now=NOW)


def beside(visit):
    return {one["code"]: one["read"] for one in visit.appointment.seen}


def test_the_diary_of_the_second_is_looked_at_and_what_stands_there_is_kept(case, senior):
    second, free = colleague(case), colleague(case)
    AppointmentFactory(officer=second, at=TOMORROW)
    safety = decided(case, senior, way="paired")

    visit = arranged(case, safety=safety, second=second, seen=["second_clash"])
    other = arranged(case, safety=safety, second=free)

    assert beside(visit) == {"second_clash": True}
    assert f"{second.name} sees somebody else" in visit.appointment.seen[0]["text"]
    assert "second_clash" not in beside(other)


def test_the_second_who_joins_a_visit_that_is_booked_is_looked_at_too(case, senior):
    second = colleague(case)
    AppointmentFactory(officer=second, at=TOMORROW)
    booked = AppointmentFactory(case=case, type_code="CHVS", where="home", at=TOMORROW)
    safety = decided(case, senior, way="paired")

    visit = arrange_company(
        appointment=booked, safety=safety, second=second, buddy=colleague(case), by=senior, now=NOW
    )

    assert beside(visit) == {"second_clash": False}
    assert {one.user for one in Notice.objects.filter(text__contains="You go with")} == {second}


def test_a_visit_that_nobody_is_named_for_is_not_arranged(case):
    booked = AppointmentFactory(case=case, type_code="CHVS", where="home", officer=None)

    with pytest.raises(RuleBroken, match="Nobody is named who goes"):
        arrange_company(
            appointment=booked,
            safety=proposed(case),
            buddy=colleague(case),
            by=case.officer,
            now=NOW,
        )


# Moved or called off in the diary

CHANGES = {
    "moved": lambda visit, **given: move_appointment(
        appointment=visit.appointment, starts_at=LATER, **given
    ),
    "called off": lambda visit, **given: call_off(appointment=visit.appointment, **given),
}


def change(visit, how, by, now=NOW):
    CHANGES[how](visit, asked_by="person", because="He works that day.", by=by, now=now)


def told_that(how):
    return Notice.objects.filter(text__contains=f"is {how}")


@pytest.mark.parametrize("how", sorted(CHANGES))
def test_those_who_go_and_the_buddy_hear_that_a_visit_is_moved_or_called_off_but_for_whoever_did_it(
    case, senior, buddy, how
):
    second = colleague(case)
    safety = decided(case, senior, way="paired")
    visit = arranged(case, safety=safety, second=second, buddy=buddy)

    change(visit, how, by=case.officer)

    assert {one.user for one in told_that(how)} == {second, buddy}
    (text,) = set(told_that(how).values_list("text", flat=True))
    assert f"{case.officer.name} and {second.name} on 2 October 2018, 10am" in text
    assert ("4 October 2018, 11am" in text) == (how == "moved")
    assert case.crn not in text
    assert set(
        Message.objects.filter(user=buddy, body__contains=f"is {how}").values_list(
            "means", flat=True
        )
    ) == {"email", "text"}


@pytest.mark.parametrize("how", sorted(CHANGES))
def test_the_officer_hears_of_it_from_whoever_did_it_and_whom_an_exclusion_keeps_out_does_not(
    case, senior, buddy, how
):
    visit = arranged(case, buddy=buddy)
    limit(case, kept_out=[buddy])

    change(visit, how, by=senior)

    assert {one.user for one in told_that(how)} == {case.officer}


def test_an_appointment_that_is_no_visit_tells_nobody_that_it_is_called_off(case):
    booked = AppointmentFactory(case=case)

    call_off(appointment=booked, asked_by="person", because="He works.", by=case.officer, now=NOW)

    assert not Notice.objects.exists()


def test_one_called_off_once_they_have_set_out_is_watched_until_they_are_back(case, senior, buddy):
    visit = arranged(case, buddy=buddy, starts_at=TOMORROW + timedelta(minutes=30))
    visit = out(visit, now=TOMORROW)

    change(visit, "called off", by=senior, now=TOMORROW + timedelta(minutes=5))

    assert "still call in by 11am" in told_that("called off").get(user=buddy).text
    assert visit in HomeVisit.objects.under_way()
    visit.refresh_from_db()
    assert state_words(visit) == "under way"
    check_in(visit=visit, by=case.officer, now=OUT_BY)
    visit.refresh_from_db()
    assert state_words(visit) == "called off"


# Setting out


def test_setting_out_starts_the_clock_and_tells_the_buddy_by_text_too(case, buddy):
    visit = out(arranged(case, buddy=buddy))

    assert (visit.set_out_at, visit.call_by, visit.alerted) == (TOMORROW, OUT_BY, 0)
    sent = Message.objects.filter(user=buddy, body__contains="has set out")
    assert set(sent.values_list("means", flat=True)) == {"email", "text"}
    assert not any(case.crn in one.body or case.surname in one.body for one in sent)


def test_only_those_who_go_set_out_and_only_once_on_the_day(case, buddy):
    visit = arranged(case, buddy=buddy)

    with pytest.raises(RuleBroken, match="Only those who go"):
        out(visit, by=buddy)
    with pytest.raises(RuleBroken, match="booked for 2 October"):
        out(visit, now=NOW, call_by=NOW + timedelta(hours=1))
    with pytest.raises(RuleBroken, match="still to come"):
        out(visit, call_by=TOMORROW)
    out(visit)
    with pytest.raises(RuleBroken, match="already"):
        out(visit)


def test_what_has_changed_since_it_was_arranged_stops_it_at_the_door(case):
    visit = arranged(case)
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)

    with pytest.raises(RuleBroken, match="changed since"):
        out(visit)
    assert not HomeVisit.objects.under_way().exists()


def test_a_visit_arranged_by_a_decision_that_was_replaced_does_not_go_ahead(case):
    visit = arranged(case)
    proposed(case)

    with pytest.raises(RuleBroken, match="taken the place"):
        out(visit)


# Coming back


def test_the_visitor_the_second_and_the_buddy_may_each_say_they_are_safe(case, senior, buddy):
    second = colleague(case)
    safety = decided(case, senior, way="paired")
    for by in (case.officer, second, buddy):
        visit = out(arranged(case, safety=safety, second=second, buddy=buddy))
        check_in(visit=visit, by=by, now=OUT_BY)
        visit.refresh_from_db()
        assert (visit.back_at, visit.back_said_by) == (OUT_BY, by)
        visit.appointment.contact.__class__.objects.filter(pk=visit.pk).update(outcome_code="ATTC")


def test_nobody_else_says_it_for_them_and_nobody_twice(case, buddy):
    visit = out(arranged(case, buddy=buddy))

    with pytest.raises(RuleBroken, match="Only those who go"):
        check_in(visit=visit, by=colleague(case), now=OUT_BY)
    check_in(visit=visit, by=case.officer, now=OUT_BY)
    with pytest.raises(RuleBroken, match="out and safe"):
        check_in(visit=visit, by=buddy, now=OUT_BY)


def test_nobody_comes_back_from_where_they_have_not_set_out(case):
    with pytest.raises(RuleBroken, match="Nobody has set out"):
        check_in(visit=arranged(case), by=case.officer, now=OUT_BY)


def test_a_visit_that_takes_longer_starts_its_clock_anew(case, buddy):
    visit = out(arranged(case, buddy=buddy))
    later = OUT_BY + timedelta(hours=1)
    HomeVisit.objects.filter(pk=visit.pk).update(alerted=2)

    visit = extend(visit=visit, call_by=later, by=case.officer, now=OUT_BY)

    assert (visit.call_by, visit.alerted) == (later, 0)
    assert Notice.objects.filter(user=buddy, text__contains="stays longer").exists()


def test_what_is_owed_is_met_by_no_visit_that_is_only_arranged(case):
    Deadline.objects.create(
        case=case, kind="home_visit", owner_role=Role.OFFICER, triggered_on=NOW.date(),
        due_on=NOW.date(), why="x",
    )  # fmt: skip

    out(arranged(case))

    assert Deadline.objects.unmet().filter(kind="home_visit").exists()
