"""Notices: who is told on their home page, and that each stays until they say they have read it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Absence, Notice
from cases.services.telling import tell
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, AbsenceFactory, CaseFactory, UserFactory, limit

pytestmark = pytest.mark.django_db


def told(user, text="Case opened in an emergency.", **given):
    return Notice.objects.create(user=user, case=CaseFactory(), text=text, at=NOW, **given)


def news(user, text="What you recommended is accepted."):
    return told(user, text, for_information=True)


def read_together(client, *notices):
    keys = [getattr(one, "pk", one) for one in notices]
    return client.post(reverse("see-notices"), {"notices": keys}, follow=True)


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


def test_those_for_information_are_read_in_one_press_and_each_is_in_the_trail(client):
    user = UserFactory()
    first, second, asks = news(user), news(user), told(user, "Read it by Monday.")
    client.force_login(user)

    page = client.get("/", follow=True).content.decode()
    done = read_together(client, first, second).content.decode()

    assert "I have read the 2 that are for information" in page
    assert "1 of those shown is left: each asks for something" in page
    assert f'name="notices" value="{asks.pk}"' not in page
    assert "2 notices marked as read." in done
    assert "Read it by Monday." in done
    assert list(Notice.objects.filter(seen_at=None)) == [asks]
    trail = Entry.objects.filter(by=user, action="read_notice")
    assert set(trail.values_list("crn", flat=True)) == {first.case.crn, second.case.crn}


def test_what_asks_for_something_is_not_read_with_the_rest_whatever_is_sent(client):
    user = UserFactory()
    asks, only = told(user), news(user)
    client.force_login(user)

    page = read_together(client, asks, only).content.decode()

    assert "1 notice marked as read." in page
    assert list(Notice.objects.filter(seen_at=None)) == [asks]


def test_one_alone_for_information_needs_no_press_of_its_own(client):
    user = UserFactory()
    news(user)
    told(user)
    client.force_login(user)

    assert "that are for information" not in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize(("many", "said"), [(3, False), (4, True)])
def test_of_many_that_all_ask_for_something_it_is_said_why_each_is_read_by_itself(
    client, many, said
):
    user = UserFactory()
    for n in range(many):
        told(user, f"Read it by Monday {n}.")
    client.force_login(user)

    page = client.get("/", follow=True).content.decode()

    assert ("Each asks for something or may be about somebody’s safety" in page) is said
    assert "that are for information" not in page


def test_what_has_come_since_the_page_was_shown_is_left(client):
    user = UserFactory()
    shown, since = news(user), news(user)
    client.force_login(user)

    read_together(client, shown)

    assert list(Notice.objects.filter(seen_at=None)) == [since]


def test_nobody_elses_are_read_with_ones_own_nor_those_of_a_case_that_shuts_them_out(client):
    user = UserFactory()
    others, kept = news(UserFactory()), news(user)
    limit(kept.case, restricted=False, kept_out=[user])
    client.force_login(user)

    page = read_together(client, others, kept).content.decode()

    assert "0 notices marked as read." in page
    assert Notice.objects.filter(seen_at=None).count() == 2
    assert not Entry.objects.filter(action="read_notice").exists()


@pytest.mark.parametrize("keys", [[], ["x"], ["-1", ""], ["9" * 30], ["1", "1", "é"]])
def test_what_is_no_notice_reads_nothing(client, keys):
    user = UserFactory()
    told(user)
    client.force_login(user)

    assert read_together(client, *keys).status_code == 200
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_looking_at_the_address_reads_none_of_them(client):
    client.force_login(UserFactory())

    assert client.get(reverse("see-notices")).status_code == 405


def test_many_are_read_in_few_more_statements_than_their_entries_of_the_trail(client):
    user = UserFactory()
    client.force_login(user)
    costs = []
    for many in (2, 20):
        mine = [news(user) for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            client.post(reverse("see-notices"), {"notices": [one.pk for one in mine]})
        costs.append(len(asked) - sum("staff_entry" in one["sql"] for one in asked))

    assert costs[0] == costs[1]
    assert not Notice.objects.filter(seen_at=None).exists()


def test_only_so_many_are_shown_and_read_at_once(client):
    user = UserFactory()
    for _ in range(23):
        news(user)
    client.force_login(user)

    page = client.get("/", follow=True)
    shown = [one.key for one in page.context["notices"].together]
    read_together(client, *shown)

    assert len(shown) == 20
    assert "I have read the 20 that are for information" in page.content.decode()
    assert Notice.objects.filter(seen_at=None).count() == 3


def test_what_is_told_is_read_by_itself_unless_whoever_tells_it_says_that_it_asks_for_nothing():
    case, user = CaseFactory(), UserFactory()
    tell(case=case, users=[user], text="Countersigned.", href="/", now=NOW, for_information=True)
    tell(case=case, users=[user], text="Read it now.", href="/", now=NOW, urgent=True)

    assert dict(Notice.objects.values_list("text", "for_information")) == {
        "Countersigned.": True,
        "Read it now.": False,
    }
