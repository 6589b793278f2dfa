"""What stands by now against work that was allocated, of thousands in a fixed number of statements.

Who cannot come at all, orders and whom they could harm, who is kept apart, tools and health, a site that has ended:
what would be dangerous or against the law to go on with, and what an override let pass that is over. That papers are
old, or a group is full, stops nobody else who works already.
Source: product rules, gates; unpaid work reference 10 (a later order re-tests live allocations).
"""

from django.db.models import Q

from cases.queries.restrictions import restrictions_of, terms_not_seen
from cases.rules.gaps import Found, Weight, gates
from unpaidwork.queries.allocating import seats_where
from unpaidwork.queries.gate import in_force_of_each, left_of
from unpaidwork.queries.not_here import not_here
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.stood_on import let_by_override
from unpaidwork.queries.workers import workers_of
from unpaidwork.rules.group_gate import apart_gate
from unpaidwork.rules.site_gate import Asked, site_gates
from unpaidwork.rules.sites import site_gaps, travel_gaps

STOPS = ("site:ended", "site:not-begun", "site:insurance", "site:stop", "site:route-ended", "site:pick-up-closed")  # fmt: skip
NOT_STOPPED = frozenset(
    {"women:not-asked"}
)  # asked before a place is given, not of one who has hers


def stands_against(allocations, today):
    """{key: [Found]} of those of these allocations (rows, with their case) that may not stand as they are."""
    allocations = list(allocations)
    cases = {one.case_id for one in allocations}
    workers, restricted = workers_of(cases, today), restrictions_of(cases, today)
    unseen, sites = (
        terms_not_seen(cases, today),
        sites_of({one.project_id for one in allocations}, today),
    )
    reached = _reached(allocations, sites)
    asked = [
        Asked(
            workers[one.case_id],
            tuple(restricted.get(one.case_id, ())),
            reached[one.project_id, one.stop_id],
            max(one.from_on, today),
            one.to_on,
        )
        for one in allocations
    ]
    apart = _apart(allocations, workers, sites, today)
    let = let_by_override(allocations, sites, today)
    absent = not_here(cases)
    closed = _closed(allocations, sites, today)
    found = {}
    for one, here in zip(allocations, site_gates(asked), strict=True):
        stopped = [
            *absent_gap(absent.get(one.case_id)),
            *unseen_gaps(unseen.get(one.case_id, ())),
            *(gap for gap in here if gap.key not in NOT_STOPPED),
            *apart.get(one.pk, ()),
            *closed[_place(one, today)],
        ]
        known = {gap.key for gap in stopped}
        stopped += [gap for gap in let.get(one.pk, ()) if gap.key not in known]
        if stopped := gates(stopped):
            found[one.pk] = stopped
    return _not_passed(allocations, found, today)


def _reached(allocations, sites):
    """{(project, stop): the site as it is reached}: each once, however many go there."""
    ways = {(one.project_id, one.stop_id) for one in allocations}
    return {(project, stop): sites[project].by_stop(stop) for project, stop in ways}


def _place(one, today):
    """Where and how somebody works, from the first day that is still to come."""
    return one.project_id, one.stop_id, max(one.from_on, today)


def _closed(allocations, sites, today):
    """{place: [Found]} of what stops anybody there or on the way there: each once, however many go there."""
    places = {_place(one, today) for one in allocations}
    return {
        (project, stop, day): [
            gap
            for gap in (*site_gaps(sites[project], day), *travel_gaps(sites[project], stop, today))
            if gap.key in STOPS
        ]
        for project, stop, day in places
    }


def absent_gap(words):
    """Nobody is expected who has died, has left us or cannot come."""
    if words:
        rule = "Nobody is expected at work who cannot come"
        yield Found("work:not-here", Weight.GATE, words, rule, may_override=False)


def unseen_gaps(sentences):
    for place, words in enumerate(sentences):
        yield Found(
            f"terms:{place}",
            Weight.GATE,
            words,
            "The terms of an order are seen before anybody works on a site",
            may_override=False,
        )


def _apart(allocations, workers, sites, today):
    """{key: [Found]} of those who would meet somebody they are kept apart from: the later place gives way."""
    kept = [one for one in allocations if workers[one.case_id].apart]
    if not kept:
        return {}
    cases = {other for one in kept for other in workers[one.case_id].apart}
    seats = seats_where(Q(case__in=cases | {one.case_id for one in kept}), today)
    gone: set[int] = set()
    found = {}
    for one in sorted(kept, key=lambda one: -one.pk):
        if one.pk not in seats:
            continue
        others = [seat for key, seat in seats.items() if key != one.pk and key not in gone]
        gaps = list(apart_gate(workers[one.case_id], seats[one.pk], sites[one.project_id], others))
        if gaps:
            found[one.pk] = gaps
            gone.add(one.pk)
    return found


def _not_passed(allocations, found, today):
    """Without what an override in force lets whoever allocated it pass. One statement."""
    rows = {one.pk: one for one in allocations}
    asked = {
        rows[key].case_id for key, gaps in found.items() if any(gap.may_override for gap in gaps)
    }
    in_force = in_force_of_each(asked, today)
    left = {}
    for key, gaps in found.items():
        one = rows[key]
        if stays := left_of(gaps, in_force[one.case_id], one.made_by_id):
            left[key] = stays
    return left
