"""What staff fill in when they have given somebody the copy of their plan."""

from django import forms

from cases.reference.plans import GivenHow
from staff.forms import FlexibleDateField, GovukForm, Radios, YesNoField


class GiveCopyForm(GovukForm):
    given_on = FlexibleDateField(label="When did they get it?", past=True)
    how = forms.ChoiceField(
        label="How?", choices=GivenHow.choices(), widget=Radios(hints={
            GivenHow.HAND: "Somebody who reads it with them finds out what is wrong in it",
            GivenHow.POST: "Only where it is recorded as safe to write to them",
        }),
    )  # fmt: skip
    large = YesNoField(label="Was it in large print?")
