"""Imports of extracts, what became of each, and what is left for somebody to put right."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localtime

from cases.access import staff_view
from cases.models import ImportRun
from cases.queries import quality
from cases.rules.addresses import address, number
from cases.rules.importing.keys import UNREADABLE
from staff.kit import Column, Line, Link, Masked
from staff.permissions import Action
from staff.rules.dates import say_date

SIZE = 50
COUNTS = ("read", "created", "updated", "unchanged", "rejected")
KINDS = {
    "offender": "People",
    "conviction": "Convictions",
    "requirement": "Requirements",
    "registration": "Registrations",
    "contact": "Contacts",
    "nsi": "Interventions",
    "personal_circumstance": "Personal circumstances",
    "assessment": "Assessments",
    UNREADABLE: "Lines of no known kind",
}
REMARKS = {
    "unmapped": "Kept and not used",
    "placeholders": "Filled with placeholders",
    "kept": "Says otherwise of what was recorded here: ours was kept",
}


@staff_view(Action.VIEW_IMPORTS)
def imports(request):
    after = number(request.GET.get("after", ""))
    page = quality.runs_after(after, SIZE)
    here = reverse("imports")
    context = {
        "columns": [Column(text) for text in ("When", "Extract", "Provider", "By")]
        + [Column(text, numeric=True) for text in ("Lines read", "Rejected")],
        "rows": [run_row(run) for run in page.rows],
        "first": here if after else "",
        "next": address(here, after=page.next_after) if page.next_after else "",
    }
    return render(request, "cases/imports/list.html", context)


def run_row(run):
    return {
        "href": reverse("import", args=[run.pk]),
        "when": say_time(run.at),
        "source": run.source,
        "provider": run.provider_code,
        "by": run.by.name if run.by else "Command line",
        "read": total(run, "read"),
        "rejected": total(run, "rejected"),
    }


def total(run, what):
    return sum(counts[what] for counts in run.counts.values())


def say_time(moment):
    local = localtime(moment)
    return f"{say_date(local.date())}, {local:%H:%M}"


@staff_view(Action.VIEW_IMPORTS)
def one_import(request, run):
    run = get_object_or_404(ImportRun.objects.select_related("by"), pk=run)
    after = number(request.GET.get("after", ""))
    page = quality.rejects_after(run, after, SIZE)
    here = reverse("import", args=[run.pk])
    context = {
        "heading": f"Import of {run.source}",
        "about": about(run),
        "count_columns": [Column("What")] + [Column(text.title(), numeric=True) for text in COUNTS],
        "counts": [
            (KINDS.get(kind, kind), [counts[what] for what in COUNTS])
            for kind, counts in run.counts.items()
            if counts["read"]
        ],
        "reasons": quality.reasons_of(run),
        "rejects": page.rows,
        "kinds": KINDS,
        "reject_columns": [Column(t) for t in ("File", "Line", "What", "Field", "Reason")],
        "first": here if after else "",
        "next": address(here, after=page.next_after) if page.next_after else "",
        "remarks": [
            (title, sorted(run.remarks.get(name, {}).items())) for name, title in REMARKS.items()
        ],
        "codes": quality.codes_to_review(),
        "code_columns": [Column("List"), Column("Code"), Column("Name as given")]
        + [Column("Times", numeric=True)],
    }
    return render(request, "cases/imports/one.html", context)


def about(run):
    extracted = say_time(run.extracted_at) if run.extracted_at else "Not said in the extract"
    return [
        Line("Imported", say_time(run.at)),
        Line("By", run.by.name if run.by else "Command line"),
        Line("Provider", run.provider_code or "Not said in the extract"),
        Line("Extracted", extracted),
        Line("Took", f"{run.seconds:,.1f} seconds"),
    ]


@staff_view(Action.VIEW_DATA_QUALITY)
def data_quality(request):
    user, after = request.user, number(request.GET.get("after", ""))
    kinds = list(quality.issue_kinds(user))
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in {kind for kind, _, _ in kinds} else ""
    page = quality.issues_after(user, chosen, after, SIZE)
    here, codes = reverse("data-quality"), {"kind": chosen} if chosen else {}
    context = {
        "kinds": [
            Link(what, address(here, kind=kind), current=kind == chosen, count=times)
            for kind, what, times in kinds
        ],
        "everything": here if chosen else "",
        "columns": [Column(text) for text in ("Person", "What to put right", "Officer", "Since")],
        "rows": [issue_row(issue) for issue in page.rows],
        "masked": [Masked(*row) for row in quality.masked_with_issues(user)],
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=page.next_after) if page.next_after else "",
    }
    return render(request, "cases/imports/data_quality.html", context)


def issue_row(issue):
    case = issue.case
    return {
        "href": reverse("case", args=[case.crn]),
        "name": case.list_name,
        "crn": case.crn,
        "what": issue.what,
        "officer": case.officer.name if case.officer else "No officer",
        "team": case.team.name if case.team else "No team",
        "since": say_date(issue.raised_on),
    }
