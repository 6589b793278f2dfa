"""The measures of unpaid work by period and team; every number opens its list, and each says how it is counted."""

from dataclasses import dataclass

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.models import Case
from cases.queries.counting import MET, WHICH
from cases.rules.addresses import address
from cases.views.counting import LIST_COLUMNS
from staff.audit import record
from staff.forms import GovukForm
from staff.kit import Column, Link, Masked, Tag
from staff.permissions import Action, Role, reach
from staff.rules.dates import say_date
from staff.views.exports import csv_of
from staff.views.lists import remember_list
from unpaidwork.queries import measure_pages as queries
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.measures import ELSEWHERE, MEASURES, Part, Period
from unpaidwork.rules.measures import FEW, lowest, window_of

SIZE = 50
MASKED_AT_ONCE = 100
TITLE = "Measures of unpaid work"
EVERY_TEAM = "all"
COLUMNS = [
    Column("Measure"), Column("Number", numeric=True), Column("Out of", numeric=True), Column("Share", numeric=True), Column("Target"),
]  # fmt: skip
FIRST = next(iter(MEASURES))


@dataclass(frozen=True)
class Numbers:
    """A sum as it is placed: each number a link to its list."""

    title: str
    met: Link
    counted: Link
    share: str


@dataclass(frozen=True)
class MeasureRow:
    title: str
    how: str
    source: str
    numbers: Numbers
    target: str
    tag: Tag | None


@dataclass(frozen=True)
class TeamRow:
    name: str
    numbers: list[Numbers]


@dataclass(frozen=True)
class PartShown:
    title: str
    rows: list[MeasureRow]
    heads: list[Column]
    teams: list[TeamRow]


class MeasuresForm(GovukForm):
    """Over which days and of whose cases."""

    period = forms.ChoiceField(label="Days", choices=Period.choices(), required=False)
    team = forms.ChoiceField(label="Team that holds the case", required=False)

    def __init__(self, data, *, user):
        self.user, self.teams = user, queries.teams_of(user)
        own = user.role == Role.SPO and user.team and user.team.code
        data = data.copy()
        data["team"] = data.get("team") or (own if own in self.teams else EVERY_TEAM)
        data["period"] = data.get("period") or Period.YEAR
        super().__init__(data)
        names = [(code, one.name) for code, one in self.teams.items()]
        self.offer("team", [(EVERY_TEAM, "Every team"), *names])

    def chosen(self):
        """The team asked for; None: all of them."""
        return self.teams.get(self.cleaned_data.get("team", EVERY_TEAM))

    def window(self, today):
        return window_of(self.cleaned_data.get("period") or Period.YEAR, today)

    def reached(self, cases):
        team = self.chosen()
        return cases.filter(team=team) if team else cases

    def asked(self):
        """{name: code} of what is asked for, each of them always said."""
        team = self.chosen()
        period = self.cleaned_data.get("period") or Period.YEAR
        return {"period": period, "team": team.code if team else EVERY_TEAM}


class ListForm(MeasuresForm):
    """Which of the measures is listed, and which of its numbers."""

    code = forms.ChoiceField(
        label="Measure",
        choices=[(one.code, one.title) for one in MEASURES.values()],
        required=False,
    )
    which = forms.ChoiceField(
        label="Which",
        choices=[("", "All that are counted"), *WHICH.items()],
        required=False,
    )

    def measure(self):
        return MEASURES[self.cleaned_data.get("code") or FIRST]

    def which_asked(self):
        return self.cleaned_data.get("which", "")

    def asked(self):
        which = {"which": self.which_asked()} if self.which_asked() else {}
        return super().asked() | {"code": self.measure().code} | which

    def units(self, cases, today):
        cases = self.reached(cases)
        window = self.window(today)
        return queries.units_of(cases, self.measure().code, self.which_asked(), window, today)


@staff_view(Action.VIEW_WORK_FIGURES)
def measures(request):
    today, user = localdate(), request.user
    form = _valid(MeasuresForm(request.GET, user=user))
    window, codes = form.window(today), form.asked()
    found = queries.figures_of(form.reached(queries.counted_cases(user)), window, today)
    targets = work_policy(today).targets
    context = {
        "form": form,
        "lead": _days(window),
        "lowest": _lowest(found.whole),
        "parts": [_part(one, found, targets, codes, teams=not form.chosen()) for one in Part],
        "teamless": not form.chosen() and any(one.team is None for one in found.teams),
        "columns": COLUMNS,
        "few": FEW,
        "elsewhere": ELSEWHERE,
        "kept": queries.kept_from(user, form.chosen()).count(),
        "csv": address(reverse("work-measures-csv"), **codes),
    }
    remember_list(request, TITLE)
    return render(request, "unpaidwork/measures.html", context)


