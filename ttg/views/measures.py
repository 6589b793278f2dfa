"""The measures of release by period and team: those of the contract beside those that say whether it was prepared."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.rules.addresses import address, number
from staff.audit import record
from staff.kit import Column, Link, Masked, Tag
from staff.permissions import Action, reach
from staff.rules.dates import say_date
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from ttg.forms.board import MeasureListForm, MeasuresForm
from ttg.queries import measures as queries
from ttg.queries.policy import release_policy
from ttg.reference.measures import MEASURES, Part
from ttg.rules.measures import FEW, window_of

SIZE = 50
MASKED_AT_ONCE = 100
TITLE = "Measures of release"
COLUMNS = [
    Column("Measure"), Column("Number", numeric=True), Column("Out of", numeric=True), Column("Share", numeric=True), Column("Target"),
]  # fmt: skip
LIST_COLUMNS = [
    Column(one) for one in ("Person on probation", "Officer", "Day", "Is it so?", "Why")
]


@dataclass(frozen=True)
class MeasureRow:
    title: str
    how: str
    source: str
    met: Link
    counted: Link
    share: str
    target: str
    tag: Tag | None


@dataclass(frozen=True)
class PartShown:
    title: str
    rows: list[MeasureRow]


@staff_view(Action.VIEW_RELEASE)
def release_measures(request):
    today, user = localdate(), request.user
    form = _valid(MeasuresForm(request.GET, user=user))
    window, team, codes = window_of(form.days(), today), form.chosen(), form.asked()
    found = queries.figures_of(queries.counted_cases(user, team), window, today)
    policy = release_policy(today)
    context = {
        "form": form,
        "lead": _days(window),
        "parts": [_part(one, found, policy, codes) for one in Part],
        "columns": COLUMNS,
        "few": FEW,
        "kept": queries.kept_from(user, team).count(),
    }
    remember_list(request, TITLE)
    return render(request, "ttg/measures.html", context)


@staff_view(Action.VIEW_RELEASE)
def release_measure_people(request):
    today, user = localdate(), request.user
    form = _valid(MeasureListForm(request.GET, user=user))
    window, team, codes = window_of(form.days(), today), form.chosen(), form.asked()
    measure, here = form.measure(), reverse("release-measure-people")
    cases = queries.counted_cases(user, team)
    units = queries.units_of(cases, measure.code, codes.get("which", ""), window, today)
    after = number(request.GET.get("after", ""))
    found = queries.page_of_units(units, after=after, size=SIZE)
    rest = {name: codes[name] for name in ("period", "team")}
    may_export = reach(user.role, Action.EXPORT_CASES)
    context = {
        "form": form,
        "measure": measure,
        "which": queries.WHICH.get(codes.get("which", ""), ""),
        "lead": _days(window),
        "clear": address(here, **rest, code=measure.code),
        "columns": LIST_COLUMNS,
        "rows": queries.rows_of(found.units),
        "masked": [Masked(*row) for row in queries.kept_from(user, team)[:MASKED_AT_ONCE]],
        "shown": f"{found.count:,} {measure.of}",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("release-measure-people-csv"), **codes) if may_export else "",
        "figures": address(reverse("release-measures"), **rest),
    }
    remember_list(request, TITLE)
    return render(request, "ttg/measure_people.html", context)


@staff_view(Action.EXPORT_CASES)
def release_measure_people_csv(request):
    """The same list as a file, of cases that this reader may take away."""
    today, user = localdate(), request.user
    form = _valid(MeasureListForm(request.GET, user=user))
    codes, measure = form.asked(), form.measure()
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    cases = queries.counted_cases(user, form.chosen()).filter(pk__in=may_take)
    window = window_of(form.days(), today)
    units = queries.units_of(cases, measure.code, codes.get("which", ""), window, today)
    record(by=user, action=Action.EXPORT_CASES, list="release-measures", filters=codes)
    return csv_of(queries.csv_lines(units, measure), f"release-{measure.code}-{today}")


def _valid(form):
    form.is_valid()
    return form


def _days(window):
    return f"From {say_date(window.first)} to {say_date(window.last)}, counted now."


def _part(part, found, policy, codes):
    here = [one for one in MEASURES.values() if one.part == part]
    return PartShown(part.title, [_row(one, found[one.code], policy, codes) for one in here])


def _row(measure, found, policy, codes):
    target = getattr(policy, measure.target) if measure.target else None
    share = found.share
    below = share is not None and target is not None and share < target

    def link(count, hidden, **which):
        href = address(reverse("release-measure-people"), **codes, code=measure.code, **which)
        return Link(f"{count:,}", href if count else "", hidden=hidden)

    return MeasureRow(
        title=measure.title,
        how=measure.how,
        source=measure.source,
        met=link(found.met, f"{measure.title}: number", which=queries.MET),
        counted=link(found.counted, f"{measure.title}: out of"),
        share=f"{share}%" if share is not None else "Too few" if found.counted else "None",
        target=f"{target}%" if target else "None set",
        tag=Tag("Below target", "orange") if below else None,
    )
