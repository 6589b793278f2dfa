"""The caseload: filtered, sorted, page by page, and as a CSV for those who may."""

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.queries.notices import unread_notices
from cases.reference.codes import CaseState, Place
from cases.reference.groups import GROUPS, WIDER, group_name
from cases.rules.addresses import address
from oversight.queries import caseload as queries
from oversight.queries import loop
from oversight.queries.caseload_file import caseload_file
from oversight.queries.rows import case_row
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Column, Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MINE = "mine"
WHOSE = {
    MINE: "My cases",
    "assigned": "Cases assigned to me",
    "team": "My team's cases",
    queries.ALL: "Every case of the provider",
}
PLACES = {
    Place.GROUP: "In a GRID group",
    Place.CANNOT: "Cannot place",
    Place.ESCALATE: "Risk escalation",
    Place.RETAINED: "Managed by the NPS",
    "unplaced": "Not yet placed",
}
STATES = {
    "": "Active sentence",
    CaseState.AWAITING_SENTENCE: CaseState.AWAITING_SENTENCE.title,
    CaseState.NO_SENTENCE: CaseState.NO_SENTENCE.title,
    CaseState.CLOSED: CaseState.CLOSED.title,
    queries.ENDED_HERE: "Ended here",
    queries.ALL: "Any",
}
ANY = [("", "Any")]
# What is asked, and counted, of enquiries: not for whoever may not see them
OF_CHECKS = ("loop", "overdue")


class FilterForm(GovukForm):
    """What may be asked of the caseload. Choices are those of this reader's own reach."""

    whose = forms.ChoiceField(label="Whose", required=False)
    officer = forms.ChoiceField(label="Officer", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    place = forms.ChoiceField(label="Placement", required=False, choices=ANY + [*PLACES.items()])
    group = forms.ChoiceField(
        label="GRID group",
        required=False,
        choices=ANY + [(group, group_name(group)) for group in GROUPS] + [*WIDER.items()],
    )
    state = forms.ChoiceField(label="Sentence", required=False, choices=[*STATES.items()])
    loop = forms.ChoiceField(
        label="Loop of enquiry", required=False, choices=ANY + [*loop.CODES.items()]
    )
    overdue = forms.BooleanField(label="With an overdue check", required=False)
    women = forms.BooleanField(label="Women", required=False)
    sort = forms.ChoiceField(
        required=False, choices=[(sort, sort) for sort in queries.SORTS], widget=forms.HiddenInput
    )

    def __init__(self, data, *, user):
        self.scopes = queries.scopes(user, Action.LIST_CASES)
        data = data.copy()
        data["whose"] = data.get("whose") or self.scopes[0]
        super().__init__(data)
        self.offer("whose", [(scope, WHOSE[scope]) for scope in self.scopes])
        scope = queries.Wanted(
            whose=data["whose"] if data["whose"] in self.scopes else self.scopes[0]
        )
        officers = queries.officers_in(user, Action.LIST_CASES, scope)
        self.offer(
            "officer",
            [
                *ANY,
                (queries.NOBODY, "No officer"),
                *((officer.username, officer.name) for officer in officers),
            ],
        )
        if scope.whose == queries.ALL:
            self.offer("team", ANY + [(team.code, team.name) for team in queries.teams()])
        else:
            del self.fields["team"]
        if not sees_checks(user):
            for name in OF_CHECKS:
                del self.fields[name]
            self.offer("sort", [(sort, sort) for sort in queries.SORTS if sort not in OF_CHECKS])

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        valid = {name: code for name, code in self.cleaned_data.items() if code}
        return queries.Wanted(**{"whose": self.scopes[0]} | valid)


@staff_view(Action.LIST_CASES)
def caseload(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted = form.wanted()
    found = queries.caseload_page(
        user, Action.LIST_CASES, wanted, after=request.GET.get("after", ""), size=SIZE, today=today
    )
    count = queries.matching(user, Action.LIST_CASES, wanted, today).count()
    codes = codes_of(wanted)
    here = reverse("caseload")
    context = {
        "notices": unread_notices(request.user),
        "heading": WHOSE[wanted.whose],
        "form": form,
        "chips": chips(form, codes, here),
        "clear": address(here, whose=wanted.whose),
        "columns": columns(wanted, codes, here, checks=sees_checks(user)),
        "checks": sees_checks(user),
        "mine": wanted.whose == MINE,
        "rows": [case_row(case, today) for case in found.rows],
        "masked": [Masked(*row) for row in queries.kept_from(user, Action.LIST_CASES, wanted)],
        "shown": f"{count:,} {'person' if count == 1 else 'people'}",
        "first": address(here, **codes) if request.GET.get("after") else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("caseload-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, WHOSE[wanted.whose])
    return render(request, "oversight/caseload.html", context)


def sees_checks(user):
    return reach(user.role, Action.VIEW_CHECKS) > Reach.NONE


def codes_of(wanted):
    return {name: code for name, code in vars(wanted).items() if code and code != "name"}


def chips(form, codes, here):
    """One removable chip for each filter in force, besides whose cases and their order."""
    found = []
    for name, code in codes.items():
        if name in ("whose", "sort"):
            continue
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(code, "")
        text = f"{field.label}: {words}" if words else field.label
        rest = {other: value for other, value in codes.items() if other != name}
        found.append(Link(text, address(here, **rest)))
    return found


def columns(wanted, codes, here, *, checks):
    """The heads of the list, `checks` for whoever may see them. Nobody needs telling who is the officer of their own cases."""
    sort = wanted.sort

    def head(text, code):
        order = "" if sort != code else "descending" if code == "overdue" else "ascending"
        return Column(text, address(here, **codes | {"sort": code}), order, code == "overdue")

    return [
        head("Person on probation", "name"),
        *([] if wanted.whose == MINE else [head("Officer", "officer")]),
        head("GRID group", "group"),
        Column("Contact"),
        head("Next due", "due"),
        *([head("Overdue checks", "overdue")] if checks else []),
    ]


@staff_view(Action.EXPORT_CASES)
def caseload_csv(request):
    """The same list as a file. Cases of limited access are withheld from those shut out."""
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted = form.wanted()
    record(by=user, action=Action.EXPORT_CASES, filters=codes_of(wanted))
    return csv_of(caseload_file(user, Action.EXPORT_CASES, wanted, today), f"caseload-{today}")
