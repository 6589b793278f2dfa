"""What somebody's work was allowed by an override alone, once that is over: shut still, and passed by nothing else.

That a paper has grown old stops nobody who works already; what a senior let pass for a time stops once the time is over.
Source: product rules, override (it opens a gate until its day); unpaid work reference 10.
"""

from cases.models import Case
from cases.queries.among import among
from cases.rules.gaps import gates
from unpaidwork.models import WorkAllocation
from unpaidwork.queries.gate import found_for_each
from unpaidwork.rules.sites import site_gaps, travel_gaps


def let_by_override(allocations, sites, today):
    """{key: [Found]} of those of these allocations that were let past a gate which is shut today.

    Whether an override lets it pass still is asked afterwards, of these as of everything else.
    """
    let = _let(allocations)
    if not let:
        return {}
    rows = [one for one in allocations if one.pk in let]
    shut = found_for_each(Case.objects.filter(pk__in={one.case_id for one in rows}), today)
    found = {}
    for one in rows:
        site = sites[one.project_id]
        there = (
            *site_gaps(site, max(one.from_on, today)),
            *travel_gaps(site, one.stop_id, today),
        )
        stopped = [gap for gap in gates([*shut[one.case_id], *there]) if gap.key in let[one.pk]]
        if stopped:
            found[one.pk] = stopped
    return found


def _let(allocations):
    """{key: the keys of the gates that overrides let pass when it was made}; only those with any."""
    rows = WorkAllocation.objects.filter(pk__in=among(allocations), override__isnull=False)
    return {
        key: {gap for used in overrides for gap in used["gaps"]}
        for key, overrides in rows.values_list("pk", "evidence__overrides")
        if overrides
    }
