"""The measures of release by period and team: those of the contract beside those that say whether it was prepared."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.forms.counting import MeasureListForm, MeasuresForm
from cases.models import Case
from cases.queries.counting import WHICH, csv_lines, page_of_units, rows_of
from cases.rules.addresses import address, number
from cases.rules.counting import FEW, window_of
from cases.views.counting import COLUMNS, LIST_COLUMNS, part_shown, say_days, valid
from staff.audit import record
from staff.kit import Masked
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from ttg.queries import measures as queries
from ttg.queries.policy import release_policy
from ttg.reference.measures import MEASURES, Part

SIZE = 50
MASKED_AT_ONCE = 100
TITLE, LIST = "Measures of release", "release-measure-people"


@staff_view(Action.VIEW_RELEASE)
def release_measures(request):
    today, user = localdate(), request.user
    form = valid(MeasuresForm(request.GET, teams=queries.teams_of(user)))
    window, team, codes = window_of(form.days(), today), form.chosen(), form.asked()
    found = queries.figures_of(queries.counted_cases(user, team), window, today)
    policy = release_policy(today)
    context = {
        "form": form,
        "lead": say_days(window),
        "parts": [
            part_shown(one, MEASURES, found, page=LIST, codes=codes, policy=policy) for one in Part
        ],
        "columns": COLUMNS,
        "few": FEW,
        "kept": queries.kept_from(user, team).count(),
    }
    remember_list(request, TITLE)
    return render(request, "ttg/measures.html", context)


@staff_view(Action.VIEW_RELEASE)
def release_measure_people(request):
    today, user = localdate(), request.user
    form = _list_form(request)
    window, team, codes = window_of(form.days(), today), form.chosen(), form.asked()
    measure, here = form.measure(), reverse(LIST)
    cases = queries.counted_cases(user, team)
    units = queries.units_of(cases, measure.code, form.which_asked(), window, today)
    after = number(request.GET.get("after", ""))
    found = page_of_units(units, after=after, size=SIZE)
    rest = {name: codes[name] for name in ("period", "team")}
    may_export = reach(user.role, Action.EXPORT_CASES)
    context = {
        "form": form,
        "measure": measure,
        "which": WHICH.get(form.which_asked(), ""),
        "lead": say_days(window),
        "clear": address(here, **rest, code=measure.code),
        "columns": LIST_COLUMNS,
        "rows": rows_of(found.units, "case-release"),
        "masked": [Masked(*row) for row in queries.kept_from(user, team)[:MASKED_AT_ONCE]],
        "shown": f"{found.count:,} {measure.of}",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("release-measure-people-csv"), **codes) if may_export else "",
        "sums": TITLE,
        "figures": address(reverse("release-measures"), **rest),
    }
    remember_list(request, TITLE)
    return render(request, "cases/counting/people.html", context)


@staff_view(Action.EXPORT_CASES)
def release_measure_people_csv(request):
    """The same list as a file, of cases that this reader may take away."""
    today, user = localdate(), request.user
    form = _list_form(request)
    codes, measure = form.asked(), form.measure()
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    cases = queries.counted_cases(user, form.chosen()).filter(pk__in=may_take)
    window = window_of(form.days(), today)
    units = queries.units_of(cases, measure.code, form.which_asked(), window, today)
    record(by=user, action=Action.EXPORT_CASES, list="release-measures", filters=codes)
    return csv_of(csv_lines(units, measure), f"release-{measure.code}-{today}")


def _list_form(request):
    teams = queries.teams_of(request.user)
    return valid(MeasureListForm(request.GET, teams=teams, measures=MEASURES))
