"""What arranging a visit offers and shows: who may go and watch, what it may enforce, what stands beside the date.

Source: product rules, failures; report 2.3.
"""

from datetime import timedelta

from django.utils.timezone import localtime

from cases.models import Appointment
from cases.queries.booking import facts_for, running_of
from cases.reference.appointments import HOME_VISIT
from cases.rules.booking import Slot, beside, refusals, warnings
from cases.rules.enforcing import choices, default


def enforced_by(case, today):
    """(what a visit may enforce, the key of what is chosen unless somebody says otherwise)"""
    running = running_of(case, today)
    return choices(running), default(HOME_VISIT, running)


def rows_of(case, choice):
    """What was chosen, as rows of the case: as booking takes it."""
    sentence = case.sentences.filter(pk=choice.sentence).first() if choice.sentence else None
    requirement = condition = None
    if sentence and choice.requirement:
        requirement = sentence.requirements.filter(pk=choice.requirement).first()
    if sentence and choice.condition:
        condition = sentence.conditions.filter(pk=choice.condition).first()
    return {
        "enforces": choice.enforces,
        "sentence": sentence,
        "requirement": requirement,
        "condition": condition,
    }


def beside_the_date(case, officer, starts_at, minutes, *, policy, extra):
    """What stands beside this time and does not refuse it: what whoever books is to have read."""
    local = localtime(starts_at)
    until = local + timedelta(minutes=minutes)
    facts = facts_for(case, officer, None, from_at=local, to_at=until, policy=policy, extra=extra)
    found = beside(Slot(local, minutes, HOME_VISIT), facts)
    return [] if refusals(found) else warnings(found)


def booked_without_company(case, pk):
    """A visit of this case that is booked and of which nobody has said who goes: moved, or brought in."""
    found = Appointment.objects.standing().filter(
        pk=pk,
        contact__case=case,
        contact__type_code=HOME_VISIT,
        contact__outcome_code="",
        visit=None,
    )
    return found.select_related("contact", "officer").first()
