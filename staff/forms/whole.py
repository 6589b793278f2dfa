"""A form of one and of several questions: what is not revealed does not count, a refusal is said where it was asked.

Source: docs/screens.md.
"""

from django import forms
from django.forms.utils import ErrorDict

from staff.errors import RuleBroken
from staff.forms.mending import say_how_to_mend


class GovukForm(forms.Form):
    """The form to start from: errors name the question, and what is not revealed does not count."""

    use_required_attribute = False
    error_css_class = ""
    withheld = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            self.ask(name, field)

    def ask(self, name, field):
        """Put a question, also one that depends on the case; its errors say how to mend."""
        self.fields[name] = field
        say_how_to_mend(field, field.label or name.replace("_", " ").capitalize())

    def carry_out(self, service, **known):
        """What the service gives for `known` and what was answered; where it refuses, nothing, and why is said here.

        The form says as the service takes it what was `given()`.
        """
        try:
            return service(**known, **self.given())
        except RuleBroken as refusal:
            self.add_error(None, str(refusal))
            return None

    def given(self):
        return self.cleaned_data

    def withhold_errors(self):
        """For words that are shown again before they are sent: nothing is wrong with them yet."""
        self._errors, self.cleaned_data, self.withheld = ErrorDict(), {}, True

    def is_valid(self):
        return not self.withheld and super().is_valid()

    def offer(self, name, choices):
        """Set what may be chosen in one field, where it depends on the reader or the case."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} has nothing to choose from")
        field.choices = choices

    def revealed_fields(self):
        """{name of a field: (name of the field that reveals it, the option that does)}"""
        return {
            name: (asker, option)
            for asker, field in self.fields.items()
            for option, names in getattr(field.widget, "reveals", {}).items()
            for name in names
        }

    def full_clean(self):
        super().full_clean()
        if not self.is_bound or (self.empty_permitted and not self.has_changed()):
            return
        # An answer under an option not chosen was never asked for.
        for name, (asker, option) in self.revealed_fields().items():
            chosen = self.cleaned_data.get(asker)
            if isinstance(chosen, bool):
                chosen = "yes" if chosen else "no"
            chosen = chosen if isinstance(chosen, list | set | tuple) else [chosen]
            if str(option) not in [str(value) for value in chosen]:
                self.errors.pop(name, None)
                self.cleaned_data[name] = _nothing(self.fields[name])


class GovukFormSet(forms.BaseFormSet):
    """Several of the same. `item` is what one of them is called: "Person 1", "Remove this person"."""

    item = "item"
    withheld = False

    def withhold_errors(self):
        """For words that are shown again before they are sent: nothing is wrong with them yet."""
        for form in self.forms:
            form.withhold_errors()
        self._errors = [form.errors for form in self.forms]
        self._non_form_errors, self.withheld = self.error_class(), True

    def is_valid(self):
        return not self.withheld and super().is_valid()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = f"Remove this {self.item}"


def _nothing(field):
    """What a field gives when it is left empty."""
    if isinstance(field, forms.MultipleChoiceField):
        return []
    if isinstance(field, forms.BooleanField):
        return False
    # One of a list that is left is no words, as where it was asked and not answered; one of the database's rows is none.
    of_words = isinstance(field, forms.ChoiceField) and not isinstance(
        field, forms.ModelChoiceField
    )
    return getattr(field, "empty_value", "" if of_words else None)
