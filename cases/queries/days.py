"""Where a day begins, for what is kept with its hour."""

from datetime import datetime, time

from django.utils.timezone import get_current_timezone


def midnight(day):
    """The first moment of the day, by the clock here."""
    return datetime.combine(day, time(), get_current_timezone())
