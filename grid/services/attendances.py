"""Makes what members of a series are expected at match the sessions that stand: attendances, appointments, who reaches them.

Source: product rules, groups (joining books real appointments; a session that moves takes its people along) and failures
(what is called off stays in the log; what came of it is never touched).
"""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Appointment, Case, Contact
from cases.queries.among import among
from cases.reference.appointments import PROGRAMME_ONE_TO_ONE, PROGRAMME_SESSION, AskedBy
from cases.services.appointment_sets import Booked, book_many, call_off_many
from grid.models import GroupAttendance, Series, SeriesPlace, SessionLeader
from grid.queries.enforced import enforced_by
from grid.queries.lacking import parts_of
from grid.queries.unbooked import missing, without_clashes
from grid.reference.groups import LIVE_PLACES, PlaceState, SeriesState, SessionState
from grid.reference.interventions import INTERVENTIONS
from grid.services.group_reach import settle_group_reach
from grid.services.intervention_policy import intervention_policy
from grid.services.place_rows import close_places
from staff.audit import record
from staff.errors import RuleBroken

LONGEST = 300  # letters that an appointment keeps of why
TWICE = (
    "Somebody in this series is in another one at an hour that this would take. Look at who is in it, and choose another "
    "hour."
)
KNOWN = ("session", "place", "appointment__contact", "appointment__officer")


@transaction.atomic
def settle_attendances(series, *, because, by, now, new=frozenset()):
    """Make every member's attendances and appointments match the sessions that stand. May be asked any number of times.

    Books what is missing, and calls off what no longer stands, by the service, for `because`. What a register or the case
    has said is never touched, and what was called off in the case is not booked again: that hour is free for another group.
    Nothing is booked for whoever's supervision stands still until they are back. Of a series that was called off
    everybody's place is closed, so that they are on the list again. Returns how many appointments it booked, and how many
    it called off. `new`: when the sessions begin that have just been made. Raises RuleBroken where somebody would be in two
    places.
    """
    series, places = hold_members(series)
    if series.state == SeriesState.CALLED_OFF:
        live = [one for one in places if one.state in LIVE_PLACES]
        close_places(live, because, by=by, now=now)
    rows = _standing(series)
    parts = parts_of(series, places)
    gone = [one for one in rows if not _fits(one, parts[one.place_id].lacking)]
    called_off = _call_off(gone, because, by=by, now=now)
    standing = [one for one in rows if one.stands]
    wanted = without_clashes(missing(series, places, standing, now), new)
    _book(series, wanted, by=by, now=now)
    _name_leaders(series, standing, now)
    cases = {one.case_id for one in (*places, *rows)}
    settle_group_reach(case_ids=cases, today=localtime(now).date(), by=by)
    if wanted or called_off:
        record(
            by=by,
            action="settled_attendances",
            series=series.pk,
            booked=len(wanted),
            called_off=called_off,
        )
    return len(wanted), called_off


def hold_members(series, *, also=()):
    """The series as it stands now, and its places, all held: the series first, then the cases in order.

    `also`: keys of cases that are held with them.
    """
    series = (
        Series.objects.select_for_update(of=("self",), no_key=True)
        .select_related("place")
        .get(pk=series.pk)
    )
    at = GroupAttendance.objects.expected().filter(session__series=series)
    there = SeriesPlace.objects.filter(series=series, state__in=LIVE_PLACES)
    cases = {*also, *at.values_list("case", flat=True), *there.values_list("case", flat=True)}
    list(Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True))
    places = SeriesPlace.objects.filter(series=series).select_related("case", "referral")
    return series, list(places.order_by("pk"))


def call_off_of_place(place, because, *, by, now, asked_by=AskedBy.SERVICE):
    """Whatever of this place is still to come is called off. What was said, or has begun, stays. Returns how many."""
    rows = GroupAttendance.objects.expected().filter(place=place, starts_at__gt=now)
    return _call_off(list(rows.select_related(*KNOWN)), because, by=by, now=now, asked_by=asked_by)


def _standing(series):
    rows = GroupAttendance.objects.expected().filter(session__series=series)
    return list(rows.select_related(*KNOWN).order_by("pk"))


