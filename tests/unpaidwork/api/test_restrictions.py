"""Restrictions by the API: the same services, reach and names as the pages."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import PostcodePoint, Restriction
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    UserFactory,
    WorkAllocationFactory,
)
from tests.unpaidwork.a_worker import a_project, a_worker

pytestmark = pytest.mark.django_db
AREA = {"label": "Around the yellow house", "shape": "circle", "at": "451000 206000", "radius": 100}
RING = [[451_000, 206_000], [451_200, 206_000], [451_200, 206_100]]
GIVEN = {
    "kind": "restraining",
    "terms": "areas",
    "prohibits": "Must not go into the area the order bans.",
    "areas": [AREA],
    "from_on": "2018-10-01",
    "source": "The order, from the court",
}


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def ask(user, method, name, case, *beside, **data):
    client = APIClient()
    client.force_authenticate(user)
    address = reverse(name, args=[case.crn, *beside])
    return getattr(client, method)(address, data, format="json")


def record(user, case, **given):
    return ask(user, "post", "api-restrictions", case, **GIVEN | given)


def test_a_restriction_is_recorded_changed_ended_and_read(case):
    person = RelatedPersonFactory(case=case, name="Sam Reed")
    made = record(case.officer, case, protects=person.pk)
    assert made.status_code == 201
    one = made.json()
    assert one["areas"][0]["outline"] == {"centre": [451_000, 206_000], "radius": 100}
    assert one["protects"] == "Sam Reed"

    outline = {"label": "The map", "shape": "polygon", "rings": [RING], "buffer": 10}
    given = GIVEN | {"areas": [outline], "because": "Varied by the court"}
    changed = ask(case.officer, "post", "api-change-restriction", case, one["id"], **given).json()
    assert changed["follows"] == one["id"]
    assert changed["areas"][0]["outline"] == {"rings": [RING]}
    assert changed["protects"] == "Sam Reed"

    ended = ask(case.officer, "post", "api-end-restriction", case, changed["id"], because="Discharged")  # fmt: skip
    assert ended.json()["ended_because"] == "Discharged"
    read = ask(case.officer, "get", "api-restrictions", case).json()
    assert [each["id"] for each in read["restrictions"]] == [changed["id"], one["id"]]


def test_an_order_on_the_record_without_its_terms_is_named(case):
    entry = RegistrationFactory(case=case, type_code="RSTO", type_name="Restraining Order")

    (missing,) = ask(case.officer, "get", "api-restrictions", case).json()["without_terms"]

    assert missing["of"] == f"registration-{entry.pk}"
    assert record(case.officer, case, of=missing["of"]).status_code == 201
    assert not ask(case.officer, "get", "api-restrictions", case).json()["without_terms"]


@pytest.mark.parametrize("role", [Role.HUB, Role.COORDINATOR, Role.AUDITOR])
def test_whoever_may_not_see_protected_names_is_given_no_area_and_nobody(case, role):
    person = RelatedPersonFactory(case=case, name="Sam Reed")
    RestrictedAreaFactory(restriction__case=case, restriction__protects=person, label="Yellow")

    answer = ask(UserFactory(role=role), "get", "api-restrictions", case)

    (one,) = answer.json()["restrictions"]
    assert (one["areas"], one["protects"], one["bans_areas"]) == (None, None, 1)
    assert not any(word in answer.content for word in (b"Yellow", b"Sam", b"451000"))


def test_what_they_change_keeps_the_areas_and_who_is_protected(case, hub):
    person = RelatedPersonFactory(case=case, name="Sam Reed")
    area = RestrictedAreaFactory(restriction__case=case, restriction__protects=person)
    given = {name: GIVEN[name] for name in GIVEN if name != "areas"} | {"because": "Varied"}

    answer = ask(hub, "post", "api-change-restriction", case, area.restriction_id, **given)

    assert answer.json()["areas"] is None
    made = Restriction.objects.standing().get()
    assert (made.protects, made.areas.get().outline) == (person, area.outline)


def test_nobody_chooses_whom_they_may_not_see(case, hub):
    person = RelatedPersonFactory(case=case, protected=True)

    assert record(hub, case, protects=person.pk).status_code == 400
    assert record(case.officer, case, protects=person.pk).status_code == 201


def test_a_circle_can_be_given_by_a_postcode(case):
    PostcodePoint.objects.create(postcode="OX11AA", easting=451_234, northing=206_789)

    assert record(case.officer, case, areas=[AREA | {"at": "OX1 1AA"}]).status_code == 201
    assert Restriction.objects.get().areas.get().outline["centre"] == [451_234, 206_789]


@pytest.mark.parametrize(
    "given",
    [
        {"areas": []},
        {"areas": [AREA | {"at": "nowhere"}]},
        {"areas": [AREA | {"at": "OX9 9ZZ"}]},
        {"areas": [AREA | {"radius": 0}]},
        {"areas": [{"label": "x", "shape": "polygon", "rings": [RING[:2]]}]},
        {"areas": [{"label": "x", "shape": "polygon", "rings": [[[1], [2], [3]]]}]},
        {"areas": [{"label": "x", "shape": "polygon"}]},
        {"prohibits": "Must not enter OX1 1AA."},
        {"from_on": "tomorrow"},
    ],
)
def test_what_could_not_be_checked_is_refused(case, given):
    answer = record(case.officer, case, **given)

    assert answer.status_code in (400, 409, 422)
    assert not Restriction.objects.exists()


def test_one_of_another_case_is_not_found(case):
    other = RestrictionFactory()

    answer = ask(case.officer, "post", "api-end-restriction", case, other.pk, because="Discharged")

    assert answer.status_code == 404


def test_work_that_it_touches_is_suspended_in_the_same_step():
    work = a_worker()
    project = a_project(easting=451_050, northing=206_000)
    live = WorkAllocationFactory(work=work, project=project)

    record(live.case.officer, live.case)

    live.refresh_from_db()
    assert live.state == "suspended"
