"""A letter of enforcement that came back, or an e-mail that did not go: nothing was given, and the officer sees to it.

An e-mail waits in the outbox for a minute or an hour, so at the moment it goes it is asked again whether it still may.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, ComplianceWarning, Letter
from cases.queries.enforcement.letters import emails_of
from cases.queries.reminders import about_person, ready_means
from cases.reference.agencies import Delivery, Means
from cases.reference.enforcement import LetterKind, LetterState
from cases.rules.enforcement.letters import check_because, check_becomes
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.enforcement.letters import (
    MADE,
    MEND,
    ask_for_letter,
    check_stands,
    locked,
    stands,
)
from staff.audit import record
from staff.errors import RuleBroken

LONGEST = 300  # letters of why it came back, as the column has them
LEFT = "They are not supervised here any more"
WITHDRAWN = "What it was about was withdrawn"
NOT_SAFE = "The e-mail address is not safe to use any more, or they do not want e-mails"
OFFICER_SEES = "This letter did not go, and its officer sees to it: another is written on the page of the letter."


@transaction.atomic
def letter_came_back(*, letter, on, because, by, now):
    """It was not delivered: a warning that rests on it was not given. The officer sees to it. Returns the letter."""
    letter = locked(letter)
    check_becomes(letter.state, LetterState.RETURNED)
    if not localtime(letter.sent_at).date() <= on <= localtime(now).date():
        raise RuleBroken("It came back on a day between when it was sent and today.")
    because = check_because(because, "Say why it came back: what is written on it.")
    return _come_back(letter, on, because, by, now)


@transaction.atomic
def email_did_not_go(*, message, because, by, now):
    """The e-mail that carried it failed or was stopped. Returns the letter, or None where it is not at “Sent”."""
    letter = _letter_of(message)
    letter = letter and locked(letter)
    if letter is None or letter.state != LetterState.SENT:
        return None
    return _come_back(letter, localtime(now).date(), because, by, now)


def still_to_go(*, message, now):
    """Whether the e-mail of a letter, which is about to be sent and is locked, goes as things are at this moment.

    One that does not is dropped, and its letter has come back. While somebody is at work on the case it is left as it
    is, for the next sweep: what they are doing may be what stops it.
    """
    free = Case.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    case = free.filter(documents=message.document_id).first()
    if case is None or Means.EMAIL not in ready_means():
        return False
    because = _why_not(message, case)
    if because:
        message.delivery, message.settled_at, message.problem = Delivery.CANCELLED, now, because
        message.save(update_fields=["delivery", "settled_at", "problem"])
        email_did_not_go(message=message, because=because, by=None, now=now)
    return not because


def check_again(message):
    """Refuse to have the e-mail of a letter sent once more where it came back, or may not go there now. The case is locked."""
    check_gone(message)
    if because := _why_not(message, _letter_of(message).case):
        raise RuleBroken(f"It is not to be sent again. {because}.")


def check_gone(message):
    """Refuse to say that the e-mail of a letter went where the letter came back: another may have been written."""
    letter = _letter_of(message)
    if letter is None or letter.state != LetterState.SENT:
        raise RuleBroken(OFFICER_SEES)


@transaction.atomic
def write_again(*, letter, by, now):
    """Another letter in the place of one that came back. Returns the new one."""
    letter = locked(letter)
    check_still_here(letter.case.left_as)
    if letter.state != LetterState.RETURNED or letter.again_id or letter.cancelled_because:
        raise RuleBroken("Only a letter that came back is written again, and once.")
    check_stands(letter)
    letter.again = ask_for_letter(
        case=letter.case,
        kind=letter.kind,
        by=by,
        now=now,
        why="The letter before it came back",
        warning=letter.warning,
        breach=letter.breach,
        absence=letter.absence,
        words={name: said for name, said in letter.words.items() if name != MADE},
    )
    letter.again.welsh = letter.welsh
    letter.again.save(update_fields=["welsh"])
    letter.save(update_fields=["again"])
    today = localtime(now).date()
    meet_deadline(case=letter.case, kind=MEND, by=by, today=today, letter=letter)
    return letter.again


def _come_back(letter, on, because, by, now):
    today = localtime(now).date()
    letter.returned_because = shortened(because, LONGEST)
    letter.state, letter.returned_on = LetterState.RETURNED, on
    letter.save(update_fields=["state", "returned_on", "returned_because"])
    if letter.warning and letter.kind == LetterKind.WARNING:
        ComplianceWarning.objects.filter(pk=letter.warning_id).update(given_on=None)
    if stands(letter):  # otherwise nothing is left to tell them
        open_deadline(
            case=letter.case,
            kind=MEND,
            triggered_on=today,
            why=f"A letter came back: {letter.returned_because}",
            by=by,
            today=today,
            letter=letter,
        )
    record(by=by, action="letter_came_back", crn=letter.case.crn, letter=letter.pk)
    return letter


def _letter_of(message):
    found = Letter.objects.select_related("case", "warning", "breach")
    return found.filter(document=message.document_id).first()


def _why_not(message, case):
    """Why this e-mail may not go now; blank where it may."""
    letter = _letter_of(message)
    if case.left_as:
        return LEFT
    if letter is None or not stands(letter):
        return WITHDRAWN
    return "" if message.address in emails_of(about_person(case)) else NOT_SAFE
