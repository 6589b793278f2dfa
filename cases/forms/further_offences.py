"""What staff say of a charge with a serious further offence, of the notification, of the review, and where it was a mistake.

Source: local policy on serious further offences.
"""

from datetime import datetime

from django import forms
from django.utils.timezone import get_current_timezone

from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField, YesNoField

LONGEST_OFFENCE = 300
LONGEST_NAME = 200
LONGEST_LEARNT = 8000


class ChargeForm(GovukForm):
    offence = forms.CharField(
        label="What are they charged with?",
        help_text="As whoever told us puts it. It decides whether this is a serious further offence.",
        max_length=LONGEST_OFFENCE,
    )
    charged_on = FlexibleDateField(label="On which day were they charged?", past=True)
    told_by = forms.CharField(
        label="Who told us, and how?",
        help_text="Name, force or court, and a number, so that it can be checked.",
        max_length=LONGEST_NAME,
    )
    learnt_on = FlexibleDateField(
        label="On which day did we learn of it?",
        help_text="What is owed runs from this day.",
        past=True,
    )
    learnt_time = FlexibleTimeField(
        label="At what time?",
        help_text="About when is enough. Whatever was done on the case before then was done without knowing.",
    )
    sure = YesNoField(
        label="Have the police, a court or a prison confirmed the charge?",
        help_text="If somebody only heard of it, ring them first. An arrest is not a charge.",
    )

    def clean_sure(self):
        if not self.cleaned_data["sure"]:
            raise forms.ValidationError(
                "Ring the police, the court or the prison first. Record it as soon as one of them has said so."
            )
        return True

    def given(self):
        said = self.cleaned_data
        at = datetime.combine(said["learnt_on"], said["learnt_time"], get_current_timezone())
        kept = {name: said[name] for name in ("offence", "charged_on", "told_by")}
        return {**kept, "learnt_at": at}


class NotifiedForm(GovukForm):
    whom = forms.CharField(
        label="Who was notified?",
        help_text="The office and the person, and any reference they gave, so that whoever is asked later can say.",
        max_length=LONGEST_NAME,
    )
    on = FlexibleDateField(label="On which day?", past=True)


class ReviewForm(GovukForm):
    on = FlexibleDateField(label="On which day was the review handed in?", past=True)
    learnt = LongTextField(
        label="What does it teach?",
        help_text="What was done well, what was not, and what changes because of it. Write of the work, not of "
        "colleagues by name: seniors, quality managers and heads learn from it.",
        rows=8,
        max_length=LONGEST_LEARNT,
    )


class SetAsideForm(GovukForm):
    because = LongTextField(
        label="Why is it set aside?",
        help_text="For example: the charge was dropped, or somebody else was charged; who told us, and how.",
        rows=3,
        max_length=500,
    )
