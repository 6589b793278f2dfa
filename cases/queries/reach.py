"""What one member of staff may do on one case that is already open to them.

The same table and the same measure as `Case.objects.open_to`, asked once for every action, so that
a page can offer only what its reader may do. Source: staff.permissions.
"""

from cases.models import Absence, Assignment
from staff.permissions import Action, Reach, reach


def actions_on(case, user):
    """Every action this user may take on this case. The case must already be open to them."""
    near = _nearness(case, user)
    return frozenset(action for action in Action if near <= reach(user.role, action))


def _nearness(case, user):
    """The shortest reach that includes this case."""
    if case.officer_id == user.pk:
        return Reach.OWN
    if Assignment.objects.live().held_by(user).filter(case=case).exists():
        return Reach.ASSIGNED
    if case.officer_id and Absence.objects.covered_by(user).filter(user=case.officer_id).exists():
        return Reach.ASSIGNED
    if user.team_id and case.team_id == user.team_id:
        return Reach.TEAM
    return Reach.PROVIDER
