"""Places and their hours, as their pages show them and their form begins."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.urls import reverse

from cases.models import Place
from cases.rules.hours import DAYS, say_hours
from staff.kit import on

STEP_FREE = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True)
class PlaceRow:
    name: str
    address: str
    telephone: str
    hours: list[str]  # a day each
    step_free: str
    team: str
    booked: int  # appointments to come
    closed: str
    change: str  # where it is changed; blank for those who may not


def place_rows(now, may_set):
    """Every place, those in use first, with its hours and how much is booked there. Two statements."""
    coming = Q(
        appointment__called_off_at=None,
        appointment__contact__started_at__gt=now,
        appointment__contact__outcome_code="",
    )
    found = Place.objects.select_related("team").annotate(
        booked=Count("appointment", filter=coming)
    )
    ordered = found.order_by(F("closed_on").asc(nulls_first=True), "name")
    return [
        PlaceRow(
            name=one.name,
            address=", ".join(filter(None, [one.address, one.postcode])),
            telephone=one.telephone,
            hours=said_hours(one),
            step_free=STEP_FREE[one.step_free],
            team=one.team.name if one.team else "",
            booked=one.booked,
            closed=f"Closed from {on(one.closed_on)}" if one.closed_on else "",
            change=reverse("change-place", args=[one.pk]) if may_set else "",
        )
        for one in ordered.prefetch_related("hours")
    ]


def said_hours(place):
    """ "Monday: 9am to 5pm; women only 10am to midday", a day each; none where nobody has put them in."""
    days = hours_of(place)
    found = []
    for weekday, name in enumerate(DAYS):
        everybody, women = say_hours(days[weekday, False]), say_hours(days[weekday, True])
        said = [everybody, f"women only {women}" if women else ""]
        if any(said):
            found.append(f"{name}: {'; '.join(filter(None, said))}")
    return found


def hours_of(place):
    """{(weekday, whether for women alone): [(from, to)]}"""
    days: dict[tuple[int, bool], list] = defaultdict(list)
    for one in place.hours.all():
        days[one.weekday, one.women_only].append((one.from_at, one.to_at))
    return days
