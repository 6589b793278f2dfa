"""What staff say of what a court asks: the question, the reply as it was sent, and that it is no longer needed.

Source: local practice; a court asks in the morning for the afternoon.
"""

from django import forms

from cases.forms.agency_meetings import moment
from cases.reference.courts import CourtWants, SentBy
from cases.rules.courts import LONGEST_REPLY
from staff.forms import FlexibleDateField, FlexibleTimeField, GovukForm, LongTextField, Radios


class CourtRequestForm(GovukForm):
    court = forms.CharField(label="Which court asks?", max_length=200)
    asked_by = forms.CharField(
        label="Who asks, and how do you reach them?",
        help_text="The court officer or legal adviser, with a telephone number or e-mail address. The reply goes to them.",
        max_length=200,
    )
    wants = forms.ChoiceField(
        label="What do they want to know?",
        help_text="It decides what the reply is composed from.",
        choices=CourtWants.choices(),
        widget=Radios(),
    )
    words = LongTextField(
        label="The question as it was put",
        help_text="You may leave this out, unless it is something else.",
        rows=3,
        max_length=500,
        required=False,
    )
    asked_on = FlexibleDateField(label="On which day did they ask?", past=True)
    asked_time = FlexibleTimeField(label="At what time did they ask?")
    needed_on = FlexibleDateField(label="On which day is it needed?", future=True)
    needed_time = FlexibleTimeField(label="By what time is it needed?", help_text="The list of what waits is in this order. For example 2pm.")  # fmt: skip

    def given(self):
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("court", "asked_by", "wants", "words")},
            "asked_at": moment(said["asked_on"], said["asked_time"]),
            "needed_by": moment(said["needed_on"], said["needed_time"]),
        }


class CourtReplyForm(GovukForm):
    reply = LongTextField(
        label="The reply",
        help_text="Composed from the record. Change it as you need: it is kept as it was sent.",
        rows=22,
        max_length=LONGEST_REPLY,
    )
    sent_by = forms.ChoiceField(
        label="How did it go to the court?", choices=SentBy.choices(), widget=Radios(small=True)
    )


class WithdrawRequestForm(GovukForm):
    because = LongTextField(
        label="Why does the court no longer need it, and who told us?", rows=3, max_length=300
    )