@staff_view(Action.VIEW_WORK_FIGURES)
def measures_csv(request):
    """The figures as a file: numbers, and of nobody."""
    today, user = localdate(), request.user
    form = _valid(MeasuresForm(request.GET, user=user))
    window = form.window(today)
    found = queries.figures_of(form.reached(queries.counted_cases(user)), window, today)
    lines = queries.figure_lines(found, work_policy(today).targets, window)
    return csv_of(lines, f"unpaid-work-measures-{today}")


@staff_view(Action.VIEW_WORK_FIGURES)
def measure_people(request):
    today, user = localdate(), request.user
    form = _valid(ListForm(request.GET, user=user))
    measure, codes, here = form.measure(), form.asked(), reverse("work-measure-people")
    after = request.GET.get("after", "")
    found = queries.page_of_units(
        form.units(queries.counted_cases(user), today), after=after, size=SIZE
    )
    kept = queries.kept_from(user, form.chosen())
    rest = {name: codes[name] for name in ("period", "team")}
    context = {
        "form": form,
        "measure": measure,
        "which": WHICH.get(form.which_asked(), ""),
        "lead": _days(form.window(today)),
        "clear": address(here, **rest, code=measure.code),
        "columns": LIST_COLUMNS,
        "rows": queries.rows_of(found.units, user),
        "masked": [Masked(*row) for row in kept[:MASKED_AT_ONCE]],
        "shown": f"{found.count:,} {measure.of}",
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("work-measure-people-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
        "figures": address(reverse("work-measures"), **rest),
        "sums": TITLE,
    }
    remember_list(request, TITLE)
    return render(request, "cases/counting/people.html", context)


@staff_view(Action.EXPORT_CASES)
def measure_people_csv(request):
    """The same list as a file, of cases that this reader may take away."""
    today, user = localdate(), request.user
    form = _valid(ListForm(request.GET, user=user))
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    units = form.units(queries.counted_cases(user).filter(pk__in=may_take), today)
    record(by=user, action=Action.EXPORT_CASES, list="work-measures", filters=form.asked())
    code = form.measure().code
    return csv_of(queries.csv_lines(units, user, code), f"unpaid-work-{code}-{today}")


def _valid(form):
    form.is_valid()
    return form


def _days(window):
    if window.first > window.last:
        return "These days begin today: there is nothing to count before tomorrow."
    return f"From {say_date(window.first)} to {say_date(window.last)}, counted now."


def _lowest(sums):
    code = lowest(sums)
    if code is None:
        return ""
    return (
        f"Lowest: {MEASURES[code].title.lower()}, {sums[code].share}%. Inspectors judge unpaid work by its lowest, and "
        "not by the mean."
    )


def _part(part, found, targets, codes, *, teams):
    here = [one for one in MEASURES.values() if one.part == part]
    return PartShown(
        title=part.title,
        rows=[_row(one, found.whole[one.code], targets.get(one.code), codes) for one in here],
        heads=[Column("Team"), *(Column(one.title) for one in here)],
        teams=[
            TeamRow(
                row.name, [_numbers(one, row.sums[one.code], codes | _team(row)) for one in here]
            )
            for row in found.teams
            if row.team
        ]
        if teams
        else [],
    )


def _team(row):
    return {"team": row.team.code}


def _row(measure, found, target, codes):
    share = found.share
    below = share is not None and target is not None and share < target
    return MeasureRow(
        title=measure.title,
        how=measure.how,
        source=measure.source,
        numbers=_numbers(measure, found, codes),
        target=f"{target}%" if target else "None set",
        tag=Tag("Below target", "orange") if below else None,
    )


def _numbers(measure, found, codes):
    here = reverse("work-measure-people")

    def link(number, hidden, **which):
        href = address(here, **codes, code=measure.code, **which) if number else ""
        return Link(f"{number:,}", href, hidden=hidden)

    share = found.share
    return Numbers(
        title=measure.title,
        met=link(found.met, f"{measure.title}: number", which=MET),
        counted=link(found.counted, f"{measure.title}: out of", which=""),
        share=f"{share}%" if share is not None else "Too few" if found.counted else "None",
    )
