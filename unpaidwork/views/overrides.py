"""Asking to allocate somebody although a gate is shut, deciding and closing it: every override's pages, with these gates."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import case_view
from cases.queries.override_pages import find_override
from cases.reference.overrides import Act
from cases.rules.addresses import number
from cases.views.overrides import asking, closing, deciding
from staff.permissions import Action
from unpaidwork.queries.gate import shut_for
from unpaidwork.queries.site_gaps import shut_at
from unpaidwork.services.overrides import (
    before_allocating,
    close_work_override,
    decide_work_override,
)


@case_view(Action.ASK_OVERRIDE)
def ask_override(request, case):
    """With ?gap= of the gate it was come from, which is chosen; with ?project=, what stands before that one too."""
    today, project = localdate(), number(request.GET.get("project", ""))
    return asking(
        request,
        case,
        act=Act.ALLOCATION,
        shut=[*shut_for(case, today), *shut_at(case, [project] if project else [], today)],
        before=before_allocating(case, today),
        waits=case.overrides.waiting().filter(act=Act.ALLOCATION).first(),
        back=reverse("work-risk", args=[case.crn]),
    )


@case_view(Action.DECIDE_OVERRIDE)
def decide_override(request, case, override):
    found = find_override(case, override)
    if found is None:
        raise Http404
    if found.act != Act.ALLOCATION:
        return redirect("decide-override", crn=case.crn, override=found.pk)
    return deciding(request, case, override, decide_work_override)


@case_view(Action.DECIDE_OVERRIDE)
def close_override(request, case, override):
    found = find_override(case, override)
    if found is None:
        raise Http404
    if found.act != Act.ALLOCATION:
        return redirect("close-override", crn=case.crn, override=found.pk)
    return closing(request, case, override, close_work_override, now=now())
