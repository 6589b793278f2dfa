from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    CustodyFactory,
    PrisonFactory,
    PrisonStayFactory,
    RelatedPersonFactory,
    UserFactory,
)
from ttg.models import Custody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(client):
    officer = UserFactory()
    client.force_login(officer)
    return CaseFactory(officer=officer, born_on=date(1980, 1, 1))


@pytest.fixture
def stay(case):
    custody = CustodyFactory(case=case, received_on=date(2018, 1, 8))
    PrisonStayFactory(custody=custody)
    return custody


def send(client, case, name, **said):
    address = reverse(name, args=[case.crn])
    return client.post(address, said, content_type="application/json")


def test_somebody_is_received_and_each_stay_is_given(client, case):
    prison = PrisonFactory()

    made = send(client, case, "api-custody", kind="sentenced", received_on="2018-01-08", prison=prison.pk, heard_from="Reception")  # fmt: skip
    (given,) = client.get(reverse("api-custody", args=[case.crn])).json()

    assert made.status_code == 201
    assert given == made.json()
    assert given["prison"]["name"] == "HMP Bullingdon"
    assert given["reckoned"] is None
    assert "No day of release is known" in given["odd"][0]


def test_a_prison_that_is_not_in_the_book_is_refused(client, case):
    answer = send(client, case, "api-custody", kind="sentenced", received_on="2018-01-08", prison=999, heard_from="Reception")  # fmt: skip

    assert answer.status_code == 400
    assert not Custody.objects.exists()


def test_the_dates_are_reckoned_from_the_sentence(client, stay):
    terms = [{"sentenced_on": "2018-01-08", "months": 6, "offence_on": "2017-06-01"}]

    given = send(client, stay.case, "api-reckon-release", version=0, terms=terms, remand_days=30).json()  # fmt: skip

    assert given["reckoned"]["half_way"] == "2018-03-09"
    assert given["reckoned"]["pss_end"] == "2019-03-09"
    assert given["version"] == 1


def test_the_day_is_set_once_by_what_was_read(client, stay):
    said = {"on": "2019-04-05", "kind": "hdc", "because": "Granted"}

    first = send(client, stay.case, "api-set-release-day", version=0, **said)
    second = send(client, stay.case, "api-set-release-day", version=0, **said)

    assert first.json()["release_on"] == "2019-04-05"
    assert "a Friday" in first.json()["odd"][0]
    assert second.status_code == 422
    assert "Somebody has changed this stay" in second.content.decode()


def test_each_other_act_has_its_endpoint(client, stay):
    woodhill = PrisonFactory(name="HMP Woodhill")
    worker, mentor = UserFactory(role=Role.RESETTLEMENT), UserFactory(role=Role.MENTOR)
    case = stay.case

    send(client, case, "api-record-screening", on="2018-01-10", whom="P. Okoro")
    send(client, case, "api-move-prison", prison=woodhill.pk, on=TODAY.isoformat())
    send(client, case, "api-name-resettlement-worker", username=worker.username)
    send(client, case, "api-name-mentor", username=mentor.username)
    given = send(client, case, "api-record-release", on=TODAY.isoformat()).json()

    assert (given["screened_by"], given["prison"]["name"]) == ("P. Okoro", "HMP Woodhill")
    assert (given["worker"], given["mentor"]) == (worker.name, mentor.name)
    assert [one["prison"] for one in given["stays"]] == ["HMP Bullingdon", "HMP Woodhill"]
    assert (given["released_on"], given["odd"]) == (TODAY.isoformat(), [])


def test_somebody_of_another_role_is_not_named(client, stay):
    answer = send(client, stay.case, "api-name-mentor", username=UserFactory(role=Role.HUB).username)  # fmt: skip

    assert answer.status_code == 400


def test_what_is_not_there_is_not_changed(client, case):
    answer = send(client, case, "api-end-custody", because="Recorded by mistake", mistaken=True)

    assert answer.status_code == 422
    assert "not recorded as in prison" in answer.content.decode()


def test_a_stay_ends_for_a_reason(client, stay):
    given = send(
        client, stay.case, "api-end-custody", because="Recorded by mistake", mistaken=True
    ).json()

    assert given["ended_on"] == TODAY.isoformat()


def test_a_release_is_undone_for_a_reason(client, stay):
    send(client, stay.case, "api-record-release", on=TODAY.isoformat())

    given = send(client, stay.case, "api-undo-release", because="Meant for another case").json()
    again = send(client, stay.case, "api-undo-release", because="Meant for another case")

    assert (given["released_on"], given["changes"][0]["was_on"]) == (None, TODAY.isoformat())
    assert again.status_code == 422


def test_a_protected_name_is_kept_from_whoever_may_not_see_it(client, stay):
    RelatedPersonFactory(case=stay.case, name="Robin Lane", protected=True)
    Custody.objects.update(source="Robin Lane rang")
    stay.changes.create(release_on=TODAY, kind="other", because="Robin Lane asked", at=NOW)
    address = reverse("api-custody", args=[stay.case.crn])

    client.force_login(UserFactory(role=Role.HUB))
    kept = client.get(address).content.decode()
    client.force_login(UserFactory(role=Role.HEAD))
    shown = client.get(address).content.decode()

    assert "Robin Lane" not in kept
    assert shown.count("Robin Lane") == 2


def test_an_auditor_reads_and_writes_nothing(client, stay):
    client.force_login(UserFactory(role=Role.AUDITOR))

    assert client.get(reverse("api-custody", args=[stay.case.crn])).status_code == 200
    assert send(client, stay.case, "api-record-release", on=TODAY.isoformat()).status_code == 403
    assert send(client, stay.case, "api-custody", kind="sentenced").status_code == 403


def test_prisons_are_listed_added_and_changed(client):
    client.force_login(UserFactory(role=Role.HUB))
    said = {"name": "HMP Springhill", "resettles": True}

    made = client.post(reverse("api-add-prison"), said, content_type="application/json").json()
    closed = said | {"closed_on": (TODAY + timedelta(days=1)).isoformat()}
    changed = client.post(
        reverse("api-change-prison", args=[made["id"]]), closed, content_type="application/json"
    )
    listed = client.get(reverse("api-prisons")).json()

    assert listed == [changed.json()]
    assert listed[0]["resettles"] is True
