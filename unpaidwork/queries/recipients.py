"""Who hears of somebody's unpaid work: whoever acts on the case, and the coordinators of the project.

Nobody whom the case shuts out. Source: product rules, roles.
"""

from cases.queries.recipients import let_in, owner_and_cover
from staff.models import User
from staff.permissions import Role


def told_of_work(case, project, today):
    """The officer or their cover, and the coordinators of the project's team; without any there, all coordinators."""
    told = {one.pk: one for one in owner_and_cover(case, today)}
    told |= {one.pk: one for one in let_in(case, coordinators_of(project))}
    return [told[pk] for pk in sorted(told)]


def coordinators_of(one):
    """Of the team of a project or a case, without any there all; by key."""
    every = User.objects.filter(is_active=True, role=Role.COORDINATOR)
    near = every.filter(team__isnull=False, team=one.team_id)
    return list((near if near.exists() else every).values_list("pk", flat=True))
