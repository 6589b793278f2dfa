"""Forms in the GOV.UK manner: dates and times as staff write them, options that reveal a question,
errors that say how to mend. Source: docs/screens.md.
"""

import json
from calendar import day_name
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.timezone import localdate

from staff.errors import RuleBroken
from staff.kit import Clash
from staff.rules.dates import NotUnderstood, say_date, say_time, understand_date, understand_time
from staff.rules.merging import marks

WRITTEN_LIKE = {
    forms.EmailField: "name@example.gov.uk",
    forms.URLField: "https://www.example.gov.uk",
}
DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


class OptionsMixin:
    """Options with a hint each, a divider before one of them, and fields that one reveals.

    hints: {value: text}; divider_before: the value that "or" stands before; reveals: {value: names
    of fields of the same form}. `small` draws small boxes, `inline` draws them in a line.
    """

    def __init__(
        self, *, hints=None, divider_before=None, reveals=None, small=False, inline=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.hints = hints or {}
        self.divider_before = divider_before
        self.reveals = reveals or {}
        self.small = small
        self.inline = inline


class Radios(OptionsMixin, forms.RadioSelect):
    """One of a few."""


class Checkboxes(OptionsMixin, forms.CheckboxSelectMultiple):
    """Any of a few."""


class DateText(forms.TextInput):
    """A date in one box, shown as it is understood."""

    width = "20"  # characters

    def say_understood(self, value):
        return f"{day_name[value.weekday()]} {say_date(value)}"

    def format_value(self, value):
        return say_date(value) if hasattr(value, "year") else super().format_value(value)


class TimeText(forms.TextInput):
    """A time of day in one box, shown as it is understood."""

    width = "10"  # characters

    def say_understood(self, value):
        return say_time(value)

    def format_value(self, value):
        return say_time(value) if hasattr(value, "hour") else super().format_value(value)


class FlexibleDateField(forms.Field):
    """A date as staff write it. `past` refuses a day still to come, `future` one that has been."""

    widget = DateText(attrs={"autocomplete": "off"})

    def __init__(self, *, past=False, future=False, **kwargs):
        kwargs.setdefault("help_text", "For example 3 May 2018, 3/5/2018 or today")
        super().__init__(**kwargs)
        self.past, self.future = past, future

    def prepare_value(self, value):
        """A day as it is kept, 2018-05-03, is shown as it is said."""
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            return value

    def to_python(self, value):
        if value in self.empty_values or hasattr(value, "year"):
            return value or None
        try:
            return understand_date(value, today=localdate(), past=self.past)
        except NotUnderstood as problem:
            raise ValidationError(str(problem), code="invalid") from problem

    def validate(self, value):
        super().validate(value)
        if value and self.past and value > localdate():
            raise ValidationError(
                f"{say_date(value)} is still to come. Enter today or an earlier date",
                code="in_the_future",
            )
        if value and self.future and value < localdate():
            raise ValidationError(
                f"{say_date(value)} has been. Enter today or a later date", code="in_the_past"
            )


class FlexibleTimeField(forms.Field):
    """A time of day as staff write it."""

    widget = TimeText(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "For example 2:30pm or 14:30")
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values or hasattr(value, "hour"):
            return None if value in self.empty_values else value
        try:
            return understand_time(value)
        except NotUnderstood as problem:
            raise ValidationError(str(problem), code="invalid") from problem


class LongTextField(forms.CharField):
    """A few sentences or more. With `max_length` the page counts what is left."""

    def __init__(self, *, rows=5, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value):
        # Browsers send two characters for each new line; staff are counted one, as they see it.
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class YesNoField(forms.TypedChoiceField):
    """Yes or no, neither chosen beforehand. Gives True, False, or None where it may be left."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", Radios(inline=True))
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


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
        _say_how_to_mend(field, field.label or name.replace("_", " ").capitalize())

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


class SharedForm(GovukForm):
    """About something that several write. It carries marks of what stood when it was drawn.

    `stands`: {name of a field: what it holds now}, in the same plain values as the service is given.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, stands, **kwargs):
        super().__init__(*args, **kwargs)
        self.stands = stands
        self.initial["seen"] = self._marks()

    def clean_seen(self):
        """{name: mark}; a hidden field that was tampered with is taken to have seen nothing."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        return seen if isinstance(seen, dict) else {}

    def show_clashes(self, names, who="", when=""):
        """[Clash] for the page, of the fields that both changed. Sent again, it writes over what is shown now."""
        for name in names:
            self.add_error(name, f"{who or 'Somebody else'} changed this while you were writing")
        data: Any = self.data
        self.data = data = data.copy()
        # What the other alone changed stays marked as the reader saw it, so that theirs is not put back.
        seen = self.cleaned_data["seen"] | marks(self.stands, names)
        data[self.add_prefix("seen")] = json.dumps(seen)
        return [
            Clash(
                str(self[name].label),
                str(self.stands.get(name) or ""),
                f"#{self[name].auto_id}",
                who,
                when,
            )
            for name in names
        ]

    def _marks(self):
        names = [name for name in self.fields if name != "seen"]
        return json.dumps(marks(self.stands, names))


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


def _say_how_to_mend(field, label):
    """Words for the errors that Django words for nobody in particular. Words of the form's own stay."""
    messages = field.error_messages
    question = label.endswith("?")
    named = f"“{label}”" if question else _within_a_sentence(label)
    if messages.get("required") == DJANGO_REQUIRED:
        messages["required"] = _how_to_answer(field, named, question)
    if isinstance(field, forms.ChoiceField):
        messages["invalid_choice"] = f"Choose one of the answers given for {named}"
    if isinstance(field, forms.IntegerField):
        kind = (
            "number" if isinstance(field, forms.DecimalField | forms.FloatField) else "whole number"
        )
        messages["invalid"] = f"Enter a {kind} for {named}, for example 12"
    for written, example in WRITTEN_LIKE.items():
        if isinstance(field, written):
            messages["invalid"] = f"Enter {named} in full, for example {example}"
    # Django's own limits word these by code, so a limit of the form's own is worded too.
    start = label if not question else "Your answer"
    messages.setdefault("max_length", f"{start} must be %(limit_value)d characters or fewer")
    messages.setdefault("min_value", f"{start} must be %(limit_value)s or more")
    messages.setdefault("max_value", f"{start} must be %(limit_value)s or less")


def _how_to_answer(field, named, question):
    choice = isinstance(field, forms.ChoiceField)
    if isinstance(field, forms.BooleanField):
        return f"Tick to confirm: {named}"
    if question:
        return f"Choose an answer to {named}" if choice else f"Answer {named}"
    return f"Choose {named}" if choice else f"Enter {named}"


def _within_a_sentence(label):
    """“Date of birth” becomes “date of birth”; “CRN” and “PNC number” stay as they are."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
