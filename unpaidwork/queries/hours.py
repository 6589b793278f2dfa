"""Where the hours of many requirements stand, in a fixed number of statements whatever their number.

Source: `unpaidwork.rules.hours` says what it comes to.
"""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Q

from cases.models import Sentence
from cases.reference.codes import Order
from unpaidwork.models import Adjustment, Attendance, Course, Work, WorkReview
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.work import Adjusts, Runs, WorkState
from unpaidwork.rules.hours import Credit, Entry, Facts, hours


def hours_of(works, today, policy=None):
    """{key of a work: its Hours}. A requirement that follows another knows what is left of that one.

    `policy`: the one in force today, where the caller has read it.
    """
    works = list(works)
    if not works:
        return {}
    policy = policy or work_policy(today)
    before = _worked_first(works)
    facts = facts_of(works + before)
    left = {one.pk: hours(facts[one.pk], today, policy).left for one in before}
    return {
        one.pk: hours(replace(facts[one.pk], left_before=left.get(one.beside_id, 0)), today, policy)
        for one in works
    }


def left_to_credit(work, today):
    """Minutes that a session of this work may still be credited with: the most that any of what runs at once needs."""
    group = [one for one in _at_once([work]) if one.state in (WorkState.OPEN, WorkState.SUSPENDED)]
    return max((one.left for one in hours_of(group, today).values()), default=0)


def reviews_of(works):
    """{key of a work: the points at which it was looked back on}"""
    found = defaultdict(set)
    for key, point in WorkReview.objects.filter(work__in=works).values_list("work", "point"):
        found[key].add(point)
    return found


def _worked_first(works):
    """What must be worked before one of these."""
    keys = {one.beside_id for one in works if one.runs == Runs.CONSECUTIVE and one.beside_id}
    return list(Work.objects.filter(pk__in=keys, state__in=[WorkState.OPEN, WorkState.SUSPENDED]))


def _at_once(works):
    """These and whatever runs at the same time as one of them."""
    keys = {one.pk for one in works} | {one.beside_id for one in works if _concurrent(one)}
    beside = Q(runs=Runs.CONCURRENT, beside__in=keys)
    return list(Work.objects.filter(Q(pk__in=keys) | beside).order_by("pk"))


def _concurrent(one):
    return one.runs == Runs.CONCURRENT and one.beside_id


def leader_of(one):
    """What those that run at the same time have in common."""
    return one.beside_id if _concurrent(one) else one.pk


def facts_of(works):
    """{key of a work: its `Facts`}. Six statements: what runs at once, the ledger, the register, courses, sentences."""
    if not works:
        return {}
    entries, courses = _entries(works), _courses(works)
    attended, leaders = _attended(works)
    ends = supervision_ends(works)
    return {
        one.pk: Facts(
            ordered=one.minutes_ordered,
            sentenced_on=one.sentenced_on,
            arrived_on=one.arrived_on,
            entries=tuple(entries[one.pk]),
            attended=tuple(
                Credit(minutes, on)
                for work, minutes, on in attended[leaders[one.pk]]
                if work == one.pk or on >= one.sentenced_on
            ),
            courses=tuple(courses[one.pk]),
            state=WorkState(one.state),
            runs=Runs(one.runs),
            extended_to=one.extended_to,
            supervision_ends=ends.get(one.pk),
            intensive=bool(one.intensive),
            weekly_minutes=one.weekly_minutes,
        )
        for one in works
    }


def _entries(works):
    found = defaultdict(list)
    rows = Adjustment.objects.filter(work__in=works).order_by("on", "pk")
    for key, reason, minutes, on in rows.values_list("work", "reason", "minutes", "on"):
        found[key].append(Entry(Adjusts(reason), minutes, on))
    return found


def _courses(works):
    found = defaultdict(list)
    rows = Course.objects.credited().filter(work__in=works)
    for key, minutes, on in rows.values_list("work", "credited_minutes", "finished_on"):
        found[key].append(Credit(minutes, on))
    return found


def _attended(works):
    """({leader: (work, minutes, day) of every session credited to what runs with it}, {work: its leader})"""
    group = _at_once(works)
    leaders = {one.pk: leader_of(one) for one in group}
    found = defaultdict(list)
    rows = Attendance.objects.filter(work__in=group, credited_minutes__gt=0).order_by("pk")
    for key, minutes, on in rows.values_list("work", "credited_minutes", "session__on"):
        found[leaders[key]].append((key, minutes, on))
    return found, leaders


def supervision_ends(works):
    """{work: the last day of supervision} of those ordered by a supervision default order; None where not recorded."""
    rows = Sentence.objects.filter(
        requirements__in=[one.pk for one in works], order=Order.DEFAULT_ORDER
    )
    return {
        key: ends or expected
        for key, ends, expected in rows.values_list(
            "requirements", "supervision_end_on", "expected_end_on"
        )
    }
