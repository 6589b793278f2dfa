"""What is asked of a need on release: what it is, and what became of it. Source: `ttg.rules.needs`."""

from django import forms

from staff.forms import GovukForm, LongTextField, Radios
from ttg.reference.questions import offered_needs
from ttg.reference.referrals import NeedSide, NeedState, Pathway

OTHER = ("", "Another need: I say it in my own words")


class NeedForm(GovukForm):
    """Each pathway reveals its needs of the catalogue, one of which may be chosen; what is added says it more exactly."""

    pathway = forms.ChoiceField(
        label="Which part of their life is it about?",
        choices=Pathway.choices(),
        widget=Radios(small=True, reveals={one: [f"{one}_need"] for one in Pathway}),
    )
    words = forms.CharField(
        label="What do they need, in your own words?",
        help_text="So that somebody else could arrange it: for example, a script for methadone in Reading from the day of release. It may be left blank where the list says it all.",
        max_length=300,
        required=False,
    )
    side = forms.ChoiceField(
        label="Where is it to be seen to?",
        choices=NeedSide.choices(),
        widget=Radios(hints={NeedSide.COMMUNITY: "A service is then asked, by name"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for pathway in Pathway:
            offered = [(one.code, one.words) for one in offered_needs(pathway)]
            field = forms.ChoiceField(
                label="Is it one of these?",
                help_text="Needs that are called the same can be counted and followed.",
                choices=[OTHER, *offered],
                required=False,
            )
            self.ask(f"{pathway}_need", field)

    def given(self):
        said = self.cleaned_data
        given = {name: said[name] for name in ("pathway", "words", "side")}
        return given | {"code": said[f"{said['pathway']}_need"]}


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
