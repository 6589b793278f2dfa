"""What staff write while an enquiry is open, and what a senior says to it.

Source: product rules, checks ("while open").
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

LONGEST = 4000  # letters of a box
ANSWER = 500
AGREE, RETURN = "agree", "return"


class InterimPlanForm(GovukForm):
    worst_case = LongTextField(
        label="What do you assume until they answer?",
        help_text="The worst that the question asks about. It is what everybody acts on meanwhile.",
        rows=4,
        max_length=LONGEST,
    )
    who_is_protected = LongTextField(
        label="Who is protected, and from what?",
        help_text="By name where you can. Strike out whoever this plan does not protect.",
        rows=4,
        max_length=LONGEST,
    )
    what_we_do = LongTextField(
        label="What do we do until the reply?",
        help_text="Who does what, and when. Somebody covering for you should be able to do it from this alone.",
        rows=5,
        max_length=LONGEST,
    )
    expires_on = FlexibleDateField(label="Until when does it hold?", future=True)

    def __init__(self, *args, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "expires_on"
        ].help_text = f"At the latest {last}. It can be renewed, and ends by itself when all is answered and analysed."


class AnswerPlanForm(GovukForm):
    plan = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Does it protect those who need it until the reply?",
        choices=[(AGREE, "Yes, agree it"), (RETURN, "No, return it to the officer")],
        widget=Radios(reveals={RETURN: ["answer"]}),
    )
    answer = LongTextField(
        label="What is missing?",
        help_text="The officer sees this, and writes the plan again.",
        rows=4,
        max_length=ANSWER,
    )

    def given(self):
        agree = self.cleaned_data["decision"] == AGREE
        return {"agree": agree, "answer": self.cleaned_data["answer"]}
