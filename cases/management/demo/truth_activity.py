"""The ground truth of days of activity: whose there are, which were credited, and whose stand still.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the days are counted here a second time.
"""

from datetime import date

NOT_OFFERED = {"RSOF", "RSSR"}
STALLS_AFTER = 28  # days
INSIDE = {"custody", "recalled"}


def is_ours(plan):
    """Supervised by us, whether or not its checks were taken up."""
    return plan.place not in {"retained", "no_sentence"}


def days_of_activity(plan, today):
    """{credited, booked or offered: days} under the requirement; None where there is none of ours."""
    if not plan.lengths.get("F") or not is_ours(plan):
        return None
    days: dict[str, set[date]] = {"credited": set(), "booked": set(), "offered": set()}
    for one in plan.meetings:
        if not one.rar:
            continue
        if one.attended and one.complied is not False:
            days["credited"].add(one.on)
        elif not one.stands or one.outcome in NOT_OFFERED:
            continue
        else:
            days["booked" if not one.outcome and one.on >= today else "offered"].add(one.on)
    days["booked"] -= days["credited"]
    return days


def stalled_since(plan, today):
    """The last day on which anything was held or offered, where that is four weeks ago; else None."""
    days = days_of_activity(plan, today)
    if days is None or plan.order.kind in INSIDE or (plan.rar and plan.rar.enough):
        return None
    over = plan.order.end_on < today or len(days["credited"]) >= plan.lengths["F"]
    if over or days["booked"]:
        return None
    began = max(plan.order.convicted_on, plan.arrived_on)
    last = max({began, *days["credited"], *days["offered"]})
    return last if (today - last).days >= STALLS_AFTER else None
