"""Carrying a published timetable out, series by series: each is planned by the same service as one by hand, and places are kept.

Source: features 84. Each series is one transaction with all its places: whoever is killed between two goes on with the next. What
is refused, because something has changed since it was proposed, is named on the page, and stops nothing else.
"""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.models import Case
from cases.queries.recipients import owner_and_cover
from cases.rules.words import shortened
from cases.services.jobs import each_by_itself
from cases.services.telling import tell
from grid.models import Room, Series, Timetable, TimetableSeries
from grid.queries.rooms import booked, rooms_at
from grid.queries.series_look import closures_of
from grid.queries.waiting import waiting_list
from grid.reference.groups import TimetableState
from grid.reference.interventions import INTERVENTIONS
from grid.reference.parts_of_day import PartOfDay
from grid.rules.quarter_hours import STARTS
from grid.rules.rooms import Wants, rooms_that_fit
from grid.rules.series import Weekly, plan
from grid.services.intervention_policy import intervention_policy
from grid.services.places import keep_place
from grid.services.series import plan_series
from grid.services.timetables import lock_timetable
from staff.audit import record
from staff.errors import RuleBroken
from staff.models import User
from staff.rules.dates import say_date

FAILED = "Timetables that could not be published to the end, left for the next minute"
NO_ROOM = "No room at {} is free at all its hours for so many people."
MOST_WORDS = 500


def publish_waiting(*, now):
    """Go on with every timetable that is being published. Returns how many series were settled."""
    running = Timetable.objects.being_published().order_by("pk")
    return sum(each_by_itself(*[partial(_publish, one, now=now) for one in running], failed=FAILED))


def _publish(timetable, *, now):
    done = 0
    left = timetable.series.filter(kept=True, settled_at=None).order_by("first_on", "pk")
    for pk in left.values_list("pk", flat=True):
        done += _settle(pk, now=now)
    _close(timetable, now=now)
    return done


@transaction.atomic
def _settle(pk, *, now):
    """One series with its places, or the reasons why not; 0 where somebody else has settled it meanwhile."""
    held = TimetableSeries.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    proposed = (
        held.select_related("timetable__published_by", "place")
        .filter(pk=pk, settled_at=None)
        .first()
    )
    if proposed is None:
        return 0
    by = proposed.timetable.published_by
    try:
        with transaction.atomic():
            proposed.made = _plan(proposed, by=by, now=now)
    except RuleBroken as refusal:
        proposed.refused = [str(refusal)]
    else:
        _keep_places(proposed, by=by, now=now)
    proposed.settled_at = now
    proposed.save(update_fields=["made", "refused", "settled_at"])
    return 1


def _plan(proposed, *, by, now) -> Series:
    terms = intervention_policy(localtime(now).date()).terms[proposed.code]
    weekly = [Weekly(day, STARTS[PartOfDay(part)]) for day, part in proposed.times]
    room, places = _room(proposed, terms, weekly, now)
    return plan_series(
        code=proposed.code,
        place=proposed.place,
        room=room,
        first_on=proposed.first_on,
        weekly=weekly,
        places=places,
        leaders=list(User.objects.filter(pk__in=proposed.leaders).order_by("pk")),
        women_only=terms.women_only,
        note="",
        by=by,
        now=now,
    )


def _room(proposed, terms, weekly, now):
    """(the smallest room that is free at all its hours, how many places it leaves): as many as a series has, where a room holds them."""
    today = localtime(now).date()
    sessions = plan(terms.dose, proposed.first_on, tuple(weekly), closures_of(None, today), now)
    rooms = rooms_at(proposed.place, today)
    taken = booked([one.room for one in rooms], sessions.first_on, sessions.last_on)
    wanted = proposed.people.count()
    for places in range(terms.most, max(wanted, terms.least) - 1, -1):
        asks = Wants(sessions.sessions, places + terms.leaders, terms.women_only)
        if found := rooms_that_fit(rooms, asks, taken):
            return Room.objects.get(pk=found[0].room), places
    raise RuleBroken(NO_ROOM.format(proposed.place.name))


def _keep_places(proposed, *, by, now):
    """For its people, in the order of the waiting list. Whoever cannot have one any more is named, and stops nobody else.

    All of them are held first, by their keys: the order of the list is nobody else's.
    """
    today = localtime(now).date()
    theirs = Case.objects.filter(pk__in=proposed.people.values("case")).order_by("pk")
    list(theirs.select_for_update(no_key=True))
    policy = intervention_policy(today)
    order = {one.referral.pk: one.expected.position for one in waiting_list(proposed.code, policy, now, today)}  # fmt: skip
    people = proposed.people.select_related("referral__case")
    for person in sorted(people, key=lambda one: (order.get(one.referral_id, len(order)), one.pk)):
        try:
            with transaction.atomic():
                kept = keep_place(referral=person.referral, series=proposed.made, by=by, now=now)
        except RuleBroken as refusal:
            person.refused = shortened(str(refusal), MOST_WORDS)
            person.save(update_fields=["refused"])
        else:
            _tell(kept, now)


def _tell(kept, now):
    case, series = kept.case, kept.series
    title = INTERVENTIONS[series.code].title
    text = f"{case.crn}: a place in {title} at {series.place.name} is kept until {say_date(localdate(kept.kept_until))}. Ask them, and give it to them."  # fmt: skip
    users = owner_and_cover(case, localdate(now))
    tell(case=case, users=users, text=text, href=reverse("case-offers", args=[case.crn]), now=now)


@transaction.atomic
def _close(timetable, *, now):
    one = lock_timetable(timetable)
    if one.state != TimetableState.PUBLISHING or one.series.filter(kept=True, settled_at=None).exists():  # fmt: skip
        return
    one.state, one.closed_at, one.closed_by = TimetableState.PUBLISHED, now, one.published_by
    one.version += 1
    one.save(update_fields=["state", "closed_at", "closed_by", "version"])
    made = one.series.filter(made__isnull=False).count()
    record(by=one.published_by, action="carried_out_timetable", timetable=one.pk, series=made)
