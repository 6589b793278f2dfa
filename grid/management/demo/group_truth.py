"""The ground truth of groups: who waits, who can come in the evening, whom nothing fits, what is short and what was not sent.

Reckoned from the plans alone, as `cases.management.demo.truth` is.
"""

from collections import defaultdict

from grid.management.demo import group_plans as plans
from grid.management.demo.group_rows import leave_of, runs_out_on, unsent_of
from grid.management.demo.members_truth import told_of_members


def told_of(dealt, members, needs, today):
    """What was planted: series by (intervention, place, first day), people by CRN."""
    return {
        "waiting": _by_code(dealt.waiting, lambda one: [one.crn, one.since.isoformat()]),
        "weeks": {one.crn: one.week for one in [*dealt.waiting, *dealt.others] if one.week},
        "evening": _by_code([one for one in dealt.waiting if one.week in ("work", "early")]),
        "nothing": _by_code([one for one in dealt.waiting if one.fits_nothing(today)]),
        "places": [[*one.key(today), _left(one, dealt, members)] for one in plans.SERIES if _to_come(one, today)],
        "members": told_of_members(members, today),
        "short": _numbered(_short, today),
        "not_sent": _numbered(unsent_of, today),
        "training_ends": runs_out_on(today).isoformat(),
        "unmet": needs,
        "in_work": dealt.in_work and dealt.in_work.crn,
        "fits": dealt.fits and dealt.fits.crn,
        "women_only": dealt.women_only and dealt.women_only.crn,
    }  # fmt: skip


def _by_code(people, told=lambda one: one.crn):
    found = defaultdict(list)
    for one in people:
        found[one.code].append(told(one))
    return {code: sorted(rows) for code, rows in found.items()}


def _to_come(one, today):
    return one.days(today)[-1] >= today


def _left(one, dealt, members):
    """A place is kept in the series of the evening for whom it fits."""
    kept = one.site == plans.HALL and dealt.fits is not None
    return one.places - kept - sum(each.series is one for each in members)


def _numbered(find, today):
    found = [[*one.key(today), list(find(one, today))] for one in plans.SERIES]
    return [row for row in found if row[-1]]


def _short(one, today):
    """Sessions to come on days on which one of those who lead is away."""
    from_on, to_on = leave_of(today)
    return [
        number
        for number, day in enumerate(one.days(today), start=1)
        if plans.ON_LEAVE in one.leaders and from_on <= day <= to_on
    ]
