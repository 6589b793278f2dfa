"""Fares given on a day or in a week, of a team or of every one, with their sum; and the same as a file."""

from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from cases.access import staff_view
from cases.queries.fares import CSV_HEAD, fare_lines, fare_rows, fares_among, page_of_fares, sums_of
from cases.rules.addresses import address, number
from oversight.queries.duty import MOST_KEPT, cases_on_duty, reached_on_duty
from oversight.views.duty import PROVIDER, DutyForm
from staff.audit import record
from staff.kit import Masked
from staff.permissions import Action, reach
from staff.rules.dates import say_date
from staff.views.exports import csv_of
from staff.views.lists import remember_list

SIZE = 50
TODAY, WEEK, LAST_WEEK, FOUR = "today", "week", "last-week", "four-weeks"
PERIODS = {TODAY: "Today", WEEK: "This week", LAST_WEEK: "Last week", FOUR: "The last four weeks"}


class PeriodForm(DutyForm):
    when = forms.ChoiceField(label="When", required=False, choices=[*PERIODS.items()])

    def __init__(self, data, *, user):
        data = data.copy()
        data["when"] = data.get("when") if data.get("when") in PERIODS else TODAY
        super().__init__(data, user=user)

    def days(self, today):
        """The first and the last day, both included."""
        monday = today - timedelta(days=today.weekday())
        return {
            TODAY: (today, today),
            WEEK: (monday, today),
            LAST_WEEK: (monday - timedelta(days=7), monday - timedelta(days=1)),
            FOUR: (today - timedelta(days=27), today),
        }[self.cleaned_data.get("when") or TODAY]

    def codes(self):
        team = self.chosen()
        return {
            "team": team.code if team else PROVIDER,
            "when": self.cleaned_data.get("when") or TODAY,
        }


@staff_view(Action.VIEW_DUTY)
def fares_given(request):
    user, today, form = request.user, localdate(), _form(request)
    team, (first, last), codes = form.chosen(), form.days(today), form.codes()
    here, after = reverse("fares-given"), number(request.GET.get("after", ""))
    given = fares_among(cases_on_duty(user, team), first, last)
    found = page_of_fares(given, after=after, size=SIZE)
    days = say_date(first) if first == last else f"{say_date(first)} to {say_date(last)}"
    context = {
        "form": form,
        "lead": f"{team.name if team else form.every}, {days}.",
        "sums": sums_of(given),
        "rows": fare_rows(found.rows, user),
        "masked": [Masked(*row) for row in reached_on_duty(user, team).masked_to(user)[:MOST_KEPT]],
        "back": reverse("duty-today"),
        "first": address(here, **codes) if after else "",
        "next": address(here, **codes, after=found.next_after) if found.next_after else "",
        "csv": address(reverse("fares-given-csv"), **codes)
        if reach(user.role, Action.EXPORT_CASES)
        else "",
    }
    remember_list(request, "Fares")
    return render(request, "oversight/desk/fares.html", context)


@staff_view(Action.EXPORT_CASES)
def fares_given_csv(request):
    """What was given, to whom and by whom; nothing of what was written."""
    user, today, form = request.user, localdate(), _form(request)
    first, last = form.days(today)
    given = fares_among(cases_on_duty(user, form.chosen()), first, last)
    record(by=user, action=Action.EXPORT_CASES, list="fares", filters=form.codes())
    return csv_of([CSV_HEAD, *fare_lines(given, user)], f"fares-{today}")


def _form(request):
    form = PeriodForm(request.GET, user=request.user)
    form.is_valid()
    return form
