"""The measures of enforcement by period and team, what was withdrawn and why, and decisions compared between groups."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.forms.counting import MeasureListForm, MeasuresForm
from cases.forms.enforcement.measures import EqualityForm, WithdrawnForm
from cases.models import Case
from cases.queries.counting import WHICH, csv_lines, page_of_units, rows_of
from cases.queries.enforcement import measures as queries
from cases.queries.enforcement.equality import decisions_of
from cases.reference.counting import Measure
from cases.reference.enforcement_measures import MEASURES, REPORT, Part
from cases.rules.addresses import address, number
from cases.rules.counting import FEW, window_of
from cases.rules.enforcement.equality import FEW as FEW_OF_A_GROUP
from cases.rules.enforcement.equality import compared
from cases.rules.words import listed
from cases.views.counting import COLUMNS, LIST_COLUMNS, part_shown, say_days, valid
from staff.audit import record
from staff.kit import Column, Link, Masked
from staff.permissions import Action, reach
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
MASKED_AT_ONCE = 100
TITLE, LIST = "Measures of enforcement", "enforcement-measure-people"
WITHDRAWN = Measure(
    "withdrawn", "Breaches withdrawn", Part.QUALITY, "breaches",
    "Breaches that were withdrawn in these days, before this court and for this cause.", REPORT,
)  # fmt: skip
NOT_SHOWN = "Not shown: small numbers"


@dataclass(frozen=True)
class WithdrawnRow:
    court: str
    because: str
    number: Link


@dataclass(frozen=True)
class GroupRow:
    name: str
    counted: str
    so: str
    share: str


@dataclass(frozen=True)
class Compared:
    title: str
    rows: list[GroupRow]


@staff_view(Action.VIEW_ENFORCEMENT_FIGURES)
def enforcement_measures(request):
    today, user = localdate(), request.user
    form = valid(MeasuresForm(request.GET, teams=queries.teams_of(user)))
    window, team, codes = window_of(form.days(), today), form.chosen(), form.asked()
    cases = queries.counted_cases(user, team)
    found = queries.figures_of(cases, window)
    context = {
        "form": form,
        "lead": say_days(window),
        "parts": [part_shown(one, MEASURES, found, page=LIST, codes=codes) for one in Part],
        "columns": COLUMNS,
        "withdrawn": [_withdrawn(one, codes) for one in queries.withdrawn_of(cases, window)],
        "withdrawn_columns": [Column("Court"), Column("Why"), Column("Breaches", numeric=True)],
        "few": FEW,
        "kept": queries.kept_from(user, team).count(),
        "equality": reverse("enforcement-equality")
        if reach(user.role, Action.VIEW_EQUALITY)
        else "",
    }
    remember_list(request, TITLE)
    return render(request, "cases/enforcement/measures.html", context)


@staff_view(Action.VIEW_ENFORCEMENT_FIGURES)
def enforcement_measure_people(request):
    form = _list_form(request)
    window, team, codes = window_of(form.days(), localdate()), form.chosen(), form.asked()
    measure, here = form.measure(), reverse(LIST)
    cases = queries.counted_cases(request.user, team)
    units = queries.units_of(cases, measure.code, form.which_asked(), window)
    rest = {name: codes[name] for name in ("period", "team")}
    csv = address(reverse("enforcement-measure-people-csv"), **codes)
    context = {
        "form": form,
        "measure": measure,
        "which": WHICH.get(form.which_asked(), ""),
        "clear": address(here, **rest, code=measure.code),
        "csv": csv if reach(request.user.role, Action.EXPORT_CASES) else "",
        **_listed(request, units, measure, window, here, codes, rest),
    }
    return render(request, "cases/counting/people.html", context)


@staff_view(Action.VIEW_ENFORCEMENT_FIGURES)
def breaches_withdrawn(request):
    """The breaches behind one number of those withdrawn."""
    form = valid(WithdrawnForm(request.GET, teams=queries.teams_of(request.user)))
    window, codes = window_of(form.days(), localdate()), form.asked()
    cases = queries.counted_cases(request.user, form.chosen())
    units = queries.withdrawn_units(cases, window, *form.court_and_cause())
    rest = {name: codes[name] for name in ("period", "team")}
    context = {
        "form": form,
        "measure": WITHDRAWN,
        "which": "",
        "clear": address(reverse("enforcement-measures"), **rest),
        "csv": "",
        **_listed(request, units, WITHDRAWN, window, reverse("breaches-withdrawn"), codes, rest),
    }
    return render(request, "cases/counting/people.html", context)


@staff_view(Action.EXPORT_CASES)
def enforcement_measure_people_csv(request):
    """The same list as a file, of cases that this reader may take away."""
    today, user, form = localdate(), request.user, _list_form(request)
    codes, measure = form.asked(), form.measure()
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    cases = queries.counted_cases(user, form.chosen()).filter(pk__in=may_take)
    window = window_of(form.days(), today)
    units = queries.units_of(cases, measure.code, form.which_asked(), window)
    record(by=user, action=Action.EXPORT_CASES, list="enforcement-measures", filters=codes)
    return csv_of(csv_lines(units, measure), f"enforcement-{measure.code}-{today}")


@staff_view(Action.VIEW_EQUALITY)
def enforcement_equality(request):
    """Decisions compared between groups. That somebody looked is kept: what is compared is told to us in confidence."""
    form = valid(EqualityForm(request.GET, today=localdate()))
    decision, half = form.compared(), form.half_year()
    whole, groups = compared(decisions_of(request.user, decision.code, half))
    asked = {"decision": decision.code, "half": half.code}
    record(by=request.user, action="compared_decisions", **asked)
    context = {
        "form": form,
        "decision": decision,
        "lead": f"{decision.title}, {half.title}.",
        "few": FEW_OF_A_GROUP,
        "whole": [_group("Everybody", whole)] if whole else [],
        "empty": "" if whole else _none_shown(request.user, form),
        "compared": [
            Compared(one.title, [_group(group.name, group.cell) for group in found])
            for one, found in groups.items()
        ],
        "columns": [
            Column("Group"), Column("Decisions", numeric=True), Column("Of which so", numeric=True), Column("Share", numeric=True),
        ],
    }  # fmt: skip
    return render(request, "cases/enforcement/equality.html", context)


def _none_shown(user, form):
    """Why nothing is shown of a half-year, and of which others something is: of none of them, that is said."""
    decision = form.compared().code
    others = [one for one in form.halves.values() if one != form.half_year()]
    shown = [one.title for one in others if compared(decisions_of(user, decision, one))[0]]
    if shown:
        return f"Too few decisions were made in this half-year to show any. There are figures of {listed(shown)}."
    return (
        f"Too few decisions of this kind were made in any of the last {len(form.halves)} half-years to show any. There will be "
        f"figures once a half-year is over in which {FEW_OF_A_GROUP} or more were so, and {FEW_OF_A_GROUP} or more were not."
    )


def _list_form(request):
    teams = queries.teams_of(request.user)
    return valid(MeasureListForm(request.GET, teams=teams, measures=MEASURES))


def _listed(request, units, measure, window, here, codes, rest):
    """What every list behind a number shows."""
    after, user = number(request.GET.get("after", "")), request.user
    found, team = page_of_units(units, after=after, size=SIZE), codes["team"]
    kept = queries.kept_from(user, queries.teams_of(user).get(team))
    remember_list(request, TITLE)
    return {
        "lead": say_days(window),
        "columns": LIST_COLUMNS,
        "rows": rows_of(found.units, "case-enforcement"),
        "masked": [Masked(*row) for row in kept[:MASKED_AT_ONCE]],
        "shown": f"{found.count:,} {measure.of}",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "figures": address(reverse("enforcement-measures"), **rest),
        "sums": TITLE,
    }


def _withdrawn(one, codes):
    href = address(reverse("breaches-withdrawn"), **codes, court=one.court, because=one.because)
    hidden = f"Withdrawn: {one.because.title}, {one.court}"
    return WithdrawnRow(one.court, one.because.title, Link(f"{one.breaches:,}", href, hidden=hidden))  # fmt: skip


def _group(name, cell):
    if cell is None:
        return GroupRow(name, NOT_SHOWN, "", "")
    return GroupRow(name, f"{cell.counted:,}", f"{cell.so:,}", f"{cell.share}%")
