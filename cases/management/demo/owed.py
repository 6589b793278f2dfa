"""Plans what is owed on a case other than checks: an officer, a first appointment, the first ten days.

Sources: published service levels SL001 and SL002; local policy of the product. Only those who came
lately have such deadlines: the older ones were met and are history.
"""

from datetime import timedelta

from cases.management.demo.plan_parts import PlannedDeadline
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

LATELY = 60  # days
APPOINTMENTS_LATE = 0.05
TEN_DAYS_NOT_DONE = 0.3
DAYS = {
    "name_officer": 1,
    "first_appointment": 5,
    "first_appointment_licence": 1,
    "first_ten_days": 10,
}
PLACE_DAYS = 5  # working days from arrival until somebody who cannot be placed is late


def plan_deadlines(plan, today):
    if plan.place in {"retained", "no_sentence"} or plan.why == "placeholder":
        return
    arrived_on = plan.arrived_on
    if arrived_on < today - timedelta(days=LATELY):
        return
    came = f"Came to us on {say_date(arrived_on)}"
    named_on = None if plan.unallocated else plan.officer_since
    _plan(plan, "name_officer", arrived_on, came, named_on)
    if plan.order.kind == "custody":
        return
    kind, since, why = "first_appointment", arrived_on, came
    if plan.order.released_on and plan.order.released_on >= today - timedelta(days=LATELY):
        kind, since = "first_appointment_licence", plan.order.released_on
        why = f"Released on {say_date(since)}"
    late = plan.rng.random() < APPOINTMENTS_LATE or plan.unallocated
    arranged_on = add_working_days(since, plan.rng.randint(0, DAYS[kind]))
    _plan(plan, kind, since, why, None if late or arranged_on > today else arranged_on)
    done_on = add_working_days(arrived_on, plan.rng.randint(5, 12))
    undone = done_on > today or plan.rng.random() < TEN_DAYS_NOT_DONE or plan.unallocated
    _plan(plan, "first_ten_days", arrived_on, came, None if undone else done_on)


def _plan(plan, kind, since, why, met_on):
    plan.deadlines.append(
        PlannedDeadline(kind, since, add_working_days(since, DAYS[kind]), why, met_on)
    )


def place_owed_since(plan):
    """When somebody who cannot be placed should have been, counted from arrival."""
    return add_working_days(plan.arrived_on, PLACE_DAYS)
