"""Sending a letter of enforcement, once: what went is kept, service is reckoned, and a warning counts from then."""

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.typeset import PDF
from cases.models import ComplianceDecision, ComplianceWarning, Letter, Message
from cases.reference.agencies import Delivery, DocumentKind, Means, MessageKind
from cases.reference.codes import Sharing
from cases.reference.enforcement import LetterKind, LetterState, SentBy
from cases.rules.compliance import reason_until
from cases.rules.enforcement.days import served_on
from cases.rules.enforcement.letter_gaps import check_whole, missing
from cases.rules.enforcement.letter_stale import check_fresh, stale
from cases.rules.enforcement.letters import (
    check_becomes,
    check_proof,
    check_read,
)
from cases.rules.leaving import check_still_here
from cases.services.deadlines import meet_deadline, wait_until
from cases.services.documents import keep_document
from cases.services.enforcement.letters import (
    MADE,
    SEND,
    as_paper,
    check_stands,
    known_of,
    locked,
)
from staff.audit import record

DECIDE = "decide_absence"
SUBJECT = {False: "A letter for you", True: "Llythyr i chi / A letter for you"}
BODY = (
    "Hello {called}. A letter for you is attached. If you cannot open it, please ring {telephone}."
)
BODY_CY = (
    "Helo {called}. Mae llythyr i chi wedi'i atodi. Os na allwch ei agor, ffoniwch {telephone}.\n\n"
)


@transaction.atomic
def send_letter(*, letter, proof, by, now, read=None):
    """It has gone, or goes now by e-mail: once. Returns the letter.

    `proof`: of posting, or who handed it over; of an e-mail it comes by itself. `read`: the `mark_of` the letter that
    was printed; refused where it was made ready anew since.
    """
    letter = locked(letter)
    case, today = letter.case, localtime(now).date()
    check_still_here(case.left_as)
    check_becomes(letter.state, LetterState.SENT)
    check_stands(letter)
    made = letter.words[MADE]
    check_read(read, made)
    facts, sending = _as_made(letter, made, now)
    letter.proof = check_proof(facts.how, proof)
    letter.document = _kept(as_paper(made), case, by, now)
    if facts.how == SentBy.EMAIL:
        _write_email(letter, facts, now)
        letter.proof = f"E-mail, message letter-{letter.pk} of the outbox"
    letter.address = _where_to(facts)[: Letter._meta.get_field("address").max_length]
    letter.state, letter.sent_how = LetterState.SENT, facts.how
    letter.sent_at, letter.sent_by = now, by
    letter.served_on = served_on(today, facts.how, sending.after, sending.extra)
    letter.save()
    _give_warning(letter)
    _wait_for_reason(letter, sending, by=by, today=today)
    meet_deadline(case=case, kind=SEND, by=by, today=today, letter=letter)
    record(by=by, action="sent_letter", crn=case.crn, letter=letter.pk, how=str(facts.how))
    return letter


def _as_made(letter, made, now):
    """(its facts, what is known of sending it): refused where what it would say is not what was made ready."""
    facts, kept, sending = known_of(letter, letter.case, now)
    check_whole(missing(facts, kept))
    check_fresh(stale(facts, made, sending))
    return facts, sending


def _kept(content, case, by, now):
    document = keep_document(
        case=case,
        enquiry=None,
        kind=DocumentKind.LETTER,
        content=content,
        by=by,
        now=now,
        name=f"letter-{localtime(now).date()}.pdf",
        media_type=PDF,
    )
    document.sharing = Sharing.YES  # what they were sent is theirs
    document.save(update_fields=["sharing"])
    return document


def _where_to(facts):
    if facts.how == SentBy.EMAIL:
        return facts.email
    return ", ".join(facts.address) if facts.how == SentBy.POST else ""


def _give_warning(letter):
    """The warning was given on the day of deemed service."""
    if letter.kind == LetterKind.WARNING and letter.warning_id:
        warning = ComplianceWarning.objects.filter(pk=letter.warning_id)
        warning.update(given_on=letter.served_on)


def _wait_for_reason(letter, sending, *, by, today):
    """The absence of which it asks the reason is decided no earlier than the reason may come."""
    if letter.kind != LetterKind.REASON or letter.absence_id is None:
        return
    decision = ComplianceDecision.objects.get(appointment=letter.absence_id)
    until = reason_until(decision.happened_on, sending.extra, letter.served_on)
    about = {"case": letter.case, "appointment": letter.absence, "by": by, "today": today}
    wait_until(kind=DECIDE, due_on=until, **about)


def _write_email(letter, facts, now):
    said = {"called": facts.called, "telephone": facts.telephone}
    welsh = BODY_CY.format(**said) if facts.welsh else ""
    Message.objects.create(
        key=f"letter-{letter.pk}",  # the same is never sent twice
        kind=MessageKind.LETTER,
        means=Means.EMAIL,
        address=facts.email,
        subject=SUBJECT[facts.welsh],
        body=welsh + BODY.format(**said),
        document=letter.document,
        not_before=now,
        delivery=Delivery.WAITING,
        at=now,
    )
