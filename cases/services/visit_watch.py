"""Nobody checked in: the buddy is told at once, then the senior over whoever went, then the head of service.

Each step commits with the messages it writes, so that a worker killed at any moment leaves a step either done or
still to do, and the sweep of the next minute takes it up. Source: report 2.3; architecture, "the database is the
queue".
"""

from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import HomeVisit
from cases.queries.visit_pages import UNKNOWN_NUMBER
from cases.queries.visit_staff import told_at
from cases.rules.visits import STEPS, steps_due
from cases.services.jobs import each_by_itself
from cases.services.policy import meeting_policy
from cases.services.visit_telling import said_time, tell_about_visit
from staff.audit import record

NOT_TOLD = "Visits of which nobody could be told, left for the next minute"


def alert_missed_check_ins(*, now):
    """Tell whoever is to be told by now of every visit nobody has come back from. Returns how many steps.

    May run any number of times, and beside itself: a step is told once. One that fails holds up no other.
    """
    late = HomeVisit.objects.unheard_of(now).filter(alerted__lt=STEPS).order_by("call_by")
    alerts = [partial(_alert, pk, now) for pk in late.values_list("pk", flat=True)]
    return sum(each_by_itself(*alerts, failed=NOT_TOLD))


@transaction.atomic
def _alert(pk, now):
    """The steps of this visit that have been reached and not told; how many. One being changed waits a minute."""
    visit = (
        HomeVisit.objects.unheard_of(now)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("appointment__contact__case", "appointment__officer", "with_whom", "buddy")
        .filter(pk=pk)
        .first()
    )
    if visit is None:
        return 0
    today = localtime(now).date()
    reached = steps_due(visit.call_by, now, meeting_policy(today))
    steps = range(visit.alerted + 1, reached + 1)
    for step in steps:
        tell_about_visit(
            visit=visit,
            users=told_at(step, visit, today),
            text=_text(visit, step),
            key=f"missed-{visit.call_by:%Y%m%d%H%M%S}-{step}",
            now=now,
        )
        crn = visit.appointment.contact.case.crn
        record(by=None, action="alerted_missed_check_in", crn=crn, visit=visit.pk, step=step)
    HomeVisit.objects.filter(pk=pk).update(alerted=max(visit.alerted, reached))
    return len(steps)


def _text(visit, step):
    """Who is missed and whom to ring; no word of whom they visit."""
    rings = "; ".join(_ring(one) for one in visit.going)
    missed = f"Nobody has heard from a home visit since {said_time(visit.call_by)}. Ring them now: {rings}"
    if step == 1:
        return missed
    return f"{missed}. Their buddy has not said that they are safe either: {_ring(visit.buddy)}"


def _ring(user):
    return f"{user.name}, {user.mobile or UNKNOWN_NUMBER}"
