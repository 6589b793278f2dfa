from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import (
    Appointment,
    ComplianceDecision,
    Contact,
    Deadline,
    Failure,
    Letter,
    Message,
    Notice,
    Reachable,
)
from cases.reference.appointments import Called, Decided
from cases.services.outcomes import record_outcome
from staff.permissions import Role
from tests.cases.views.a_case import contact, full_case, see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    PersonFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def at(days):
    return datetime.combine(localdate() + days * DAYS, time(10), get_current_timezone())


def miss(appointment, outcome="AFTA"):
    return record_outcome(
        appointment=appointment, outcome=outcome, notes="", sensitive=False,
        by=appointment.officer, now=now(),
    )  # fmt: skip


@pytest.fixture
def case():
    case = CaseFactory()
    SentenceFactory(case=case)
    return case


@pytest.fixture
def missed(case):
    """Did not come twelve days ago: a reason can be given no more."""
    return miss(AppointmentFactory(case=case, at=at(-12), told_how="in_person"))


@pytest.fixture
def just_missed(case):
    return miss(AppointmentFactory(case=case, at=at(-1), told_how="in_person"))


def look(client, appointment, page, user=None):
    case = appointment.contact.case
    return see(client, user or case.officer, page, case, appointment.pk)


def send(client, appointment, page, user=None, **data):
    case = appointment.contact.case
    client.force_login(user or case.officer)
    return client.post(reverse(page, args=[case.crn, appointment.pk]), data, follow=True)


def decide(client, appointment, user=None, **data):
    given = {"to": "failure", "because": "He said that he had forgotten."}
    return send(client, appointment, "decide-absence", user, **given | data)


def number(case, value, safe):
    return Reachable.objects.create(case=case, kind="mobile", value=value, safe=safe)


def test_the_safe_number_comes_first_and_one_that_is_not_is_never_shown(client, case, missed):
    number(case, "07700 900111", False)
    number(case, "07700 900222", None)
    number(case, "07700 900333", True)

    page = words(look(client, missed, "record-call"))

    assert "07700 900111" not in page
    assert page.index("07700 900333") < page.index("07700 900222")
    assert "Nobody has asked if it is safe" in page
    assert "No number is recorded as safe" not in page


def test_where_no_number_is_safe_the_page_says_what_else_to_do(client, case, missed):
    number(case, "07700 900111", False)

    assert "Ask whoever else sees them" in words(look(client, missed, "record-call"))


def test_if_they_are_safe_is_asked_of_whoever_was_spoken_to(client, missed):
    page = words(send(client, missed, "record-call", called="spoke"))

    assert "Are they safe?" in page
    assert 'href="#id_safe"' in page


def test_a_call_says_what_happens_next_and_stands_with_the_decision(client, case, missed):
    page = words(
        send(client, missed, "record-call", called="spoke", safe="yes", note="The bus was late.")
    )

    assert f"{case.officer.name} decides what the absence comes to" in page
    assert "The bus was late." in page
    assert "Ring them again" in page


@pytest.mark.parametrize("called", sorted(set(Called) - {Called.SPOKE}))
def test_a_call_that_reached_nobody_is_kept(client, missed, called):
    answer = send(client, missed, "record-call", called=called, note="I asked at the hostel.")

    assert Called(called).title in words(answer)
    decision = ComplianceDecision.objects.get(appointment=missed)
    assert (decision.called, decision.safe) == (called, "")


@pytest.mark.parametrize("safe", ["no", "unsure"])
def test_where_somebody_may_not_be_safe_it_leads_to_raising_and_protecting(
    client, case, missed, safe
):
    senior = UserFactory(role=Role.SPO, team=case.team)

    page = words(
        send(client, missed, "record-call", called="spoke", safe=safe, note="He was shouting.")
    )

    assert "ring 999 first" in page
    assert reverse("raise-now", args=[case.crn]) in page
    assert reverse("write-interim-plan", args=[case.crn]) in page
    assert Notice.objects.filter(user=senior).exists()


@pytest.mark.parametrize("page", ["record-call", "decide-absence"])
def test_nothing_is_rung_about_or_decided_of_one_that_was_kept(client, case, page):
    kept = miss(AppointmentFactory(case=case, at=at(-1)), "ATTC")

    assert look(client, kept, page).status_code == 302


@pytest.mark.parametrize("page", ["record-call", "decide-absence"])
def test_one_that_was_brought_in_is_recorded_here_first(client, case, page):
    brought = contact(case, appointment=True, outcome_code="AFTA", attended=False, complied=False)

    assert see(client, case.officer, page, case, brought.pk).status_code == 302


def test_everything_there_is_to_see_stands_beside_the_decision(client, case, missed):
    PersonFactory(case=case, first_language="Polish", needs_interpreter=True)
    contact(
        case,
        days_ago=11,
        type_code="CTOA",
        type_name="Phone call from them",
        notes="His child is ill.",
    )
    contact(
        case,
        days_ago=40,
        appointment=True,
        attended=True,
        complied=True,
        outcome_code="ATTC",
        outcome_name="Attended and complied",
    )
    Message.objects.create(
        key="r", kind="reminder", appointment=missed, means="text", address="0770", subject="x",
        body="x", not_before=at(-13), at=at(-14), delivery="failed",
    )  # fmt: skip

    page = words(look(client, missed, "decide-absence"))

    for said in (
        "Could not be sent",
        "Polish",
        "none was booked",
        "His child is ill",
        "Attended 1, absent with good reason 0, missed or not complied with 1.",
        case.sentences.get().description,
        "Nobody has recorded ringing them yet.",
    ):
        assert said in page


