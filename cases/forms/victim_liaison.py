"""What staff say of the victim liaison officer of a case, and of what they were told.

Source: `cases.rules.victim_liaison`. No page asks who or where a victim is.
"""

from django import forms

from cases.reference.victim_liaison import ToldHow
from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios

NEVER = "Never write who the victim is or where they live: the victim liaison officer knows."


class LiaisonForm(GovukForm):
    officer = forms.CharField(
        label="Who is the victim liaison officer?",
        help_text="Their name, as their unit gives it. They work for the NPS and speak to the victim; we do not.",
        max_length=200,
    )
    unit = forms.CharField(
        label="Which unit do they work in?",
        help_text="So that somebody answers when they are away.",
        max_length=200,
    )
    reach = forms.CharField(
        label="How do we reach them?",
        help_text="Telephone, and the secure e-mail address of the unit.",
        max_length=300,
    )
    since_on = FlexibleDateField(label="Since when?", past=True)


class EndLiaisonForm(GovukForm):
    on = FlexibleDateField(label="When did it end?", past=True)
    because = forms.CharField(
        label="Why?",
        help_text=f"For example: the victim wants no contact any more, or the officer has left and nobody is named yet. {NEVER}",
        max_length=300,
    )


class ToldForm(GovukForm):
    on = FlexibleDateField(label="When were they told?", past=True)
    whom = forms.CharField(
        label="Whom did you tell?",
        help_text="By name: the victim liaison officer, or whoever in their unit took it.",
        max_length=200,
    )
    how = forms.ChoiceField(label="How?", choices=ToldHow.choices(), widget=Radios)
    said = LongTextField(
        label="What did you tell them?",
        help_text=f"As much as they need to decide what the victim is told. {NEVER}",
        rows=5,
        max_length=4000,
    )


class NotNeededForm(GovukForm):
    because = LongTextField(
        label="Why need they not hear of it?",
        help_text=f"For example: they told us first, or the record was wrong. {NEVER}",
        rows=3,
        max_length=1000,
    )


class AddNoticeForm(GovukForm):
    words = forms.CharField(
        label="What has happened?",
        help_text=f"For example: he asked at his appointment where she lives. {NEVER}",
        max_length=300,
    )
    happened_on = FlexibleDateField(label="When?", past=True)
