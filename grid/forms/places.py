"""What is asked of somebody who leaves a series of groups, or for whom a place is no longer kept.

Source: product rules, failures (whoever asked for it is kept with what is called off).
"""

from django import forms

from cases.reference.appointments import AskedBy
from cases.rules.booking import LONGEST_REASON
from staff.forms import GovukForm, Radios

HELP = "In a few words. Whoever gives them a place later reads it{}."


def because_field(also=""):
    return forms.CharField(label="Why?", help_text=HELP.format(also), max_length=LONGEST_REASON)


class LeaveForm(GovukForm):
    asked_by = forms.ChoiceField(
        label="Who asked?",
        help_text="It is kept with each session that is called off. Neither is a failure to comply.",
        choices=AskedBy.choices(),
        widget=Radios(),
    )
    because = because_field(", and it is kept with each session that is called off")


class LetGoForm(GovukForm):
    because = because_field()
