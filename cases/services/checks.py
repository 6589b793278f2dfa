"""Opening an enquiry, and what every step of its life has in common.

Sending and chasing are in `cases.services.sending`, replies in `cases.services.replies`. Each step
is kept, moves the live deadline with the enquiry's own due date, and closes the flag of the step
that is done. Source: product rules, checks.
"""

from django.db import transaction
from django.db.models import Q

from cases.models import Case, Enquiry, EnquiryStep, Subject
from cases.queries.agencies import agencies_now, as_listed
from cases.queries.enquiries import about_subject, home_of, with_places
from cases.reference.checks import Because, CheckKind, EnquiryState, SubjectKind
from cases.reference.holding import LeftAs
from cases.rules.agencies import shared_out
from cases.rules.checks import STEP, check_move, next_step, step_began_on, why_due, why_due_again
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.interim_owed import check_protected, settle_interim_plan
from cases.services.policy import check_policy, clocks
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

NOT_WAVED_AWAY = "Send it, or write an interim plan first."

NOBODY = "Say whom or which address the enquiry is about."


@transaction.atomic
def ask_agencies(*, case, kind, because, subjects, triggered_on, by, today, note=""):
    """Open or join an enquiry to each agency that answers for some of these subjects; returns them.

    Each goes to the authority where they live, and those without an address where the person lives.
    """
    case = lock_case(case)
    subjects = with_places(case, subjects)
    if not subjects:
        raise RuleBroken(NOBODY)
    agencies = agencies_now(today)
    book = as_listed(agencies.values())
    parts = shared_out(kind, subjects, book, home=home_of(case), because=because)
    return [
        open_enquiry(
            case=case,
            kind=kind,
            because=because,
            subjects=theirs,
            triggered_on=triggered_on,
            by=by,
            today=today,
            note=note,
            agency=agencies.get(agency),
        )
        for agency, theirs in parts
    ]


@transaction.atomic
def open_enquiry(*, case, kind, because, subjects, triggered_on, by, today, note="", agency=None):
    """Open one enquiry about these subjects (`cases.rules.enquiries.About`) to one agency.

    Whoever is already to be asked about, in an enquiry of this kind to it and not yet sent, stays
    there: the rest join it. Without an agency, nobody in the book answers. Returns the enquiry.
    """
    case = lock_case(case)
    subjects = list(subjects)
    if not subjects:
        raise RuleBroken(NOBODY)
    if case.left_as == LeftAs.ENDED:
        raise RuleBroken("This case has ended here, so nobody is asked anything more about it.")
    if triggered_on > today:
        raise RuleBroken("What made the enquiry due cannot lie in the future.")
    unsent = case.enquiries.filter(kind=kind, state=EnquiryState.DUE, agency=agency)
    unsent = unsent.order_by("pk").first()
    if unsent:
        _join(unsent, subjects, note, by=by, today=today)
        return unsent
    enquiry = Enquiry(
        case=case,
        kind=kind,
        agency=agency,
        because=because,
        because_note=note,
        triggered_on=triggered_on,
        state=EnquiryState.DUE,
    )
    enquiry.due_on = _due_on(enquiry, today)
    enquiry.save()
    Subject.objects.bulk_create([new_subject(enquiry, one) for one in subjects])
    note_step(enquiry, "due", on=triggered_on, by=by, note=note)
    start_clock(enquiry, by=by, today=today)
    record(by=by, action="opened_enquiry", crn=case.crn, enquiry=enquiry.pk, kind=str(kind))
    settle_interim_plan(case=case, by=by, today=today)
    return enquiry


