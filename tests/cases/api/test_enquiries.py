"""The steps of an enquiry by the API: who may take which, as on the pages."""

import pytest
from django.urls import reverse

from cases.models import Enquiry
from cases.reference.checks import EnquiryState
from staff.permissions import Role
from tests.factories import CaseFactory, EnquiryFactory, UserFactory

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
