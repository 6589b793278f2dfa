"""What a senior asks to be done on a case, from end to end: asked for, done with words, or no longer asked for.

Source: product rules, oversight. Its rules are `cases.rules.senior_actions`; the day it is due is the senior's.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import SeniorAction
from cases.queries.recipients import let_in, owner_and_cover
from cases.reference.senior_actions import SeniorActionState
from cases.rules.leaving import check_still_here
from cases.rules.senior_actions import check_becomes, check_due, check_has_officer, check_says
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.rules.dates import say_date

OWES = "do_senior_action"


@transaction.atomic
def ask_for_action(*, case, what, why, due_on, by, today, now):
    """Ask whoever holds the case for one thing, by a day. It stands in their work from now on."""
    case = lock_case(case)
    check_still_here(case.left_as)
    check_has_officer(case.officer)
    words = check_says(what=what, why=why)
    check_due(due_on, today)
    one = SeniorAction.objects.create(
        case=case, **words, owner=case.officer, due_on=due_on, asked_on=today, asked_by=by
    )
    open_deadline(
        case=case,
        kind=OWES,
        triggered_on=today,
        due_on=due_on,
        why=f"Asked for by {by.name} on {say_date(today)}",
        by=by,
        today=today,
        senior_action=one,
    )
    record(by=by, action="asked_for_action", crn=case.crn, senior_action=one.pk)
    text = f"Your senior asks for something on {case.crn} by {say_date(due_on)}."
    _tell(one, owner_and_cover(case, today), text, by, now)
    return one


@transaction.atomic
def do_senior_action(*, senior_action, because, by, today, now):
    """Say what was done. Whoever asked for it hears."""
    return _settle(senior_action, SeniorActionState.DONE, because, by=by, today=today, now=now)


@transaction.atomic
def withdraw_senior_action(*, senior_action, because, by, today, now):
    """Ask for it no longer, and say why. Whoever was to do it hears."""
    to = SeniorActionState.WITHDRAWN
    return _settle(senior_action, to, because, by=by, today=today, now=now)


def _settle(senior_action, to, because, *, by, today, now):
    one = lock_senior_action(senior_action)
    check_still_here(one.case.left_as)
    check_becomes(one.state, to)
    one.settled_because = check_says(settled_because=because)["settled_because"]
    one.state, one.settled_on, one.settled_by = to, today, by
    one.save()
    done = to == SeniorActionState.DONE
    meet_deadline(case=one.case, kind=OWES, by=by, today=today, void=not done, senior_action=one)
    did = "did_senior_action" if done else "withdrew_senior_action"
    record(by=by, action=did, crn=one.case.crn, senior_action=one.pk)
    if done:
        _tell(one, [one.asked_by], f"What you asked for on {one.case.crn} is done.", by, now)
    else:
        told = [one.asked_by, *owner_and_cover(one.case, today)]
        _tell(
            one, told, f"What was asked for on {one.case.crn} is not asked for any more.", by, now
        )
    return one


def lock_senior_action(senior_action):
    """As it stands now, its case locked first."""
    case = lock_case(senior_action.case)
    found = SeniorAction.objects.select_related("asked_by").get(pk=senior_action.pk)
    found.case = case
    return found


def _tell(one, users, text, by, now):
    """Each once, whoever did it excepted, and nobody who is shut out of the case."""
    told = {user.pk for user in users if user} - {by.pk}
    href = reverse("senior-action", args=[one.case.crn, one.pk])
    tell(case=one.case, users=let_in(one.case, told), text=text, href=href, now=now)
