"""Information in by the API: the same service, reach and masking as the pages."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Information, PlanAction, Reading
from cases.reference.information import ReadingState
from staff.permissions import Role
from tests.factories import CaseFactory, InformationFactory, ReadingFactory, UserFactory, limit

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "other",
    "said_by": "police",
    "who": "Sgt Lane",
    "happened_on": localdate().isoformat(),
    "text": "Shouting in the street.",
    "harm": True,
}


def post(client, user, name, body, **parts):
    client.force_login(user)
    return client.post(reverse(name, kwargs=parts), body, content_type="application/json")


def test_information_is_recorded_about_everybody_it_names(client):
    case, other = CaseFactory(), CaseFactory()
    body = SAID | {"crn": case.crn, "others": [{"crn": other.crn, "relation": "attacked"}]}

    answer = post(client, UserFactory(role=Role.HUB), "api-information", body)

    assert answer.status_code == 201
    assert {one.case for one in Reading.objects.all()} == {case, other}


def test_of_a_kept_case_the_answer_tells_nothing(client):
    case = CaseFactory(surname="Qzxwvkjq")
    limit(case, restricted=True, let_in=[case.officer])

    answer = post(client, UserFactory(role=Role.HUB), "api-information", SAID | {"crn": case.crn})

    assert answer.status_code == 201
    assert answer.json().keys() == {"crn", "recorded_at"}
    assert Reading.objects.get().case == case


def test_what_nobody_could_act_on_is_refused_in_words(client):
    body = SAID | {"crn": "X999999"}

    answer = post(client, UserFactory(role=Role.HUB), "api-information", body)

    assert answer.status_code == 422
    assert "X999999" in answer.json()["detail"]
    assert not Information.objects.exists()


def test_what_came_in_about_a_case_is_listed(client):
    reading = ReadingFactory()
    client.force_login(reading.case.officer)

    answer = client.get(reverse("api-case-information", args=[reading.case.crn]))

    (row,) = answer.json()["results"]
    assert (row["id"], row["words"], row["unread"]) == (reading.pk, "Called to an argument.", True)


def test_words_about_a_kept_case_are_withheld_here_too(client):
    kept, reading = CaseFactory(), ReadingFactory(main=False, relation="attacked")
    ReadingFactory(information=reading.information, case=kept)
    limit(kept, restricted=True, let_in=[kept.officer])
    client.force_login(reading.case.officer)

    answer = client.get(reverse("api-case-information", args=[reading.case.crn]))

    assert answer.json()["results"][0]["words"] == ""
    assert "argument" not in answer.content.decode()


def test_it_is_read_and_its_action_is_put_in_the_plan(client):
    reading = ReadingFactory(information=InformationFactory(harm=True))
    action = {"what": "Visit.", "by_whom": "The officer", "by_on": localdate().isoformat()}

    answer = post(
        client,
        reading.case.officer,
        "api-read-information",
        {"read_as": "plan", "action": action},
        crn=reading.case.crn,
        reading=reading.pk,
    )

    reading.refresh_from_db()
    assert answer.status_code == 200
    assert reading.state == ReadingState.READ
    assert PlanAction.objects.get().reading == reading


def test_a_colleague_who_may_see_it_may_not_read_it_for_the_officer(client):
    reading = ReadingFactory()
    colleague = UserFactory(team=reading.case.team)

    answer = post(
        client,
        colleague,
        "api-read-information",
        {"read_as": "nothing", "because": "Known."},
        crn=reading.case.crn,
        reading=reading.pk,
    )

    assert answer.status_code == 404
