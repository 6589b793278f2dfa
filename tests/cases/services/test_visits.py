"""A visit from arranging it to safe return."""

from datetime import timedelta

import pytest

from cases.models import Contact, Deadline, HomeVisit, Message, Notice
from cases.reference.codes import Register
from cases.services.visits import arrange_company, check_in, extend, set_out
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_visit import TOMORROW, arranged, colleague, decided, proposed, visited_case
from tests.factories import (
    NOW,
    AppointmentFactory,
    EnquiryFactory,
    RegistrationFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
OUT_BY = TOMORROW + timedelta(hours=1)


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
