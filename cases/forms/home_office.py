"""What staff write down of the Home Office, and of somebody who wants to travel abroad.

Source: `cases.rules.home_office`, `cases.rules.travels`.
"""

from django import forms

from cases.reference.home_office import HomeOfficeInterest, TravelState
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

GRANT, REFUSE = str(TravelState.GRANTED), str(TravelState.REFUSED)


class HomeOfficeForm(GovukForm):
    interest = forms.ChoiceField(
        label="How do they stand with the Home Office?",
        help_text="As the Home Office told us. It decides who is told, and what is said before travel is granted.",
        choices=HomeOfficeInterest.choices(),
        widget=Radios(small=True),
        required=False,
    )
    asked_on = FlexibleDateField(
        label="When did we ask?",
        help_text="Leave it blank if the Home Office told us unasked.",
        past=True,
        required=False,
    )
    answered_on = FlexibleDateField(label="When did they tell us?", past=True, required=False)
    caseworker = forms.CharField(
        label="Who at the Home Office deals with it?",
        help_text="Their name, telephone and e-mail, so that whoever covers for you can ring.",
        max_length=300,
        required=False,
    )
    reference = forms.CharField(
        label="What is their reference?",
        help_text="The Home Office’s own number. Nothing of a passport is kept here.",
        max_length=60,
        required=False,
    )
    conditions = LongTextField(
        label="Which conditions are they on?",
        help_text="Reporting, where they live, no work: as we were told. Nothing that you would not want quoted back.",
        rows=5,
        max_length=4000,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AskTravelForm(GovukForm):
    where = forms.CharField(
        label="Where do they want to go?",
        help_text="The town and the country. Their letter repeats it, so name nobody.",
        max_length=200,
    )
    why = forms.CharField(
        label="Why?",
        help_text="In their words as far as you can. A senior decides by it. It is not in their letter.",
        max_length=500,
    )
    from_on = FlexibleDateField(label="First day away", future=True)
    to_on = FlexibleDateField(label="Last day away", future=True)


class DecideTravelForm(GovukForm):
    decision = forms.ChoiceField(
        label="Do you grant it?",
        choices=[(GRANT, "Yes, they may travel"), (REFUSE, "No")],
        widget=Radios(),
    )
    because = LongTextField(
        label="Why?",
        help_text="What it rests on: their appointments, any order or condition, anybody who could be hurt there. They are told of a refusal and why.",
        rows=4,
        max_length=500,
    )

    def given(self):
        said = self.cleaned_data
        return {"granted": said["decision"] == GRANT, "because": said["because"]}


class WithdrawTravelForm(GovukForm):
    because = forms.CharField(
        label="Why is it no longer asked for?",
        help_text="For example: the funeral is over, or leave is taken back because they were charged.",
        max_length=500,
    )


class BackForm(GovukForm):
    on = FlexibleDateField(
        label="Since when are they back?",
        help_text="The day on which they say they came back, if you have seen or heard them in this country since.",
        past=True,
    )
