"""The page of victim liaison: what is to be told, to whom, and that nobody else reads of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import VictimLiaison, VictimNotice
from cases.reference.codes import Register
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    FlagFactory,
    RegistrationFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGE = "victim-liaison"


@pytest.fixture
def case():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code=Register.VICTIM_CONTACT, started_on=localdate() - 9 * DAY)  # fmt: skip
    return case


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def waits(case, **columns):
    notice = VictimNoticeFactory(case=case, happened_on=localdate(), raised_at=now(), **columns)
    DeadlineFactory(
        case=case, kind="tell_victim_liaison", triggered_on=localdate(), due_on=localdate() + DAY
    )
    return notice


def test_a_register_without_a_named_officer_is_a_gap(client, case):
    page = words(see(client, case.officer, PAGE, case))

    assert "Nobody is recorded, and victim contact is registered" in page
    assert "Say who it is" in page


def test_an_officer_names_them_tells_them_and_both_stand_on_the_page(client, case):
    given = {"officer": "P. Lee", "unit": "Thames Valley", "reach": "01632 960 301", "since_on": "today"}  # fmt: skip
    post(client, case.officer, "name-victim-liaison", case, **given)
    notice = waits(case)
    tell = words(see(client, case.officer, "tell-victim-liaison", case, notice.pk))
    assert "Never write who the victim is" in tell
    assert VictimLiaison.objects.get().officer == "P. Lee"

    said = {"on": "today", "whom": "P. Lee", "how": "email", "said": "He has moved to Slough."}
    page = words(post(client, case.officer, "tell-victim-liaison", case, notice.pk, **said))

    assert "He has moved to Slough." in page
    assert "P. Lee was told" in page
    assert "Nothing waits now" in page


def test_a_refusal_keeps_what_was_typed(client, case):
    notice = waits(case)

    page = words(
        post(client, case.officer, "need-not-tell-victim-liaison", case, notice.pk, because="n/a")
    )

    assert "who decided that" in page
    assert VictimNotice.objects.owed().count() == 1


def test_nobody_else_reads_that_anything_is_to_be_told(client, case):
    notice = waits(case, words="A secret move")
    FlagFactory(deadline=case.deadlines.get(), case=case, told=Role.SPO)
    hub = UserFactory(role=Role.HUB)
    stranger = UserFactory(role=Role.SPO)

    assert see(client, hub, PAGE, case).status_code == 403
    assert see(client, stranger, PAGE, case).status_code == 404
    for reader in (hub, stranger):
        for name in ("case", "case-summary", "standing-still", "case-holder"):
            page = words(see(client, reader, name, case))
            assert "Tell the victim liaison officer" not in page
            assert notice.words not in page
    client.force_login(stranger)
    assert "Tell the victim liaison officer:" not in words(
        client.get(reverse("flags"), {"team": "all"})
    )
    flags = client.get(reverse("api-case-flags", args=[case.crn]))
    assert b"tell_victim_liaison" not in flags.content
    assert "Tell the victim liaison officer" in words(see(client, case.officer, "case", case))


def test_the_page_takes_as_many_statements_for_many_notices_as_for_few(client, case):
    VictimLiaisonFactory(case=case)
    see(client, case.officer, PAGE, case)
    counts = []
    for more in (2, 20):
        for _ in range(more):
            VictimNoticeFactory(case=case)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            see(client, case.officer, PAGE, case)
        counts.append(len(asked))

    assert counts[0] == counts[1]
