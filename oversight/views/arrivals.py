"""Who has come and is not settled, of a team or of the provider."""

from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.reference.deadlines import KINDS
from cases.rules.addresses import address, number
from cases.rules.arriving import NAME
from cases.rules.words import counted
from cases.services.policy import clocks
from oversight.queries import arrivals as queries
from oversight.queries.arrivals import Stands
from oversight.queries.movements import movement_tabs
from oversight.views.by_team import team_line
from oversight.views.team import PROVIDER, TeamForm
from staff.audit import record
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100


class FilterForm(TeamForm):
    stands = forms.ChoiceField(label="Still to do", required=False, choices=Stands.choices())

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MOVEMENTS) < Reach.PROVIDER:
            del self.fields["team"]

    def wanted(self):
        return queries.Wanted(team=self.chosen(), stands=self.cleaned_data.get("stands", ""))

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        wanted = self.wanted()
        codes = {"team": wanted.team.code if wanted.team else PROVIDER}
        return codes | ({"stands": wanted.stands} if wanted.stands else {})


@staff_view(Action.VIEW_MOVEMENTS)
def arrivals(request):
    today, user, form = localdate(), request.user, _form(request)
    wanted, codes, here = form.wanted(), form.asked(), reverse("arrivals")
    after, policy = number(request.GET.get("after", "")), clocks(today)
    found = queries.page_of_arrivals(user, wanted, after=after, size=SIZE)
    days = policy.lengths.get(NAME, KINDS[NAME].days)
    rows = queries.arrival_rows(
        found.rows, user, today, days=days, extra=policy.extra_bank_holidays
    )
    far = reach(user.role, Action.VIEW_MOVEMENTS) == Reach.PROVIDER
    context = {
        "tabs": movement_tabs("arrivals"),
        "form": form,
        "chips": [Link(Stands(wanted.stands).title, address(here, team=codes["team"]))]
        if wanted.stands
        else [],
        "clear": address(here, team=codes["team"]),
        "teams": _teams(user, here) if far else [],
        "rows": rows,
        "masked": [Masked(*row) for row in _reached(user, wanted.team).masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(queries.matching(user, wanted).count(), "arrival"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("arrivals-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }  # fmt: skip
    remember_list(request, "Arrivals")
    return render(request, "oversight/movements/arrivals.html", context)


@staff_view(Action.EXPORT_CASES)
def arrivals_csv(request):
    """The same list as a file: days, states and people of ours, and nothing of what was written."""
    user, form = request.user, _form(request)
    rows = list(queries.exported(user, form.wanted()))
    record(by=user, action=Action.EXPORT_CASES, list="arrivals", filters=form.asked())
    return csv_of(chain([queries.CSV_HEAD], queries.arrival_lines(rows)), f"arrivals-{localdate()}")


def _form(request):
    form = FilterForm(request.GET, user=request.user)
    form.is_valid()
    return form


def _reached(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_MOVEMENTS).ours()
    return reached.filter(team=team) if team else reached


def _teams(user, here):
    return [
        team_line(
            here,
            one.team,
            one.code,
            [
                ("Arrivals", {}, one.total),
                (Stands.UNOWNED.title, {"stands": Stands.UNOWNED}, one.unowned),
                (Stands.UNBOOKED.title, {"stands": Stands.UNBOOKED}, one.unbooked),
                (Stands.UNREAD.title, {"stands": Stands.UNREAD}, one.unread),
            ],
        )
        for one in queries.counts_by_team(user)
    ]
