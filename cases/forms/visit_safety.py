"""How staff may visit an address: what whoever goes says of it, and what a senior decides.

Source: report 2.3; supervision reference 3.4.
"""

from django import forms

from cases.queries.enquiries import written
from cases.reference.visits import Signal, VisitWay, YesNoUnsure
from staff.forms import GovukForm, LongTextField, Radios

OTHER = "other"
LONGEST = 1000  # letters of a box
WAYS = {
    VisitWay.PAIRED: "A senior decides.",
    VisitWay.POLICE: "A senior decides, and you arrange it with the police.",
    VisitWay.NOT_AT_HOME: "Nobody is sent to the door. Say below where they are met.",
}


class VisitSafetyForm(GovukForm):
    """`addresses`: where they live now, as `Address` rows."""

    address = forms.ChoiceField(
        label="Which address?", widget=Radios(reveals={OTHER: ["where"]}, divider_before=OTHER)
    )
    where = forms.CharField(
        label="The other address",
        help_text="As it would stand on a letter. Have it put on the record too.",
        max_length=400,
    )
    endangers = forms.ChoiceField(
        label="Could this visit endanger somebody?",
        help_text="A partner who asked for help, a child, whoever told us something, somebody an order keeps "
        "them away from.",
        choices=YesNoUnsure.choices(),
        widget=Radios(small=True),
    )
    endangers_whom = LongTextField(
        label="Who, and what do we do about it?",
        help_text="Needed unless you said no. For example: go when he is at work, say it is a routine visit, "
        "do not mention the call.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    staff_risk = LongTextField(
        label="What do we know of risk to staff there?",
        help_text="People, dogs, weapons, the building, what agencies said. It stands first on the sheet.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )
    signal = forms.ChoiceField(
        label="Does a telephone work there?",
        help_text="A lone-working device is no use without a signal.",
        choices=Signal.choices(),
        widget=Radios(small=True),
    )
    fallback = forms.CharField(
        label="Without a signal: how are you reached, or where do you ring from?",
        help_text="Needed where the signal is patchy or there is none. A landline, the shop on the corner.",
        max_length=300,
        required=False,
    )
    way = forms.ChoiceField(
        label="How should staff visit?",
        choices=VisitWay.choices(),
        widget=Radios(hints=dict(WAYS)),
    )
    because = LongTextField(
        label="Why that way?",
        help_text="What it rests on, for whoever goes next. A senior reads it where one decides.",
        rows=3,
        max_length=LONGEST,
    )
    ask_senior = forms.BooleanField(
        label="Ask a senior to decide, even if I could",
        help_text="Needed too where the police have not answered: then only a senior lets a visit go ahead.",
        required=False,
    )

    def __init__(self, *args, addresses, **kwargs):
        super().__init__(*args, **kwargs)
        self.addresses = {str(one.pk): one for one in addresses}
        known = [(key, written(one)) for key, one in self.addresses.items()]
        self.offer("address", [*known, (OTHER, "Another address, which is not on the record")])

    def given(self):
        """As the service takes it."""
        given = dict(self.cleaned_data)
        return given | {"address": self.addresses.get(given["address"])}


class DecideVisitSafetyForm(GovukForm):
    way = forms.ChoiceField(
        label="How do staff visit?", choices=VisitWay.choices(), widget=Radios()
    )
    because = LongTextField(
        label="Why that way?",
        help_text="The officer acts on it and the next one reads it. One officer alone where staff are at risk "
        "is yours to say, with the reason.",
        rows=4,
        max_length=LONGEST,
    )
