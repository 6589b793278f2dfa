"""What may be asked of the catalogue of interventions. Every answer is a code in the address."""

from django import forms

from cases.reference.codes import Sex
from cases.reference.needs import NeedArea
from grid.queries.interventions import Wanted, places_of
from grid.reference.interventions import Hook
from staff.forms import GovukForm

EVERY = ("", "Any")


class CatalogueForm(GovukForm):
    need = forms.ChoiceField(
        label="Need that it meets", choices=[EVERY, *NeedArea.choices()], required=False
    )
    sex = forms.ChoiceField(
        label="For",
        choices=[("", "Anybody"), (Sex.MALE, "A man"), (Sex.FEMALE, "A woman")],
        required=False,
    )
    hook = forms.ChoiceField(label="Hook", choices=[EVERY, *Hook.choices()], required=False)
    place = forms.ChoiceField(label="Place", required=False)

    def __init__(self, data, *, policy):
        super().__init__(data)
        self.offer("place", [EVERY, *places_of(policy).items()])

    def wanted(self):
        """What was asked for; a code that is not on offer is left out, and that is said on the form."""
        return Wanted(**{name: code for name, code in self.cleaned_data.items() if code})
