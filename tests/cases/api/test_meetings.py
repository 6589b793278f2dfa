"""The log, outcomes, calls and decisions by the API: the same services, reach and names as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import ComplianceDecision, Contact, Letter, Notice
from tests.cases.views.a_case import contact
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def case():
    case = CaseFactory()
    SentenceFactory(case=case)
    return case


@pytest.fixture
def past(case):
    return AppointmentFactory(case=case, at=now() - 2 * DAYS, told_how="in_person")


def post(client, user, name, data, *parts):
    client.force_login(user)
    return client.post(reverse(name, args=parts), data, content_type="application/json")


def step(client, appointment, name, user=None, **data):
    case = appointment.contact.case
    return post(
        client, user or case.officer, f"api-appointment-{name}", data, case.crn, appointment.pk
    )


def listed(client, case, user=None, **query):
    client.force_login(user or case.officer)
    return client.get(reverse("api-contacts", args=[case.crn]), query).json()


def test_an_outcome_is_recorded_and_the_next_booked(client, case, past):
    soon = (now() + 12 * DAYS).isoformat()

    answer = step(client, past, "outcome", outcome="ATTC", notes="He has a flat.", next_at=soon)

    assert answer.status_code == 200
    assert (answer.json()["outcome_code"], answer.json()["notes"]) == ("ATTC", "He has a flat.")
    assert case.contacts.filter(started_at__gt=now()).count() == 1


def test_what_does_not_apply_is_refused_in_words(client, past):
    answer = step(client, past, "outcome", outcome="UAAB")

    assert answer.status_code == 422
    assert "deciding" in answer.json()["detail"]


def test_an_outcome_is_put_right(client, past):
    step(client, past, "outcome", outcome="ATTC")

    answer = step(client, past, "put-right", outcome="AAME", notes="", because="Wrong line.")

    assert answer.json()["outcome_code"] == "AAME"


def test_an_absence_that_was_agreed_ahead_is_taken_back(client, case):
    coming = AppointmentFactory(case=case, at=now() + 2 * DAYS)
    step(client, coming, "outcome", outcome="AAME")

    answer = step(client, coming, "take-back", notes="", because="Wrong line.")

    assert (answer.status_code, answer.json()["outcome_code"]) == (200, "")


def test_an_absence_is_rung_about_and_decided(client, past):
    step(client, past, "outcome", outcome="AFTA")

    called = step(client, past, "call", called="spoke", safe="yes", note="The bus was late.")
    decided = step(client, past, "decide", to="acceptable", reason="AAAA", because="No bus ran.")

    assert called.status_code == 201
    assert "The bus was late." in called.json()["notes"]
    assert (decided.json()["outcome_code"], decided.json()["decision"]) == ("AAAA", "acceptable")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("call", {"called": "no_answer"}),
        ("decide", {"to": "acceptable", "because": "No bus ran."}),
        ("ask-reason", {}),
    ],
)
def test_nothing_is_rung_about_or_decided_before_an_outcome(client, past, name, data):
    assert step(client, past, name, **data).status_code == 422


def test_a_colleague_may_record_and_may_not_decide(client, case, past):
    colleague = UserFactory(team=case.team)

    assert step(client, past, "outcome", colleague, outcome="AFTA").status_code == 200
    data = {"to": "acceptable", "reason": "AAAA", "because": "No bus ran."}
    assert step(client, past, "decide", colleague, **data).status_code == 404
    assert ComplianceDecision.objects.get().state == "awaiting"
    assert Notice.objects.filter(user=case.officer).exists()


def test_the_reason_is_asked_for_by_letter_once_by_the_officer_alone(client, case, past):
    step(client, past, "outcome", outcome="AFTA")

    asked = step(client, past, "ask-reason")
    again = step(client, past, "ask-reason")
    colleague = step(client, past, "ask-reason", UserFactory(team=case.team))

    assert asked.status_code == 201
    told = asked.json()
    assert (told["kind"], told["state"], told["absence"]) == ("reason", "asked", past.pk)
    assert "You did not come to your appointment with us" in str(told["said"])
    assert told["read"]
    assert (again.status_code, colleague.status_code) == (422, 404)
    assert "asked for already" in again.content.decode()
    assert Letter.objects.count() == 1


def test_a_contact_is_recorded(client, case):
    data = {"type_code": "CTOB", "at": now().isoformat(), "notes": "Rang.", "sensitive": True}

    answer = post(client, case.officer, "api-contacts", data, case.crn)

    assert answer.status_code == 201
    assert Contact.objects.get().sensitive


def test_the_log_has_the_filters_of_its_page(client, case):
    contact(case, 3, notes="Kept.", appointment=True, attended=True, complied=True)
    contact(case, 2, notes="Missed.", appointment=True, attended=False, complied=False)
    contact(case, 1, notes="Call.", sensitive=True, staff_code="N01")
    contact(case, 0, notes="System.", system_generated=True)

    def notes(**query):
        return [one["notes"] for one in listed(client, case, **query)["results"]]

    assert notes() == ["Call.", "Missed.", "Kept."]
    assert notes(missed=True) == ["Missed."]
    assert notes(appointments=True) == ["Missed.", "Kept."]
    assert notes(sensitive=True) == ["Call."]
    assert notes(who="N01") == ["Call."]
    assert notes(system=True) == ["System.", "Call.", "Missed.", "Kept."]
    assert notes(from_on=(localdate() - 2 * DAYS).isoformat()) == ["Call.", "Missed."]


def test_the_log_goes_on_where_it_ended(client, case):
    for n in range(45):
        contact(case, n)

    first = listed(client, case)
    rest = listed(client, case, after=first["next_after"])

    assert len(first["results"]) + len(rest["results"]) == 45
    assert rest["next_after"] is None


def test_words_are_looked_for_as_the_reader_is_shown_them(client, case):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    contact(case, notes="Saw Beryl Quick at the door.")
    colleague = UserFactory(team=case.team)

    def found(user, text):
        answer = post(client, user, "api-search-notes", {"text": text}, case.crn)
        return [one["notes"] for one in answer.json()["results"]]

    assert found(case.officer, "beryl") == ["Saw Beryl Quick at the door."]
    assert found(colleague, "beryl") == []
    assert "Beryl" not in str(found(colleague, "at the door"))
    assert found(colleague, "at the door")


def test_an_appointment_that_is_not_there_is_not_found(client, case):
    call = contact(case)

    data = {"outcome": "ATTC"}
    name = "api-appointment-outcome"
    assert post(client, case.officer, name, data, case.crn, call.pk).status_code == 404
