"""What the book says of a service in the community. Source: `ttg.services.book`."""

from calendar import day_name

from django import forms

from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios
from ttg.reference.referrals import ServiceKind

DAYS = [(str(number), day_name[number]) for number in range(7)]


class ServiceForm(GovukForm):
    name = forms.CharField(
        label="What is it called?",
        help_text="As people there call it, with the town if there are several.",
        max_length=200,
    )
    kind = forms.ChoiceField(
        label="What does it help with?",
        choices=ServiceKind.choices(),
        widget=Radios(small=True, reveals={ServiceKind.HOUSING_AUTHORITY: ["authority"]}),
    )
    authority = forms.CharField(
        label="Which housing authority is it?",
        help_text="People choose between authorities by this name.",
        max_length=100,
    )
    telephone = forms.CharField(label="Telephone number", max_length=40, required=False)
    email = forms.EmailField(
        label="Secure e-mail address",
        help_text="Referrals with a link to answer go here.",
        required=False,
    )
    address = forms.CharField(label="Address", max_length=400, required=False)
    postcode = forms.CharField(label="Postcode", max_length=20, required=False)
    weekdays = forms.MultipleChoiceField(
        label="On which days is it open?",
        help_text="We warn where a pharmacy or clinic is shut on the day of release. Leave it blank if you do not know.",
        choices=DAYS,
        widget=Checkboxes(small=True),
        required=False,
    )
    note = LongTextField(
        label="What helps whoever refers to it?", required=False, rows=3, max_length=500
    )


class ChangeServiceForm(ServiceForm):
    ended_on = FlexibleDateField(
        label="Since when does it take nobody any more?",
        help_text="Leave it blank while it does. Referrals sent to it stay on record.",
        required=False,
        past=True,
    )
