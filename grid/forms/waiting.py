"""What may be asked of the lists of those who wait and of needs that nothing meets, and what a senior decides.

Source: report 2.3; docs/screens.md.
"""

from django import forms

from grid.reference.groups import Decision
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import TimeOfWeek
from grid.rules.outlook import Outlook
from grid.rules.unmet import LONGEST_WORDS
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

EVERY = ("", "Any")
TIMES = [EVERY, *TimeOfWeek.choices()]
HINTS = {
    Decision.ONE_TO_ONE: "The officer does the work of it with them, and writes in the plan how.",
    Decision.SERVICE: "Say which service, and who refers them.",
    Decision.WAIT: "Say below until when. It is owed again on that day.",
    Decision.NEW_SERIES: "Whoever plans groups is shown it, and when this person could come.",
    Decision.NOT_AT_ALL: "Say who tells the court, or writes it in the plan.",
}


class ListForm(GovukForm):
    """What the lists have in common. `sites`: {key: name}; `teams`: {code: name}."""

    site = forms.ChoiceField(label="Place they could get to", required=False)
    time = forms.ChoiceField(label="When they could come", required=False, choices=TIMES)
    team = forms.ChoiceField(label="Team that holds the case", required=False)

    def __init__(self, data, *, sites, teams):
        super().__init__(data)
        self.offer("site", [EVERY, *((str(pk), name) for pk, name in sites.items())])
        self.offer("team", [EVERY, *teams.items()])

    def codes(self):
        """{name: code} of what was asked for; a code that is not on offer is left out and said so on the form."""
        return {name: code for name, code in self.cleaned_data.items() if code}


class WaitingForm(ListForm):
    expects = forms.ChoiceField(
        label="What they may expect", required=False, choices=[EVERY, *Outlook.choices()]
    )
    women = forms.BooleanField(label="Women only", required=False)
    field_order = ["expects", "site", "time", "team", "women"]


class UnmetForm(ListForm):
    code = forms.ChoiceField(
        label="Intervention",
        required=False,
        choices=[EVERY, *((code, one.title) for code, one in INTERVENTIONS.items())],
    )
    decision = forms.ChoiceField(
        label="What was decided",
        required=False,
        choices=[EVERY, ("undecided", "Not decided yet"), *Decision.choices()],
    )
    field_order = ["code", "decision", "site", "time", "team"]

    def __init__(self, data, **known):
        super().__init__(data, **known)
        self.fields["site"].label = "Place nearest to them"


class DecideForm(GovukForm):
    """What a senior decides. The service refuses what is not whole, in the same words over the API."""

    decision = forms.ChoiceField(
        label="What is done, since nothing that is planned fits?",
        choices=Decision.choices(),
        widget=Radios(hints={one.value: hint for one, hint in HINTS.items()}),
    )
    words = LongTextField(
        label="Why, and what exactly is done?",
        help_text="The officer works by it, and it counts as a need that is not met until something fits.",
        rows=4,
        max_length=LONGEST_WORDS,
    )
    look_again_on = FlexibleDateField(
        label="When is it looked at again?",
        help_text="Needed where they wait; it is owed to you again on that day. For example 3 May 2018.",
        required=False,
        future=True,
    )
