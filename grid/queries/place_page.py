"""What somebody who takes a person out of a series reads first: what would be called off, and where that leaves them."""

from django.utils.timezone import localtime

from grid.models import GroupAttendance
from grid.queries.series_had import to_make_up
from grid.reference.groups import PlaceState, ReferralState
from grid.reference.interventions import INTERVENTIONS
from grid.rules.groups_open import say_parts
from staff.kit import Line, on
from staff.rules.dates import say_date, say_time


def is_kept(place):
    return place.state == PlaceState.KEPT


def place_lines(place, now):
    """Which series, where, and its sessions to come in which they are expected."""
    yield Line("Group", INTERVENTIONS[place.series.code].title)
    yield Line("Where", place.series.place.name)
    if is_kept(place):
        until = localtime(place.kept_until)
        yield Line("Kept until", f"{say_time(until)} on {say_date(until)}")
        return
    coming = GroupAttendance.objects.expected().filter(
        place=place, starts_at__gt=now, appointment__called_off_at=None
    )
    days = [localtime(at) for at in coming.order_by("starts_at").values_list("starts_at", flat=True)]  # fmt: skip
    yield Line("Sessions to come", f"{len(days):,}")
    if days:
        yield Line("Next", f"{say_time(days[0])} on {say_date(days[0].date())}")
    for numbers in to_make_up(place.series, [place]).values():
        yield Line("In the next series", f"They make up for {say_parts(numbers)}")


def what_follows(place):
    """Sentences: what becomes of their sessions, and of their place in the queue."""
    if is_kept(place):
        return ["Nothing is booked, so nothing is called off.", _queue(place)]
    return [
        "Each session to come is called off in their case. Tell them.",
        "What came of the sessions they had stays, and so does whatever is planned of a requirement.",
        _queue(place),
    ]


def _queue(place):
    referral = place.referral
    title = INTERVENTIONS[referral.code].title
    if referral.state != ReferralState.ACCEPTED:
        return f"They do not wait for {title} any more."
    since = on(referral.waiting_since)
    if place.instead or is_kept(place):
        return f"They go on waiting for {title}, on the list since {since}."
    return f"They wait for {title} again, with their place on the list from {since}."
