"""What the hub asks an officer, returns to them or gives to a colleague; what is answered; and how its queue is narrowed.

Source: features 88 and 89.
"""

from datetime import time, timedelta

from django import forms

from cases.forms.agency_meetings import moment
from cases.queries.enforcement.hub_list import ALL, KIND_CHOICES, SHOWN, Wanted
from cases.rules.calendar import add_working_days, is_working_day
from cases.rules.enforcement.queue import SOONEST, say_limit
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField
from staff.permissions import Action, reach

BY_DEFAULT, NEXT_MORNING = time(15), time(10)


class QueueFilterForm(GovukForm):
    """By codes in the address; what is not on offer narrows nothing."""

    kind = forms.ChoiceField(label="Kind of work", required=False)
    show = forms.ChoiceField(label="Show", required=False)
    team = forms.ChoiceField(label="Team of the case", required=False)

    def __init__(self, data, *, user, teams):
        super().__init__(data)
        self.teams = teams
        shown = SHOWN if reach(user.role, Action.WORK_QUEUE) else {code: words for code, words in SHOWN.items() if code != "mine"}  # fmt: skip
        self.offer("kind", [("", "Any"), *KIND_CHOICES])
        self.offer("show", [*shown.items()])
        self.offer("team", [("", "Every team"), *((code, one.name) for code, one in teams.items())])
        self.is_valid()

    def wanted(self):
        said = self.cleaned_data
        return Wanted(
            kind=said.get("kind", ""),
            show=said.get("show", ALL),
            team=self.teams.get(said.get("team", "")),
        )


class AskOfficerForm(GovukForm):
    """`latest`: the last moment by which an answer may be wanted."""

    asks = LongTextField(
        label="What do you need to know?",
        help_text="One thing, so that the officer can answer in one line. Name nobody who is protected.",
        rows=3,
        max_length=500,
    )
    until_on = FlexibleDateField(label="On which day do you need the answer?", future=True)
    until_time = FlexibleTimeField(
        label="By what time do you need it?",
        help_text="For example 3pm. If nobody has answered by then, the senior probation officer is told.",
    )

    def __init__(self, *args, latest, **kwargs):
        super().__init__(*args, **kwargs)
        hint = f"A working day, within {say_limit(latest)} at the latest."
        self.fields["until_on"].help_text = hint

    def given(self):
        said = self.cleaned_data
        return {"asks": said["asks"], "until": moment(said["until_on"], said["until_time"])}


class ReturnItemForm(GovukForm):
    words = LongTextField(
        label="What does the officer have to put right before this can go?",
        help_text="It comes back to the queue once they say that it is put right.",
        rows=4,
        max_length=500,
    )


class GiveItemForm(GovukForm):
    to = forms.ChoiceField(label="Who works on it from now on?")

    def __init__(self, *args, hub, **kwargs):
        super().__init__(*args, **kwargs)
        self.hub = {str(one.pk): one for one in hub}
        self.offer("to", [("", "Choose somebody of the hub"), *((pk, one.name) for pk, one in self.hub.items())])  # fmt: skip

    def given(self):
        return {"to": self.hub[self.cleaned_data["to"]]}


class AnswerHubForm(GovukForm):
    answer = LongTextField(label="Your answer", rows=4, max_length=1000)

    def __init__(self, *args, returned=False, **kwargs):
        super().__init__(*args, **kwargs)
        if returned:
            self.fields["answer"].label = "What have you put right?"
            self.fields["answer"].help_text = "The item goes back to the admin hub’s queue once you save this."  # fmt: skip


def asked_by_default(now, extra):
    """Until when an officer is asked unless the hub says otherwise: today at 3pm, or the next working morning."""
    today, last = now.date(), (now + SOONEST + timedelta(minutes=1))
    if is_working_day(today, extra) and last.date() == today and last.time() <= BY_DEFAULT:
        return {"until_on": today, "until_time": BY_DEFAULT}
    return {"until_on": add_working_days(today, 1, extra), "until_time": NEXT_MORNING}
