"""Who waits for an intervention: one list, the same as a file, and all lists beside each other."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.access import staff_view
from cases.rules.addresses import address
from cases.rules.words import counted
from grid.forms.waiting import WaitingForm
from grid.queries import waiting_pages as queries
from grid.queries.referrals import no_longer_suits
from grid.queries.seekers import places_of_groups
from grid.reference.interventions import INTERVENTIONS
from grid.services.intervention_policy import intervention_policy
from grid.services.policy import grid_policy
from staff.audit import record
from staff.kit import Column, Link, Masked
from staff.navigation import UNMET, not_beside
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
COLUMNS = [
    Column("Position", numeric=True), Column("Person on probation"), Column("On the list since"), Column("What they may expect"),
    Column("Why they stand here"), Column("When they can be asked until"),
]  # fmt: skip
LISTS = [
    Column("Intervention"), Column("Wait", numeric=True), Column("Longest"), Column("Expect a place", numeric=True),
    Column("Too late, or no place left", numeric=True), Column("Nothing fits", numeric=True), Column("Places left", numeric=True),
]  # fmt: skip


@staff_view(Action.VIEW_WAITING)
def waiting_lists(request):
    today = localdate()
    rows = queries.list_rows(request.user, intervention_policy(today), now())
    context = {
        "rows": rows,
        "columns": LISTS,
        "shown": counted(len(rows), "intervention"),
        "also": not_beside(request.user, [UNMET]),
        "masked": [Masked(*row) for row in queries.kept_from(request.user)],
    }
    return render(request, "grid/waiting_lists.html", context)


@staff_view(Action.VIEW_WAITING)
def waiting_list(request, intervention):
    user, today = request.user, localdate()
    title = _title(intervention)
    form, wanted = _asked(request, today)
    policy = intervention_policy(today)
    listed, whole = queries.found_on(intervention, user, wanted, policy, now())
    after = request.GET.get("after", "")
    found = queries.page_found(listed, whole, after=after, size=SIZE)
    codes, here = form.codes(), reverse("waiting-list", args=[intervention])
    csv = reverse("waiting-list-csv", args=[intervention])
    context = {
        "title": title,
        "form": form,
        "chips": chips(form, here),
        "clear": here,
        "columns": COLUMNS,
        "rows": queries.rows_of(found.rows, user, today, _no_longer(found.rows, policy, today)),
        "masked": [Masked(*row) for row in queries.kept_from(user)],
        "shown": f"{found.count:,} shown of {counted(found.whole, 'person', 'people')} on the list",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(csv, **codes) if reach(user.role, Action.EXPORT_CASES) else "",
        "demand": reverse("demand", args=[intervention])
        if reach(user.role, Action.VIEW_DEMAND)
        else "",
        "version": policy.version,
    }
    remember_list(request, f"Waiting list, {title}")
    return render(request, "grid/waiting_list.html", context)


@staff_view(Action.EXPORT_CASES)
def waiting_list_csv(request, intervention):
    """The same list as a file, of cases that this reader may take away; none that they may not read on the list."""
    user, today = request.user, localdate()
    _title(intervention)
    form, wanted = _asked(request, today)
    policy = intervention_policy(today)
    listed, _ = queries.found_on(intervention, user, wanted, policy, now(), besides=Action.EXPORT_CASES)  # fmt: skip
    record(by=user, action=Action.EXPORT_CASES, filters=form.codes())
    lines = queries.csv_lines(listed, user, today, _no_longer(listed, policy, today))
    return csv_of(lines, f"waiting-{intervention}-{today}")


def _no_longer(rows, policy, today):
    referrals = [one.referral for one in rows]
    return no_longer_suits(referrals, today, grid_policy(today), policy)


def _title(intervention):
    if intervention not in INTERVENTIONS:
        raise Http404
    return INTERVENTIONS[intervention].title


def _asked(request, today):
    sites = {one.pk: one.name for one in places_of_groups(today)}
    form = WaitingForm(request.GET, sites=sites, teams=queries.teams_of(request.user))
    form.is_valid()
    return form, queries.Wanted(**form.codes())


def chips(form, here):
    """What narrows a list, each with the address that widens it again."""
    codes = form.codes()
    found = []
    for name, code in codes.items():
        field = form.fields[name]
        words = dict(getattr(field, "choices", {})).get(code, "")
        rest = {other: value for other, value in codes.items() if other != name}
        found.append(Link(f"{field.label}: {words}" if words else field.label, address(here, **rest)))  # fmt: skip
    return found
