"""What may be asked of the measures of enforcement beside days and team. Every answer is a code, or a court by name."""

from django import forms

from cases.forms.counting import MeasuresForm
from cases.reference.enforcement import WithdrawnBecause
from cases.reference.equality import COMPARED
from cases.rules.enforcement.equality import halves_before
from staff.forms import GovukForm


class WithdrawnForm(MeasuresForm):
    """Which of the breaches withdrawn are listed: before which court, for which cause."""

    court = forms.CharField(label="Court", max_length=200, required=False)
    because = forms.ChoiceField(label="Why", choices=WithdrawnBecause.choices(), required=False)

    def court_and_cause(self):
        return self.cleaned_data.get("court", ""), self.cleaned_data.get("because", "")

    def asked(self):
        court, because = self.court_and_cause()
        return super().asked() | {"court": court, "because": because}


class EqualityForm(GovukForm):
    """Which decision, of which half-year. Neither team nor officer may be asked for: see the rules of equality."""

    decision = forms.ChoiceField(label="Decision", choices=[(one.code, one.title) for one in COMPARED.values()], required=False)  # fmt: skip
    half = forms.ChoiceField(label="Half-year", required=False)

    def __init__(self, data, *, today):
        self.halves = {one.code: one for one in halves_before(today)}
        data = data.copy()
        data["decision"] = data.get("decision") or next(iter(COMPARED))
        data["half"] = data.get("half") or next(iter(self.halves))
        super().__init__(data)
        self.offer("half", [(code, one.title) for code, one in self.halves.items()])

    def compared(self):
        return COMPARED[self.cleaned_data.get("decision") or next(iter(COMPARED))]

    def half_year(self):
        return self.halves[self.cleaned_data.get("half") or next(iter(self.halves))]
