"""From which Monday a quarter's timetable is asked for."""

from datetime import date, timedelta

from django import forms

from grid.rules.sessions import week_of
from grid.services.timetables import LATEST
from staff.forms import GovukForm
from staff.rules.dates import say_date

WEEK = timedelta(weeks=1)


def mondays(today):
    """Those from which one may be asked for."""
    first = week_of(today) + WEEK
    return [first + WEEK * number for number in range((LATEST - WEEK) // WEEK + 1)]


class AskForTimetableForm(GovukForm):
    first_on = forms.TypedChoiceField(
        label="From which Monday?",
        help_text="Thirteen weeks from that day are planned. Choose one that leaves time to find rooms and leaders and to tell people.",
        coerce=date.fromisoformat,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("first_on", [(one.isoformat(), say_date(one)) for one in mondays(today)])
