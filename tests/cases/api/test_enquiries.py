"""The steps of an enquiry by the API: who may take which, as on the pages."""

import pytest
from django.urls import reverse

from cases.models import Enquiry
from cases.reference.checks import EnquiryState, Reply
from cases.services import checks
from staff.permissions import Role
from tests.factories import TODAY, CaseFactory, EnquiryFactory, SubjectFactory, UserFactory

pytestmark = pytest.mark.django_db


def say_not_needed(client, user, enquiry):
    client.force_login(user)
    address = reverse("api-not-needed-check", args=[enquiry.case.crn, enquiry.pk])
    return client.post(address, {"because": "Asked last week by the court."}, "application/json")


def test_the_hub_sends_enquiries_and_does_not_say_that_one_is_not_needed(client):
    enquiry = EnquiryFactory(because="new_concern")

    answer = say_not_needed(client, UserFactory(role=Role.HUB), enquiry)

    assert answer.status_code == 403
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.DUE


def test_whoever_reads_the_replies_says_that_an_enquiry_is_not_needed(client):
    case = CaseFactory()
    enquiry = EnquiryFactory(case=case, because="new_concern")

    answer = say_not_needed(client, case.officer, enquiry)

    assert answer.status_code == 200
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.NOT_NEEDED


def recorded_wrongly():
    enquiry = EnquiryFactory(analysed=True, reply_text="Nothing held.")
    subject = SubjectFactory(enquiry=enquiry, reply=Reply.NO_TRACE)
    checks.note_step(enquiry, "replied", on=TODAY, by=enquiry.case.officer)
    return enquiry, subject


def read(client, enquiry):
    (found,) = client.get(reverse("api-enquiries", args=[enquiry.case.crn])).json()
    return found


def put_right(client, enquiry, subject, **given):
    address = reverse("api-reply-right-check", args=[enquiry.case.crn, enquiry.pk])
    body = {
        "answers": [{"subject": subject.pk, "reply": "information"}],
        "text": "Two call-outs.",
        "on": TODAY.isoformat(),
        "because": "Read in the wrong line.",
    }
    return client.post(address, body | given, "application/json")


def test_a_reply_is_put_right_by_whoever_says_which_one_they_read(client):
    enquiry, subject = recorded_wrongly()
    client.force_login(UserFactory(role=Role.HUB))
    before = read(client, enquiry)["version"]

    assert put_right(client, enquiry, subject).status_code == 400
    answer = put_right(client, enquiry, subject, version=before)

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["reply"]) == ("replied", "information")
    assert put_right(client, enquiry, subject, version=before, text="More.").status_code == 422
    assert answer.json()["version"] > before


def test_a_reply_is_taken_off_over_the_api(client):
    enquiry, _ = recorded_wrongly()
    client.force_login(enquiry.case.officer)
    address = reverse("api-reply-off-check", args=[enquiry.case.crn, enquiry.pk])
    body = {"because": "It is another man.", "version": read(client, enquiry)["version"]}

    answer = client.post(address, body, "application/json")

    assert (answer.status_code, answer.json()["state"]) == (200, "sent")
    assert (answer.json()["reply"], answer.json()["covers"]) == ("", "")


def test_whoever_only_reads_checks_puts_no_reply_right(client):
    enquiry, subject = recorded_wrongly()
    client.force_login(UserFactory(role=Role.QUALITY))

    assert put_right(client, enquiry, subject, version=0).status_code == 403
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.ANALYSED
