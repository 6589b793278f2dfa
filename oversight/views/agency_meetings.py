"""Meetings of agencies, of a team or of the provider."""

from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.models import Case
from cases.reference.agency_meetings import AgencyMeetingKind
from cases.reference.holding import LeftAs
from cases.rules.addresses import address, number
from cases.rules.words import counted
from oversight.queries import agency_meetings as queries
from oversight.queries.agency_meetings import Show
from oversight.views.by_team import team_line
from oversight.views.team import PROVIDER, TeamForm
from staff.audit import record
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

PAGE = "agency-meetings-list"
SIZE = 50
MASKED_AT_ONCE = 100
EMPTY = {
    Show.COMING: "Meetings of agencies of this week and next would be listed here.",
    Show.REPORTS: "Reports that a meeting asks for, and that are not sent, would be listed here.",
    Show.UNANSWERED: "Meetings that are over, and of which nobody has said how we took part, would be listed here.",
    Show.MINUTES: "Meetings whose minutes have not come would be listed here.",
}


class FilterForm(TeamForm):
    show = forms.ChoiceField(label="Show", required=False, choices=Show.choices())
    kind = forms.ChoiceField(
        label="Kind of meeting", required=False, choices=[("", "Any"), *AgencyMeetingKind.choices()]
    )

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        if reach(user.role, Action.VIEW_MEETINGS) < Reach.PROVIDER:
            del self.fields["team"]

    def wanted(self):
        said = self.cleaned_data
        return queries.Wanted(
            team=self.chosen(), show=said.get("show") or Show.COMING, kind=said.get("kind", "")
        )

    def asked(self):
        """{name: code} of each filter in force; the team and what is shown are always two."""
        wanted = self.wanted()
        codes = {"team": wanted.team.code if wanted.team else PROVIDER, "show": str(wanted.show)}
        return codes | ({"kind": wanted.kind} if wanted.kind else {})


@staff_view(Action.VIEW_MEETINGS)
def agency_meetings_list(request):
    user, at, form, here = request.user, now(), _form(request), reverse(PAGE)
    wanted, codes = form.wanted(), form.asked()
    after = number(request.GET.get("after", ""))
    found = queries.page_of_meetings(user, wanted, at, after=after, size=SIZE)
    far = reach(user.role, Action.VIEW_MEETINGS) == Reach.PROVIDER
    masked = _reached(user, wanted.team).masked_to(user)[:MASKED_AT_ONCE]
    context = {
        "form": form,
        "shows": Show(wanted.show).title,
        "empty": EMPTY[Show(wanted.show)],
        "chips": _chips(wanted, codes, here),
        "clear": address(here, team=codes["team"]),
        "teams": _teams(user, at, here) if far else [],
        "rows": queries.meeting_rows(found.rows, user, at),
        "masked": [Masked(*row) for row in masked],
        "shown": counted(queries.matching(user, wanted, at).count(), "meeting"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("agency-meetings-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Meetings of agencies")
    return render(request, "oversight/agencies/meetings.html", context)


@staff_view(Action.EXPORT_CASES)
def agency_meetings_csv(request):
    """The same list as a file: days, states and people of ours, and nothing of what was written."""
    user, form, today = request.user, _form(request), localdate()
    rows = list(queries.exported(user, form.wanted(), now()))
    record(by=user, action=Action.EXPORT_CASES, list="agency-meetings", filters=form.asked())
    return csv_of(chain([queries.CSV_HEAD], queries.meeting_lines(rows)), f"meetings-{today}")


def _form(request):
    form = FilterForm(request.GET, user=request.user)
    form.is_valid()
    return form


def _chips(wanted, codes, here):
    chips = []
    if wanted.show != Show.COMING:
        rest = {name: code for name, code in codes.items() if name != "show"}
        chips.append(Link(Show(wanted.show).title, address(here, **rest)))
    if wanted.kind:
        rest = {name: code for name, code in codes.items() if name != "kind"}
        chips.append(Link(AgencyMeetingKind(wanted.kind).title, address(here, **rest)))
    return chips


def _reached(user, team):
    reached = Case.objects.within_reach(user, Action.VIEW_MEETINGS)
    reached = reached.filter(left_as=LeftAs.STILL_HERE)
    return reached.filter(team=team) if team else reached


def _teams(user, at, here):
    return [
        team_line(
            here,
            one.team,
            one.code,
            [(show.title, {"show": show}, one.counts[show]) for show in Show],
        )
        for one in queries.counts_by_team(user, at)
    ]
