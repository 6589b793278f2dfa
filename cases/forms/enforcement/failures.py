"""What staff say of a failure to comply: how it is answered.

Source: product rules, failures.
"""

from django import forms

from cases.reference.enforcement import Answer
from staff.forms import GovukForm, LongTextField, Radios


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
        max_length=4000,
    )

    def __init__(self, *args, may, **kwargs):
        """`may`: the answers that the law leaves."""
        super().__init__(*args, **kwargs)
        self.offer("answer", [(str(one), one.title) for one in Answer if one in may])
