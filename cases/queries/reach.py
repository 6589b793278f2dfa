"""What one member of staff may do on a case that is already open to them, and which of some cases are.

The same table and the same measure as `Case.objects.open_to`, asked once for every action, so that
a page can offer only what its reader may do. Source: staff.permissions.
"""

from dataclasses import dataclass, field
from functools import cache

from cases.models import Absence, Assignment, Case
from cases.reference.codes import TO_READ, Capacity
from cases.reference.endings import ONCE_ENDED
from cases.reference.holding import LeftAs
from staff.permissions import BY_A_GROUP_ALONE, Action, Reach, Role, reach


@dataclass(frozen=True)
class _Assigned:
    """Of some cases, by key, those that a user is assigned to as a whole; those for the register of a group alone; those
    that come as near as a colleague's of the team, opened in emergency or offered; of these the ones offered; and those
    of whom they are to meet somebody at the gate.
    """

    whole: set[int] = field(default_factory=set)
    led: set[int] = field(default_factory=set)
    to_read: set[int] = field(default_factory=set)
    offered: set[int] = field(default_factory=set)
    to_meet: set[int] = field(default_factory=set)


def actions_on(case, user):
    """Every action this user may take on this case. The case must already be open to them."""
    return actions_on_each([case], user)[case.pk]


def actions_on_each(cases, user):
    """The same of each of these cases, by key, in two statements; in none where to come nearer would bring nothing more,
    as on a case of the user's own.
    """
    within = {near: _actions(near, user.role) for near in Reach}
    asked = [case.pk for case in cases if within[_near(case, user)] != within[Reach.OWN]]
    assigned = _assigned(asked, user) if asked else _Assigned()
    absences = _covered_by(user) if asked else []
    for_one_thing = (
        (assigned.led, BY_A_GROUP_ALONE.get(user.role, frozenset())),
        (assigned.offered, within[Reach.ASSIGNED] & {Action.TAKE_OVER}),
        (assigned.to_meet, within[Reach.ASSIGNED] & {Action.MEET_AT_GATE}),
    )
    found = {}
    for case in cases:
        near = _near(case, user, assigned.whole, absences)
        actions = within[min(near, Reach.TEAM) if case.pk in assigned.to_read else near]
        besides = (only for keys, only in for_one_thing if case.pk in keys)
        found[case.pk] = _left(case, actions.union(*besides))
    return found


def open_among(keys, user, action):
    """Of these cases, by key, those on which this user may take this action. No statement where there are none."""
    if not keys:
        return frozenset()
    opened = Case.objects.open_to(user, action).filter(pk__in=keys)
    return frozenset(opened.values_list("pk", flat=True))


def _assigned(keys, user):
    held = Assignment.objects.live().held_by(user).filter(case__in=keys)
    found = _Assigned()
    for case, capacity, whose in held.values_list("case", "capacity", "user"):
        if capacity == Capacity.RECEIVING:
            found.offered.add(case)
        if capacity in TO_READ:
            found.to_read.add(case)
        elif capacity == Capacity.GATE:
            found.to_meet.add(case)
        elif user.role in BY_A_GROUP_ALONE and capacity == Capacity.GROUP and whose == user.pk:
            found.led.add(case)
        else:
            found.whole.add(case)
    return found


def _covered_by(user):
    """(key, role, team) of each of those for whom this user covers."""
    return list(Absence.objects.covered_by(user).values_list("user", "user__role", "user__team"))


def _left(case, actions):
    """Of these actions, those that the case still takes."""
    return actions & ONCE_ENDED if case.left_as == LeftAs.ENDED else actions


@cache
def _actions(near, role):
    return frozenset(action for action in Action if near <= reach(role, action))


def _near(case, user, assigned=frozenset(), absences=()):
    """The shortest reach that includes this case. `absences`: of those for whom this user covers.

    Without the last two: as far as the case itself shows.
    """
    absent = {key for key, _, _ in absences}
    teams = {team for _, role, team in absences if role == Role.SPO} | {user.team_id}
    if case.officer_id == user.pk:
        return Reach.OWN
    if case.pk in assigned or (case.officer_id and case.officer_id in absent):
        return Reach.ASSIGNED
    return Reach.TEAM if case.team_id and case.team_id in teams else Reach.PROVIDER
