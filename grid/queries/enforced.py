"""What each appointment of a series enforces: what somebody was referred by, as far as it reaches; else it is voluntary.

Source: product rules, failures ("every appointment names the requirement or condition it enforces, or is voluntary");
supervision reference 2.4 (a court fixes the most days, and a requirement lives to the end of the order).
"""

from collections import defaultdict

from django.utils.timezone import localtime

from cases.reference.appointments import Enforces
from grid.queries.bound import bound_of, had_under, live_activity
from grid.queries.places import hook_for
from grid.rules.intervention_policy import Terms
from grid.rules.session_days import binds, days_that_count


def enforced_by(series, wanted, terms: Terms, today):
    """{(place, session): what its appointment enforces}, as `cases.services.appointment_sets.Booked` takes it.

    `wanted`: [(place with its referral, session)] that are to be booked. The hook they were referred by while it runs; and
    of a requirement counted in days no more than are left of what is planned.
    """
    places = {place.pk: place for place, _ in wanted}
    hooks = {
        one.case_id: (hook_for(one.referral, terms, one.instead), series.code)
        for one in places.values()
    }
    bound, sessions = bound_of(hooks, today), defaultdict(list)
    for place, session in wanted:
        sessions[place.pk].append(session)
    activities = {
        case: live_activity(one.rar, series.code) if one and one.rar else None
        for case, one in bound.items()
    }
    had = had_under([one.pk for one in activities.values() if one])
    found = {}
    for pk, theirs in sessions.items():
        case = places[pk].case_id
        one, activity = bound[case], activities[case]
        by_days = terms.days_counted and one is not None and one.rar is not None
        counting = _counting(one, activity, theirs, had) if by_days else None
        for session in theirs:
            found[pk, session.pk] = _parts(one, activity, counting, _day(session))
    return found


def _counting(bound, activity, sessions, had):
    """The days of the requirement among these sessions."""
    if activity is None:
        return frozenset()
    days = [day for day in map(_day, sessions) if binds(day, bound.until)]
    return days_that_count(days, planned=activity.days, had=had[activity.pk])


def _parts(bound, activity, counting, on):
    """`counting`: days of a RAR; None: its sessions are none."""
    required = bound is not None and binds(on, bound.until) and (counting is None or on in counting)
    if not required:
        return {"enforces": Enforces.VOLUNTARY, "sentence": None, "requirement": None}
    return {
        "enforces": bound.enforces,
        "sentence": bound.sentence,
        "requirement": bound.requirement,
        "condition": bound.condition,
        "rar_activity": activity if counting is not None else None,
    }


def _day(session):
    return localtime(session.starts_at).date()
