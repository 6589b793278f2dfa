"""Where a refuge stands: every address about a project or its sessions is opened as each who may not be told.

Whatever page is added later is opened here too.
"""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.factories import (
    AttendanceFactory,
    NeighbourFactory,
    ProjectFactory,
    RouteFactory,
    SiteCheckFactory,
    StopFactory,
    UserFactory,
    WorkSessionFactory,
)
from tests.test_permissions import ENDPOINTS, OF_NO_CASE

pytestmark = pytest.mark.django_db
KEPT = ("qzxelm", "refuge", "457123", "203987")
NOT_TOLD = sorted({Role.SUPERVISOR, Role.OFFICER, Role.HUB, Role.SPO, Role.AUDITOR, Role.QUALITY})


@pytest.fixture
def keys():
    """What may stand in an address, of a project with a refuge near it and people at work there."""
    project = ProjectFactory()
    SiteCheckFactory(project=project)
    refuge = NeighbourFactory(
        project=project,
        near="refuge",
        what="Qzxelm",
        easting=457123,
        northing=203987,
        when="Qzxelm",
    )
    stop = StopFactory(route=RouteFactory(project=project))
    session = WorkSessionFactory(project=project, on=localdate())
    return {
        "project": project.pk,
        "neighbour": refuge.pk,
        "way": stop.route_id,
        "pick_up": stop.pick_up_id,
        "beneficiary": project.beneficiary_id,
        "session": session.pk,
        "place": AttendanceFactory(session=session).pk,
    }


def addresses(keys):
    for name in sorted(OF_NO_CASE):
        wanted = ENDPOINTS[name].pattern.converters.keys()
        ours = "unpaidwork" in getattr(ENDPOINTS[name].callback, "__module__", "")
        if wanted <= keys.keys() and (wanted or ours):
            yield name, reverse(name, kwargs={part: keys[part] for part in wanted})


@pytest.mark.parametrize("role", NOT_TOLD)
def test_nothing_that_gives_a_refuge_away_is_found(client, keys, role):
    user = UserFactory(role=role)
    if role == Role.SUPERVISOR:
        user.work_sessions.add(keys["session"])
    client.force_login(user)
    found = {}

    for name, address in addresses(keys):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="ignore").lower()
        found[name] = [word for word in KEPT if word in text]

    assert {name: words for name, words in found.items() if words} == {}
    assert {"project", "projects", "api-project"} <= found.keys()


def test_the_same_addresses_give_it_to_a_coordinator(client, keys):
    """Or opening them would prove nothing."""
    client.force_login(UserFactory(role=Role.COORDINATOR))

    found = {
        name
        for name, address in addresses(keys)
        if name in ("project", "change-neighbour", "api-project")
        and "qzxelm" in client.get(address).content.decode().lower()
    }

    assert found == {"project", "change-neighbour", "api-project"}
