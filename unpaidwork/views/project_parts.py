"""Pages on which a project and each of its parts are written: what two people change is put together, or shown."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.rules.words import counted
from staff.errors import RuleBroken
from staff.kit import Link
from staff.permissions import Action
from staff.views.keeping import words_of
from unpaidwork.forms.project_places import NeighbourForm, PickUpForm, RouteForm
from unpaidwork.forms.projects import BeneficiaryForm, DaysForm, ProjectForm
from unpaidwork.models import Availability, Beneficiary, Neighbour, PickUp, Route
from unpaidwork.queries.pick_ups import beneficiary_rows, offered_pick_ups, pick_up_rows
from unpaidwork.queries.project_lists import said_days, suspended_at
from unpaidwork.queries.project_pages import may_set_projects
from unpaidwork.queries.project_words import (
    BENEFICIARY,
    DAYS,
    NEIGHBOUR,
    PICK_UP,
    PROJECT,
    ROUTE,
    held,
    plain,
)
from unpaidwork.reference.sites import Every, SiteSignal, Takes
from unpaidwork.services import project_places, projects
from unpaidwork.views.projects import find_project

TESTED = "Whoever works there was tested against it at once."
NEW_PROJECT = {
    "takes": Takes.ANYBODY,
    "signal": SiteSignal.UNKNOWN,
    "hi_vis": True,
}


@staff_view(Action.SET_PROJECTS)
def add_project(request):
    return _project(request, None, "Add a project")


@staff_view(Action.SET_PROJECTS)
def change_project(request, project):
    found = find_project(project)
    return _project(request, found, f"Change {found.name}")


def _project(request, row, heading):
    return _write(
        request, ProjectForm, PROJECT, row, projects.save_project, {"project": row},
        begin=NEW_PROJECT,
        to=lambda made: reverse("project", args=[made.pk]),
        said=TESTED if row else "It is added. Next: the days it runs, a safety check, and who is near it.",
        heading=heading,
        lead="Where people are sent, and what must be known before anybody is.",
        beside=[] if row else [Link("Add for whom it is done first", reverse("add-beneficiary"))],
        back=reverse("project", args=[row.pk]) if row else reverse("projects"),
    )  # fmt: skip


@staff_view(Action.SET_PROJECTS)
def add_days(request, project):
    found = find_project(project)
    return _days(request, found, None, f"Add a day on which {found.name} runs")


@staff_view(Action.SET_PROJECTS)
def change_days(request, days):
    row = get_object_or_404(Availability.objects.select_related("project"), pk=days)
    return _days(request, row.project, row, f"Change a day on which {row.project.name} runs")


def _days(request, project, row, heading):
    return _write(
        request, DaysForm, DAYS, row, projects.save_days, {"project": project, "days": row},
        begin={"every": Every.WEEK},
        to=lambda made: reverse("project", args=[project.pk]),
        said=TESTED if row else "It is added. Sessions on that day follow by themselves each night.",
        heading=heading,
        lead="Sessions are made from these days, bank holidays left out.",
        back=reverse("project", args=[project.pk]),
    )  # fmt: skip


@staff_view(Action.SET_PROJECTS)
def end_days(request, days):
    """It runs on this day of the week for the last time today."""
    row = get_object_or_404(Availability.objects.select_related("project"), pk=days)
    known = {"days": row, "to_on": localdate(), "by": request.user, "now": now()}
    what = said_days([row])[0]
    return _end(request, row.project, projects.end_days, known, f"It no longer runs {what}", what)


@staff_view(Action.SET_PROJECTS)
def add_neighbour(request, project):
    found = find_project(project)
    return _neighbour(request, found, None, f"Who is near {found.name}?")


@staff_view(Action.SET_PROJECTS)
def change_neighbour(request, neighbour):
    row = get_object_or_404(Neighbour.objects.there().select_related("project"), pk=neighbour)
    return _neighbour(request, row.project, row, f"Who is near {row.project.name}?")


def _neighbour(request, project, row, heading):
    return _write(
        request, NeighbourForm, NEIGHBOUR, row, project_places.save_neighbour,
        {"project": project, "neighbour": row},
        begin={},
        to=lambda made: reverse("project", args=[project.pk]),
        said=TESTED,
        heading=heading,
        lead="Schools, nurseries, care homes, refuges and whoever is on the site: some people may not be sent where they are.",
        back=reverse("project", args=[project.pk]),
    )  # fmt: skip


@staff_view(Action.SET_PROJECTS)
def end_neighbour(request, neighbour):
    row = get_object_or_404(Neighbour.objects.there().select_related("project"), pk=neighbour)
    known = {"neighbour": row, "by": request.user, "today": localdate(), "now": now()}
    what = ": ".join(filter(None, [row.get_near_display(), row.what]))
    heading = f"They are no longer near {row.project.name}"
    return _end(request, row.project, project_places.end_neighbour, known, heading, what)


@staff_view(Action.SET_PROJECTS)
def add_way(request, project):
    found = find_project(project)
    return _way(request, found, None, f"Add a way to {found.name}")


@staff_view(Action.SET_PROJECTS)
def change_way(request, way):
    row = get_object_or_404(Route.objects.driven().select_related("project"), pk=way)
    return _way(request, row.project, row, f"Change a way to {row.project.name}")


def _way(request, project, row, heading):
    return _write(
        request, RouteForm, ROUTE, row, project_places.save_route,
        {"project": project, "route": row},
        begin={},
        to=lambda made: reverse("project", args=[project.pk]),
        said=TESTED,
        heading=heading,
        lead="The whole way of the van is tested against where people may not go, not only its stops.",
        back=reverse("project", args=[project.pk]),
        template="unpaidwork/projects/way.html",
        pick_ups=offered_pick_ups(localdate()),
    )  # fmt: skip


@staff_view(Action.SET_PROJECTS)
def end_way(request, way):
    row = get_object_or_404(Route.objects.driven().select_related("project"), pk=way)
    known = {"route": row, "by": request.user, "today": localdate(), "now": now()}
    heading = f"No van goes this way to {row.project.name} any more"
    return _end(request, row.project, project_places.end_route, known, heading, row.name)


@staff_view(Action.VIEW_PROJECTS)
def pick_ups(request):
    may_set = may_set_projects(request.user)
    context = {
        "rows": pick_up_rows(may_set),
        "actions": [Link("Add a pick-up point", reverse("add-pick-up"))] if may_set else [],
        "back": reverse("projects"),
    }
    return render(request, "unpaidwork/projects/pick_ups.html", context)


@staff_view(Action.SET_PROJECTS)
def add_pick_up(request):
    return _pick_up(request, None, "Add a pick-up point")


@staff_view(Action.SET_PROJECTS)
def change_pick_up(request, pick_up):
    row = get_object_or_404(PickUp, pk=pick_up)
    return _pick_up(request, row, f"Change {row.where}")


def _pick_up(request, row, heading):
    return _write(
        request, PickUpForm, PICK_UP, row, project_places.save_pick_up, {"pick_up": row},
        begin={},
        to=lambda made: reverse("pick-ups"),
        said="Whoever is picked up there was tested at once." if row else "It can be made a stop of a way now.",
        heading=heading,
        lead="Where a van stops for people. It is tested against where each of them may not go.",
        back=reverse("pick-ups"),
    )  # fmt: skip


@staff_view(Action.SET_PROJECTS)
def beneficiaries(request):
    context = {
        "rows": beneficiary_rows(localdate()),
        "actions": [Link("Add somebody", reverse("add-beneficiary"))],
        "back": reverse("projects"),
    }
    return render(request, "unpaidwork/projects/beneficiaries.html", context)


@staff_view(Action.SET_PROJECTS)
def add_beneficiary(request):
    return _beneficiary(request, None, "For whom is work done?")


@staff_view(Action.SET_PROJECTS)
def change_beneficiary(request, beneficiary):
    row = get_object_or_404(Beneficiary, pk=beneficiary)
    return _beneficiary(request, row, f"Change {row.name}")


def _beneficiary(request, row, heading):
    return _write(
        request, BeneficiaryForm, BENEFICIARY, row, projects.save_beneficiary,
        {"beneficiary": row, "today": localdate()},
        begin={},
        to=lambda made: reverse("beneficiaries"),
        said="Kept. Whoever works for them was tested against it at once." if row else "Projects can be added for them now.",
        heading=heading,
        lead="What they agreed to, until when, and what they may be told.",
        back=reverse("beneficiaries"),
    )  # fmt: skip


def _write(
    request, kind, names, row, service, known, *, begin, to, said, heading, lead, back,
    beside=(), template="unpaidwork/projects/form.html", **more,
):  # fmt: skip
    """The page of one form about one row; `row` None: a new one. What both of two changed is shown with both."""
    words, clashes = words_of(request), []
    stands = held(row, names) if row else {}
    form = words.form(kind, stands=plain(stands), initial=stands or begin, **more)
    if request.method == "POST" and form.is_valid():
        before = suspended_at(known.get("project"))
        done = form.carry_out(service, by=request.user, now=now(), **known)
        if done and not done[1]:
            words.forget()
            messages.success(request, said + _suspended(known.get("project"), before))
            return redirect(to(done[0]))
        if done:
            form.stands = plain(held(done[0], names))
            clashes = form.show_clashes(done[1])
    context = {
        "form": form,
        "words": words,
        "clashes": clashes,
        "heading": heading,
        "lead": lead,
        "beside": beside,
        "button": "Keep the change" if row else "Add it",
        "back": back,
    }
    return render(request, template, context)


def _end(request, project, service, known, heading, what):
    """Asked once more, and done by a POST."""
    back = reverse("project", args=[project.pk])
    if request.method == "POST":
        before = suspended_at(project)
        try:
            service(**known)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, TESTED + _suspended(project, before))
        return redirect(back)
    context = {"heading": heading, "what": what, "back": back}
    return render(request, "unpaidwork/projects/end.html", context)


def _suspended(project, before):
    """What the change came to for those who work there; blank where for nobody."""
    more = suspended_at(project) - before
    if more <= 0:
        return ""
    return f" It suspended {counted(more, 'allocation')}: find other work, on My work."
