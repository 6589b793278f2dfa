"""Who hears of a case: its officer and cover, or the seniors of its team; never anybody shut out of it.

Source: product rules: alerts of an absent owner go to named cover, or the senior probation officer.
"""

from cases.models import Absence, Assignment, Limit
from cases.reference.codes import Capacity
from staff.models import User
from staff.permissions import Role


def owner_and_cover(case, today):
    """Its officer unless away, and whoever covers; where there is neither, the seniors."""
    absences = Absence.objects.on(today)
    owner = _staff().filter(pk=case.officer_id).exclude(pk__in=absences.values("user"))
    cover = _staff().filter(pk__in=absences.filter(user=case.officer_id).values("cover"))
    assigned = Assignment.objects.live().filter(case=case, capacity=Capacity.COVER)
    named = _staff().filter(pk__in=assigned.values("user"))
    return _let_in(case, (owner | cover | named).distinct()) or seniors_of(case, today)


def seniors_of(case, today):
    """The SPOs of its team, and cover for those who are away; where there is none, the heads."""
    absences = Absence.objects.on(today)
    seniors = _staff().filter(role=Role.SPO, team__isnull=False, team=case.team_id)
    here = seniors.exclude(pk__in=absences.values("user"))
    cover = _staff().filter(pk__in=absences.filter(user__in=seniors).values("cover"))
    heads = _staff().filter(role=Role.HEAD)
    return _let_in(case, (here | cover).distinct()) or _let_in(case, heads)


def _staff():
    return User.objects.filter(is_active=True)


def _let_in(case, users):
    """Those of them who may open the case as far as its limits go."""
    ordered = users.order_by("pk")
    if not Limit.objects.filter(case=case).exists():
        return list(ordered)
    return [one for one in ordered if not Limit.objects.against(one).filter(case=case).exists()]
