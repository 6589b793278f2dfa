"""What staff say when somebody cannot be seen as usual, when they have asked where they are, and when it is over.

Source: product rules, GRID and clocks.
"""

from django import forms

from cases.reference.pauses import PauseKind
from cases.rules.pauses import LONGEST_SOURCE
from staff.forms import Checkboxes, FlexibleDateField, GovukForm, LongTextField, Radios

PLACES = {PauseKind.CUSTODY: "prison", PauseKind.HOSPITAL: "hospital", PauseKind.DEPORTED: "country"}  # fmt: skip
LABELS = {"prison": "Which prison?", "hospital": "Which hospital?", "country": "To which country?"}
AS_USUAL = "usual"
LONGEST_PLACE = 200


def _reveals():
    return {str(kind): [name] for kind, name in PLACES.items()}


class _Placed(GovukForm):
    """One of whose answers says where they are; `asker` is the question that decides it."""

    asker = "kind"
    prison = forms.CharField(label=LABELS["prison"], max_length=LONGEST_PLACE)
    hospital = forms.CharField(
        label=LABELS["hospital"],
        help_text="The ward where you know it, so that whoever covers for you can ring.",
        max_length=LONGEST_PLACE,
    )
    country = forms.CharField(label=LABELS["country"], max_length=LONGEST_PLACE)

    def where(self):
        name = PLACES.get(self.cleaned_data[self.asker])
        return self.cleaned_data[name] if name else ""


class PauseForm(_Placed):
    kind = forms.ChoiceField(
        label="Why can they not be seen as usual?",
        help_text="It decides which clocks stop, and whether the police are asked each month where they are.",
        choices=PauseKind.choices(),
        widget=Radios(
            hints={
                str(PauseKind.WARRANT): "The court has issued one and they have not been arrested",
                str(PauseKind.AT_LARGE): "Recalled, or escaped, and not back in custody",
                str(PauseKind.CUSTODY): "Remanded or sentenced for something new",
                str(PauseKind.HOSPITAL): "Also under the Mental Health Act",
            },
            reveals=_reveals(),
        ),
    )
    from_on = FlexibleDateField(label="Since when?", past=True)
    source = forms.CharField(
        label="Who told us, and how?",
        help_text="For example: the court’s list of warrants, by e-mail.",
        max_length=LONGEST_SOURCE,
    )
    last_seen_on = FlexibleDateField(
        label="When did anybody of ours last see them?",
        help_text="The police ask this first. Leave it blank if nobody knows.",
        past=True,
        required=False,
    )
    field_order = ("kind", "prison", "hospital", "country", "from_on", "source", "last_seen_on")

    def given(self):
        said = {name: self.cleaned_data[name] for name in ("kind", "from_on", "source", "last_seen_on")}  # fmt: skip
        return {**said, "where": self.where()}


class BeginPauseForm(PauseForm):
    calls_off = forms.MultipleChoiceField(
        label="Which of these appointments are called off now?",
        help_text="Nobody expects them then, and no reminder goes. Leave those they may still come to.",
        widget=Checkboxes,
        required=False,
    )

    def __init__(self, *args, coming, **kwargs):
        super().__init__(*args, **kwargs)
        if coming:
            self.offer("calls_off", [(str(one.key), one.words) for one in coming])
        else:
            del self.fields["calls_off"]

    def given(self):
        keys = self.cleaned_data.get("calls_off", ())
        return {**super().given(), "calls_off": [int(key) for key in keys]}


class EndPauseForm(_Placed):
    asker = "now_as"
    to_on = FlexibleDateField(
        label="Since when is it over?",
        help_text="The day of the arrest, the discharge or the release.",
        past=True,
    )
    because = LongTextField(
        label="What happened, and who told us?",
        help_text="For example: arrested in Reading, produced at court and bailed. Thames Valley Police rang.",
        rows=3,
        max_length=500,
    )
    now_as = forms.ChoiceField(
        label="Where are they now?",
        help_text="If they can be seen again, seeing them is owed within days. Otherwise that is recorded in this step.",
        widget=Radios(reveals=_reveals(), divider_before=PauseKind.WARRANT),
    )
    field_order = ("to_on", "because", "now_as", "prison", "hospital", "country")

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        others = [(str(one), one.title) for one in PauseKind if one != kind]
        self.fields["now_as"].widget.divider_before = others[0][0]
        self.offer("now_as", [(AS_USUAL, "They can be seen as usual"), *others])

    def given(self):
        said = self.cleaned_data
        now_as = "" if said["now_as"] == AS_USUAL else said["now_as"]
        return {
            "to_on": said["to_on"],
            "because": said["because"],
            "now_as": now_as,
            "where": self.where(),
        }


class WhereaboutsForm(GovukForm):
    on = FlexibleDateField(label="When did you ask?", past=True)
    asked = forms.CharField(
        label="Whom did you ask?",
        help_text="The force and the officer, or whoever else might know.",
        max_length=200,
    )
    said = LongTextField(
        label="What did they say?",
        help_text="Also that they have not found them. If they say that somebody could be hurt, raise it as well.",
        rows=4,
        max_length=2000,
    )
