"""Hand-overs of a case as services need them: what stands open when one is offered, and who hears of it.

Source: product rules, GRID (hand-over accepted by a named officer); report 3.3 (what is lost at the joins).
"""

from cases.models import Appointment
from cases.queries.recipients import let_in, seniors_of


def stands_open(case, now, today):
    """{what: keys} of everything open on a case that whoever takes it answers for from then on."""
    open_now = {
        "enquiries": case.enquiries.unfinished(),
        "deadlines": case.deadlines.unmet().beside_complaints(),
        "appointments": Appointment.objects.to_come(now).filter(contact__case=case),
        "interim_plan": case.interim_plans.standing(),
        "actions": case.plan_actions.undone(),
        "restrictions": case.restrictions.in_force(today),
        "overrides": case.overrides.open(),
    }
    return {
        what: list(rows.order_by("pk").values_list("pk", flat=True))
        for what, rows in open_now.items()
    }


def told_of_answer(transfer, case, today, by):
    """Whoever offered it, whoever had it, and the seniors of the case as it stands; never `by`."""
    keys = {transfer.offered_by_id, transfer.from_officer_id} - {None}
    told = {one.pk: one for one in [*let_in(case, keys), *seniors_of(case, today)]}
    told.pop(by.pk, None)
    return [told[pk] for pk in sorted(told)]
