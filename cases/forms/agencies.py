"""What the book says of an agency.

Source: product rules, checks (who, for which area, how, turnaround).
"""

from django import forms

from cases.reference.agencies import Channel
from cases.reference.checks import CheckKind
from staff.forms import GovukForm, LongTextField, Radios

LONGEST_TURNAROUND = 60  # working days


class AgencyForm(GovukForm):
    kind = forms.ChoiceField(
        label="What are they asked about?", choices=CheckKind.choices(), widget=Radios(small=True)
    )
    name = forms.CharField(
        label="Name of the agency",
        help_text="As it will stand on the enquiry, for example Reading children's social care.",
        max_length=200,
    )
    areas = LongTextField(
        label="Which areas do they answer for?",
        help_text="One on each line: the name of a local authority, or the first half of a postcode such as RG1. Each person is asked about where they live. Leave it blank if they answer everywhere.",
        required=False,
        rows=6,
    )
    channel = forms.ChoiceField(
        label="How are they asked?",
        choices=Channel.choices(),
        widget=Radios(
            reveals={
                Channel.EMAIL: ["email"],
                Channel.LETTER: ["address"],
                Channel.TELEPHONE: ["telephone"],
                Channel.PORTAL: ["portal"],
            }
        ),
    )
    email = forms.EmailField(label="Secure e-mail address")
    address = forms.CharField(label="Postal address", max_length=400)
    telephone = forms.CharField(label="Telephone number", max_length=40)
    portal = forms.URLField(label="Address of their web form", assume_scheme="https")
    turnaround_days = forms.IntegerField(
        label="How many working days do they take?",
        help_text="The chase falls due then. Leave it blank to use the policy on checks. What has been sent keeps its date.",
        required=False,
        min_value=1,
        max_value=LONGEST_TURNAROUND,
    )
    note = LongTextField(
        label="What helps whoever asks them?", required=False, rows=3, max_length=500
    )

    def __init__(self, *args, changing=False, **kwargs):
        super().__init__(*args, **kwargs)
        if changing:
            del self.fields["kind"]

    def given(self):
        """As the service takes it; what was not revealed is blank."""
        said = {name: value or "" for name, value in self.cleaned_data.items()}
        return said | {
            "areas": self.cleaned_data["areas"].splitlines(),
            "turnaround_days": self.cleaned_data["turnaround_days"],
        }
