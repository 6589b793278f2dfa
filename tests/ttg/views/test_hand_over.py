"""The pages of a hand-over, as the worker and the officer meet them."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.rules.calendar import add_working_days
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    HandOverFactory,
    RelatedPersonFactory,
    ResettlementPlanFactory,
    SentenceFactory,
    UserFactory,
)
from tests.ttg.a_release import leaving, worker_on
from ttg.models import HandOver

pytestmark = pytest.mark.django_db
SAID = {
    "met_on": "today",
    "how": "By video",
    "who_came": "The officer and the mentor",
    "minutes": "He goes to his sister’s.",
    "watch_for": "",
}


@pytest.fixture
def stay():
    return leaving(release_on=localdate() + timedelta(days=12))


@pytest.fixture
def worker(stay):
    return worker_on(stay)


def post(client, user, name, stay, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[stay.case.crn]), data, follow=True)


def local_offset(day):
    """The hours from Greenwich of ten in the morning of that day, as an address has them."""
    return datetime.combine(day, time(10), get_current_timezone()).isoformat()[-6:]


def offered(stay, worker, **columns):
    return HandOverFactory(custody=stay, offered_by=worker, **columns)


def test_a_worker_hands_over_and_the_page_says_that_it_waits_for_the_officer(client, stay, worker):
    page = words(post(client, worker, "offer-hand-over", stay, **SAID))

    assert "Waits for the officer" in page
    assert "He goes to his sister" in page
    assert "Accept the hand-over" not in page


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, stay, worker):
    page = words(post(client, worker, "offer-hand-over", stay, **SAID | {"minutes": "-"}))

    assert "Write what was said" in page
    assert "The officer and the mentor" in page
    assert not HandOver.objects.exists()


def test_handing_over_again_begins_with_what_was_said(client, stay, worker):
    offered(stay, worker)

    page = words(see(client, worker, "offer-hand-over", stay.case))

    assert "The script is the worry" in page


def test_the_officer_asks_the_worker_answers_and_the_officer_accepts(client, stay, worker):
    offered(stay, worker)
    officer = stay.case.officer

    page = words(post(client, officer, "ask-about-hand-over", stay, words="Who holds the script?"))
    assert "The officer has asked something" in page
    assert "Who holds the script?" in words(see(client, worker, "answer-hand-over", stay.case))
    post(client, worker, "answer-hand-over", stay, words="The doctor at Mill Street.")
    page = words(post(client, officer, "accept-hand-over", stay, note=""))

    assert "Accepted by the officer" in page
    assert "As it stood on" in page
    assert "Where tonight" in page
    assert reverse("book-appointment", args=[stay.case.crn]) in page


def test_whoever_took_over_books_the_first_appointment_with_its_day_and_licence_filled_in(
    client, stay, worker
):
    sentence = SentenceFactory(case=stay.case, order="custody_pss", custody_status="D")
    ResettlementPlanFactory(
        custody=stay, state="signed", signed_at=now(), signed_by=worker, begun_by=worker
    )
    offered(stay, worker)
    accepted = post(client, stay.case.officer, "accept-hand-over", stay, note="")
    due = add_working_days(stay.release_on, 1)

    link = re.search(r'href="([^"]*after_release=[^"]*)"', accepted.content.decode())[1]
    form = client.get(link).context["form"]

    assert "Read the resettlement plan, signed" in words(accepted)
    assert reverse("risk-items", args=[stay.case.crn]) in words(accepted)
    assert form["when"].value() == f"{due.isoformat()}T10:00{local_offset(due)}"
    assert form["enforces"].value() == f"order-{sentence.pk}"
    assert (form["type_code"].value(), form["officer"].value()) == (
        "COAI",
        str(stay.case.officer_id),
    )


def test_a_day_that_is_no_day_or_has_passed_is_left_to_whoever_books(client, stay):
    client.force_login(stay.case.officer)
    page = reverse("book-appointment", args=[stay.case.crn])

    for said in ("2018-13-40", "yesterday", "", (localdate() - timedelta(days=3)).isoformat()):
        answer = client.get(page, {"after_release": said})

        assert answer.status_code == 200
        assert answer.context["form"]["when"].value() is None


def test_what_the_service_refuses_stands_on_the_form(client, stay):
    offered(stay, stay.case.officer)

    page = words(post(client, stay.case.officer, "accept-hand-over", stay, note=""))

    assert "Whoever takes over is somebody else" in page


def test_there_is_nothing_to_hand_over_of_somebody_who_was_never_in_prison(client, worker):
    other = UserFactory()
    case = leaving(case__officer=other, ended_on=localdate(), ended_because="A mistake").case
    client.force_login(other)

    answer = client.get(reverse("accept-hand-over", args=[case.crn]), follow=True)

    assert "there is nothing to hand over" in words(answer)


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client, stay, worker):
    RelatedPersonFactory(case=stay.case, name="Rosa Quill", protected=True)
    offered(stay, worker, minutes="Rosa Quill must not hear of it.")

    page = words(see(client, UserFactory(role=Role.AUDITOR), "hand-over", stay.case))

    assert "Rosa Quill" not in page
    assert "must not hear of it" in page


def test_a_reader_who_may_only_look_is_offered_nothing_to_do(client, stay, worker):
    offered(stay, worker)

    page = words(see(client, UserFactory(role=Role.AUDITOR), "hand-over", stay.case))

    assert reverse("accept-hand-over", args=[stay.case.crn]) not in page
    assert reverse("offer-hand-over", args=[stay.case.crn]) not in page
