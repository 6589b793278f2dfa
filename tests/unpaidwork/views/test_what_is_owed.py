"""What is owed of unpaid work on My work and on the case: every row leads to a page that is there."""

import pytest
from django.urls import reverse

from cases.models import Deadline
from staff.permissions import Role
from tests.factories import AttendanceFactory, DeadlineFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_register_to_be_closed_leads_from_my_work_to_the_unpaid_work_of_the_case(client):
    one = AttendanceFactory()
    Deadline.objects.filter(case=one.case).delete()
    DeadlineFactory(
        case=one.case,
        kind="close_register",
        appointment=one.appointment,
        owner_role=Role.COORDINATOR,
    )
    client.force_login(UserFactory(role=Role.COORDINATOR))

    page = client.get(reverse("my-work"))

    assert page.status_code == 200
    assert reverse("case-unpaid-work", args=[one.case.crn]) in page.content.decode()
