"""Writing a letter of enforcement, making it ready, sending it once, and what follows when it comes back.

What it says when it is made ready is kept word for word (`words["made"]`): that is printed, and that is what went.
Rules: `cases.rules.enforcement.letters`.
"""

from datetime import date

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.enforcement_letter import enforcement_letter
from cases.agencies.letters import joined
from cases.agencies.typeset import PDF, CannotPrint
from cases.models import ComplianceWarning, Letter, Message, Person
from cases.queries.enforcement.letters import facts_of
from cases.queries.person_copy import kept_from_person
from cases.reference.agencies import Delivery, DocumentKind, Means, MessageKind
from cases.reference.codes import Sharing
from cases.reference.enforcement import LetterKind, LetterState, SentBy
from cases.rules.enforcement.days import served_on
from cases.rules.enforcement.letters import (
    CHANGED,
    HOW,
    LONGEST,
    Sending,
    as_data,
    check_because,
    check_becomes,
    check_days,
    check_proof,
    check_whole,
    missing,
    reason_day,
)
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.documents import keep_document
from cases.services.policy import clocks, enforcement_policy, request_policy
from staff.audit import record
from staff.errors import RuleBroken

MADE = "made"  # among the words: the letter as it was made ready
NOT_PRINTED = "The letter holds a character that cannot be printed. Look for symbols or letters of another script."
SUBJECT = {False: "A letter for you", True: "Llythyr i chi / A letter for you"}
BODY = (
    "Hello {called}. A letter for you is attached. If you cannot open it, please ring {telephone}."
)
BODY_CY = (
    "Helo {called}. Mae llythyr i chi wedi'i atodi. Os na allwch ei agor, ffoniwch {telephone}.\n\n"
)


@transaction.atomic
def ask_for_letter(
    *, case, kind, by, now, why, triggered_on=None, warning=None, breach=None, words=None
):
    """A letter is to be written, and is owed from now on. Returns it; one that is still to go is that one."""
    case = lock_case(case)
    check_still_here(case.left_as)
    waits = Letter.objects.to_go().filter(case=case, kind=kind, warning=warning, breach=breach)
    if (warning or breach) and (there := waits.first()):
        return there
    letter = Letter.objects.create(
        case=case,
        kind=kind,
        warning=warning,
        breach=breach,
        welsh=Person.objects.filter(case=case, wants_welsh=True).exists(),
        words=words or {},
        asked_at=now,
        asked_by=by,
    )
    record(by=by, action="asked_for_letter", crn=case.crn, letter=letter.pk, kind=str(kind))
    today = localtime(now).date()
    open_deadline(
        case=case,
        kind="send_letter",
        triggered_on=triggered_on or today,
        why=why,
        by=by,
        today=today,
        letter=letter,
    )
    return letter


def look_at(*, letter, now):
    """(what is missing, the letter as it would go or was made ready). Changes nothing."""
    if MADE in letter.words:
        return [], letter.words[MADE]
    facts, kept, sending = _known(letter, letter.case, now)
    return missing(facts, kept), as_data(facts, sending.on, reason_day(facts, sending))


def as_paper(said):
    """The bytes of the letter that says this."""
    try:
        return enforcement_letter(said)
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem


