"""Rehabilitation activity across cases: what has stalled, and what is to be planned or booked."""

from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from cases.rules.words import counted
from cases.services.policy import meeting_policy
from oversight.queries import rar as queries
from oversight.queries.caseload import ALL, Wanted, kept_from, narrowed, scopes, teams
from oversight.queries.rar import Stands
from oversight.views.caseload import WHOSE
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Link, Masked
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50


class RarFilterForm(GovukForm):
    whose = forms.ChoiceField(label="Whose", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    code = forms.ChoiceField(label="Where they stand", required=False, choices=Stands.choices())

    def __init__(self, data, *, user):
        self.user = user
        self.scopes = scopes(user, Action.VIEW_PLAN) or [ALL]
        data = data.copy()
        data["whose"] = data.get("whose") or self.scopes[0]
        super().__init__(data)
        self.offer("whose", [(scope, WHOSE[scope]) for scope in self.scopes])
        if data["whose"] == ALL:
            named = [(team.code, team.name) for team in teams()]
            self.offer("team", [("", "Any"), *named])
        else:
            del self.fields["team"]

    def wanted(self):
        given = self.cleaned_data
        return Wanted(whose=given.get("whose") or self.scopes[0], team=given.get("team") or "")

    def code_asked(self):
        return Stands(self.cleaned_data.get("code") or Stands.STALLED)

    def cases(self, action=Action.VIEW_PLAN):
        return narrowed(Case.objects.open_to(self.user, action), self.user, self.wanted())

    def asked(self):
        """{name: code} of each filter in force."""
        wanted = self.wanted()
        return {"whose": wanted.whose, "team": wanted.team, "code": str(self.code_asked())}


@staff_view(Action.VIEW_PLAN)
def rar(request):
    today, user, form = localdate(), request.user, _form(request)
    weeks = meeting_policy(today).rar_stall_weeks
    found = queries.listed(form.cases(), form.code_asked(), today, weeks)
    shown, following = _page(found, number(request.GET.get("after", "")))
    here, codes = reverse("rar"), form.asked()
    rest = {name: code for name, code in codes.items() if name != "code"}
    context = {
        "form": form,
        "lead": f"A requirement has stalled when days are left and none has been credited or booked for {weeks} weeks.",
        "chips": [Link(form.code_asked().title, address(here, **rest))]
        if form.code_asked() != Stands.STALLED
        else [],
        "clear": address(here, whose=codes["whose"]),
        "rows": queries.rows_of(shown, user, today),
        "masked": [Masked(*row) for row in kept_from(user, Action.VIEW_PLAN, form.wanted())],
        "shown": counted(len(found), "requirement"),
        "first": address(here, **codes) if request.GET.get("after") else "",
        "next": address(here, **codes, after=following) if following else "",
        "csv": address(reverse("rar-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Rehabilitation activity")
    return render(request, "oversight/rar.html", context)


@staff_view(Action.EXPORT_CASES)
def rar_csv(request):
    """The same list as a file: numbers and days, and nothing of what was written."""
    today, user, form = localdate(), request.user, _form(request)
    weeks = meeting_policy(today).rar_stall_weeks
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    found = queries.listed(form.cases().filter(pk__in=may_take), form.code_asked(), today, weeks)
    record(by=user, action=Action.EXPORT_CASES, list="rar", filters=form.asked())
    return csv_of(chain([queries.CSV_HEAD], queries.rar_lines(found)), f"rar-days-{today}")


def _form(request):
    form = RarFilterForm(request.GET, user=request.user)
    form.is_valid()
    return form


def _page(found, after):
    """(those on the page after the requirement of this key, the key that the next page starts after)."""
    keys = [one.requirement.pk for one in found]
    start = keys.index(after) + 1 if after in keys else 0
    shown = found[start : start + SIZE]
    more = len(found) > start + SIZE
    return shown, shown[-1].requirement.pk if more else None
