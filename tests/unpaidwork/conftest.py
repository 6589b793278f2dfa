"""What any test of unpaid work may ask for."""

import pytest

from tests.unpaidwork.a_coordinator import coordinator


@pytest.fixture
def by(client):
    """A coordinator, signed in."""
    user = coordinator()
    client.force_login(user)
    return user
