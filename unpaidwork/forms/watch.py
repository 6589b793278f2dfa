"""By when a lone supervisor will have been heard of: a time of the hours to come, of which some may be after midnight."""

from datetime import datetime, timedelta

from django.utils.timezone import get_current_timezone, localtime

from staff.forms import FlexibleTimeField, GovukForm
from unpaidwork.rules.watch import LONGEST


class UntilForm(GovukForm):
    until = FlexibleTimeField(label="By when will you be heard of?")

    def call_by(self, now):
        """The next such time where it is soon enough to be watched for, else today's, which the rule refuses if it has been."""
        until, today = self.cleaned_data["until"], localtime(now).date()
        of_today, of_tomorrow = (
            datetime.combine(today + timedelta(days=days), until, get_current_timezone())
            for days in (0, 1)
        )
        return of_tomorrow if of_today <= now and of_tomorrow - now <= LONGEST else of_today