def _fits(one, lacking):
    """Whether it is what it says: of somebody who is in the series and still lacks this, at a session that stands, at its hours."""
    session = one.session
    return (
        one.place.state in (PlaceState.TAKEN, PlaceState.FINISHED)
        and session.state == SessionState.STANDS
        and session.number in lacking
        and (one.starts_at, one.ends_at) == (session.starts_at, session.ends_at)
    )


def _call_off(rows, because, *, by, now, asked_by=AskedBy.SERVICE):
    """Those of these that are to come stand no longer. Returns how many appointments were called off.

    An absence that was agreed ahead stays in the log as it was said: it was of that hour, and of no other.
    """
    ones = [one for one in rows if one.starts_at > now]
    if not ones:
        return 0
    gone = call_off_many(
        keys=[one.appointment_id for one in ones if not _is_said(one)],
        because=because[:LONGEST],
        by=by,
        now=now,
        asked_by=asked_by,
    )
    GroupAttendance.objects.filter(pk__in=[one.pk for one in ones]).update(stands=False)
    for one in ones:
        one.stands = False
    return len(gone)


def _is_said(one):
    """Whether the case says already what came of it, or that it was called off or moved."""
    return bool(one.appointment.contact.outcome_code)


# Booking what is missing


def _book(series, wanted, *, by, now):
    """An appointment and an attendance for each (place, session), or none of them."""
    if not wanted:
        return
    leaders = _leaders([session for _, session in wanted])
    today = localtime(now).date()
    terms = intervention_policy(today).terms[series.code]
    binding = enforced_by(series, wanted, terms, today)
    rows = [
        _row(series, place, session, leaders.get(session.pk), binding[place.pk, session.pk])
        for place, session in wanted
    ]
    _give_up_hours(wanted)
    try:
        with transaction.atomic():
            made = book_many(rows=rows, by=by, now=now)
            GroupAttendance.objects.bulk_create(
                GroupAttendance(
                    session=session,
                    place=place,
                    case_id=place.case_id,
                    appointment=appointment,
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                )
                for (place, session), appointment in zip(wanted, made, strict=True)
            )
    except IntegrityError as refusal:
        if "member_never_twice" in str(refusal):
            raise RuleBroken(TWICE) from refusal
        raise


def _give_up_hours(wanted):
    """What was called off for one of these alone leaves them its hour, whatever series it is of. Their cases are held."""
    hours = Q(pk__in=[])
    for place, session in wanted:
        hours |= Q(case=place.case_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    free = GroupAttendance.objects.expected().filter(appointment__called_off_at__isnull=False)
    free.filter(hours).update(stands=False)


def _row(series, place, session, leader, parts):
    about = INTERVENTIONS[series.code]
    return Booked(
        case=place.case_id,
        starts_at=localtime(session.starts_at),
        ends_at=localtime(session.ends_at),
        type_code=PROGRAMME_ONE_TO_ONE if about.one_to_one else PROGRAMME_SESSION,
        type_name=about.title,
        where=series.place.name,
        place=series.place,
        officer=leader,
        **parts,
    )


# Who leads


def _leaders(sessions):
    """{session: who sees the people on it}: of several, whoever was named first."""
    keys = [getattr(one, "pk", one) for one in sessions]
    rows = SessionLeader.objects.standing().filter(session__in=among(keys))
    found: dict[int, object] = {}
    for one in rows.select_related("user").order_by("named_at", "pk"):
        found.setdefault(one.session_id, one.user)
    return found


def _name_leaders(series, standing, now):
    """The appointments to come name whoever leads by now."""
    coming = [one for one in standing if one.starts_at > now and not _is_said(one)]
    leaders = _leaders({one.session_id for one in coming})
    changed = defaultdict(list)
    for one in coming:
        leader = leaders.get(one.session_id)
        if one.appointment.officer != leader:
            changed[leader].append(one.appointment_id)
    for leader, keys in changed.items():
        Appointment.objects.filter(pk__in=keys).update(officer=leader)
        Contact.objects.filter(pk__in=keys).update(
            staff_code=(leader.staff_code or "") if leader else "",
            staff_name=leader.name if leader else "",
        )
