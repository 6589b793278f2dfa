"""What an agency answered about each of those asked about, and what the officer makes of it.

Source: product rules, checks: a reply covers its subjects and nobody else, and must be read and analysed.
"""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from cases.models import Enquiry, Subject
from cases.queries.recipients import owner_and_cover
from cases.queries.replies import why_it_takes_none
from cases.queries.reply_came import taken_off
from cases.reference.checks import HEARD_AGAIN, REPLY_GONE, TAKEN_OFF, CheckKind, EnquiryState
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, SaidBy
from cases.rules.actions import check_analysis
from cases.rules.checks import IN_SHORT, NOT_AN_ANSWER, check_move
from cases.rules.references import reference_of, references_in
from cases.rules.replies import SAID_BY, check_answers
from cases.rules.words import sentence
from cases.services.actions import add_action
from cases.services.checks import (
    check_day,
    covered_keys,
    lock_case,
    lock_enquiry,
    note_step,
    stop_clock,
    take_step,
)
from cases.services.documents import give_to_case
from cases.services.in_hand import RECORDED, hold, put_with
from cases.services.information import record_information
from cases.services.intake import open_unprotected
from cases.services.interim_owed import check_protected, settle_interim_plan
from cases.services.telling import tell
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASK_AGAIN = "Ask the agency again, or write an interim plan first."
IN_THE_FILE = "The words are in the document."
FURTHER = "Keep yours as a further reply, which the officer must read."


@transaction.atomic
def record_reply(*, enquiry, answers, text, on, by, today, now, document=None, in_hand=None):
    """Keep what the agency answered about each: {key of the subject: `Reply`}, blank or left out where
    it said nothing. It still has to be read and analysed, and its officer is told at once.

    `in_hand`: the reply as it was taken in, which brings its own document.
    """
    enquiry, in_hand = lock_enquiry(enquiry), hold(in_hand)
    _check_takes_a_reply(enquiry)
    _check_is_meant(enquiry, in_hand)
    subjects = list(enquiry.subjects.order_by("pk"))
    whole = check_answers(answers, {one.pk for one in subjects}, text)
    check_day(on, "of the reply", today=today, after=enquiry.sent_on, after_what="was sent")
    document = _kept_with(enquiry.case, document, in_hand, by=by, now=now, enquiry=enquiry)
    stop_clock(enquiry, on=on, by=by, today=today)
    for one in subjects:
        one.reply = answers.get(one.pk, "")
    Subject.objects.bulk_update(subjects, ["reply"])
    enquiry.reply, enquiry.reply_text, enquiry.replied_on = whole, text.strip(), on
    take_step(
        enquiry,
        EnquiryState.REPLIED,
        "replied",
        on=on,
        by=by,
        today=today,
        note=text.strip(),
        document=document,
    )
    _make_news_of(enquiry, by=by, today=today)
    put_with(in_hand, enquiry, f"{RECORDED} {reference_of(enquiry.pk)}", now=now)
    _tell_officer(enquiry, by=by, today=today, now=now)
    return enquiry


@transaction.atomic
def keep_further_reply(*, enquiry, text, on, by, today, now, document=None, in_hand=None):
    """Keep a reply that its enquiry cannot take: answered already, or superseded. Its officer must read
    it as information. Whoever keeps it need not be able to open the case, and learns nothing of it.
    """
    case, in_hand = lock_case(enquiry.case), hold(in_hand)
    if in_hand and in_hand.enquiries.filter(pk=enquiry.pk).exists():
        raise RuleBroken(f"This reply stands with {reference_of(enquiry.pk)} already.")
    _check_is_meant(enquiry, in_hand)
    document = _kept_with(case, document, in_hand, by=by, now=now)
    if not text.strip() and document:
        text = IN_THE_FILE
    agency = enquiry.asked_of or sentence(IN_SHORT[CheckKind(enquiry.kind)])
    information = record_information(
        crn=case.crn,
        kind=InformationKind.REPLY,
        said_by=SAID_BY.get(CheckKind(enquiry.kind), SaidBy.OTHER),
        who=agency,
        happened_on=on,
        text=f"Further reply to {reference_of(enquiry.pk)}.\n\n{text.strip()}",
        harm=False,
        sharing=Sharing.NO,
        by=by,
        today=today,
        now=now,
        document=document,
    )
    put_with(in_hand, enquiry, f"Passed on to whoever holds {case.crn}", now=now)
    return information


