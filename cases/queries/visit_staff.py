"""Who may go on a visit, who may watch the clock of one, and who is told when nobody comes back.

Source: report 2.3; supervision reference 3.4; the table of permissions.
"""

from django.db.models import Q

from cases.models import Absence, Assignment, Case, Named
from cases.queries.holding import gone_of
from cases.queries.recipients import seniors_over
from cases.rules.visits import STEPS
from staff.models import User
from staff.permissions import Action, Reach, Role, reach

GO = (Role.OFFICER, Role.SPO)
WATCH = tuple(role for role in Role if reach(role, Action.WATCH_VISIT) > Reach.NONE)


def may_go(case):
    """Staff near this case who may visit, its officer first: its team, and whoever works on it."""
    near = Q(pk=case.officer_id) | Q(team__isnull=False, team=case.team_id)
    assigned = Assignment.objects.live().of_the_whole_case().filter(case=case)
    found = _staff().filter(near | Q(pk__in=assigned.values("user")), role__in=GO)
    return sorted(found, key=lambda one: one.pk != case.officer_id)


def may_watch(case):
    """Who may be the buddy: those of its team first, then all who may watch. Nobody kept out by name.

    They learn where somebody goes and no more of the case, so they need not be able to open it; whom an
    exclusion names learns not even that.
    """
    found = _staff().filter(role__in=WATCH).exclude(pk__in=kept_out(case))
    return sorted(found, key=lambda one: case.team_id is None or one.team_id != case.team_id)


def still_here(staff, today):
    """Those of them whose last day has not passed: nobody hears a clock who works here no longer."""
    gone = gone_of([one.pk for one in staff], today)
    return [one for one in staff if one.pk not in gone]


def kept_out(case):
    """Keys of the staff whom an exclusion names: they learn not even where somebody goes."""
    named = Named.objects.live().filter(limit=case.pk, let_in=False)
    return set(named.values_list("user", flat=True))


def may_open(user, case):
    """Whether this member of staff may make this visit."""
    return Case.objects.open_to(user, Action.VISIT_HOME).filter(pk=case.pk).exists()


def told_at(step, visit, today):
    """Who is told at this step of a missed check-in, none of those who are on the visit among them.

    The buddy; then the seniors over whoever went; then the heads of service. Whom an exclusion keeps out of the
    case is passed over for whoever comes next, and told only where there is nobody else. Always somebody.
    """
    officer = visit.appointment.officer
    out = kept_out(visit.appointment.contact.case)
    but = {officer.pk if officer else None, visit.with_whom_id, *out} - {None}
    buddy = [] if visit.buddy_id in out else [visit.buddy]
    found = buddy if step == 1 else _heads(today, but) if step == STEPS else []
    if step == 2 or not (found or buddy):
        found = seniors_over(officer, today, but)
    return found or buddy or [visit.buddy]


def _heads(today, but):
    """Those who are here; where none is, all of them."""
    away = Absence.objects.on(today).values("user")
    heads = _staff().filter(role=Role.HEAD).exclude(pk__in=but).order_by("pk")
    return list(heads.exclude(pk__in=away)) or list(heads)


def _staff():
    return (
        User.objects.filter(is_active=True)
        .select_related("team")
        .order_by("last_name", "first_name", "pk")
    )
