"""Pages of workload: the officers of a team in the order of their names, and one officer with how their figure comes about."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.rules.addresses import address
from cases.rules.words import counted
from oversight.forms.officers import WorkloadTeamForm
from oversight.queries import workload_pages as pages
from oversight.queries.both_methods import SAID, other_basis, other_method, working_of_other
from oversight.queries.leavers import holding_or_here
from oversight.queries.officers import may_record, officers_to_read, officers_to_record
from oversight.queries.policy import workload_policy
from oversight.queries.workload import loads_of
from staff.access import staff_view
from staff.kit import Link, Masked
from staff.permissions import Action, Role, reach
from staff.views.lists import remember_list

COUNTED = "Counted now, and kept each Monday: over 110% for four weeks running is excessive."


@staff_view(Action.VIEW_WORKLOAD)
def workload(request):
    today, user = localdate(), request.user
    policy = workload_policy(today)
    form = WorkloadTeamForm(request.GET, teams=pages.teams_to_read(user), own=user.team_id)
    form.is_valid()
    officers = officers_to_read(user)
    team = form.chosen()
    if form.teams:
        officers = officers.filter(team=team) if team else officers.none()
    loads = loads_of(holding_or_here(officers, today), today, policy)
    recordable = set(officers_to_record(user).order_by().values_list("pk", flat=True))
    rows = pages.load_rows(loads, today, policy, recordable=recordable, reader=user)
    whose = f"{team.name}: {counted(len(rows), 'officer')}, in the order of their names." if team else ""  # fmt: skip
    context = {
        "form": form,
        "lead": f"{'Yours.' if user.role == Role.OFFICER else whose} {COUNTED}" if team else "",
        "rows": rows,
        "other_head": SAID[other_basis(policy)],
        "policy": reverse("workload-policy"),
    }
    return render(request, "oversight/workload/team.html", context)


@staff_view(Action.VIEW_WORKLOAD)
def officer_workload(request, officer):
    today, user = localdate(), request.user
    one = get_object_or_404(officers_to_read(user), pk=officer)
    policy = workload_policy(today)
    load = pages.load_of(one, today, policy)
    may = may_record(user, one)
    reasons = may or user.pk == one.pk
    other = other_method(load, today, policy)
    rows, kept = pages.case_rows(load, other, user)
    remember_list(request, f"Cases of {one.name}")
    context = {
        "heading": f"Workload of {one.name}",
        "lead": f"{load.full.percent}% of what there is room for: {load.full.total:,} of {counted(load.full.available, 'point')}. {pages.grade_of(one)}.",
        "excess": load.excess.sentence if load.excess else "",
        "steps": list(_steps(one, user)) if load.excess and may else [],
        "working": pages.working_of(load, policy, reasons=reasons),
        "other": None if kept else working_of_other(other, policy),
        "other_head": SAID[other.basis],
        "weeks": pages.week_lines(one),
        "recorded": pages.recorded_of(one, today, may_record=may, reasons=reasons),
        "away": pages.away_of(one, today),
        "rows": rows,
        "weighed": not kept,
        "elsewhere": len(load.cases) - len(rows) - len(kept),
        "masked": [Masked(*row) for row in kept],
        "back": reverse("workload"),
    }
    return render(request, "oversight/workload/officer.html", context)


def _steps(officer, user):
    """What whoever answers for an officer can do about too full a caseload, by what they may do."""
    if reach(user.role, Action.SHARE_OUT_CASES) and officer.team:
        ask = address(reverse("ask-for-sharing"), team=officer.team.code)
        yield Link("share out cases of the team", ask)
    if reach(user.role, Action.HOLD_SUPERVISION):
        talk = reverse("officer-supervision", args=[officer.pk])
        yield Link("talk about it in supervision", talk)
    hours = reverse("record-known", args=[officer.pk, "off"])
    yield Link("record hours that other duties take", hours)