@transaction.atomic
def mark_not_needed(*, enquiry, because, by, today):
    """Say that this enquiry need not be made, and why."""
    enquiry = lock_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.NOT_NEEDED)
    if not because.strip():
        raise RuleBroken("Say why the enquiry is not needed.")
    if enquiry.kind == CheckKind.POLICE and enquiry.because == Because.START:
        raise RuleBroken("A police enquiry is made at every start of supervision.")
    stop_clock(enquiry, on=today, by=by, today=today, void=True)
    enquiry.not_needed_because = because.strip()
    take_step(enquiry, EnquiryState.NOT_NEEDED, "not_needed", on=today, by=by, today=today)
    check_protected(case=enquiry.case, today=today, instead=NOT_WAVED_AWAY)
    settle_interim_plan(case=enquiry.case, by=by, today=today)
    return enquiry


def new_subject(enquiry, about):
    """The row for one subject of an enquiry, from what the rules say of it."""
    return Subject(
        enquiry=enquiry,
        kind=about.kind,
        name=about.name,
        born_on=about.born_on,
        related_person_id=about.related_person_id,
        protected=about.protected,
    )


def lock_case(case):
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def lock_enquiry(enquiry):
    """As it stands now, its case locked first, so that two people cannot take the same step."""
    case = Case.objects.select_for_update(no_key=True).get(enquiries=enquiry.pk)
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    enquiry.case = case
    return enquiry


def check_day(on, what, *, today, after, after_what):
    if on > today:
        raise RuleBroken(f"The date {what} cannot be in the future.")
    if on < after:
        raise RuleBroken(
            f"The date {what} cannot be before the enquiry {after_what}, {say_date(after)}."
        )


def take_step(enquiry, to, did, *, on, by, today, note="", document=None, again_on=None):
    """Take the step: the enquiry, its history, the next clock and the audit trail.

    `again_on`: the day from which a reply that was analysed is to be analysed again.
    """
    enquiry.state = to
    enquiry.due_on = _due_on(enquiry, today, again_on)
    enquiry.save()
    if to in STEP:
        start_clock(enquiry, by=by, today=today, again_on=again_on)
    note_step(enquiry, did, on=on, by=by, note=note, document=document)
    record(by=by, action="moved_enquiry", crn=enquiry.case.crn, enquiry=enquiry.pk, did=did)
    return enquiry


def _due_on(enquiry, today, again_on=None):
    owed = next_step(enquiry, check_policy(today), clocks(today).extra_bank_holidays, again_on)
    return owed[1] if owed else None


def start_clock(enquiry, *, by, today, again_on=None):
    """Open the deadline whose date the enquiry already bears."""
    open_deadline(
        case=enquiry.case,
        kind=STEP[enquiry.state],
        triggered_on=again_on or step_began_on(enquiry),
        why=why_due_again(enquiry, again_on) if again_on else why_due(enquiry),
        by=by,
        today=today,
        enquiry=enquiry,
        lengths=check_policy(today).lengths(enquiry.turnaround_days),
    )


def stop_clock(enquiry, *, on, by, today, void=False):
    meet_deadline(
        case=enquiry.case,
        kind=STEP[enquiry.state],
        by=by,
        today=today,
        enquiry=enquiry,
        void=void,
        on=on,
    )


def note_step(enquiry, did, *, on, by, note="", document=None):
    EnquiryStep.objects.create(enquiry=enquiry, on=on, by=by, did=did, note=note, document=document)


def covered_keys(enquiry):
    return {about_subject(subject).key for subject in enquiry.subjects.all()}


def _join(enquiry, subjects, note, *, by, today):
    """Let those not yet asked about, and what else was said, join an enquiry that has not been sent.

    Somebody whose name or birth date has been put right takes their own place.
    """
    already = covered_keys(enquiry)
    new = [one for one in subjects if one.key not in already]
    if not new and not note.strip():
        return
    again = {one.related_person_id for one in new} - {None}
    changed = Q(related_person__in=again)
    if any(one.kind == SubjectKind.PERSON for one in new):
        changed |= Q(kind=SubjectKind.PERSON)
    enquiry.subjects.filter(changed).delete()
    Subject.objects.bulk_create([new_subject(enquiry, one) for one in new])
    note_step(enquiry, "widened", on=today, by=by, note=note)
    record(by=by, action="widened_enquiry", crn=enquiry.case.crn, enquiry=enquiry.pk)
