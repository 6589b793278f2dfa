"""Pages about a death: what stops, who has to hear and who has, in words with care; and a mistake undone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Death
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import see, words
from tests.factories import AppointmentFactory, CaseFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def record(client, user, case, **given):
    data = {
        "told_by": "Her sister, by telephone",
        "died_on": say_date(localdate() - DAY),
        "in_custody": "no",
        "family": "",
        "sure": "yes",
    }
    return post(client, user, "record-death", case, **data | given)


def test_recorded_it_says_what_has_stopped_and_who_has_to_hear(client, case):
    booked = AppointmentFactory(case=case, at=now() + 3 * DAY)

    page = words(record(client, case.officer, case))

    booked.refresh_from_db()
    assert booked.called_off_at
    assert "They have died" in page
    assert "National Probation Service and the commissioner" in page
    assert "What to say to the family" in page
    assert "deceased" not in page.lower()
    assert "Has died" in words(see(client, case.officer, "case-contacts", case))


def test_hearsay_is_not_recorded(client, case):
    page = words(record(client, case.officer, case, sure="no"))

    assert "Ring the family, the police or the hospital first" in page
    assert not Death.objects.exists()


def test_who_has_heard_is_said_and_put_right_on_the_page(client, case):
    RelatedPersonFactory(case=case, victim=True)
    record(client, case.officer, case)

    given = {"heard": "told", "on": "today", "words": "Rang the duty VLO; she tells them"}
    page = words(post(client, case.officer, "say-heard", case, "victim", **given))
    assert "Rang the duty VLO" in page
    nobody = {"heard": "nobody", "on": "", "words": "No family is known to anybody"}
    page = words(post(client, case.officer, "say-heard", case, "family", **nobody))

    assert "Nobody to tell" in page
    assert set(Death.objects.get().told) == {"victim", "family"}


def test_what_is_known_is_put_right(client, case):
    record(client, case.officer, case)

    given = {
        "told_by": "The coroner’s officer",
        "died_on": "",
        "in_custody": "yes",
        "family": "Her mother",
    }
    page = words(post(client, case.officer, "correct-death", case, **given))

    assert "The day is not known yet" in page
    assert "Her mother" in page
    assert "The prison" in page


def test_a_senior_undoes_it_and_the_case_is_open_again(client, case, senior):
    record(client, case.officer, case)

    page = words(post(client, senior, "undo-death", case, because="He rang us himself"))

    assert "the case is open again" in page
    assert "Has died" not in page
    history = words(see(client, case.officer, "death", case))
    assert "Recorded by mistake, and undone" in history
    assert "He rang us himself" in history


def test_nothing_is_recorded_for_a_case_that_is_closed(client, case):
    case.left_as = "ended"
    case.save()

    assert "nothing goes to them from here" in words(see(client, case.officer, "death", case))
    assert "Their case has ended here" in words(record(client, case.officer, case))


def test_the_same_by_the_api(case, senior):
    api = APIClient()
    api.force_login(case.officer)
    here = reverse("api-deaths", args=[case.crn])
    today = localdate().isoformat()

    made = api.post(here, {"told_by": "Her sister, by telephone"}, format="json")
    assert made.status_code == 201, made.data
    assert made.data["to_tell"] == ["nps", "family"]
    told = {"whom": "nps", "on": today, "words": "Rang the contract manager"}
    answer = api.post(reverse("api-say-heard", args=[case.crn]), told, format="json")
    assert answer.data["to_tell"] == ["family"]
    right = {"told_by": "Her sister", "in_custody": True}
    answer = api.post(reverse("api-correct-death", args=[case.crn]), right, format="json")
    assert answer.data["to_tell"] == ["prison", "family"]
    api.force_login(senior)
    undone = {"because": "She rang us herself"}
    assert api.post(reverse("api-undo-death", args=[case.crn]), undone, format="json").status_code == 200  # fmt: skip
    assert api.post(reverse("api-say-heard", args=[case.crn]), told, format="json").status_code == 404  # fmt: skip
    assert api.get(here).data[0]["undone_because"] == "She rang us herself"
