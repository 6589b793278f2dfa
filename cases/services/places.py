"""The places where people are seen, and when: added, changed, closed.

Source: product rules, failures ("women-only slots first"); local policy. What is booked already stays booked: it
is shown beside the date when a booking is made, and on the page of the place.
"""

from django.db import transaction

from cases.models import OpeningHours, Place
from staff.audit import record
from staff.errors import RuleBroken

SAID = ("name", "address", "postcode", "telephone", "how_to_find", "step_free", "team", "closed_on")


@transaction.atomic
def add_place(*, hours, by, today, **said):
    """Add a place with its hours: (weekday, from, to, whether for women alone). Returns it."""
    return _keep(Place(), "added_place", hours, said, by=by)


@transaction.atomic
def change_place(*, place, hours, by, today, **said):
    """Change what is said of a place, and its hours whole."""
    place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    return _keep(place, "changed_place", hours, said, by=by)


def _keep(place, action, hours, said, *, by):
    for name in SAID:
        value = said[name]
        setattr(place, name, value.strip() if isinstance(value, str) else value)
    if not place.name:
        raise RuleBroken("Enter the name of the place.")
    same = Place.objects.filter(name__iexact=place.name).exclude(pk=place.pk)
    if same.exists():
        raise RuleBroken(f"{place.name} is in the list already. Change it there.")
    place.save()
    _set_hours(place, set(hours))
    record(by=by, action=action, place=place.pk)
    return place


def _set_hours(place, wanted):
    """Only what differs is written, so that its history says what changed."""
    held = {(one.weekday, one.from_at, one.to_at, one.women_only): one for one in place.hours.all()}
    for key, one in held.items():
        if key not in wanted:
            one.delete()
    for weekday, from_at, to_at, women_only in sorted(wanted - set(held)):
        OpeningHours.objects.create(
            place=place, weekday=weekday, from_at=from_at, to_at=to_at, women_only=women_only
        )
