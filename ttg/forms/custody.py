"""What staff say of a stay in prison: reception, screening, the sentence, the day of release, a move, an end.

Source: `ttg.rules.custody`, `ttg.rules.release_dates`.
"""

from typing import cast

from django import forms
from django.http import QueryDict

from staff.forms import FlexibleDateField, GovukForm, LongTextField, Radios, YesNoField
from staff.models import User
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.rules.release_dates import MOST_DAYS, Basis, Recall, SentenceKind, Term

TERMS = 4  # sentences that may be entered; of more the day is set by hand
UNITS = ("years", "months", "weeks", "days")
NOT_LISTED = "A prison that is not listed is added in the book of prisons."


class _Named(forms.ModelChoiceField):
    """Members of staff, by name."""

    def label_from_instance(self, one):
        return one.name


class OfStay(GovukForm):
    """`seen`: the version of the stay that was read, where two people might change the same."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def say_stands(self, version):
        """After a refusal: what is sent again is sent knowing what stands now."""
        sent = cast(QueryDict, self.data).copy()
        sent["seen"] = str(version)
        self.data = sent

    def given(self):
        said = dict(self.cleaned_data)
        said["version"] = said.pop("seen")
        return said


class ReceiveForm(GovukForm):
    kind = forms.ChoiceField(
        label="Why are they in prison?", choices=CustodyKind.choices(), widget=Radios
    )
    received_on = FlexibleDateField(
        label="When were they received?",
        help_text="The screening is due three days after it, and a short stay is prepared from it. For example 3 May 2018 or today",
        past=True,
    )
    prison_officer = forms.CharField(
        label="Who knows them there, and how are they reached?",
        help_text="For example their offender supervisor, with a telephone number. Whoever prepares release rings them first.",
        required=False,
        max_length=200,
    )
    source = forms.CharField(
        label="Where do you have it from?",
        help_text="So that it can be checked: for example the prison’s reception, by telephone.",
        max_length=300,
    )

    def __init__(self, *args, prisons, **kwargs):
        super().__init__(*args, **kwargs)
        hint = f"Leave it blank if you do not know yet. {NOT_LISTED}"
        field = forms.ModelChoiceField(
            label="Which prison?", help_text=hint, queryset=prisons, required=False
        )
        self.ask("prison", field)
        self.order_fields(["kind", "received_on", "prison"])


class ScreeningForm(GovukForm):
    on = FlexibleDateField(
        label="When was the basic custody screening done?",
        help_text="The resettlement plan is due five working days after it. For example 3 May 2018 or today",
        past=True,
    )
    whom = forms.CharField(
        label="Who did it?",
        help_text="Their name at the prison, so that they can be asked.",
        max_length=200,
    )


class ReleaseDayForm(OfStay):
    on = FlexibleDateField(
        label="On which day do they leave?",
        help_text="Leave it blank if no day is known any more. Everything before release is counted back from it. For example 3 May 2018",
        required=False,
    )
    kind = forms.ChoiceField(
        label="By what?", choices=ReleaseKind.choices(), widget=Radios, required=False
    )
    because = forms.CharField(
        label="Why this day?",
        help_text="For example: the prison granted home detention curfew, letter of 3 May. It stands beside the day that was before.",
        max_length=300,
    )


class MoveForm(GovukForm):
    on = FlexibleDateField(label="Since when?", past=True)
    prison_officer = forms.CharField(
        label="Who knows them there, and how are they reached?",
        help_text="Leave it blank if you do not know yet. Whoever knew them at the prison before is not asked any more.",
        required=False,
        max_length=200,
    )
    because = forms.CharField(
        label="Why did they move?",
        help_text="Leave it blank if you do not know.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args, prisons, **kwargs):
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(
            label="Where are they now?", help_text=NOT_LISTED, queryset=prisons
        )
        self.ask("prison", field)
        self.order_fields(["prison"])


class ReleasedForm(GovukForm):
    on = FlexibleDateField(
        label="When did they leave prison?",
        help_text="Where they slept is asked from that day on. For example 3 May 2018 or today",
        past=True,
    )


class EndForm(GovukForm):
    because = forms.CharField(
        label="Why does it end without a release?",
        help_text="For example: recorded on the wrong case, or moved to a hospital under another Act. Nothing is owed of it any more.",
        max_length=300,
    )
    mistaken = YesNoField(
        label="Was it recorded by mistake?",
        help_text="If they never were in prison, what stood still because of it goes on. Otherwise they still cannot be seen as usual: say where they are under Standing still.",
    )


class UndoReleaseForm(GovukForm):
    because = forms.CharField(
        label="How did it come to be recorded, and who says that they are in prison?",
        help_text="It stands beside the days of release, so that whoever counts on them can follow. For example: meant for another case; the prison confirmed by telephone.",
        max_length=250,
    )


class PersonForm(GovukForm):
    """Who is named; nobody where it is left blank."""

    def __init__(self, *args, people, called, **kwargs):
        super().__init__(*args, **kwargs)
        self.called = called
        hint = "They reach this case from now on. Leave it blank if nobody is any more."
        found = User.objects.filter(pk__in=[one.pk for one in people]).order_by(
            "last_name", "first_name", "pk"
        )
        self.ask("person", _Named(label="Who?", help_text=hint, queryset=found, required=False))

    def given(self):
        return {self.called: self.cleaned_data["person"]}


class ReckonForm(OfStay):
    """Up to so many sentences, and what counts as served. Lengths that are left blank are nought."""

    kind = forms.ChoiceField(
        label="What sentence is it?",
        choices=SentenceKind.choices(),
        widget=Radios,
        help_text="The days of a life or extended sentence are set by hand, as the prison has them.",
    )

    def __init__(self, *args, terms=TERMS, **kwargs):
        super().__init__(*args, **kwargs)
        self.count = terms
        for place in range(1, terms + 1):
            self._ask_term(place)
        self._ask_served()

    def first(self):
        """The boxes of the first sentence, for the page."""
        return self._boxes(1)

    def more(self):
        """(place, its boxes) of each sentence after the first."""
        return [(place, self._boxes(place)) for place in range(2, self.count + 1)]

    def more_open(self):
        """Whether anything stands in those, or is wrong with them."""
        return any(box.value() or box.errors for _, boxes in self.more() for box in boxes)

    def rest(self):
        """The boxes after the sentences."""
        return [self[name] for name in ("remand_days", "bail_days", "added_days", "hdc_excluded", "recall", "returned_on")]  # fmt: skip

    def given(self):
        said = self.cleaned_data
        basis = Basis(
            terms=tuple(filter(None, (self._term(place) for place in range(1, self.count + 1)))),
            kind=SentenceKind(said["kind"]),
            hdc_excluded=bool(said["hdc_excluded"]),
            recall=Recall(said["recall"]),
            returned_on=said["returned_on"] if said["recall"] else None,
            **{name: said[name] or 0 for name in ("remand_days", "bail_days", "added_days")},
        )
        return {"basis": basis, "version": said["seen"]}

    def clean(self):
        said = self.cleaned_data
        for place in range(1, self.count + 1):
            lengths = [said.get(f"{unit}_{place}") for unit in UNITS]
            if any(lengths) and not said.get(f"sentenced_on_{place}"):
                self.add_error(f"sentenced_on_{place}", f"Enter the day on which sentence {place} was passed")  # fmt: skip
        return said

    def _boxes(self, place):
        return [self[f"{name}_{place}"] for name in self._names(place)]

    @staticmethod
    def _names(place):
        after = ["consecutive"] if place > 1 else []
        return ["sentenced_on", *UNITS, "offence_on", *after]

    def _term(self, place):
        said = {name: self.cleaned_data.get(f"{name}_{place}") for name in self._names(place)}
        if not said["sentenced_on"]:
            return None
        lengths = {unit: said[unit] or 0 for unit in UNITS}
        after = bool(said.get("consecutive"))
        return Term(said["sentenced_on"], offence_on=said["offence_on"], consecutive=after, **lengths)  # fmt: skip

    def _ask_term(self, place):
        of = f"sentence {place}"
        day = "For example 3 May 2018"
        self.ask(f"sentenced_on_{place}", FlexibleDateField(label=f"Day on which {of} was passed", help_text="It counts as day one. For example 3 May 2018" if place == 1 else "Leave it blank if there is none.", past=True, required=False))  # fmt: skip
        for unit in UNITS:
            self.ask(f"{unit}_{place}", forms.IntegerField(label=f"{unit.capitalize()} of {of}", required=False, min_value=0, max_value=MOST_DAYS if unit == "days" else 600))  # fmt: skip
        self.ask(f"offence_on_{place}", FlexibleDateField(label=f"Day of the offence of {of}", help_text=f"Whether supervision follows depends on it: on or after 1 February 2015. {day}", past=True, required=False))  # fmt: skip
        if place > 1:
            self.ask(f"consecutive_{place}", YesNoField(label=f"Does {of} run after the one before it?", required=False))  # fmt: skip

    def _ask_served(self):
        numbers = {
            "remand_days": ("Days on remand", "They count as served. The prison’s sentence sheet has them."),
            "bail_days": ("Days on bail with a tag and a curfew of nine hours or more", "Enter all of them: half count as served."),
            "added_days": ("Days added for discipline, and not given back", "They move the release, not the end of the sentence."),
        }  # fmt: skip
        for name, (label, hint) in numbers.items():
            self.ask(name, forms.IntegerField(label=label, help_text=hint, required=False, min_value=0, max_value=MOST_DAYS))  # fmt: skip
        self.ask("hdc_excluded", YesNoField(label="Are they excluded from home detention curfew?", help_text="By law or as the prison decided. Left blank: not excluded.", required=False))  # fmt: skip
        self.ask("recall", forms.ChoiceField(label="Were they recalled?", choices=Recall.choices(), widget=Radios, required=False))  # fmt: skip
        self.ask("returned_on", FlexibleDateField(label="When did they come back to prison?", help_text="Only where they were recalled: it is counted from that day.", past=True, required=False))  # fmt: skip


class PrisonForm(GovukForm):
    name = forms.CharField(
        label="Name of the prison", help_text="For example HMP Bullingdon, as nDelius writes it.", max_length=200
    )  # fmt: skip
    postcode = forms.CharField(
        label="Postcode", help_text="How far it is from anywhere is reckoned from it.", required=False, max_length=20
    )  # fmt: skip
    telephone = forms.CharField(label="Telephone number", required=False, max_length=40)
    resettles = YesNoField(
        label="Is it a resettlement prison?",
        help_text="In others nobody may be preparing release there. Leave it blank if you do not know.",
        required=False,
    )
    gate = LongTextField(
        label="Where does one wait at the gate?",
        help_text="For whoever meets somebody: which door, from when, where to park.",
        required=False,
        rows=3,
        max_length=300,
    )
    closed_on = FlexibleDateField(
        label="When did it close?",
        help_text="Leave it blank while it is in use. Nobody is recorded there after that day.",
        required=False,
    )
