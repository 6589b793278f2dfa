"""What staff fill in about an action of the plan. Source: report 2.3 (neither who nor by when)."""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField


class AddActionForm(GovukForm):
    what = forms.CharField(label="What is to be done?", max_length=500)
    by_whom = forms.CharField(
        label="By whom?",
        help_text="The officer, the person on probation, or a service by name.",
        max_length=200,
    )
    by_on = FlexibleDateField(
        label="By when?",
        help_text="It is owed from that day, and your senior hears when it is late.",
        future=True,
    )


class FinishActionForm(GovukForm):
    note = LongTextField(
        label="What was done, and what came of it?",
        help_text="So that the next review rests on what happened and not on what was meant.",
        rows=4,
        max_length=500,
    )
