"""Actions of the plan: what is to be done about what we have learnt, by whom and by when.

Source: product rules, checks ("what changed in the plan"); the headline measure (a reply cited by an
action of the plan).
"""

from django.db import transaction

from cases.models import PlanAction
from cases.reference.plans import PlanState
from cases.rules.actions import check_action
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LONGEST_WHY = 150  # letters of what is to be done that its deadline repeats


@transaction.atomic
def add_action(*, case, what, by_whom, by_on, by, today, enquiry=None, reading=None, meeting=None):
    """Put an action in the plan, and start its clock. `enquiry`, `reading` or `meeting`: what it rests on."""
    case = lock_case(case)
    check_action(what, by_whom, by_on, today)
    for source in (enquiry, reading, meeting):
        if source is not None and source.case_id != case.pk:
            raise RuleBroken("An action rests on what is known of its own case.")
    action = PlanAction.objects.create(
        case=case,
        what=what.strip(),
        by_whom=by_whom.strip(),
        by_on=by_on,
        enquiry=enquiry,
        reading=reading,
        meeting=meeting,
        made_on=today,
        made_by=by,
    )
    open_deadline(
        case=case,
        kind="plan_action",
        triggered_on=today,
        why=f"In the plan since {say_date(today)}, by {action.by_whom[:LONGEST_WHY]}",
        by=by,
        today=today,
        due_on=by_on,
        action=action,
    )
    record(
        by=by,
        action="added_action",
        crn=case.crn,
        plan_action=action.pk,
        enquiry=enquiry.pk if enquiry else None,
    )
    return action


@transaction.atomic
def finish_action(*, action, note, by, today):
    """Say that it is done, and what came of it."""
    case = lock_case(action.case)
    action = PlanAction.objects.get(pk=action.pk)
    if action.done_on:
        raise RuleBroken(f"This was said to be done on {say_date(action.done_on)}.")
    if action.in_draft:
        raise RuleBroken("This step is of a plan that is not signed yet, so nothing is owed on it.")
    if action.dropped_on:
        raise RuleBroken(f"This step was given up on {say_date(action.dropped_on)}.")
    if not note.strip():
        raise RuleBroken("Say what was done and what came of it.")
    action.done_on, action.done_note = today, note.strip()
    action.save()
    _say_of_its_copy(action)
    meet_deadline(case=case, kind="plan_action", by=by, today=today, action=action)
    record(by=by, action="finished_action", crn=case.crn, plan_action=action.pk)
    return action


def _say_of_its_copy(action):
    """A plan being written has brought it over: it is done there too, and is not owed again."""
    copies = PlanAction.objects.filter(
        case=action.case_id,
        in_draft=True,
        objective__plan__state=PlanState.DRAFT,
        what=action.what,
        by_on=action.by_on,
        made_on=action.made_on,
    )
    copies.update(done_on=action.done_on, done_note=action.done_note)
