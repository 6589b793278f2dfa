"""Opening the enquiries that are due by rule: each night for our own cases, in weekly measure for
imported ones.

An imported case reads "no record in the extract", and nothing is opened on it until somebody takes
it up. Source: product rules, checks.
"""

from dataclasses import dataclass, replace

from django.db import transaction

from cases.models import Agency, Case, Deadline, Enquiry, EnquiryStep, Subject
from cases.queries.agencies import agencies_now, as_listed
from cases.queries.enquiries import backlog, check_facts, taken_up_this_week
from cases.queries.protection import unprotected_cases
from cases.reference.checks import Because, EnquiryState
from cases.reference.deadlines import KINDS
from cases.rules.agencies import shared_out
from cases.rules.checks import STEP, next_step, step_began_on, why_due
from cases.rules.enquiries import Due, asked_about, enquiries_due
from cases.rules.protection import asks_about
from cases.services.checks import ask_agencies, new_subject, open_enquiry
from cases.services.interim_owed import owe_interim_plans
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
    """Open every enquiry that is due by rule on these cases; returns how many. Opens none twice.

    Their interim plans are settled with it.
    """
    opened = _open(_due_on(case_ids, today), by=by, today=today)
    opened += open_unprotected(case_ids=case_ids, by=by, today=today)
    owe_interim_plans(case_ids=case_ids, by=by, today=today)
    return opened


@transaction.atomic
def open_unprotected(*, case_ids, by, today):
    """Ask about every concern that nothing looks after: an answer or a plan has run out, or was none.

    Of the cases on which enquiries are opened by rule; returns how many were opened.
    """
    checked = Case.objects.checked_by_rule().filter(pk__in=case_ids).values_list("pk", flat=True)
    found = unprotected_cases(list(checked), check_policy(today), today)
    asked = {
        (case, asks_about(concern)): facts.about
        for case, (facts, concerns) in found.items()
        for concern in concerns
    }
    for (case, kind), about in asked.items():
        ask_agencies(
            case=case,
            kind=kind,
            because=Because.UNANSWERED,
            subjects=asked_about(kind, about),
            triggered_on=today,
            by=by,
            today=today,
        )
    return len(asked)


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
    owe_interim_plans(case_ids=keys, by=by, today=today)
    record_many(by=by, action="took_up_checks", crns=[case.crn for case in chosen])
    return chosen


def _due_on(case_ids, today):
    """What is due on each case, the cases held until it is opened."""
    cases = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(no_key=True)
    held, policy = list(cases), check_policy(today)
    facts = check_facts(held, today)
    return [(case, one) for case in held for one in enquiries_due(facts[case.pk], policy, today)]


def _open(due, *, by, today):
    """Write them, one to each agency: each new one whole, and those about somebody new into what is
    not yet sent to it. Returns how many.
    """
    parts = _shared_out(due, today)
    unsent = _unsent(due)
    fresh = [part for part in parts if part.slot not in unsent]
    for part in parts:
        if part.slot in unsent:
            open_enquiry(
                case=part.case,
                kind=part.due.kind,
                because=part.due.because,
                subjects=part.due.about,
                triggered_on=part.due.triggered_on,
                by=by,
                today=today,
                note=part.due.note,
                agency=part.agency,
            )
    _create(fresh, by=by, today=today)
    return len(parts)


@dataclass(frozen=True, slots=True)
class Part:
    """What is due on a case from one agency; None: nobody in the book answers."""

    case: Case
    due: Due
    agency: Agency | None

    @property
    def slot(self):
        """Where one not yet sent takes in whoever is new."""
        return self.case.pk, str(self.due.kind), self.agency.pk if self.agency else None


def _shared_out(due, today):
    agencies = agencies_now(today)
    book = as_listed(agencies.values())
    return [
        Part(case, replace(one, about=theirs), agencies.get(agency))
        for case, one in due
        for agency, theirs in shared_out(one.kind, one.about, book, because=one.because)
    ]


def _unsent(due):
    cases = {case.pk for case, _ in due}
    found = Enquiry.objects.filter(case__in=cases, state=EnquiryState.DUE)
    return set(found.values_list("case_id", "kind", "agency_id"))


def _create(parts, *, by, today):
    policy, extra = check_policy(today), clocks(today).extra_bank_holidays
    enquiries = [_enquiry(part, policy, extra) for part in parts]
    Enquiry.objects.bulk_create(enquiries)
    Subject.objects.bulk_create(
        [
            new_subject(enquiry, about)
            for enquiry, part in zip(enquiries, parts, strict=True)
            for about in part.due.about
        ]
    )
    EnquiryStep.objects.bulk_create(
        [
            EnquiryStep(enquiry=one, on=one.triggered_on, by=by, did="due", note=one.because_note)
            for one in enquiries
        ]
    )
    Deadline.objects.bulk_create([_deadline(one) for one in enquiries])
    for kind in sorted({str(one.kind) for one in enquiries}):
        crns = [part.case.crn for part in parts if part.due.kind == kind]
        record_many(by=by, action="opened_enquiry", crns=crns, kind=kind)


def _enquiry(part, policy, extra):
    enquiry = Enquiry(
        case=part.case,
        kind=part.due.kind,
        agency=part.agency,
        because=part.due.because,
        because_note=part.due.note,
        triggered_on=part.due.triggered_on,
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
