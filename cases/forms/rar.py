"""What the officer fills in who plans rehabilitation activity, ends it, or says that the days done are enough.

Source: supervision reference 2.4.
"""

from django import forms

from cases.queries.sentences import requirement_name
from cases.reference.appointments import RarTheme
from cases.reference.plans import Route
from cases.rules.rar import MOST_DAYS
from cases.rules.words import shortened
from staff.forms import GovukForm, LongTextField, Radios

REASON = 300  # letters
LONGEST = 100  # letters of a name in a choice


class RarActivityForm(GovukForm):
    requirement = forms.ChoiceField(label="Under which requirement?", widget=Radios)
    theme = forms.ChoiceField(
        label="What is it about?", choices=[("", "Choose"), *RarTheme.choices()]
    )
    what = forms.CharField(
        label="What do they do?",
        help_text="For example Stepping Stones to Change. Said to the person in the same words, so name nobody who is "
        "protected.",
        max_length=300,
    )
    route = forms.ChoiceField(
        label="How does it reach them?",
        help_text="Ask whether they can get to it: work, caring, travel, health.",
        choices=[(one.value, one.title) for one in Route if one != Route.NONE],
        widget=Radios(small=True),
    )
    days = forms.IntegerField(
        label="How many days?",
        help_text="A calendar day counts once, however short or long, and however many activities it holds.",
        min_value=1,
        max_value=MOST_DAYS,
    )
    objective = forms.ChoiceField(
        label="Which objective of the plan does it serve?",
        help_text="So that the review can say whether the work did what it was for.",
        required=False,
    )

    def __init__(self, *args, requirements, objectives, **kwargs):
        """`requirements`: those that run. `objectives`: [(key, words)] of the plan in force."""
        super().__init__(*args, **kwargs)
        self.requirements = {str(one.pk): one for one in requirements}
        if requirements:
            named = [
                (key, shortened(requirement_name(one), LONGEST))
                for key, one in self.requirements.items()
            ]
            self.offer("requirement", named)
        else:
            del self.fields["requirement"]
        self.offer("objective", [("", "None of them"), *objectives])

    def given(self):
        said = dict(self.cleaned_data)
        if "requirement" in said:
            said["requirement"] = self.requirements[said["requirement"]]
        said["objective"] = int(said["objective"]) if said["objective"] else None
        return said


class RarReasonForm(GovukForm):
    """Why an activity ends, or why fewer days are enough."""

    because = LongTextField(label="Why?", rows=3, max_length=REASON)

    def __init__(self, *args, label, hint, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].label = label
        self.fields["because"].help_text = hint