def test_a_failure_is_led_straight_to_its_answer(client, missed):
    page = words(decide(client, missed))

    assert ComplianceDecision.objects.get().state == Decided.FAILURE
    assert Contact.objects.get(pk=missed.pk).outcome_code == "UAAB"
    assert "Answer it now" in page
    assert "Answer the failure" in page
    assert "What the law leaves" in page


def test_what_is_acceptable_asks_which_reason(client, missed):
    assert 'href="#id_reason"' in words(decide(client, missed, to="acceptable"))

    decide(client, missed, to="acceptable", reason="AAFC")

    assert Contact.objects.get(pk=missed.pk).outcome_code == "AAFC"


def test_while_a_reason_may_come_a_failure_asks_why_nobody_waits(client, just_missed):
    page = words(decide(client, just_missed))

    assert 'href="#id_not_waiting"' in page
    assert "They may still give a reason until" in page

    decide(client, just_missed, not_waiting="He says that he will not come again.")

    assert ComplianceDecision.objects.get().state == Decided.FAILURE


def test_what_cannot_be_a_failure_is_not_offered_as_one(client, missed):
    Appointment.objects.filter(pk=missed.pk).update(enforces="voluntary")

    choices = look(client, missed, "decide-absence").context["form"].fields["to"].choices

    assert [code for code, _ in choices] == ["acceptable"]


def test_late_proof_is_looked_at_and_what_was_decided_stays_on_the_page(client, case, missed):
    decide(client, missed)
    assert "There is proof since: look again" in words(look(client, missed, "appointment"))

    page = words(
        decide(client, missed, to="acceptable", reason="AAME", because="A hospital letter came.")
    )

    assert "A hospital letter came." in page
    assert "Before: failure to comply" in page
    assert f"{case.officer.name}, {localdate().isoformat()}" not in page  # a day is said in words
    assert "look again" not in page


def test_only_whoever_holds_the_case_or_their_senior_decides(client, case, missed):
    colleague = UserFactory(team=case.team)

    assert look(client, missed, "decide-absence", colleague).status_code == 404
    assert "Decide what it comes to" not in words(look(client, missed, "appointment", colleague))
    senior = UserFactory(role=Role.SPO, team=case.team)
    assert look(client, missed, "decide-absence", senior).status_code == 200


def test_protected_names_are_taken_out_for_a_colleague(client, case, missed):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    send(client, missed, "record-call", called="spoke", safe="yes", note="Beryl Quick was there.")
    colleague = UserFactory(team=case.team)

    assert "Beryl Quick" in words(look(client, missed, "appointment"))
    assert "Beryl Quick" not in words(look(client, missed, "appointment", colleague))


def test_what_was_typed_is_there_again_when_the_page_is_opened_anew(client, missed):
    decide(client, missed, to="acceptable")

    page = words(look(client, missed, "decide-absence"))

    assert "He said that he had forgotten." in page


@pytest.mark.parametrize("page", ["record-call", "decide-absence"])
def test_the_pages_take_as_many_statements_for_much_as_for_little(
    client, django_assert_max_num_queries, page
):
    counts = []
    for rows in (5, 60):
        case = full_case(rows)
        held = miss(AppointmentFactory(case=case, at=at(-1)))
        for n in range(rows):
            number(case, f"07700 {n}", None)
            contact(case, days_ago=0, type_code="CTOA", notes="Rang.")
        client.force_login(case.officer)
        with django_assert_max_num_queries(65) as captured:
            client.get(reverse(page, args=[case.crn, held.pk]))
        counts.append(len(captured))

    assert counts[0] == counts[1]


ASK = "Ask for the reason by letter"


def test_one_press_asks_for_the_reason_by_letter_and_shows_what_it_will_say(client, just_missed):
    assert ASK in words(look(client, just_missed, "decide-absence"))

    page = words(send(client, just_missed, "ask-for-reason"))

    letter = Letter.objects.get(absence=just_missed)
    assert "The admin hub is asked to send this letter" in page
    assert "Asking for a reason" in page
    assert "You did not come to your appointment with us" in page
    assert "See the appointment that they missed" in page
    assert Deadline.objects.unmet().filter(kind="send_letter", letter=letter).exists()
    again = words(look(client, just_missed, "decide-absence"))
    assert ASK not in again
    assert "See the letter that asks for the reason" in again
    assert "Asked for the reason by letter" in again
    assert "To be written" in again
    assert "asked for already" in words(send(client, just_missed, "ask-for-reason"))
    assert Letter.objects.count() == 1


def test_it_is_not_offered_too_late_or_once_decided(client, missed, just_missed):
    assert ASK not in words(look(client, missed, "decide-absence"))
    assert "could give a reason until" in words(send(client, missed, "ask-for-reason"))

    decide(client, just_missed, not_waiting="They said so to the group worker.")

    assert "is decided" in words(send(client, just_missed, "ask-for-reason"))
    assert not Letter.objects.exists()


def test_of_one_that_was_kept_nothing_is_asked(client, case):
    kept = miss(AppointmentFactory(case=case, at=at(-1)), "ATTC")

    page = words(send(client, kept, "ask-for-reason"))

    assert "There is nothing to decide about this appointment." in page


def test_a_letter_is_asked_for_by_a_press_and_by_no_link(client, case, just_missed):
    assert look(client, just_missed, "ask-for-reason").status_code == 405
    colleague = UserFactory(team=case.team)
    assert send(client, just_missed, "ask-for-reason", colleague).status_code == 404
    assert not Letter.objects.exists()


def test_the_reason_they_gave_is_asked_apart_from_why_it_is_not_accepted(client, case, missed):
    assert "What reason did they give?" in words(look(client, missed, "decide-absence"))
    decide(client, missed, excuse="“I overslept.”", because="He rang nobody.")

    failure = Failure.objects.get()
    assert (failure.excuse, failure.decision.because) == ("“I overslept.”", "He rang nobody.")
