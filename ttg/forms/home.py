"""What is asked of a place somebody could go to, of having nowhere, and of the nights after. Source: `ttg.rules.home`."""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios
from ttg.reference.home import HomeKind, Night, OfferState, Stays
from ttg.rules.home import Look, Safe
from ttg.rules.home_said import LONGEST

WHY = {
    Look.HOUSEHOLD: "Who was asked, when, and what they said, without anybody else in the room if that can be done.",
    Look.ABUSE: "Whether anybody there has been hurt by them, or could be. Who was asked: police, services, the person.",
    Look.CHILDREN: "Which children live there or come to visit, and what children’s services say.",
    Look.VICTIM: "Whether anybody they harmed lives near, and what the victim liaison officer says.",
    Look.NEXT_DOOR: "Only where the record has somebody to be kept safe at this postcode: is it another house, or do they live there safely, and how do you know? A senior reads it.",
    Look.MAP: "Only where the postcode lies close to a banned area: where the house itself stands.",
}
BECAME = (OfferState.UNSAFE, OfferState.DECLINED, OfferState.LOST)


class OfferForm(GovukForm):
    kind = forms.ChoiceField(
        label="What is it?", choices=HomeKind.choices(), widget=Radios(small=True)
    )
    lines = forms.CharField(
        label="Address",
        help_text="As far as you have it. A first line will do.",
        max_length=400,
    )
    town = forms.CharField(label="Town", max_length=100, required=False)
    postcode = forms.CharField(
        label="Postcode",
        help_text="It is compared with the areas that orders ban. Without it the place cannot be confirmed.",
        max_length=20,
        required=False,
    )
    who = forms.CharField(
        label="Who else lives there?",
        help_text="So that they are asked too, and are safe.",
        max_length=300,
        required=False,
    )
    offered_by = forms.CharField(
        label="Who offers it?",
        help_text="A name, a hostel or a council, and how to reach them.",
        max_length=200,
    )
    offered_on = FlexibleDateField(label="When did they offer it?", past=True)
    from_on = FlexibleDateField(
        label="From when is it free?",
        help_text="Leave it blank if it is free by the day of release. For example 3 May 2018 or 3/5/2018.",
        required=False,
    )


class LookForm(GovukForm):
    """One question of each kind. What is left blank stays as it is."""

    def __init__(self, *args, stands=None, **kwargs):
        super().__init__(*args, **kwargs)
        for one in Look:
            now = (stands or {}).get(one.value, "")
            hint = f"{WHY[one]} Now: {now}" if now else WHY[one]
            self.ask(
                f"{one.value}_said",
                forms.ChoiceField(label=one.title, help_text=hint, choices=Safe.choices(), widget=Radios(small=True), required=False),
            )  # fmt: skip
            self.ask(
                f"{one.value}_words",
                LongTextField(label=f"{one.title}: who was asked, and what did they say?", rows=2, max_length=LONGEST, required=False),
            )  # fmt: skip

    def clean(self):
        for one in Look:
            words, said = (self.cleaned_data.get(f"{one.value}_{name}") for name in ("words", "said"))  # fmt: skip
            if words and not said and f"{one.value}_said" not in self.errors:
                self.add_error(f"{one.value}_said", "Say what came of it, so that the words count.")

    def given(self):
        answers = ((one.value, self.cleaned_data) for one in Look)
        return {
            "looked": {
                code: {"said": data[f"{code}_said"], "words": data[f"{code}_words"]}
                for code, data in answers
                if data[f"{code}_said"]
            }
        }


class ConfirmForm(GovukForm):
    because = LongTextField(
        label="With whom is it agreed, and how do they get in on the day?",
        help_text="A name, and who hands over the key, so that nobody stands at a locked door on the first evening.",
        rows=3,
        max_length=500,
    )


class SettleForm(GovukForm):
    state = forms.ChoiceField(
        label="What became of it?",
        choices=[(one.value, one.title) for one in BECAME],
        widget=Radios(hints={OfferState.DECLINED: "Write down what they said"}),
    )
    because = LongTextField(
        label="Why?",
        help_text="So that nobody offers the same place again without knowing.",
        rows=3,
        max_length=500,
    )


class NoHomeForm(GovukForm):
    tonight = LongTextField(
        label="Where do they go tonight?",
        help_text="In words they can follow: where, by when, whom to ask for.",
        max_length=2000,
    )
    looked_for = LongTextField(
        label="What was tried?",
        help_text="Each place or council that was asked, and what it answered, so that nobody begins again.",
        max_length=2000,
    )
    rings = forms.CharField(
        label="Who rings them on the first evening?",
        help_text="A name and the number they ring.",
        max_length=200,
    )


class WithdrawForm(GovukForm):
    """Asks nothing: the button says it."""


class NightForm(GovukForm):
    night = forms.ChoiceField(label="Which night?", choices=Night.choices(), widget=Radios())
    stays = forms.ChoiceField(
        label="Where were they?", choices=Stays.choices(), widget=Radios(small=True)
    )
    words = forms.CharField(
        label="Anything to add?",
        help_text="If they had nowhere, what was done about it. If nobody could find out, how you tried.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args, nights=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("night", [(one.value, one.title) for one in nights])
