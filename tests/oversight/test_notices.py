"""Notices: who is told on their home page, and that each stays until they say they have read it."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Absence, Notice
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, AbsenceFactory, CaseFactory, UserFactory, limit

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


def test_nothing_is_said_of_a_case_from_which_the_reader_has_been_shut_out_since(client):
    user = UserFactory()
    notice = told(user)
    limit(notice.case, restricted=False, kept_out=[user])
    client.force_login(user)

    page = client.get("/", follow=True).content.decode()

    assert "Case opened" not in page


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


def away_now(user, cover):
    return AbsenceFactory(user=user, cover=cover, from_on=localdate(), to_on=localdate())


def test_a_notice_leads_to_the_exact_page(client):
    user = UserFactory()
    notice = told(user)
    Notice.objects.filter(pk=notice.pk).update(href="/cases/X000001/information/7/")
    client.force_login(user)

    assert 'href="/cases/X000001/information/7/"' in client.get("/", follow=True).content.decode()


def test_many_notices_are_counted_and_the_latest_shown(client):
    user = UserFactory()
    for n in range(23):
        told(user, f"Notice {n}.")
    client.force_login(user)

    page = client.get("/", follow=True)

    assert len(page.context["notices"].rows) == 20
    assert "told 23 things" in page.content.decode()
    assert len(page.context["notices"].first) == 3
    assert "20 more" in page.content.decode()
    assert "3 more, shown as you read these" in page.content.decode()


def test_whoever_covers_sees_what_the_absent_was_told_and_can_say_it_is_read(client):
    cover, absent = UserFactory(), UserFactory()
    notice = Notice.objects.create(
        user=absent, case=CaseFactory(officer=absent), text="A call-out.", at=NOW
    )
    away_now(absent, cover)
    client.force_login(cover)

    page = client.get("/", follow=True).content.decode()
    client.post(reverse("see-notice", args=[notice.pk]))

    assert "A call-out." in page
    assert f"to {absent.name}, for whom you cover" in page
    assert Entry.objects.filter(by=cover, action="read_notice", crn=notice.case.crn).exists()
    assert Notice.objects.get().seen_at is not None


def test_cover_is_shown_nothing_of_a_case_that_shuts_them_out(client):
    cover, absent = UserFactory(), UserFactory()
    case = CaseFactory(officer=absent)
    limit(case, restricted=True, let_in=[absent])
    notice = Notice.objects.create(user=absent, case=case, text="A call-out.", at=NOW)
    away_now(absent, cover)
    client.force_login(cover)

    assert "A call-out." not in client.get("/", follow=True).content.decode()
    assert client.post(reverse("see-notice", args=[notice.pk])).status_code == 404


def test_cover_sees_them_no_longer_once_the_absent_is_back(client):
    cover, absent = UserFactory(), UserFactory()
    Notice.objects.create(user=absent, case=CaseFactory(officer=absent), text="A call-out.", at=NOW)
    absence = away_now(absent, cover)
    Absence.objects.filter(pk=absence.pk).update(cancelled_on=localdate())
    client.force_login(cover)

    assert "A call-out." not in client.get("/", follow=True).content.decode()
