"""The pages of an arrival: what came, what is missing, asking for it in one press, reading it with a note."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Arrival
from cases.reference.arriving import Brought
from cases.services.arrivals import record_brought
from cases.services.deadlines import open_deadline
from staff.permissions import Role
from tests.factories import (
    NOW,
    ArrivalFactory,
    CaseFactory,
    DeadlineFactory,
    EnquiryFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOTE = "He hit his brother in March and drank that day. The brother lives with him. The police have been asked."  # fmt: skip


@pytest.fixture
def arrival():
    case = CaseFactory()
    SentenceFactory(case=case)
    return ArrivalFactory(case=case, sentence=case.sentences.get())


@pytest.fixture
def officer(client, arrival):
    client.force_login(arrival.case.officer)
    return arrival.case.officer


def page_of(arrival, name="arrival"):
    return reverse(name, args=[arrival.case.crn, arrival.pk])


def words(page):
    return page.content.decode()


def filled(client, arrival, **changed):
    """The form of what came as a browser sends it back, with some of it changed."""
    form = client.get(page_of(arrival, "record-brought")).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items()} | changed


def test_what_is_missing_is_named_from_the_first_minute_with_where_to_put_it_right(
    client, officer, arrival
):
    page = words(client.get(page_of(arrival)))

    assert "still to do before you can say that the record is read" in page
    assert "Not looked for yet: pre-sentence report." in page
    assert f"{page_of(arrival, 'record-brought')}#id_report" in page
    assert (
        "No police enquiry has been sent since the sentence. Send it, or say why none is." in page
    )


def test_what_the_record_shows_is_filled_in_and_stays_the_records(client, officer, arrival):
    RegistrationFactory(case=arrival.case)
    assert "1 entry in force on the record" in words(client.get(page_of(arrival)))

    client.post(page_of(arrival, "record-brought"), filled(client, arrival))

    arrival.refresh_from_db()
    assert arrival.brought == {}


def test_what_came_is_saved_and_a_day_that_is_missing_is_asked_for(client, officer, arrival):
    here = page_of(arrival, "record-brought")
    wrong = client.post(here, filled(client, arrival, report="came"))
    assert wrong.context["form"].errors.keys() == {"report-came"}
    sent = filled(client, arrival, report="came", order="none") | {
        "report-came": "today",
        "order-none": "The court office has it and sends it on Monday.",
    }

    client.post(here, sent)

    arrival.refresh_from_db()
    assert arrival.brought["report"] == {"state": "came", "on": localdate().isoformat()}
    assert arrival.brought["order"]["words"] == "The court office has it and sends it on Monday."


def test_what_two_people_say_differently_is_shown_and_nothing_is_written_over(
    client, officer, arrival
):
    sent = filled(client, arrival, report="came") | {"report-came": "today"}
    given = {"report": {"state": "none", "words": "The court asked for none."}}
    record_brought(arrival=arrival, given=given, by=officer, now=NOW)

    page = client.post(page_of(arrival, "record-brought"), sent)

    arrival.refresh_from_db()
    assert arrival.brought["report"]["state"] == "none"
    assert "The court asked for none." in words(page)


def test_one_press_asks_for_all_that_is_missing(client, officer, arrival):
    answer = client.post(page_of(arrival, "ask-for-missing"), follow=True)

    arrival.refresh_from_db()
    assert {one["state"] for one in arrival.brought.values()} == {"asked"}
    assert "8 things marked as asked for today; 1 enquiry opened, to be sent." in words(answer)
    assert "Ask for all that nobody has looked for" not in words(answer)


def test_the_note_is_kept_once_nothing_stands_before_it(client, officer, arrival):
    DeadlineFactory(case=arrival.case, kind="first_ten_days")
    here = page_of(arrival, "read-arrival")
    shut = client.post(here, {"note": NOTE})
    assert "No police enquiry has been sent" in words(shut)
    assert NOTE in words(shut)
    EnquiryFactory(case=arrival.case, sent=True)
    arrival.brought = {one.value: {"state": "asked", "on": "2018-10-01"} for one in Brought}
    arrival.save()

    client.post(here, {"note": NOTE})

    arrival.refresh_from_db()
    assert (arrival.note, arrival.read_by) == (NOTE, officer)
    assert not arrival.case.deadlines.unmet().filter(kind="first_ten_days").exists()
    assert NOTE in words(client.get(page_of(arrival)))
    assert client.get(here).status_code == 302


def test_the_hub_records_an_arrival_by_hand_and_a_day_to_come_is_refused(client, arrival):
    case = arrival.case
    Arrival.objects.all().delete()
    client.force_login(UserFactory(role=Role.HUB))
    here = reverse("record-arrival", args=[case.crn])
    early = client.post(here, {"came_from": "nps", "arrived_on": "1 January 2999"})
    assert early.context["form"].errors

    client.post(here, {"came_from": "nps", "arrived_on": "today"})

    assert case.arrivals.get().came_from == "nps"
    assert case.deadlines.unmet().filter(kind="hold_induction").exists()


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, arrival):
    RelatedPersonFactory(case=arrival.case, name="Robin Quill", protected=True)
    arrival.brought = {"report": {"state": "none", "words": "Robin Quill has it."}}
    arrival.note, arrival.read_on, arrival.read_by = "He hurt Robin Quill.", localdate(), arrival.case.officer  # fmt: skip
    arrival.save()
    client.force_login(UserFactory(role=Role.HUB))

    assert "Robin Quill" not in words(client.get(page_of(arrival)))


def test_a_case_without_arrivals_says_so_and_as_many_statements_are_made_for_many(
    client, officer, arrival, django_assert_max_num_queries, django_assert_num_queries
):
    here = reverse("case-arrivals", args=[arrival.case.crn])
    client.get(here)
    with django_assert_max_num_queries(25) as few:
        client.get(here)
    for year in range(2001, 2013):
        ArrivalFactory(case=arrival.case, arrived_on=localdate().replace(year=year, day=1))

    with django_assert_num_queries(len(few)):
        client.get(here)

    Arrival.objects.all().delete()
    assert "would be listed here" in words(client.get(here))


def test_what_is_owed_of_an_arrival_nobody_recorded_leads_to_recording_it_and_is_done_there(client):
    case, today = CaseFactory(), localdate()
    SentenceFactory(case=case)
    owed = {"triggered_on": today, "why": "They came.", "by": None, "today": today}
    open_deadline(case=case, kind="first_ten_days", **owed)
    client.force_login(case.officer)

    page = words(client.get(reverse("case-arrivals", args=[case.crn])))

    assert "Read the record and write the initial risk note: by" in page
    assert "Record the arrival first" in page
    assert "would be listed here" not in page

    sent = {"came_from": "court", "arrived_on": "today"}
    made = client.post(reverse("record-arrival", args=[case.crn]), sent, follow=True)

    assert "still to do before you can say that the record is read" in words(made)
    assert case.deadlines.unmet().filter(kind="first_ten_days").count() == 1
