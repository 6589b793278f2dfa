"""Who runs unpaid work."""

from staff.permissions import Role
from tests.factories import UserFactory


def coordinator(**columns):
    return UserFactory(role=Role.COORDINATOR, **columns)
