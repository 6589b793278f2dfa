"""Opening the enquiries that are due by rule: each night for our own cases, in weekly measure for
imported ones.

An imported case reads "no record in the extract", and nothing is opened on it until somebody takes
it up. Source: product rules, checks.
"""

from django.db import transaction

from cases.models import Case, Deadline, Enquiry, EnquiryStep, Subject
from cases.queries.enquiries import backlog, check_facts, taken_up_this_week
from cases.reference.checks import Because, EnquiryState
from cases.reference.deadlines import KINDS
from cases.rules.checks import STEP, next_step, step_began_on, why_due
from cases.rules.enquiries import Due, enquiries_due
from cases.services.checks import new_subject, open_enquiry
from cases.services.policy import check_policy, clocks
from staff.audit import record_many
from staff.errors import RuleBroken
from staff.models import Team

CHUNK = 500  # cases


def open_due_chunk(*, after, today, size=CHUNK):
    """Open what is due on the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.checked_by_rule().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    opened = open_due_enquiries(case_ids=keys, by=None, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"opened": opened}


@transaction.atomic
def open_due_enquiries(*, case_ids, by, today):
    """Open every enquiry that is due by rule on these cases; returns how many. Opens none twice."""
    return _open(_due_on(case_ids, today), by=by, today=today)


@transaction.atomic
def take_up_backlog(*, team, by, today, crns=None):
    """Take up imported cases of this team, worst harm first, as far as this week's measure goes.

    `crns` chooses among them. Their clocks start today. Returns the cases taken up.
    """
    Team.objects.select_for_update().get(pk=team.pk)  # the measure is the team's: one at a time
    policy = check_policy(today)
    room = policy.backlog_a_week - taken_up_this_week(team, today)
    waiting = backlog(Case.objects.filter(team=team))
    if crns is not None:
        waiting = waiting.filter(crn__in=crns)
    if room <= 0:
        raise RuleBroken(
            f"{team.name} has taken up its {policy.backlog_a_week} imported cases of this week."
        )
    chosen = list(waiting[:room])
    keys = [case.pk for case in chosen]
    due = [
        (case, Due(one.kind, Because.IMPORTED, today, one.about))
        for case, one in _due_on(keys, today)
    ]
    _open(due, by=by, today=today)
    Case.objects.filter(pk__in=keys).update(taken_up_on=today)
    record_many(by=by, action="took_up_checks", crns=[case.crn for case in chosen])
    return chosen


def _due_on(case_ids, today):
    """What is due on each case, the cases held until it is opened."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(no_key=True)
    held, policy = list(cases), check_policy(today)
    facts = check_facts(held, today)
    return [(case, one) for case in held for one in enquiries_due(facts[case.pk], policy, today)]


def _open(due, *, by, today):
    """Write them: each new one whole, and those about somebody new into what is not yet sent."""
    unsent = _unsent(due)
    joining = [(case, one) for case, one in due if (case.pk, str(one.kind)) in unsent]
    fresh = [(case, one) for case, one in due if (case.pk, str(one.kind)) not in unsent]
    for case, one in joining:
        open_enquiry(
            case=case,
            kind=one.kind,
            because=one.because,
            subjects=one.about,
            triggered_on=one.triggered_on,
            by=by,
            today=today,
        )
    _create(fresh, by=by, today=today)
    return len(due)


def _unsent(due):
    cases = {case.pk for case, _ in due}
    found = Enquiry.objects.filter(case__in=cases, state=EnquiryState.DUE)
    return set(found.values_list("case_id", "kind"))


def _create(due, *, by, today):
    policy, extra = check_policy(today), clocks(today).extra_bank_holidays
    enquiries = [_enquiry(case, one, policy, extra) for case, one in due]
    Enquiry.objects.bulk_create(enquiries)
    pairs = list(zip(enquiries, due, strict=True))
    Subject.objects.bulk_create(
        [new_subject(enquiry, about) for enquiry, (_, one) in pairs for about in one.about]
    )
    EnquiryStep.objects.bulk_create(
        [EnquiryStep(enquiry=one, on=one.triggered_on, by=by, did="due") for one in enquiries]
    )
    Deadline.objects.bulk_create([_deadline(one) for one in enquiries])
    for kind in sorted({str(one.kind) for one in enquiries}):
        crns = [case.crn for case, one in due if one.kind == kind]
        record_many(by=by, action="opened_enquiry", crns=crns, kind=kind)


def _enquiry(case, one, policy, extra):
    enquiry = Enquiry(
        case=case,
        kind=one.kind,
        because=one.because,
        triggered_on=one.triggered_on,
        state=EnquiryState.DUE,
    )
    _, enquiry.due_on = next_step(enquiry, policy, extra)
    return enquiry


def _deadline(enquiry):
    kind = STEP[enquiry.state]
    return Deadline(
        case=enquiry.case,
        kind=kind,
        enquiry=enquiry,
        owner_role=KINDS[kind].owner,
        triggered_on=step_began_on(enquiry),
        due_on=enquiry.due_on,
        why=why_due(enquiry),
    )
