"""Writes enquiries as the services would have left them: subjects, steps, and each clock run so far."""

from datetime import time, timedelta
from types import SimpleNamespace

from cases.management.days import by_now
from cases.management.demo import agencies, papers
from cases.management.demo.checks import ANALYSE_DAYS, SEND_DAYS
from cases.reference.checks import (
    REPLY_PUT_RIGHT,
    CheckKind,
    EnquiryState,
    Reply,
    SubjectKind,
)
from cases.reference.deadlines import KINDS
from cases.rules.calendar import add_working_days
from cases.rules.checks import why_due

MID_MORNING = time(10, 30)
ASKED_WHERE_THEY_LIVE = frozenset(
    {CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS, CheckKind.ADDRESS}
)
ANOTHER_YEAR = timedelta(days=366)


def write_enquiries(book, plan, clerk, agency_ids):
    """`clerk` is the member of the hub who sends and chases for this team."""
    for one in plan.enquiries:
        one.id = _write(book, plan, one, clerk.user_id, agency_ids[one.agency])


def write_deadlines(book, plan):
    for one in plan.deadlines:
        deadline(
            book, plan, one.kind, one.triggered_on, one.due_on, one.why, met_on=one.met_on, void=one.void
        )  # fmt: skip


def at_mid_morning(on):
    return by_now(on, MID_MORNING)


def _write(book, plan, one, clerk_id, agency_id):
    officer_id = plan.officer.user_id if plan.officer else None
    enquiry_id = book.Enquiry.add(
        case_id=plan.case_id,
        kind=one.kind,
        because=one.because,
        triggered_on=one.triggered_on,
        state=one.state,
        due_on=one.due_on,
        agency_id=agency_id,
        asked_of=one.asked_of,
        told_person=one.told_person,
        not_told_because=one.not_told,
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
    kept = _write_papers(book, plan, one, enquiry_id, clerk_id) if one.papers else {}
    for on, did, by, words in _history(one, officer_id, clerk_id):
        book.EnquiryStep.add(
            enquiry_id=enquiry_id, at=at_mid_morning(on), on=on, by_id=by, did=did, note=words,
            document_id=kept.get(did),
        )  # fmt: skip
    for clock in _clocks(one):
        deadline(book, plan, *clock[:4], met_on=clock[4], void=clock[5], enquiry_id=enquiry_id)
    return enquiry_id


def _write_subjects(book, plan, one, enquiry_id):
    book.Subject.add(
        enquiry_id=enquiry_id,
        kind=SubjectKind.PERSON,
        name=f"{plan.forename} {plan.surname}",
        born_on=None if "born_on" in plan.needs else plan.record.born_on,
        reply=_answer(one, SubjectKind.PERSON),
    )
    for other in one.about:
        misdated = other in one.misdated
        book.Subject.add(
            enquiry_id=enquiry_id,
            kind=other.kind,
            name=other.name,
            born_on=other.born_on - ANOTHER_YEAR if misdated else other.born_on,
            related_person_id=other.id,
            protected=other.protected,
            reply="" if other in one.unanswered else _answer(one, other.kind),
        )
    if one.kind in ASKED_WHERE_THEY_LIVE and one.agency == agencies.asked_about(
        plan.site, one.kind
    ):
        address = plan.address or "No fixed abode"
        reply = _answer(one, SubjectKind.ADDRESS)
        book.Subject.add(enquiry_id=enquiry_id, kind=SubjectKind.ADDRESS, name=address, reply=reply)


def _answer(one, kind):
    """What was answered of a subject of this kind: of children, what children's services know of them."""
    if one.reply == Reply.PARTIAL:
        return str(Reply.NO_TRACE)
    if one.reply == Reply.INFORMATION and kind not in {SubjectKind.PERSON, SubjectKind.CHILD}:
        return str(Reply.NO_TRACE)
    return one.reply


def _write_papers(book, plan, one, enquiry_id, clerk_id):
    """What was sent and what came, by the step that each belongs to."""
    kept = {}
    for did, on, words in (
        ("sent", one.sent_on, papers.asking(one)),
        ("replied", one.replied_on, one.reply_text),
    ):
        if on:
            kept[did] = papers.keep(
                book, plan, enquiry_id, did, words, at=at_mid_morning(on), by_id=clerk_id
            )
    return kept


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
    if one.put_right:
        yield one.replied_on, REPLY_PUT_RIGHT, clerk_id, one.put_right
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
            because_note="",
            triggered_on=one.triggered_on,
            sent_on=one.sent_on,
            chases=chases,
            replied_on=one.replied_on,
            reply=one.reply,
        )
    )
    days = {
        "send_check": SEND_DAYS,
        "chase_check": one.agency.turnaround,
        "analyse_check": ANALYSE_DAYS,
    }[kind]
    return kind, since, add_working_days(since, days), why, met_on, void


def deadline(book, plan, kind, since, due_on, why, *, met_on=None, void=False, **about):
    """`about` is the enquiry, reading or action that it is owed on, by key."""
    book.Deadline.add(
        case_id=plan.case_id,
        kind=kind,
        **about,
        owner_role=KINDS[kind].owner,
        triggered_on=since,
        due_on=due_on,
        met_on=met_on,
        void=void,
        why=why,
    )
