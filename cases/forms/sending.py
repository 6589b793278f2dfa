"""What is asked of whoever sends a request, or many: was the person told, and if not why not.

Source: product rules, sharing (told or why not).
"""

from django import forms

from staff.forms import Checkboxes, GovukForm, LongTextField, Radios, YesNoField

REASON = 300


class ToldForm(GovukForm):
    told_person = YesNoField(
        label="Has the person on probation been told that we ask?",
        help_text="The agency is told the answer, so that it does not tell them first. Being told is the rule; somebody's safety may be a reason not to.",
        widget=Radios(reveals={"no": ["not_told_because"]}),
    )
    not_told_because = LongTextField(
        label="Why not?",
        help_text="Kept with the enquiry. It is not sent to the agency.",
        rows=3,
        max_length=REASON,
    )


class RequestForm(ToldForm):
    """Of one enquiry, which may go without a date of birth once somebody has thought about it."""

    without_birth_dates = forms.BooleanField(
        label="Send it without the dates of birth that are not recorded", required=False
    )

    def __init__(self, *args, missing, **kwargs):
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["without_birth_dates"]


class BatchForm(ToldForm):
    """Of many at once. The enquiries stand in the list of the page."""

    enquiries = forms.MultipleChoiceField(
        label="Enquiries to send",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one enquiry to send"},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("enquiries", [(str(pk), str(pk)) for pk in offered])

    def chosen(self):
        return [int(pk) for pk in self.cleaned_data["enquiries"]]
