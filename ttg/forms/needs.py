"""What is asked of a need on release: what it is, and what became of it. Source: `ttg.rules.needs`."""

from django import forms

from staff.forms import GovukForm, LongTextField, Radios
from ttg.reference.referrals import NeedSide, NeedState, Pathway


class NeedForm(GovukForm):
    pathway = forms.ChoiceField(
        label="Which part of their life is it about?",
        choices=Pathway.choices(),
        widget=Radios(small=True),
    )
    words = forms.CharField(
        label="What do they need?",
        help_text="So that somebody else could arrange it: for example, a script for methadone in Reading from the day of release.",
        max_length=300,
    )
    side = forms.ChoiceField(
        label="Where is it to be seen to?",
        choices=NeedSide.choices(),
        widget=Radios(hints={NeedSide.COMMUNITY: "A service is then asked, by name"}),
    )


class SettleForm(GovukForm):
    state = forms.ChoiceField(
        label="What became of it?",
        choices=[(one.value, one.title) for one in NeedState if one != NeedState.OPEN],
        widget=Radios(
            hints={
                NeedState.MET: "A service has taken them on by name, or the thing is there. A leaflet or a number is not enough",
                NeedState.DECLINED: "Write down what they said",
            }
        ),
    )
    because = LongTextField(
        label="What met it, or why not?",
        help_text="We ask so that whoever meets them on release knows what is there. If they declined, use their own words.",
        rows=3,
        max_length=500,
    )
