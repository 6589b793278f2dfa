"""Needs, referrals and the book over the API: the same services, refusals and readers as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Limit
from staff.permissions import Role
from tests.factories import (
    CustodyFactory,
    NeedFactory,
    ReferralFactory,
    ServiceFactory,
    UserFactory,
)
from ttg.models import Referral, ReplyLink, Service

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def custody():
    today = localdate()
    return CustodyFactory(received_on=today - 30 * DAY, release_on=today + 20 * DAY)


@pytest.fixture
def case(client, custody):
    client.force_login(custody.case.officer)
    return custody.case


def post(client, name, case, body, **more):
    address = reverse(name, kwargs={"crn": case.crn} | more)
    return client.post(address, body, content_type="application/json")


def test_the_whole_way_over_the_api(client, case):
    service = ServiceFactory()
    need = post(client, "api-release-needs", case, {"pathway": "substances", "words": "A script for methadone", "side": "community"}).json()  # fmt: skip
    listed = client.get(reverse("api-release-needs", args=[case.crn])).json()
    assert (listed["needs"], len(listed["warnings"])) == ([need], 1)
    draft = {"need": need["id"], "service": service.pk, "person_agrees": "agreed", "consent_on": localdate().isoformat(), "tells": "Asks for a script."}  # fmt: skip
    made = post(client, "api-referrals", case, draft)
    assert made.status_code == 201
    one = {"referral": made.json()["id"]}
    changed = {name: draft[name] for name in ("person_agrees", "consent_on")} | {"tells": "Wants a script."}  # fmt: skip
    assert post(client, "api-change-referral", case, changed, **one).json()["tells"] == "Wants a script."  # fmt: skip
    sent = post(client, "api-send-referral", case, {"sent_how": "email"}, **one)
    assert sent["Cache-Control"] == "no-store"
    assert "/answer/" in sent.json()["link"]
    again = post(client, "api-new-reply-link", case, {}, **one).json()["link"]
    assert again != sent.json()["link"]
    assert ReplyLink.objects.live(now()).count() == 1
    steps = [
        ("api-record-referral-answer", {"received_by": "Jo Field", "service_said": "accepted"}),
        ("api-book-first-appointment", {"at": (now() + DAY).isoformat(), "where": "Mill Street"}),
        ("api-say-person-told", {"on": localdate().isoformat()}),
    ]
    for name, body in steps:
        assert post(client, name, case, body, **one).status_code == 200, name
    Referral.objects.update(first_at=now())
    went = post(client, "api-say-service-attended", case, {"came": True}, **one)
    closed = post(client, "api-close-referral", case, {"because": "Seen weekly there"}, **one)
    settled = post(client, "api-settle-need", case, {"became": "met", "because": "Jo Field sees him weekly"}, need=need["id"])  # fmt: skip

    assert (went.json()["state"], closed.json()["state"]) == ("attended", "closed")
    assert settled.json()["state"] == "met"
    assert [row["state"] for row in client.get(reverse("api-referrals", args=[case.crn])).json()] == ["closed"]  # fmt: skip


def test_a_refusal_is_in_the_words_of_the_page(client, custody, case):
    need = NeedFactory(custody=custody)

    answer = post(client, "api-settle-need", case, {"became": "met", "because": "Signposted"}, need=need.pk)  # fmt: skip

    assert answer.status_code == 422
    assert "leaflet or a number alone" in answer.json()["detail"]


def test_what_is_of_another_case_is_not_found(client, case):
    other = ReferralFactory()

    assert post(client, "api-withdraw-referral", case, {"because": "Not theirs"}, referral=other.pk).status_code == 404  # fmt: skip
    assert post(client, "api-settle-need", case, {"became": "met", "because": "x"}, need=other.need_id).status_code == 404  # fmt: skip


def test_those_unanswered_are_listed_and_what_is_kept_is_masked(client):
    shown = ReferralFactory()
    kept = ReferralFactory().need.custody.case
    Limit.objects.create(case=kept, restricted=True, message="Kept.", ask="Pat Lane")
    client.force_login(UserFactory(role=Role.HUB))

    answer = client.get(reverse("api-referrals-unanswered")).json()

    assert [row["id"] for row in answer["results"]] == [shown.pk]
    assert answer["limited_access"] == [{"crn": kept.crn, "message": "Kept.", "ask": "Pat Lane"}]


def test_the_book_is_kept_over_the_api_by_those_who_may(client):
    said = {"name": "Turning Tide", "helps_with": "drugs", "telephone": "01632 960400", "weekdays": [0]}  # fmt: skip
    client.force_login(UserFactory())
    refused = client.post(reverse("api-add-service"), said, content_type="application/json")
    client.force_login(UserFactory(role=Role.HUB))

    made = client.post(reverse("api-add-service"), said, content_type="application/json")
    address = reverse("api-change-service", args=[made.json()["id"]])
    changed = client.post(address, said | {"note": "Ring first"}, content_type="application/json")

    assert (refused.status_code, made.status_code, changed.status_code) == (403, 201, 200)
    assert Service.objects.get().note == "Ring first"
    [row] = client.get(reverse("api-services")).json()
    assert (row["name"], row["weekdays"]) == ("Turning Tide", [0])
