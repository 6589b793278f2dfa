"""Choosing where somebody works by the week, and saying why a place stops, moves or stands again.

Source: product rules, gates; unpaid work reference 3.
"""

from django import forms

from staff.forms import FlexibleDateField, GovukForm, Radios
from unpaidwork.rules.day_keys import of_key
from unpaidwork.rules.placing import Placing

OWN_WAY = "own"
LONGEST = 300


class PlaceForm(GovukForm):
    """`days`: [(key, words)]; `stops`: [(key, words)] besides their own way; `woman`: whether she is asked."""

    day = forms.ChoiceField(
        label="Which day?",
        help_text="Ask which days they are free: work, learning, caring and faith come first.",
        widget=Radios,
    )
    from_on = FlexibleDateField(label="From which day?", future=True)
    to_on = FlexibleDateField(
        label="Until which day?",
        help_text="Leave it empty until all hours are worked.",
        future=True,
        required=False,
    )
    stop = forms.ChoiceField(
        label="How do they get there?",
        help_text="A van that passes through an area that an order bans is refused, and so is a pick-up there.",
        widget=Radios,
    )
    travel_help = forms.CharField(
        label="Help with the way",
        help_text="For example a travel warrant or fares paid back. Nobody should miss work for want of a fare.",
        max_length=200,
        required=False,
    )
    travel_because = forms.CharField(
        label="If the way is long: why is it right all the same?",
        help_text="Asked where it takes longer than the policy on unpaid work allows without a reason.",
        max_length=LONGEST,
        required=False,
    )
    agreed_alone = forms.CharField(
        label="If she would be the only woman: what did she agree to, and when?",
        help_text="In her own words. Without it she is given no place among men alone. She may change her mind.",
        max_length=LONGEST,
        required=False,
    )
    because = forms.CharField(
        label="Why do they move?",
        help_text="Kept with the place they leave.",
        max_length=LONGEST,
    )

    def __init__(self, *args, days, stops, woman, moves=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("day", days)
        self.offer("stop", [*stops, (OWN_WAY, "They make their own way")])
        if not woman:
            del self.fields["agreed_alone"]
        if not moves:
            del self.fields["because"]

    def placing(self, project):
        """What was chosen, as it is asked about."""
        said = dict(self.cleaned_data)
        said.pop("because", None)
        stop = said.pop("stop")
        return Placing(
            project=project,
            stop=None if stop == OWN_WAY else int(stop),
            **of_key(said.pop("day")),
            **said,
        )


class BegunPlaceForm(PlaceForm):
    """A place that has begun: its first day has been."""

    from_on = FlexibleDateField(label="From which day?")


class BecauseForm(GovukForm):
    """Why a place stops."""

    because = forms.CharField(
        label="Why?",
        help_text="In a few words, naming nobody: it stands in the log, and supervisors’ coordinators read it.",
        max_length=LONGEST,
    )


class ReopenForm(GovukForm):
    """From when it stands again."""

    from_on = FlexibleDateField(label="From which day?", future=True)
    to_on = FlexibleDateField(
        label="Until which day?",
        help_text="Leave it empty until all hours are worked.",
        future=True,
        required=False,
    )


class ManyForm(PlaceForm):
    """The same place for several. `people`: [(key of the work, words)]."""

    people = forms.MultipleChoiceField(
        label="Who?",
        help_text="Whoever may not have the place is called out with the reasons, and the rest are given theirs.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, woman=False, **kwargs)
        for name in ("travel_help", "travel_because"):
            del self.fields[name]
        self.offer("people", people)

    def placing(self, project):
        self.cleaned_data.pop("people", None)
        return super().placing(project)
