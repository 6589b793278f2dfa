"""Writes enquiries as the services would have left them: subjects, steps, and each clock run so far."""

from datetime import datetime, time
from types import SimpleNamespace

from django.utils import timezone

from cases.management.demo.checks import ANALYSE_DAYS, CHASE_DAYS, SEND_DAYS
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.reference.deadlines import KINDS
from cases.rules.calendar import add_working_days
from cases.rules.checks import why_due

MID_MORNING = time(10, 30)
ASKED_WHERE_THEY_LIVE = frozenset(
    {CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS, CheckKind.ADDRESS}
)
DAYS = {"send_check": SEND_DAYS, "chase_check": CHASE_DAYS, "analyse_check": ANALYSE_DAYS}


def write_enquiries(book, plan, clerk):
    """`clerk` is the member of the hub who sends and chases for this team."""
    for one in plan.enquiries:
        _write(book, plan, one, clerk.user_id)


def write_deadlines(book, plan):
    for one in plan.deadlines:
        deadline(book, plan, one.kind, one.triggered_on, one.due_on, one.why, met_on=one.met_on)


def _write(book, plan, one, clerk_id):
    officer_id = plan.officer.user_id if plan.officer else None
    enquiry_id = book.Enquiry.add(
        case_id=plan.case_id,
        kind=one.kind,
        because=one.because,
        triggered_on=one.triggered_on,
        state=one.state,
        due_on=one.due_on,
        asked_of=one.asked_of,
        sent_on=one.sent_on,
        chased_on=one.chases[-1] if one.chases else None,
        chases=len(one.chases),
        replied_on=one.replied_on,
        reply=one.reply,
        reply_text=one.reply_text,
        analysed_on=one.analysed_on,
        analysed_by_id=officer_id if one.analysed_on else None,
        changes=one.changes,
        analysis=one.analysis,
        not_needed_because=one.not_needed,
    )
    _write_subjects(book, plan, one, enquiry_id)
    for on, did, by, words in _history(one, officer_id, clerk_id):
        at = timezone.make_aware(datetime.combine(on, MID_MORNING))
        book.EnquiryStep.add(enquiry_id=enquiry_id, at=at, on=on, by_id=by, did=did, note=words)
    for clock in _clocks(one):
        deadline(book, plan, *clock[:4], met_on=clock[4], void=clock[5], enquiry_id=enquiry_id)


def _write_subjects(book, plan, one, enquiry_id):
    book.Subject.add(
        enquiry_id=enquiry_id,
        kind=SubjectKind.PERSON,
        name=f"{plan.forename} {plan.surname}",
        born_on=None if "born_on" in plan.needs else plan.record.born_on,
    )
    for other in one.about:
        book.Subject.add(
            enquiry_id=enquiry_id,
            kind=other.kind,
            name=other.name,
            born_on=other.born_on,
            related_person_id=other.id,
            protected=other.protected,
        )
    if one.kind in ASKED_WHERE_THEY_LIVE:
        address = plan.address or "No fixed abode"
        book.Subject.add(enquiry_id=enquiry_id, kind=SubjectKind.ADDRESS, name=address)


def _history(one, officer_id, clerk_id):
    """What was done, in order: the day, the deed, by whom and in what words."""
    yield one.triggered_on, "due", None, ""
    if one.not_needed_on:
        yield one.not_needed_on, "not_needed", officer_id, ""
    if one.sent_on:
        yield one.sent_on, "sent", clerk_id, ""
    for on in one.chases:
        yield on, "chased", clerk_id, "Rang and left a message."
    if one.replied_on:
        yield one.replied_on, "replied", clerk_id, ""
    if one.analysed_on:
        yield one.analysed_on, "analysed", officer_id, ""
    if one.state == EnquiryState.SUPERSEDED:
        yield one.analysed_on, "superseded", officer_id, ""


def _clocks(one):
    """Each deadline there has been: kind, since, due, why, met and whether it was set aside."""
    stopped = one.sent_on or one.not_needed_on
    yield _clock(one, "send_check", one.triggered_on, stopped, void=bool(one.not_needed_on))
    if not one.sent_on:
        return
    asked = [one.sent_on, *one.chases]
    ends = [*one.chases, one.replied_on]
    for number, (since, met_on) in enumerate(zip(asked, ends, strict=True)):
        yield _clock(one, "chase_check", since, met_on, chases=number)
    if one.replied_on:
        yield _clock(one, "analyse_check", one.replied_on, one.analysed_on)


STATE_OWING = {
    "send_check": EnquiryState.DUE,
    "chase_check": EnquiryState.SENT,
    "analyse_check": EnquiryState.REPLIED,
}


def _clock(one, kind, since, met_on, *, void=False, chases=0):
    why = why_due(
        SimpleNamespace(
            state=STATE_OWING[kind],
            because=one.because,
            triggered_on=one.triggered_on,
            sent_on=one.sent_on,
            chases=chases,
            replied_on=one.replied_on,
            reply=one.reply,
        )
    )
    return kind, since, add_working_days(since, DAYS[kind]), why, met_on, void


def deadline(book, plan, kind, since, due_on, why, *, met_on=None, void=False, enquiry_id=None):
    book.Deadline.add(
        case_id=plan.case_id,
        kind=kind,
        enquiry_id=enquiry_id,
        owner_role=KINDS[kind].owner,
        triggered_on=since,
        due_on=due_on,
        met_on=met_on,
        void=void,
        why=why,
    )