@transaction.atomic
def analyse_reply(*, enquiry, changes, analysis, by, today, actions=()):
    """Say what the reply changes, all of it. Earlier answers about nobody else are superseded.

    `changes`: codes of `Changes`, one at least; `actions`: (what, by whom, by when) of what is put in the plan because of it.
    """
    enquiry = lock_enquiry(enquiry)
    check_move(enquiry.state, EnquiryState.ANALYSED)
    first, *others = check_analysis(changes, analysis, actions)
    stop_clock(enquiry, on=today, by=by, today=today)
    enquiry.changes, enquiry.also_changes = first, ",".join(others)
    enquiry.analysis = analysis.strip()
    enquiry.analysed_on, enquiry.analysed_by = today, by
    take_step(enquiry, EnquiryState.ANALYSED, "analysed", on=today, by=by, today=today)
    for what, by_whom, by_on in actions:
        add_action(
            case=enquiry.case,
            what=what,
            by_whom=by_whom,
            by_on=by_on,
            by=by,
            today=today,
            enquiry=enquiry,
        )
    _supersede_earlier(enquiry, by=by, today=today)
    _keep_protected(enquiry, by=by, today=today)
    return enquiry


def _keep_protected(enquiry, *, by, today):
    """An answer not given looks after nobody; one from before a concern came leaves it to be asked about."""
    if enquiry.reply in NOT_AN_ANSWER:
        check_protected(case=enquiry.case, today=today, instead=ASK_AGAIN)
    open_unprotected(case_ids=[enquiry.case_id], by=by, today=today)
    settle_interim_plan(case=enquiry.case, by=by, today=today)


def _supersede_earlier(enquiry, *, by, today):
    """An answer takes the place of earlier answers of its kind about nobody it does not cover."""
    if enquiry.reply in NOT_AN_ANSWER:
        return
    covered = covered_keys(enquiry)
    earlier = enquiry.case.enquiries.answered().filter(kind=enquiry.kind).exclude(pk=enquiry.pk)
    for one in earlier.order_by("pk"):
        if covered_keys(one) <= covered:
            check_move(one.state, EnquiryState.SUPERSEDED)
            Enquiry.objects.filter(pk=one.pk).update(state=EnquiryState.SUPERSEDED)
            note_step(one, "superseded", on=today, by=by)


def _make_news_of(enquiry, *, by, today):
    """From today, whatever day it came, where it takes the place of a reply that was taken off: what was signed since it
    came, and whoever was to visit, knew of the other one."""
    last = enquiry.steps.filter(did__in=REPLY_GONE).order_by("pk").last()
    if last and last.did == TAKEN_OFF:
        note_step(enquiry, HEARD_AGAIN, on=today, by=by)


def _check_takes_a_reply(enquiry):
    """Refuse a second reply, saying who recorded the first and when, so that nothing is lost."""
    if why := why_it_takes_none(enquiry):
        raise RuleBroken(f"{why} {FURTHER}")


def _check_is_meant(enquiry, in_hand):
    """Refuse a reply in hand that names another enquiry and not this one: it is the other that it answers.

    One of the same case that takes no reply any more may have been quoted for this, and one that it was taken off for any.
    """
    named = references_in(in_hand.text) if in_hand else []
    if enquiry.pk in named:
        return
    others = Enquiry.objects.filter(pk__in=named).order_by("pk")
    others = others.exclude(~Q(state=EnquiryState.SENT), case=enquiry.case_id)
    wrong = others.exclude(pk__in=taken_off(in_hand, named)).first()
    if wrong:
        raise RuleBroken(
            f"The reply names {reference_of(wrong.pk)}, and this enquiry is "
            f"{reference_of(enquiry.pk)}. Record it on the one that it names."
        )


def _kept_with(case, document, in_hand, *, by, now, enquiry=None):
    """The document that came with the reply, now kept with its case."""
    document = document or (in_hand.document if in_hand else None)
    if document is None:
        return None
    return give_to_case(document=document, case=case, enquiry=enquiry, by=by, now=now)


def _tell_officer(enquiry, *, by, today, now):
    """Those who answer for the case hear at once; nobody is told of what they recorded themselves."""
    case, agency = enquiry.case, sentence(IN_SHORT[CheckKind(enquiry.kind)])
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{agency} answered about {case.crn}. Read and analyse it by {say_date(enquiry.due_on)}.",
        href=reverse("analyse-reply", args=[case.crn, enquiry.pk]),
        now=now,
    )
