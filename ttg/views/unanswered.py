"""Every referral that was sent and not answered: a list by team, and a file for those who may."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.rules.addresses import address, number
from cases.rules.words import counted
from staff.audit import record
from staff.kit import Column, Link
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from ttg.forms.referrals import UnansweredForm
from ttg.queries import unanswered as queries

SIZE = 50
TITLE = "Referrals without an answer"
PAGE = "referrals-unanswered"
COLUMNS = [
    Column(text)
    for text in ("Person on probation", "Service", "Need", "Sent", "Leaves", "Officer", "Next")
]


@staff_view(Action.REFER_TO_SERVICE)
def unanswered(request):
    """What has waited longest first."""
    user, here = request.user, reverse(PAGE)
    form, team = _asked(request)
    after = number(request.GET.get("after", ""))
    found = queries.page_of_unanswered(user, team, after=after, size=SIZE)
    may_export = reach(user.role, Action.EXPORT_CASES)
    context = {
        "form": form,
        "chips": [Link(f"Team: {form.teams[team]}", here)] if team else [],
        "clear": here,
        "columns": COLUMNS,
        "rows": queries.unanswered_rows(found.rows, user, localdate()),
        "masked": queries.kept_from(user),
        "shown": counted(queries.unanswered(user, team).count(), "referral"),
        "first": address(here, team=team) if after else "",
        "next": address(here, team=team, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("referrals-unanswered-csv"), team=team) if may_export else "",
        "narrowed": bool(team),
    }
    remember_list(request, TITLE)
    return render(request, "ttg/referrals/unanswered.html", context)


@staff_view(Action.EXPORT_CASES)
def unanswered_csv(request):
    """The same list as a file, for whoever takes lists away. Cases of limited access are withheld from those shut out."""
    today, user = localdate(), request.user
    _, team = _asked(request, Action.EXPORT_CASES)
    filters = {"team": team} if team else {}
    record(by=user, action=Action.EXPORT_CASES, list=PAGE, filters=filters)
    return csv_of(queries.csv_lines(user, team, today), f"{PAGE}-{today}")


def _asked(request, action=Action.REFER_TO_SERVICE):
    """(the form, the code of the team asked for); a code that is not on offer is said on the form, and narrows nothing."""
    form = UnansweredForm(request.GET, teams=queries.teams_of_unanswered(request.user, action))
    form.is_valid()
    return form, form.cleaned_data.get("team", "")