@transaction.atomic
def write_letter(*, letter, words, welsh, by, now):
    """Keep what is written into it, by field, and whether it is in Welsh as well. Returns the letter."""
    letter = _locked(letter)
    check_still_here(letter.case.left_as)
    if letter.state != LetterState.ASKED:
        raise RuleBroken(
            "This letter is not being written any more. Open it again, and put it back first."
        )
    kept = {name: " ".join(str(said).split()) for name, said in words.items() if name != MADE}
    if any(len(said) > LONGEST for said in kept.values()):
        raise RuleBroken(f"Say it in at most {LONGEST:,} letters: it has to be read.")
    if kept.get(HOW, SentBy.POST) not in {*SentBy}:
        raise RuleBroken("Choose how it is to go: by post, by e-mail or by hand.")
    letter.words, letter.welsh = letter.words | kept, welsh
    letter.save(update_fields=["words", "welsh"])
    record(by=by, action="wrote_letter", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def make_ready(*, letter, by, now):
    """It has been read and may go as it is. Refused while anything is missing. Returns the letter."""
    letter = _locked(letter)
    check_still_here(letter.case.left_as)
    check_becomes(letter.state, LetterState.READY)
    _check_stands(letter)
    facts, kept, sending = _known(letter, letter.case, now)
    check_whole(missing(facts, kept))
    said = as_data(facts, sending.on, reason_day(facts, sending))
    as_paper(said)  # refused now, rather than when ten are to be printed
    letter.words = letter.words | {MADE: said}
    letter.state, letter.ready_at, letter.ready_by = LetterState.READY, now, by
    letter.save(update_fields=["words", "state", "ready_at", "ready_by"])
    record(by=by, action="made_letter_ready", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def unready(*, letter, by, now):
    """Put it back to be written. Returns the letter."""
    letter = _locked(letter)
    check_becomes(letter.state, LetterState.ASKED)
    letter.words = {name: said for name, said in letter.words.items() if name != MADE}
    letter.state, letter.ready_at, letter.ready_by = LetterState.ASKED, None, None
    letter.save(update_fields=["words", "state", "ready_at", "ready_by"])
    record(by=by, action="put_letter_back", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def send_letter(*, letter, proof, by, now):
    """It has gone, or goes now by e-mail: once. What went is kept, service is reckoned, a warning counts from then.

    `proof`: of posting, or who handed it over; of an e-mail it comes by itself. Returns the letter.
    """
    letter = _locked(letter)
    case, today = letter.case, localtime(now).date()
    check_still_here(case.left_as)
    check_becomes(letter.state, LetterState.SENT)
    _check_stands(letter)
    facts, kept, sending = _known(letter, case, now)
    check_whole(missing(facts, kept))
    made = letter.words[MADE]
    until = date.fromisoformat(made["until"]) if made["until"] else None
    if as_data(facts, date.fromisoformat(made["on"]), until) != made:
        raise RuleBroken(CHANGED)
    check_days(facts, until, sending)
    document = keep_document(
        case=case,
        enquiry=None,
        kind=DocumentKind.LETTER,
        content=as_paper(made),
        by=by,
        now=now,
        name=f"letter-{today}.pdf",
        media_type=PDF,
    )
    document.sharing = Sharing.YES  # what they were sent is theirs
    document.save(update_fields=["sharing"])
    letter.proof = check_proof(facts.how, proof)
    if facts.how == SentBy.EMAIL:
        _write_email(letter, facts, document, now)
        letter.proof = f"E-mail, message letter-{letter.pk} of the outbox"
    letter.address = _where_to(facts)[: Letter._meta.get_field("address").max_length]
    letter.document, letter.state, letter.sent_how = document, LetterState.SENT, facts.how
    letter.sent_at, letter.sent_by = now, by
    letter.served_on = served_on(today, facts.how, sending.after, sending.extra)
    letter.save()
    _give_warning(letter, by)
    meet_deadline(case=case, kind="send_letter", by=by, today=today, letter=letter)
    record(by=by, action="sent_letter", crn=case.crn, letter=letter.pk, how=str(facts.how))
    return letter


@transaction.atomic
def letter_came_back(*, letter, on, because, by, now):
    """It was not delivered: a warning that rests on it was not given. The officer sees to it. Returns the letter."""
    letter = _locked(letter)
    today = localtime(now).date()
    check_becomes(letter.state, LetterState.RETURNED)
    if not localtime(letter.sent_at).date() <= on <= today:
        raise RuleBroken("It came back on a day between when it was sent and today.")
    letter.returned_because = check_because(because, "Say why it came back: what is written on it.")
    letter.state, letter.returned_on = LetterState.RETURNED, on
    letter.save(update_fields=["state", "returned_on", "returned_because"])
    if letter.warning and letter.kind == LetterKind.WARNING:
        ComplianceWarning.objects.filter(pk=letter.warning_id).update(given_on=None)
    open_deadline(
        case=letter.case,
        kind="mend_letter",
        triggered_on=today,
        why=f"A letter came back: {letter.returned_because}",
        by=by,
        today=today,
        letter=letter,
    )
    record(by=by, action="letter_came_back", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def write_again(*, letter, by, now):
    """Another letter in the place of one that came back. Returns the new one."""
    letter = _locked(letter)
    check_still_here(letter.case.left_as)
    if letter.state != LetterState.RETURNED or letter.again_id:
        raise RuleBroken("Only a letter that came back is written again, and once.")
    _check_stands(letter)
    words = {name: said for name, said in letter.words.items() if name != MADE}
    letter.again = ask_for_letter(
        case=letter.case,
        kind=letter.kind,
        by=by,
        now=now,
        why="The letter before it came back",
        warning=letter.warning,
        breach=letter.breach,
        words=words,
    )
    letter.save(update_fields=["again"])
    meet_deadline(
        case=letter.case, kind="mend_letter", by=by, today=localtime(now).date(), letter=letter
    )
    return letter.again


@transaction.atomic
def leave_returned(*, letter, because, by, now):
    """No other letter is written after one that came back. Returns the letter."""
    letter = _locked(letter)
    because = check_because(because, "Say why no other letter is written.")
    if letter.state != LetterState.RETURNED or letter.again_id:
        raise RuleBroken("Only a letter that came back, and was not written again, is left so.")
    letter.cancelled_because = because[:300]
    letter.save(update_fields=["cancelled_because"])
    today = localtime(now).date()
    meet_deadline(case=letter.case, kind="mend_letter", by=by, today=today, letter=letter)
    record(by=by, action="left_letter_returned", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def cancel_letter(*, letter, because, by, now):
    """It is not to go. Refused once it has gone. Returns the letter."""
    letter = _locked(letter)
    check_becomes(letter.state, LetterState.CANCELLED)
    letter.cancelled_because = check_because(because, "Say why it is not to go.")[:300]
    letter.state = LetterState.CANCELLED
    letter.save(update_fields=["state", "cancelled_because"])
    today = localtime(now).date()
    meet_deadline(
        case=letter.case, kind="send_letter", by=by, today=today, void=True, letter=letter
    )
    record(by=by, action="cancelled_letter", crn=letter.case.crn, letter=letter.pk)
    return letter


# Several at once: each stands or falls by itself


def make_letters_ready(*, letters, by, now):
    """(those that are ready, [(letter, why not)]), each in a transaction of its own."""
    return _each(letters, lambda one: make_ready(letter=one, by=by, now=now))


def send_letters(*, letters, proof, by, now):
    """(those that went, [(letter, why not)]), each in a transaction of its own. `proof`: of all of them."""
    return _each(letters, lambda one: send_letter(letter=one, proof=proof, by=by, now=now))


@transaction.atomic
def print_letters(*, letters, by):
    """The bytes of every letter that is ready and goes on paper, as one PDF."""
    papers = [one for one in letters if one.state == LetterState.READY and is_on_paper(one)]
    if not papers:
        raise RuleBroken("No letter is ready to be printed.")
    record(by=by, action="printed_letters", letters=[one.pk for one in papers])
    return joined([as_paper(one.words[MADE]) for one in papers])


def is_on_paper(letter):
    return letter.words.get(HOW, SentBy.POST) != SentBy.EMAIL


def _each(letters, act):
    done, refused = [], []
    for one in letters:
        try:
            done.append(act(one))
        except RuleBroken as refusal:
            refused.append((one, str(refusal)))
    return done, refused


def _locked(letter):
    """As it stands now, its case locked first."""
    case = lock_case(letter.case)
    found = Letter.objects.select_related("warning__sentence", "breach__sentence").get(pk=letter.pk)
    found.case = case
    return found


def _check_stands(letter):
    if letter.kind == LetterKind.WARNING and letter.warning and letter.warning.withdrawn_on:
        raise RuleBroken("The warning is withdrawn, so this letter cannot go. Cancel it.")


def _known(letter, case, now):
    """(its facts, what the person may not be told, what is known of sending it now)."""
    today = localtime(now).date()
    facts = facts_of(letter, case, request_policy(today).reply_to, now)
    sending = Sending(
        today, enforcement_policy(today).served_after, frozenset(clocks(today).extra_bank_holidays)
    )
    return facts, kept_from_person(case), sending


def _where_to(facts):
    if facts.how == SentBy.EMAIL:
        return facts.email
    return ", ".join(facts.address) if facts.how == SentBy.POST else ""


def _give_warning(letter, by):
    """The warning was given on the day of deemed service."""
    if letter.kind == LetterKind.WARNING and letter.warning_id:
        warning = ComplianceWarning.objects.filter(pk=letter.warning_id)
        warning.update(given_on=letter.served_on)


def _write_email(letter, facts, document, now):
    said = {"called": facts.called, "telephone": facts.telephone}
    welsh = BODY_CY.format(**said) if facts.welsh else ""
    Message.objects.create(
        key=f"letter-{letter.pk}",  # the same is never sent twice
        kind=MessageKind.LETTER,
        means=Means.EMAIL,
        address=facts.email,
        subject=SUBJECT[facts.welsh],
        body=welsh + BODY.format(**said),
        document=document,
        not_before=now,
        delivery=Delivery.WAITING,
        at=now,
    )
