"""What an audit recommends, how it is answered, and the change that closes it.

Source: report 2.4; `cases.rules.recommendations`.
"""

from django import forms

from cases.rules.recommendations import check_says
from staff.errors import RuleBroken
from staff.forms import GovukForm, LongTextField, Radios

LONGEST = 1000  # letters of a box
ACCEPT, CONTEST = "accept", "contest"
UPHOLD, NOT_UPHELD = "uphold", "not_upheld"


class SaysForm(GovukForm):
    """A form whose boxes refuse, each by itself, what is typed to get past them. `boxes`: {field: rule}."""

    boxes: dict[str, str] = {}

    def clean(self):
        super().clean()
        for name, said in self.boxes.items():
            if self.cleaned_data.get(name):
                try:
                    check_says(**{said: self.cleaned_data[name]})
                except RuleBroken as refusal:
                    self.add_error(name, str(refusal))
        return self.cleaned_data


class RecommendForm(SaysForm):
    boxes = {"what": "what", "why": "why"}

    what = LongTextField(
        label="What do you recommend?",
        help_text="One thing, said so that somebody else could tell whether it was done.",
        rows=3,
        max_length=LONGEST,
    )
    why = LongTextField(
        label="What did you find that calls for it?",
        help_text="They may contest it openly, and then somebody who had no part in it decides.",
        rows=4,
        max_length=LONGEST,
    )


class AnswerRecommendationForm(SaysForm):
    boxes = {"because": "contested_because"}

    decision = forms.ChoiceField(
        label="Do you agree with it?",
        choices=[(ACCEPT, "Yes, it will be done"), (CONTEST, "No, I contest it")],
        widget=Radios(
            hints={
                ACCEPT: "It stays open until a change is named that answers it.",
                CONTEST: "Somebody who had no part in it decides. Doing it without agreeing helps nobody.",
            },
            reveals={CONTEST: ["because"]},
        ),
    )
    because = LongTextField(
        label="Why do you not agree?",
        help_text="What you know that the audit did not, or why it would not help.",
        rows=4,
        max_length=LONGEST,
    )

    def contests(self):
        return self.cleaned_data["decision"] == CONTEST

    def given(self):
        return {"because": self.cleaned_data["because"]} if self.contests() else {}


class DecideContestForm(SaysForm):
    boxes = {"because": "decision_because"}

    decision = forms.ChoiceField(
        label="Is the contest upheld?",
        choices=[
            (UPHOLD, "Yes, the recommendation is withdrawn"),
            (NOT_UPHELD, "No, it is to be done"),
        ],
        widget=Radios(),
    )
    because = LongTextField(
        label="Why?", help_text="Both sides read it.", rows=4, max_length=LONGEST
    )

    def given(self):
        uphold = self.cleaned_data["decision"] == UPHOLD
        return {"uphold": uphold, "because": self.cleaned_data["because"]}


class DoRecommendationForm(SaysForm):
    """`shown`: [("review:3" or "action:7", words)] of what was changed since."""

    boxes = {"because": "settled_because"}

    change = forms.ChoiceField(
        label="Which change answers it?",
        help_text="Completed reviews that changed something, and steps added or finished since.",
        widget=Radios(small=True),
    )
    because = LongTextField(
        label="How does it answer the recommendation?",
        help_text="Whoever recommended it reads this beside what changed.",
        rows=3,
        max_length=LONGEST,
    )

    def __init__(self, *args, shown, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("change", shown)
