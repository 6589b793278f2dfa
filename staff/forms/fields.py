"""What may be asked: dates and times as staff write them, options that reveal a question, long text, yes or no.

Source: docs/screens.md.
"""

from calendar import day_name
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from staff.rules.dates import NotUnderstood, say_date, say_time, understand_date, understand_time


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
