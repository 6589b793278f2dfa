"""Telling that somebody's work is stopped: whoever acts on the case, and the coordinators.

Coordinators are led to the session, where something can be done. Source: report 4.1 (nobody told the supervisor).
"""

from django.urls import reverse
from django.utils.timezone import localtime

from cases.services.telling import tell
from unpaidwork.queries.recipients import coordinators_of, told_of_work
from unpaidwork.reference.sessions import Came

THERE_NOW = "They are there now: ring the supervisor now."
THERE_TODAY = "They are expected there today: ring the supervisor now."


def tell_of_work(*, case, project, text, there, now):
    """`there`: the attendance of today, where they are on site or are expected there; else None."""
    if there:
        text = f"{text} {THERE_NOW if there.came == Came.HERE else THERE_TODAY}"
    today = localtime(now).date()
    users, coordinators = told_of_work(case, project, today), set(coordinators_of(project))
    page = reverse("case-unpaid-work", args=[case.crn])
    session = reverse("work-session", args=[there.session_id]) if there else page
    known = {"case": case, "text": text, "now": now, "urgent": bool(there)}
    tell(users=[one for one in users if one.pk in coordinators], href=session, **known)
    tell(users=[one for one in users if one.pk not in coordinators], href=page, **known)
