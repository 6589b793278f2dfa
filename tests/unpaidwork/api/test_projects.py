"""Projects by the API: the same services, refusals and silence about refuges as the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    AvailabilityFactory,
    BeneficiaryFactory,
    NeighbourFactory,
    PickUpFactory,
    ProjectFactory,
    RouteFactory,
    SiteCheckFactory,
    UserFactory,
    WorkAllocationFactory,
)
from unpaidwork.models import Neighbour, PickUp, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    user = UserFactory(role=Role.COORDINATOR)
    client.force_login(user)
    return user


def post(client, name, body=None, **kwargs):
    return client.post(reverse(name, kwargs=kwargs), body or {}, content_type="application/json")


def project_said(**changes):
    return {
        "code": "P900",
        "name": "Canal path",
        "kind": "group",
        "beneficiary": BeneficiaryFactory().name,
        "point": [471600, 173500],
        "from_on": "2018-05-01",
        "most": 10,
        "ratio": 5,
        "what_is_done": "Clearing the path.",
        "tasks": ["Clearing"],
    } | changes


def test_a_project_is_added_built_up_and_ended(client, coordinator):
    today = localdate()
    made = post(client, "api-add-project", project_said())
    key, stop = made.json()["id"], PickUpFactory()
    first = today + timedelta(days=-today.weekday())
    steps = [
        post(
            client, "api-project-days",
            {"weekday": 0, "from_on": f"{first}", "from_at": "09:00", "to_at": "16:00"}, project=key,
        ),
        post(
            client, "api-project-check",
            {
                "checked_on": f"{today}",
                "hazards": [{"hazard": "Water", "control": "Throw lines"}],
                "tools": ["blades"],
                "first_aid": "Kit in the van",
                "review_on": f"{today + timedelta(days=90)}",
            },
            project=key,
        ),
        post(client, "api-project-neighbours", {"near": "school", "what": "Park School"}, project=key),
        post(
            client, "api-project-ways",
            {"name": "By van", "seats": 8, "stops": [{"pick_up": stop.pk, "at": "08:30"}]},
            project=key,
        ),
    ]  # fmt: skip

    assert [made.status_code, *(one.status_code for one in steps)] == [201] * 5
    shown = client.get(reverse("api-project", args=[key])).json()
    assert shown["tools"] == ["blades"]
    assert shown["ways"][0]["line"] == [[453000, 205000], [471600, 173500]]
    assert [one["key"] for one in shown["gaps"]] == [
        "site:agreement-unknown",
        "site:insurance-unknown",
        "site:signal",
    ]
    ended = [
        post(client, "api-end-neighbour", neighbour=shown["neighbours"][0]["id"]),
        post(client, "api-end-way", way=shown["ways"][0]["id"]),
        post(client, "api-end-days", {"to_on": f"{today}"}, days=shown["days"][0]["id"]),
        post(client, "api-project-end", {"to_on": f"{today}"}, project=key),
    ]
    assert [one.status_code for one in ended] == [204, 204, 204, 200]
    assert Project.objects.get().to_on == today


def test_a_project_is_written_anew(client, coordinator):
    said = project_said()
    key = post(client, "api-add-project", said).json()["id"]

    answer = post(client, "api-project-change", said | {"most": 12}, project=key)

    assert (answer.status_code, answer.json()["most"]) == (200, 12)
    assert Entry.objects.get(action="changed_project").detail["answers"] == ["most"]


def test_a_pick_up_is_added_and_closed(client, coordinator):
    said = {"code": "PU9", "where": "Station", "point": [471000, 175200]}
    key = post(client, "api-add-pick-up", said).json()["id"]

    post(client, "api-change-pick-up", said | {"closed_on": "2018-10-01"}, pick_up=key)

    assert PickUp.objects.get().closed_on is not None
    assert client.get(reverse("api-pick-ups")).json() == []


def test_what_the_pages_refuse_is_refused_here_in_the_same_words(client, coordinator):
    answers = [
        post(client, "api-add-project", project_said(signal="none")),
        post(client, "api-add-project", project_said(name="Elm Road refuge")),
        post(client, "api-project-neighbours", {"near": "care", "what": "a refuge"}, project=ProjectFactory().pk),
    ]  # fmt: skip

    assert [one.status_code for one in answers] == [422] * 3
    assert "how whoever is there can be reached" in answers[0].json()["detail"]


def test_what_cannot_be_read_is_named_field_by_field(client, coordinator):
    answer = post(client, "api-add-project", project_said(point=[9_000_000, 1], most=0))

    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"point", "most"}


@pytest.mark.parametrize("role", sorted({Role.SUPERVISOR, Role.OFFICER, Role.SPO}))
def test_who_may_only_look_may_not_write_and_is_told_of_no_refuge(client, role):
    project = ProjectFactory()
    NeighbourFactory(project=project, near="refuge", what="Qzxelm", easting=457123)
    client.force_login(UserFactory(role=role))

    shown = client.get(reverse("api-project", args=[project.pk]))
    refused = post(client, "api-project-neighbours", {"near": "public"}, project=project.pk)

    assert shown.json()["neighbours"] == []
    assert not [word for word in ("Qzxelm", "refuge", "457123") if word in shown.content.decode()]
    assert refused.status_code == 403
    assert Neighbour.objects.count() == 1


def test_a_coordinator_is_told_of_it(client, coordinator):
    near = NeighbourFactory(near="refuge")

    shown = client.get(reverse("api-project", args=[near.project_id])).json()

    assert shown["neighbours"][0]["near"] == "refuge"


@pytest.mark.parametrize("number", [5, 60])
def test_the_list_takes_as_many_statements_however_long(
    number, client, coordinator, django_assert_max_num_queries
):
    for _ in range(number):
        made = ProjectFactory()
        SiteCheckFactory(project=made)
        AvailabilityFactory(project=made)
        RouteFactory(project=made)
        WorkAllocationFactory(project=made)

    with django_assert_max_num_queries(14):
        answer = client.get(reverse("api-projects"))

    assert len(answer.json()["results"]) == number
