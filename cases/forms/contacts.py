"""The filter of the log: codes and dates only, since it stands in the address."""

from django import forms

from cases.queries.contacts import Wanted
from staff.forms import FlexibleDateField, GovukForm
from staff.rules.dates import say_date

ANY = [("", "Any")]


class LogFilterForm(GovukForm):
    kind = forms.ChoiceField(label="Type of contact", required=False)
    outcome = forms.ChoiceField(label="Outcome", required=False)
    who = forms.ChoiceField(label="With whom", required=False)
    from_on = FlexibleDateField(label="From", required=False)
    to_on = FlexibleDateField(label="To", required=False)
    appointments = forms.BooleanField(label="Only appointments", required=False)
    missed = forms.BooleanField(label="Only missed without a good reason", required=False)
    sensitive = forms.BooleanField(label="Only what is kept from the person", required=False)
    system = forms.BooleanField(label="Show lines nDelius wrote itself", required=False)

    find = forms.CharField(widget=forms.HiddenInput, required=False)  # the key of a kept search

    def __init__(self, data, *, kinds, outcomes, staff, text=""):
        """`text`: what the search of this key looks for; blank where there is none, or it is another's."""
        super().__init__(data)
        self.text = text
        self.choices = {"kind": ANY + kinds, "outcome": ANY + outcomes, "who": ANY + staff}
        for name, choices in self.choices.items():
            self.offer(name, choices)

    def clean(self):
        start, end = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", f"Enter a date on or after {say_date(start)}")

    def wanted(self):
        """What was asked for; what was not understood is left out, and the form says so."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        asked.pop("find", None)
        return Wanted(**asked, text=self.text)

    def codes(self):
        """The same as the address has it."""
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        if not self.text:
            kept.pop("find", None)
        return {name: v.isoformat() if hasattr(v, "year") else v for name, v in kept.items()}

    def said(self):
        """{name: words} of each filter in use."""
        words: dict[str, str] = {}
        for name, value in self.cleaned_data.items():
            if not value:
                continue
            label = str(self.fields[name].label)
            if name == "find":
                words |= {name: f"Notes with “{self.text}”"} if self.text else {}
            elif hasattr(value, "year"):
                words[name] = f"{label} {say_date(value)}"
            elif value is True:
                words[name] = label
            else:
                words[name] = f"{label}: {dict(self.choices[name])[value]}"
        return words
