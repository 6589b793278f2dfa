"""Sending an enquiry to its agency, by the system or another way, and chasing the reply by hand.

Source: product rules, checks: sent in two working days, chased at the agency's own turnaround;
sharing records purpose, legal basis, told or why not. The weekly chase is in `cases.services.chasing`.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.letters import letter
from cases.agencies.typeset import PDF, CannotPrint
from cases.models import Message, Subject
from cases.queries.requests import asked_agency, asked_of_each, request_of
from cases.reference.agencies import Channel, DocumentKind, MessageKind
from cases.reference.checks import EnquiryState
from cases.rules.checks import NOT_AN_ANSWER, check_move
from cases.rules.requests import (
    as_text,
    check_birth_dates,
    check_names,
    check_told,
    subject_of_the_email,
)
from cases.services.checks import check_day, lock_enquiry, stop_clock, take_step
from cases.services.documents import keep_document
from cases.services.policy import request_policy
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LONGEST_AGENCY = 200  # characters of its name that are kept with the enquiry
NOBODY_IN_THE_BOOK = "Nobody in the agency book answers for this area. Add them to the book, or record it sent another way."
CANNOT_PRINT = "A name holds a character that cannot be printed. Record how the name is written in Latin letters."


class ByHand(RuleBroken):
    """The agency is rung, or asked through a form of its own: a person does it and records it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one enquiry of a batch: `how` is email, letter, by_hand or refused."""

    enquiry: int
    how: str
    words: str
    document: int | None = None


@transaction.atomic
def send_enquiry(*, enquiry, asked_of, on, by, today, told_person=None, not_told_because=""):
    """Say that it was sent another way, to which agency and for which area. After half an answer, again."""
    enquiry = lock_enquiry(enquiry)
    _check_may_be_sent(enquiry)
    if not asked_of.strip():
        raise RuleBroken("Say which agency was asked, and for which area.")
    if told_person is not None:
        check_told(told_person, not_told_because)
    check_day(on, "sent", today=today, after=enquiry.triggered_on, after_what="fell due")
    _bring_up_to_date(asked_of_each([enquiry])[enquiry.pk])
    return _send(
        enquiry, asked_of.strip(), told_person, not_told_because, on=on, by=by, today=today
    )


@transaction.atomic
def send_request(*, enquiry, told_person, not_told_because, by, now, without_birth_dates=False):
    """Send the request the enquiry makes: by e-mail, or as a letter that somebody prints and posts.

    `without_birth_dates`: somebody has thought about those that are not recorded. Raises ByHand where
    the agency is rung or has a form of its own.
    """
    today = localtime(now).date()
    enquiry = lock_enquiry(enquiry)
    _refuse_if_just_sent(enquiry)
    _check_may_be_sent(enquiry)
    check_told(told_person, not_told_because)
    _check_agency(enquiry.agency, today)
    asked = asked_of_each([enquiry])[enquiry.pk]
    check_names([one.named for one in asked])
    if not without_birth_dates:
        check_birth_dates([one.named for one in asked])
    _bring_up_to_date(asked)
    request = request_of(enquiry, asked, request_policy(today), today, told_person)
    document = _keep_letter(enquiry, request, by=by, now=now)
    if enquiry.agency.channel == Channel.EMAIL:
        _write_email(enquiry, request, document, now)
    return _send(
        enquiry,
        asked_agency(enquiry, asked),
        told_person,
        not_told_because,
        on=today,
        by=by,
        today=today,
        document=document,
    )


@transaction.atomic
def send_batch(*, enquiries, told_person, not_told_because, by, now):
    """Send each of these requests, in this order: one that is refused holds up no other.

    Whoever sends the same batch at the same time waits, and is told who sent each. Returns an
    Outcome for each, in words that name nobody on probation.
    """
    check_told(told_person, not_told_because)
    if not enquiries:
        raise RuleBroken("Choose at least one enquiry to send.")
    said = {"told_person": told_person, "not_told_because": not_told_because, "by": by, "now": now}
    outcomes = [_outcome(one, said) for one in sorted(enquiries, key=lambda e: (e.case_id, e.pk))]
    record(by=by, action="sent_batch", outcomes=dict(Counter(one.how for one in outcomes)))
    return outcomes


def _outcome(enquiry, said):
    try:
        sent = send_request(enquiry=enquiry, **said)
    except ByHand as refusal:
        return Outcome(enquiry.pk, "by_hand", str(refusal))
    except RuleBroken as refusal:
        return Outcome(enquiry.pk, "refused", str(refusal))
    document = sent.steps.filter(did="sent").latest("pk").document_id
    if sent.agency.channel == Channel.EMAIL:
        return Outcome(enquiry.pk, "email", f"Sent by e-mail to {sent.asked_of}.", document)
    return Outcome(enquiry.pk, "letter", f"To print and post to {sent.asked_of}.", document)


@transaction.atomic
def chase_enquiry(*, enquiry, note, by, today):
    """Say that the agency was asked again, today."""
    return chase(lock_enquiry(enquiry), note, by=by, today=today)


def chase(enquiry, note, *, by, today):
    """The same of an enquiry whose case is held."""
    if enquiry.state != EnquiryState.SENT:
        raise RuleBroken("Only an enquiry that was sent, and has no reply, can be chased.")
    stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.chased_on, enquiry.chases = today, enquiry.chases + 1
    return take_step(enquiry, EnquiryState.SENT, "chased", on=today, by=by, today=today, note=note)


def _refuse_if_just_sent(enquiry):
    """Two people may have the same list before them: the second hears who was first."""
    if enquiry.state != EnquiryState.SENT:
        return
    sent = enquiry.steps.filter(did="sent").select_related("by").order_by("pk").last()
    if sent:
        at = localtime(sent.at)
        who = sent.by.name if sent.by else "The system"
        raise RuleBroken(f"{who} sent it at {say_time(at.time())} on {say_date(at.date())}.")


def _check_may_be_sent(enquiry):
    check_move(enquiry.state, EnquiryState.SENT)
    if enquiry.state == EnquiryState.REPLIED and enquiry.reply not in NOT_AN_ANSWER:
        raise RuleBroken("The agency has answered. Analyse its reply.")


def _check_agency(agency, today):
    if agency is None or (agency.ended_on and agency.ended_on <= today):
        raise RuleBroken(NOBODY_IN_THE_BOOK)
    if agency.channel == Channel.TELEPHONE:
        raise ByHand(f"Ring {agency.name} on {agency.telephone}, then record it sent.")
    if agency.channel == Channel.PORTAL:
        raise ByHand(f"Fill in the web form of {agency.name}, then record it sent.")


def _bring_up_to_date(asked):
    """The subjects as they are known on the day they are asked about, which is what a reply covers."""
    changed = []
    for one in asked:
        subject, named = one.subject, one.named
        if (subject.name, subject.born_on) != (named.name, named.born_on):
            subject.name, subject.born_on = named.name, named.born_on
            changed.append(subject)
    Subject.objects.bulk_update(changed, ["name", "born_on"])


def _keep_letter(enquiry, request, *, by, now):
    try:
        content = letter(request)
    except CannotPrint as problem:
        raise RuleBroken(CANNOT_PRINT) from problem
    return keep_document(
        case=enquiry.case,
        enquiry=enquiry,
        kind=DocumentKind.REQUEST,
        name=f"{request.reference}.pdf",
        content=content,
        media_type=PDF,
        by=by,
        now=now,
    )


def _write_email(enquiry, request, document, now):
    times_sent = enquiry.steps.filter(did="sent").count() + 1
    Message.objects.create(
        key=f"request-{enquiry.pk}-{times_sent}",
        kind=MessageKind.REQUEST,
        agency=enquiry.agency,
        address=enquiry.agency.email,
        subject=subject_of_the_email(request),
        body=as_text(request),
        document=document,
        not_before=now,
        at=now,
    )


def _send(enquiry, asked_of, told_person, not_told_because, *, on, by, today, document=None):
    stop_clock(enquiry, on=on, by=by, today=today)
    enquiry.asked_of, enquiry.sent_on = asked_of[:LONGEST_AGENCY], on
    enquiry.chased_on, enquiry.chases = None, 0
    enquiry.told_person = told_person
    enquiry.not_told_because = "" if told_person else not_told_because.strip()
    enquiry.replied_on, enquiry.reply, enquiry.reply_text = None, "", ""
    return take_step(
        enquiry, EnquiryState.SENT, "sent", on=on, by=by, today=today, document=document
    )
