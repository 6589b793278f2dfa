"""How long something took, in one box."""

from django import forms
from django.core.exceptions import ValidationError

from unpaidwork.rules.durations import NotADuration, understand_minutes, write_minutes

LONGEST = 300 * 60  # minutes


class MinutesField(forms.CharField):
    """Gives whole minutes. A number alone is hours."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "For example 7, 7.5, 7:30 or 45 minutes")
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return write_minutes(value) if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = understand_minutes(text)
        except NotADuration as problem:
            raise ValidationError(str(problem), code="invalid") from problem
        if not 1 <= minutes <= LONGEST:
            raise ValidationError("Write from 1 minute to 300 hours", code="out_of_range")
        return minutes
