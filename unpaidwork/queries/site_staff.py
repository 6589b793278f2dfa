"""Who hears of a site: the coordinators of its team who are here, then the seniors, then the heads.

Source: report 2.3 (devices that nobody answered); the table of permissions.
"""

from cases.models import Absence
from cases.queries.recipients import seniors_over
from staff.models import User
from staff.permissions import Action, Reach, Role, reach
from unpaidwork.queries.recipients import coordinators_of
from unpaidwork.rules.watch import STEPS


def coordinators_here(project, today, but=()):
    """The coordinators of the project's team who are here; where none is, any who is; last of all, those who are away.

    `but`: keys of those who are not.
    """
    every = _staff().filter(role=Role.COORDINATOR).exclude(pk__in=but).order_by("pk")
    near = every.filter(pk__in=coordinators_of(project))
    here = Absence.objects.on(today).values("user")
    choices = (near.exclude(pk__in=here), every.exclude(pk__in=here), near, every)
    return next(filter(None, map(list, choices)), [])


def told_at(step, watch, today):
    """Who is told at this step that nobody has heard from a supervisor; never that supervisor. Always somebody.

    Whoever has neither an address nor a number cannot be told: whoever comes next is.
    """
    user, project = watch.user, watch.session.project
    ladder = (
        coordinators_here(project, today, [user.pk]),
        seniors_over(user, today, [user.pk]),
        _heads(today, user),
    )
    later = [*ladder[step - 1 :], *reversed(ladder[: step - 1])]
    reached = ([one for one in each if one.email or one.mobile] for each in later[:STEPS])
    return next(filter(None, reached), [])


def may_say_safe(watch, user):
    """Whether this member of staff may say that they are all right: they, others on site, whoever looks for them."""
    looks = reach(user.role, Action.WATCH_SITE) > Reach.OWN
    return looks or watch.user_id == user.pk or watch.session.staff.filter(pk=user.pk).exists()


def _heads(today, user):
    """Those who are here; where none is, all of them."""
    heads = _staff().filter(role=Role.HEAD).exclude(pk=user.pk).order_by("pk")
    away = Absence.objects.on(today).values("user")
    return list(heads.exclude(pk__in=away)) or list(heads)


def _staff():
    return User.objects.filter(is_active=True)
