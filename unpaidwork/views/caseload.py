"""Everybody with unpaid work, for coordinators and whoever holds the cases: a list, and a file for those who may."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import address, number
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Column, Link, Masked
from staff.permissions import Action, Role, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from unpaidwork.queries import caseload as queries
from unpaidwork.reference.work import WorkState

SIZE = 50
EVERY = ("", "Any")
TITLE = "Unpaid work"


class FilterForm(GovukForm):
    """What may be asked of the list."""

    state = forms.ChoiceField(
        label="Where it stands",
        required=False,
        choices=[*WorkState.choices(), (queries.ANY, "Any")],
    )
    pace = forms.ChoiceField(label="Pace", required=False, choices=[EVERY, *queries.PACES])
    look = forms.ChoiceField(
        label="To look into",
        required=False,
        choices=[EVERY, *((code, one.title) for code, one in queries.EXCEPTIONS.items())],
    )
    owed = forms.ChoiceField(label="Owed", required=False, choices=[EVERY, *queries.OWED_KINDS])
    team = forms.ChoiceField(label="Team that holds the case", required=False)
    mine = forms.BooleanField(label="Cases I hold", required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(one, one) for one in queries.SORTS], widget=forms.HiddenInput
    )

    def __init__(self, data, *, user):
        data = data.copy()
        data["state"] = data.get("state") or WorkState.OPEN
        super().__init__(data)
        teams = queries.teams_of(user)
        self.offer("team", [EVERY, *((code, one.name) for code, one in teams.items())])
        if user.role not in (Role.OFFICER, Role.SPO):
            del self.fields["mine"]

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        return queries.Wanted(**{name: code for name, code in self.cleaned_data.items() if code})


@staff_view(Action.VIEW_UNPAID_WORK)
def work_caseload(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted = form.wanted()
    codes, here = _codes(wanted), reverse("work-caseload")
    after = number(request.GET.get("after", ""))
    found = queries.page_of_work(user, wanted, today, after=after, size=SIZE)
    may_export = reach(user.role, Action.EXPORT_CASES)
    context = {
        "form": form,
        "chips": _chips(form, codes, here),
        "clear": here,
        "columns": _columns(wanted, codes, here),
        "rows": found.rows,
        "masked": [Masked(*row) for row in queries.kept_from(user)],
        "shown": f"{found.count:,} {'requirement' if found.count == 1 else 'requirements'} of unpaid work",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("work-caseload-csv"), **codes) if may_export else "",
        "may_see_measures": reach(user.role, Action.VIEW_WORK_FIGURES),
    }
    remember_list(request, TITLE)
    return render(request, "unpaidwork/work_caseload.html", context)


@staff_view(Action.EXPORT_CASES)
def work_caseload_csv(request):
    """The same list as a file. Cases of limited access are withheld from those shut out."""
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted = form.wanted()
    works = queries.matching(user, Action.EXPORT_CASES, wanted, today)
    record(by=user, action=Action.EXPORT_CASES, filters=_codes(wanted))
    return csv_of(queries.csv_lines(user, works, today), f"unpaid-work-{today}")


def _codes(wanted):
    return {name: code for name, code in vars(wanted).items() if code}


def _chips(form, codes, here):
    """What narrows the list, each with the address that widens it again."""
    found = []
    for name, code in codes.items():
        if name == "sort" or (name == "state" and code == WorkState.OPEN):
            continue
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(code, "")
        rest = {other: value for other, value in codes.items() if other != name}
        found.append(
            Link(f"{field.label}: {words}" if words else field.label, address(here, **rest))
        )
    return found


def _columns(wanted, codes, here):
    def head(text, code):
        order = "ascending" if wanted.sort == code else ""
        return Column(text, address(here, **codes | {"sort": code}), order)

    return [
        head("Person on probation", "name"),
        Column("State"),
        Column("Left"),
        head("To be worked by", "sentenced"),
        Column("Pace"),
        Column("Next session"),
        Column("Owed"),
    ]
