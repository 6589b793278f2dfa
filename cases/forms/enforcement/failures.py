"""What staff say of a failure to comply: what it was, how it is answered, that it stands or is withdrawn.

Source: product rules, failures.
"""

from django import forms

from cases.queries.booking import parts_of
from cases.reference.enforcement import Answer, Learnt
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

LONGEST = 4000


class RecordFailureForm(GovukForm):
    part = forms.ChoiceField(
        label="What did they fail to comply with?",
        help_text="A missed appointment is recorded on the appointment itself. This is for what no appointment says.",
    )
    happened_on = FlexibleDateField(label="When did it happen?", past=True)
    became_aware_on = FlexibleDateField(
        label="When did we come to know of it?",
        help_text="The letter and the breach pack run from this day. For example 3 May 2018, 3/5/2018 or today",
        past=True,
    )
    learnt = forms.ChoiceField(
        label="How did we come to know?", choices=Learnt.choices(), widget=Radios(small=True)
    )
    what = LongTextField(
        label="What did they fail to do?",
        help_text="When, where and what, as it could be said in court. Name nobody who is protected.",
        rows=4,
        max_length=LONGEST,
    )
    excuse = LongTextField(
        label="What reason did they give?",
        help_text="In their own words. Leave it blank where nobody has asked yet, and ask before it is answered.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args, parts, **kwargs):
        """`parts`: {key: (the choice, its words)} of everything that they may have failed."""
        super().__init__(*args, **kwargs)
        self.parts = {key: choice for key, (choice, _) in parts.items()}
        self.offer(
            "part", [("", "Choose one"), *((key, words) for key, (_, words) in parts.items())]
        )

    def clean(self):
        super().clean()
        said = self.cleaned_data
        happened, aware = said.get("happened_on"), said.get("became_aware_on")
        if happened and aware and aware < happened:
            self.add_error(
                "became_aware_on",
                "Nobody can have known of it before it happened. Put one of the two days right.",
            )
        return said

    def given(self):
        said = dict(self.cleaned_data)
        return part_of(self.parts[said.pop("part")]) | said


def part_of(choice):
    """What a choice names, as the service that records a failure takes it."""
    rows = parts_of(choice)
    return {
        "order": choice.sentence,
        "requirement": rows.get("requirement"),
        "condition": rows.get("condition"),
    }


class WithdrawFailureForm(GovukForm):
    because = LongTextField(
        label="Why is it withdrawn?",
        help_text="And what shows it: a letter from a hospital, what the monitoring company wrote.",
        rows=4,
        max_length=500,
    )


class DecideAgainForm(GovukForm):
    because = LongTextField(
        label="Why does it stand?",
        help_text="What is left of it and why that is enough, in a sentence that they could be shown.",
        rows=4,
        max_length=LONGEST,
    )


class AnswerFailureForm(GovukForm):
    answer = forms.ChoiceField(
        label="What is done about it?",
        widget=Radios(
            hints={
                str(Answer.WARN): "The admin hub is asked to send the letter.",
                str(Answer.REFER): "The breach pack is begun, or this joins the one that runs.",
                str(Answer.RECALL): "Part A is owed within 24 hours.",
            }
        ),
    )
    because = LongTextField(
        label="Why do you answer it so?",
        help_text="In a sentence that they could be shown.",
        rows=4,
        max_length=LONGEST,
    )

    def __init__(self, *args, may, **kwargs):
        """`may`: the answers that the law leaves."""
        super().__init__(*args, **kwargs)
        self.offer("answer", [(str(one), one.title) for one in Answer if one in may])
