"""Notices: who is told on their home page, and that each stays until they say they have read it."""

import pytest
from django.urls import reverse

from cases.models import Notice
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, CaseFactory, UserFactory

pytestmark = pytest.mark.django_db


def told(user, text="Case opened in an emergency."):
    return Notice.objects.create(user=user, case=CaseFactory(), text=text, at=NOW)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HUB])
def test_a_notice_heads_the_page_the_day_starts_on(client, role):
    user = UserFactory(role=role)
    told(user)
    client.force_login(user)

    assert "Case opened in an emergency." in client.get("/", follow=True).content.decode()


def test_nobody_elses_notice_is_shown_or_can_be_read_away(client):
    notice = told(UserFactory())
    client.force_login(UserFactory())

    page = client.get("/", follow=True).content.decode()
    answer = client.post(reverse("see-notice", args=[notice.pk]))

    assert "Case opened" not in page
    assert answer.status_code == 404
    assert Notice.objects.get().seen_at is None


def test_a_notice_that_is_read_goes_and_the_trail_says_so(client):
    user = UserFactory()
    notice = told(user)
    client.force_login(user)

    page = client.post(reverse("see-notice", args=[notice.pk]), follow=True)

    assert "Case opened" not in page.content.decode()
    assert Entry.objects.filter(by=user, action="read_notice", crn=notice.case.crn).exists()


def test_looking_at_the_address_reads_nothing_away(client):
    user = UserFactory()
    notice = told(user)
    client.force_login(user)

    assert client.get(reverse("see-notice", args=[notice.pk])).status_code == 405
    assert Notice.objects.get().seen_at is None
