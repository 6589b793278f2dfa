"""The life of an enquiry, step by step: due, sent, chased, replied, analysed, not needed.

Each step is kept, moves the live deadline with the enquiry's own due date, and closes the flag of
the step that is done. Source: product rules, checks.
"""

from django.db import transaction

from cases.models import Case, Enquiry, EnquiryStep, Subject
from cases.queries.enquiries import about_subject
from cases.reference.checks import Because, CheckKind, EnquiryState, Reply
from cases.rules.checks import NOT_AN_ANSWER, STEP, check_move, next_step, step_began_on, why_due
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import check_policy, clocks
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date


@transaction.atomic
def open_enquiry(*, case, kind, because, subjects, triggered_on, by, today, note=""):
    """Open an enquiry about these subjects (`cases.rules.enquiries.About`).

    Whoever is already to be asked about, in an enquiry of this kind not yet sent, stays there: the
    rest join it. Returns the enquiry.
    """
    case = _locked(case)
    subjects = list(subjects)
    if not subjects:
        raise RuleBroken("Say whom or which address the enquiry is about.")
    if triggered_on > today:
        raise RuleBroken("What made the enquiry due cannot lie in the future.")
    unsent = case.enquiries.filter(kind=kind, state=EnquiryState.DUE).order_by("pk").first()
    if unsent:
        _join(unsent, subjects, note, by=by, today=today)
        return unsent
    enquiry = Enquiry(
        case=case,
        kind=kind,
        because=because,
        because_note=note,
        triggered_on=triggered_on,
        state=EnquiryState.DUE,
    )
    enquiry.due_on = _due_on(enquiry, today)
    enquiry.save()
    Subject.objects.bulk_create([new_subject(enquiry, one) for one in subjects])
    _step(enquiry, "due", on=triggered_on, by=by, note=note)
    _start_clock(enquiry, by=by, today=today)
    record(by=by, action="opened_enquiry", crn=case.crn, enquiry=enquiry.pk, kind=str(kind))
    return enquiry


@transaction.atomic
def send_enquiry(*, enquiry, asked_of, on, by, today):
    """Say that it was sent, to which agency and for which area. After half an answer, that it was sent again."""
    enquiry = _locked_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.SENT)
    if enquiry.state == EnquiryState.REPLIED and enquiry.reply not in NOT_AN_ANSWER:
        raise RuleBroken("The agency has answered. Analyse its reply.")
    if not asked_of.strip():
        raise RuleBroken("Say which agency was asked, and for which area.")
    _check_day(on, "sent", today=today, after=enquiry.triggered_on, after_what="fell due")
    _stop_clock(enquiry, on=on, by=by, today=today)
    enquiry.asked_of, enquiry.sent_on, enquiry.chased_on = asked_of.strip(), on, None
    enquiry.replied_on, enquiry.reply, enquiry.reply_text, enquiry.chases = None, "", "", 0
    return _move(enquiry, EnquiryState.SENT, "sent", on=on, by=by, today=today)


@transaction.atomic
def chase_enquiry(*, enquiry, note, by, today):
    """Say that the agency was asked again, today."""
    enquiry = _locked_enquiry(enquiry)
    if enquiry.state != EnquiryState.SENT:
        raise RuleBroken("Only an enquiry that was sent, and has no reply, can be chased.")
    _stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.chased_on, enquiry.chases = today, enquiry.chases + 1
    return _move(enquiry, EnquiryState.SENT, "chased", on=today, by=by, today=today, note=note)


@transaction.atomic
def record_reply(*, enquiry, reply, text, on, by, today):
    """Keep what the agency answered. It still has to be read and analysed."""
    enquiry = _locked_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.REPLIED)
    if reply not in set(Reply):
        raise RuleBroken("Say what kind of reply it was.")
    if reply != Reply.NO_TRACE and not text.strip():
        raise RuleBroken("Record what the agency said.")
    _check_day(on, "of the reply", today=today, after=enquiry.sent_on, after_what="was sent")
    _stop_clock(enquiry, on=on, by=by, today=today)
    enquiry.reply, enquiry.reply_text, enquiry.replied_on = reply, text.strip(), on
    return _move(enquiry, EnquiryState.REPLIED, "replied", on=on, by=by, today=today)


