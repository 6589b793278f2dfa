"""Overrides of a team or of the provider: their ages and outcomes, and who approves how many."""

from dataclasses import dataclass
from itertools import chain

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.reference.overrides import Act, OverrideState
from cases.rules.addresses import address, number
from cases.rules.overrides import is_capped
from cases.rules.words import counted
from cases.services.policy import assessing_policy
from oversight.queries import overrides as queries
from oversight.views.team import PROVIDER, TeamForm
from staff.audit import record
from staff.kit import Link, Masked
from staff.permissions import Action, Reach, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
FEW = 10  # below this a count proves nothing by itself
ANYBODY = [("", "Any")]
COUNTED = {
    OverrideState.ASKED: "waiting for a decision",
    OverrideState.APPROVED: "in force",
    OverrideState.EXPIRED: "run out and not closed",
    OverrideState.CLOSED: "closed",
    OverrideState.REFUSED: "refused",
}


@dataclass(frozen=True)
class ApproverLine:
    name: str
    approved: Link
    most: str  # the cap, in words
    unopened: Link


class FilterForm(TeamForm):
    state = forms.ChoiceField(
        label="Where it stands", required=False, choices=list(queries.STATES.items())
    )
    act = forms.ChoiceField(label="What it is for", required=False, choices=ANYBODY + Act.choices())
    approver = forms.ChoiceField(label="Decided by", required=False)
    unopened = forms.BooleanField(label="Approved without opening the case", required=False)
    this_month = forms.BooleanField(label="Approved this month", required=False)

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        deciders = queries.deciders_of(user)
        self.offer("approver", ANYBODY + [(one.username, one.name) for one in deciders])
        if reach(user.role, Action.VIEW_OVERRIDES) < Reach.PROVIDER:
            del self.fields["team"]

    def wanted(self):
        """What was asked for; a code that is not on offer is left out and said so on the form."""
        given = self.cleaned_data
        return queries.Wanted(
            team=self.chosen(),
            state=given.get("state") or queries.OPEN,
            act=given.get("act", ""),
            approver=given.get("approver", ""),
            unopened=given.get("unopened", False),
            this_month=given.get("this_month", False),
        )

    def asked(self):
        """{name: code} of each filter in force; the team is always one."""
        wanted = self.wanted()
        codes = {name: code for name, code in vars(wanted).items() if name != "team" and code}
        if wanted.state == queries.OPEN:
            del codes["state"]
        return {"team": wanted.team.code if wanted.team else PROVIDER} | codes


@staff_view(Action.VIEW_OVERRIDES)
def overrides(request):
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    wanted, codes, here = form.wanted(), form.asked(), reverse("overrides")
    after = number(request.GET.get("after", ""))
    found = queries.page_of_overrides(user, wanted, today, after=after, size=SIZE)
    count = queries.matching(user, wanted, today).count()
    reached = Case.objects.within_reach(user, Action.VIEW_OVERRIDES).supervised()
    reached = reached.filter(team=wanted.team) if wanted.team else reached
    context = {
        "form": form,
        "chips": chips(form, codes, here),
        "clear": address(here, team=codes["team"]),
        "counts": counts(user, wanted.team, codes["team"]),
        "approvers": approvers(user, today),
        "rows": queries.override_rows(found.rows, user, today),
        "few": count < FEW,
        "masked": [Masked(*row) for row in reached.masked_to(user)[:MASKED_AT_ONCE]],
        "shown": counted(count, "override"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("overrides-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Overrides")
    return render(request, "oversight/overrides.html", context)


@staff_view(Action.EXPORT_CASES)
def overrides_csv(request):
    """The same list as a file: days, states and people of ours, and nothing of what was written."""
    today, user = localdate(), request.user
    form = FilterForm(request.GET, user=user)
    form.is_valid()
    record(by=user, action=Action.EXPORT_CASES, list="overrides", filters=form.asked())
    rows = queries.exported(user, form.wanted(), today)
    lines = queries.override_lines(rows.iterator(chunk_size=2000), today)
    return csv_of(chain([queries.CSV_HEAD], lines), f"overrides-{today}")


def counts(user, team, code):
    """Each state with how many are there, and how many were approved without a look, as links."""
    found, here = queries.counts_of(user, team), reverse("overrides")
    links = [
        Link(text, address(here, team=code, state=one), count=found[one])
        for one, text in COUNTED.items()
    ]
    unopened = address(here, team=code, state=queries.ANY, unopened=True)
    return [*links, Link("approved without opening the case", unopened, count=found["unopened"])]


def approvers(user, today):
    """Who approved how many this month, against the cap, over all that the reader reaches."""
    most = assessing_policy(today).override_most_a_month
    this_month = {"team": PROVIDER, "state": queries.ANY, "this_month": True}
    return [
        ApproverLine(
            name=one.who.name,
            approved=_of(one, this_month, one.approved),
            most=f"of {most:,}" if is_capped(one.who.role) else "no cap",
            unopened=_of(one, this_month | {"unopened": True}, one.unopened),
        )
        for one in queries.approvers_of(user, today)
    ]


def _of(approver, codes, count):
    here = address(reverse("overrides"), **codes, approver=approver.who.username)
    return Link(approver.who.name, here, count=count)


def chips(form, codes, here):
    """One removable chip for each filter besides the team."""
    found = []
    for name in sorted(codes.keys() - {"team"}):
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(codes[name], "")
        rest = {other: code for other, code in codes.items() if other != name}
        found.append(
            Link(f"{field.label}: {words}" if words else field.label, address(here, **rest))
        )
    return found
