"""By when a lone supervisor will have been heard of: a time of today. One that has been is refused by the rule."""

from datetime import datetime

from django.utils.timezone import get_current_timezone, localtime

from staff.forms import FlexibleTimeField, GovukForm


class UntilForm(GovukForm):
    until = FlexibleTimeField(label="By when will you be heard of?")

    def call_by(self, now):
        today = localtime(now).date()
        return datetime.combine(today, self.cleaned_data["until"], get_current_timezone())
