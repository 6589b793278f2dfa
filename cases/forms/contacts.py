"""The filter of the log: codes and dates only, since it stands in the address."""

from django import forms

from cases.queries.contacts import Wanted
from staff.forms import FlexibleDateField, GovukForm
from staff.rules.dates import say_date

ANY = [("", "Any")]


class LogFilterForm(GovukForm):
    kind = forms.ChoiceField(label="Type of contact", required=False)
    outcome = forms.ChoiceField(label="Outcome", required=False)
    from_on = FlexibleDateField(label="From", required=False)
    to_on = FlexibleDateField(label="To", required=False)
    system = forms.BooleanField(label="Show lines nDelius wrote itself", required=False)

    def __init__(self, data, *, kinds, outcomes):
        super().__init__(data)
        self.choices = {"kind": ANY + kinds, "outcome": ANY + outcomes}
        for name, choices in self.choices.items():
            self.offer(name, choices)

    def clean(self):
        start, end = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", f"Enter a date on or after {say_date(start)}")

    def wanted(self):
        """What was asked for; what was not understood is left out, and the form says so."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})

    def codes(self):
        """The same as the address has it."""
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: v.isoformat() if hasattr(v, "year") else v for name, v in kept.items()}

    def said(self):
        """{name: words} of each filter in use."""
        words = {}
        for name, value in self.cleaned_data.items():
            if not value:
                continue
            label = str(self.fields[name].label)
            if hasattr(value, "year"):
                words[name] = f"{label} {say_date(value)}"
            elif value is True:
                words[name] = label
            else:
                words[name] = f"{label}: {dict(self.choices[name])[value]}"
        return words
