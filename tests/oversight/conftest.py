"""A team under the policies, its senior, and two of its officers with room for more cases."""

import pytest

from cases.services.policy import seed_policies
from staff.permissions import Role
from tests.factories import TeamFactory, UserFactory
from tests.oversight.a_sharing import officer


@pytest.fixture
def team():
    seed_policies()
    return TeamFactory()


@pytest.fixture
def senior(team):
    return UserFactory(role=Role.SPO, team=team)


@pytest.fixture
def ann(team):
    return officer(team, "Ann")


@pytest.fixture
def bob(team):
    return officer(team, "Bob")
