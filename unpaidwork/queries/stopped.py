"""What stands still of somebody's work and who is to be rung, for whoever has just recorded why.

Source: unpaid work reference 10 (U2: a later order stops live work at once); report 4.1 (nobody told the supervisor).
"""

from cases.queries.recipients import let_in
from cases.rules.words import listed
from staff.models import User
from staff.rules.dates import say_time
from unpaidwork.models import WorkAllocation
from unpaidwork.queries.held import on_sheet
from unpaidwork.queries.recipients import coordinators_of
from unpaidwork.queries.register import how_it_stands
from unpaidwork.queries.single_places import stands_against_singles
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came

MOST = 2  # members of staff who are named
ON_FOOT = (Came.HERE, Came.EXPECTED)


def said_of_stopped(case, today):
    """In sentences: where their work is suspended, whether they are there now, and whom to ring; blank of none."""
    live = WorkAllocation.objects.live(today).filter(case=case, state=AllocationState.SUSPENDED)
    rows = live.select_related("project").order_by("pk")
    found = {one.project_id: one.project for one in rows}
    there = on_sheet().filter(case=case, session__on=today, came__in=ON_FOOT)
    known = there.select_related("session__project", "appointment__contact")
    on_site = list(known.order_by("session__from_at", "pk"))
    said = [_said(case, one, on_site) for one in found.values()]
    single = [one for one in on_site if one.by_itself]
    against = stands_against_singles(single, today)
    said += [
        f"They may not be at {one.session.project.name} today. {_whom_to_ring(case, one)}"
        for one in single
        if one.pk in against
    ]
    return " ".join(said)


def _said(case, project, on_site):
    there = [one for one in on_site if one.session.project_id == project.pk]
    stopped = f"Their work at {project.name} is suspended."
    if not there:
        return f"{stopped} The coordinator has been told."
    return f"{stopped} {_whom_to_ring(case, max(there, key=lambda one: one.came == Came.HERE))}"


def _whom_to_ring(case, one):
    project = one.session.project
    coordinators = User.objects.filter(pk__in=[user.pk for user in let_in(case, coordinators_of(project))])  # fmt: skip
    ring = [
        f"the supervisor on site{_numbers(one.session.staff)}",
        f"the coordinator{_numbers(coordinators)}",
    ]
    return f"{_where(one)} Ring {ring[0]}, now; and {ring[1]}."


def _where(one):
    if one.came == Came.HERE:
        stands = how_it_stands(one)
        return f"They are there now: {stands[:1].lower()}{stands[1:]}."
    return f"They are due there today from {say_time(one.session.from_at)}."


def _numbers(staff):
    """Their names, with the number each is reached by; blank where nobody is down for it."""
    people = staff.filter(is_active=True).order_by("last_name", "first_name", "pk")[:MOST]
    named = listed([" ".join(filter(None, (one.name, one.mobile))) for one in people])
    return f" ({named})" if named else ""
