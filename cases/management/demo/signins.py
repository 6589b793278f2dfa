"""The sign-ins of the demonstration: one for each role, all with one password that anybody may know.

They exist only where `make_demo` has written the caseload, which it does only where there is no other.
"""

from django.contrib.auth.hashers import make_password

from staff.models import Entry, User
from staff.permissions import Role

PASSWORD = "walk-the-towpath-2018"  # of invented people only; never accepted anywhere else
MADE = "made_demonstration"  # the entry in the audit trail that marks such a database


def is_demonstration():
    """Whether this database holds the demonstration caseload."""
    return Entry.objects.filter(action=MADE, by=None).exists()


def accounts():
    """The sign-in of each role, in the order of the roles; none outside a demonstration."""
    if not is_demonstration():
        return []
    held = {
        user.username: user for user in User.objects.filter(username__in=list(Role), is_active=True)
    }
    return [held[role] for role in Role if role in held]


def hashed():
    """Once for all of them: hashing is slow by design."""
    return make_password(PASSWORD)