@transaction.atomic
def analyse_reply(*, enquiry, changes, analysis, by, today):
    """Say what the reply changes. Earlier answers about nobody else are superseded."""
    enquiry = _locked_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.ANALYSED)
    if not changes or not analysis.strip():
        raise RuleBroken("Say what the reply changes, or that it changes nothing and why.")
    _stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.changes, enquiry.analysis = changes, analysis.strip()
    enquiry.analysed_on, enquiry.analysed_by = today, by
    _move(enquiry, EnquiryState.ANALYSED, "analysed", on=today, by=by, today=today)
    _supersede_earlier(enquiry, by=by, today=today)
    return enquiry


@transaction.atomic
def mark_not_needed(*, enquiry, because, by, today):
    """Say that this enquiry need not be made, and why."""
    enquiry = _locked_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.NOT_NEEDED)
    if not because.strip():
        raise RuleBroken("Say why the enquiry is not needed.")
    if enquiry.kind == CheckKind.POLICE and enquiry.because == Because.START:
        raise RuleBroken("A police enquiry is made at every start of supervision.")
    _stop_clock(enquiry, on=today, by=by, today=today, void=True)
    enquiry.not_needed_because = because.strip()
    return _move(enquiry, EnquiryState.NOT_NEEDED, "not_needed", on=today, by=by, today=today)


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


def _locked(case):
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _locked_enquiry(enquiry):
    """As it stands now, its case locked first, so that two people cannot take the same step."""
    case = Case.objects.select_for_update(no_key=True).get(enquiries=enquiry.pk)
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    enquiry.case = case
    return enquiry


def _check_day(on, what, *, today, after, after_what):
    if on > today:
        raise RuleBroken(f"The date {what} cannot be in the future.")
    if on < after:
        raise RuleBroken(
            f"The date {what} cannot be before the enquiry {after_what}, {say_date(after)}."
        )


def _move(enquiry, to, did, *, on, by, today, note=""):
    """Take the step: the enquiry, its history, the next clock and the audit trail."""
    enquiry.state = to
    enquiry.due_on = _due_on(enquiry, today)
    enquiry.save()
    if to in STEP:
        _start_clock(enquiry, by=by, today=today)
    _step(enquiry, did, on=on, by=by, note=note)
    record(by=by, action="moved_enquiry", crn=enquiry.case.crn, enquiry=enquiry.pk, did=did)
    return enquiry


def _due_on(enquiry, today):
    owed = next_step(enquiry, check_policy(today), clocks(today).extra_bank_holidays)
    return owed[1] if owed else None


def _start_clock(enquiry, *, by, today):
    """Open the deadline whose date the enquiry already bears."""
    open_deadline(
        case=enquiry.case,
        kind=STEP[enquiry.state],
        triggered_on=step_began_on(enquiry),
        why=why_due(enquiry),
        by=by,
        today=today,
        enquiry=enquiry,
        lengths=check_policy(today).lengths(enquiry.asked_of),
    )


def _stop_clock(enquiry, *, on, by, today, void=False):
    meet_deadline(
        case=enquiry.case,
        kind=STEP[enquiry.state],
        by=by,
        today=today,
        enquiry=enquiry,
        void=void,
        on=on,
    )


def _step(enquiry, did, *, on, by, note=""):
    EnquiryStep.objects.create(enquiry=enquiry, on=on, by=by, did=did, note=note)


def _keys(enquiry):
    return {about_subject(subject).key for subject in enquiry.subjects.all()}


def _join(enquiry, subjects, note, *, by, today):
    """Let those not yet asked about, and what else was said, join an enquiry that has not been sent."""
    already = _keys(enquiry)
    new = [one for one in subjects if one.key not in already]
    if not new and not note.strip():
        return
    Subject.objects.bulk_create([new_subject(enquiry, one) for one in new])
    _step(enquiry, "widened", on=today, by=by, note=note)
    record(by=by, action="widened_enquiry", crn=enquiry.case.crn, enquiry=enquiry.pk)


def _supersede_earlier(enquiry, *, by, today):
    """An answer takes the place of earlier answers of its kind about nobody it does not cover."""
    if enquiry.reply in NOT_AN_ANSWER:
        return
    covered = _keys(enquiry)
    earlier = enquiry.case.enquiries.answered().filter(kind=enquiry.kind).exclude(pk=enquiry.pk)
    for one in earlier.order_by("pk"):
        if _keys(one) <= covered:
            check_move(one.state, EnquiryState.SUPERSEDED)
            Enquiry.objects.filter(pk=one.pk).update(state=EnquiryState.SUPERSEDED)
            _step(one, "superseded", on=today, by=by)
