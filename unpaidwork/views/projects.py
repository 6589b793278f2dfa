"""Pages about projects: the list, one project, its safety check and its end, and the list as a file."""

from itertools import chain

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.rules.addresses import address, number
from cases.rules.words import counted
from cases.services.policy import clocks
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Column, Link, on
from staff.models import Team
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.keeping import words_of
from unpaidwork.forms.projects import LastDayForm, SiteCheckForm
from unpaidwork.models import Project
from unpaidwork.queries import project_lists as queries
from unpaidwork.queries.project_csv import CSV_HEAD, csv_lines
from unpaidwork.queries.project_lists import Shown, Wanted, Wrong
from unpaidwork.queries.project_pages import may_set_projects, project_page
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.availability import holidays_between
from unpaidwork.services import projects as services

SIZE = 50
COLUMNS = [
    Column("Project"),
    Column("Kind"),
    Column("When it runs"),
    Column("Today"),
    Column("Allocated", numeric=True),
    Column("To put right"),
]
EMPTY = "Projects that stand so would be listed here."


class FilterForm(GovukForm):
    shown = forms.ChoiceField(label="Which", required=False, choices=Shown.choices())
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *ProjectKind.choices()]
    )
    team = forms.ChoiceField(label="Team", required=False)
    wrong = forms.ChoiceField(
        label="To put right",
        required=False,
        choices=[("", "Anything or nothing"), *Wrong.choices()],
    )

    def __init__(self, data):
        self.teams = {one.code: one for one in Team.objects.order_by("name")}
        data = data.copy()
        data["shown"] = data.get("shown") or Shown.RUNNING
        super().__init__(data)
        named = [(code, one.name) for code, one in self.teams.items()]
        self.offer("team", [("", "Any"), *named])

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        said = self.cleaned_data
        return Wanted(
            shown=said.get("shown") or Shown.RUNNING,
            kind=said.get("kind") or "",
            team=self.teams.get(said.get("team", "")),
            wrong=said.get("wrong") or "",
        )

    def asked(self):
        """{name: code} of what is in force."""
        one = self.wanted()
        team = one.team.code if one.team else ""
        return {"shown": str(one.shown), "kind": one.kind, "team": team, "wrong": one.wrong}


@staff_view(Action.VIEW_PROJECTS)
def projects(request):
    today, form, here = localdate(), _filters(request), reverse("projects")
    wanted, codes = form.wanted(), form.asked()
    after = number(request.GET.get("after", ""))
    found = queries.page_of_projects(wanted, today, closed_on(today), after=after, size=SIZE)
    may_set = may_set_projects(request.user)
    context = {
        "form": form,
        "columns": COLUMNS,
        "chips": _chips(form, codes, here),
        "clear": address(here, shown=Shown.RUNNING),
        "exceptions": [
            Link(one.title, address(here, shown=Shown.RUNNING, wrong=one), count=count)
            for one, count in queries.exceptions(today)
        ],
        "rows": found.rows,
        "empty": EMPTY,
        "shown": counted(found.count, "project"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("projects-csv"), **codes) if may_set else "",
        "actions": [Link("Add a project", reverse("add-project"))] if may_set else [],
        "beside": _beside(request.user, may_set),
    }
    return render(request, "unpaidwork/projects/list.html", context)


@staff_view(Action.SET_PROJECTS)
def projects_csv(request):
    """The same list as a file: what projects are like, who is near them left out, and nobody who works there."""
    today, form = localdate(), _filters(request)
    found = queries.matching(form.wanted(), today).select_related("beneficiary", "team")
    record(by=request.user, action="exported_projects", filters=form.asked())
    lines = csv_lines(found.order_by("name", "pk"), today, closed_on(today))
    return csv_of(chain([CSV_HEAD], lines), f"projects-{today}")


@staff_view(Action.VIEW_PROJECTS)
def project(request, project):
    found = find_project(project)
    context = {
        "page": project_page(found, request.user, localdate()),
        "project": found,
        "may_place": bool(reach(request.user.role, Action.ALLOCATE_WORK)),
        "back": reverse("projects"),
    }
    return render(request, "unpaidwork/projects/one.html", context)


@staff_view(Action.SET_PROJECTS)
def check_site(request, project):
    """Begun with the hazards of the last check, to be looked at again one by one."""
    found, words = find_project(project), words_of(request)
    last = found.checks.latest_first().first()
    hazards = last.hazards if last else []
    form = words.form(SiteCheckForm, hazards=len(hazards), initial=_begun_with(last, hazards))
    if request.method == "POST" and form.is_valid():
        known = {"project": found, "by": request.user, "today": localdate(), "now": now()}
        done = form.carry_out(services.check_site, **known)
        if done:
            words.forget()
            said = f"Recorded. It is looked at again by {on(done.review_on)}, by a coordinator."
            messages.success(request, f"{said} Whoever works there was tested against it at once.")
            return redirect("project", project=found.pk)
    context = {"form": form, "words": words, "project": found, "back": _page_of(found)}
    return render(request, "unpaidwork/projects/check.html", context)


@staff_view(Action.SET_PROJECTS)
def end_project(request, project):
    found, words = find_project(project), words_of(request)
    form = words.form(LastDayForm)
    if request.method == "POST" and form.is_valid():
        known = {"project": found, "by": request.user, "now": now()}
        done = form.carry_out(services.end_project, **known)
        if done:
            words.forget()
            said = f"{done.name} ends on {on(done.to_on)}."
            messages.success(request, f"{said} Coordinators find other work for whoever is left.")
            return redirect("project", project=found.pk)
    there = len(queries.allocated_on([found], localdate()).get(found.pk, []))
    context = {
        "form": form,
        "words": words,
        "heading": f"End {found.name}",
        "lead": f"{counted(there, 'allocation')} to it now. Nobody works there after its last day.",
        "button": "End the project",
        "back": _page_of(found),
    }
    return render(request, "unpaidwork/projects/form.html", context)


def find_project(pk):
    found = Project.objects.select_related("beneficiary", "team").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def closed_on(today):
    """Today, where it is a bank holiday."""
    return holidays_between(today, today, clocks(today).extra_bank_holidays)


def _page_of(found):
    return reverse("project", args=[found.pk])


def _filters(request):
    form = FilterForm(request.GET)
    form.is_valid()
    return form


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again."""
    widest = {"shown": Shown.RUNNING, "kind": "", "team": "", "wrong": ""}
    return [
        Link(
            f"{form.fields[name].label}: {dict(form.fields[name].choices)[codes[name]]}",
            address(here, **codes | {name: all_of_it}),
        )
        for name, all_of_it in widest.items()
        if codes[name] != all_of_it
    ]


def _beside(user, may_set):
    """What stands beside the list, as far as this reader may open it."""
    links = [Link("Pick-up points", reverse("pick-ups"))]
    if may_set:
        links.append(Link("For whom work is done", reverse("beneficiaries")))
    if reach(user.role, Action.VIEW_WORK_FIGURES):
        links.append(Link("Benefit sheet for courts", reverse("benefit-sheet")))
        links.append(Link("Measures", reverse("work-measures")))
    return links


def _begun_with(last, hazards):
    if last is None:
        return {}
    pairs = {
        f"{name}_{row}": said[name]
        for row, said in enumerate(hazards)
        for name in ("hazard", "control")
    }
    return pairs | {"tools": last.tools, "first_aid": last.first_aid}
