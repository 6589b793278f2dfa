"""Handing somebody over to their officer before release: offering, asking, answering, accepting.

Source: Through the Gate reference 6, 7; report 4.2.3. What was there and what was missing is kept with the acceptance.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.queries.recipients import let_in, owner_and_cover
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from ttg.models import Custody, HandOver
from ttg.queries.readiness import readiness_of
from ttg.reference.hand_over import HandOverState
from ttg.rules.hand_over import (
    NOTHING_OFFERED,
    check_accept,
    check_answer,
    check_ask,
    check_offer,
)
from ttg.rules.readiness import as_kept
from ttg.services.owed import owe_release

NOT_IN_PRISON = "They are not in prison, so there is nothing to hand over."
ASKED = "The officer has a question about the hand-over before release. Answer it."
ANSWERED = "What was asked about the hand-over before release is answered. Accept it, or ask again."
OFFERED = (
    "Somebody of yours leaves prison, and is handed over to you. Accept it, or ask what is missing."
)
ACCEPTED = "The officer has accepted the hand-over before release."


@transaction.atomic
def offer_hand_over(*, custody, met_on, how, who_came, minutes, watch_for, by, now):
    """Tell the officer what those who know them said. Until it is accepted it may be offered anew. Returns the `HandOver`."""
    case, custody, before = _lock(custody)
    today = localdate(now)
    if custody.released_on or custody.ended_on:
        raise RuleBroken(NOT_IN_PRISON)
    check_offer(
        state=before.state if before else "",
        met_on=met_on,
        how=how,
        who_came=who_came,
        minutes=minutes,
        received_on=custody.received_on,
        today=today,
    )
    made = before or HandOver(custody=custody)
    made.met_on, made.how, made.who_came = met_on, how.strip(), who_came.strip()
    made.minutes, made.watch_for = minutes.strip(), watch_for.strip()
    made.state, made.offered_at, made.offered_by = HandOverState.OFFERED, now, by
    made.version += 1
    made.save()
    record(by=by, action="offered_hand_over", crn=case.crn, hand_over=made.pk)
    _tell(case, owner_and_cover(case, today), OFFERED, by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return made


@transaction.atomic
def ask_about_hand_over(*, custody, words, by, now):
    """The officer asks something before taking over; Through the Gate hears it at once. Returns it."""
    case, custody, found = _lock(custody)
    check_ask(state=found.state if found else "", words=words)
    found.state, found.asked, found.asked_at = HandOverState.QUERIED, words.strip(), now
    found.answer = ""
    _save(found)
    record(by=by, action="asked_about_hand_over", crn=case.crn, hand_over=found.pk)
    _tell(case, _offering(case, custody, found), ASKED, by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return found


@transaction.atomic
def answer_query(*, custody, words, by, now):
    """Through the Gate answers; it waits for the officer again, who hears at once. Returns it."""
    case, _, found = _lock(custody)
    check_answer(state=found.state if found else "", words=words)
    found.state, found.answer, found.offered_at = HandOverState.OFFERED, words.strip(), now
    _save(found)
    record(by=by, action="answered_hand_over", crn=case.crn, hand_over=found.pk)
    _tell(case, owner_and_cover(case, localdate(now)), ANSWERED, by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return found


@transaction.atomic
def accept_hand_over(*, custody, note, by, now):
    """The officer takes over, with what was there and what was missing then kept beside it. Returns it."""
    case, custody, found = _lock(custody)
    state, offered_by = (found.state, found.offered_by_id) if found else ("", None)
    check_accept(state=state, offered_by=offered_by, by=by.pk)
    today = localdate(now)
    found.state, found.accepted_at, found.accepted_by = HandOverState.ACCEPTED, now, by
    found.accepted_note = note.strip()
    found.facts = as_kept(readiness_of([custody], today)[custody.pk], today)
    _save(found)
    record(by=by, action="accepted_hand_over", crn=case.crn, hand_over=found.pk)
    _tell(case, _offering(case, custody, found), ACCEPTED, by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return found


def _lock(custody):
    """The case, locked; the stay in prison and its hand-over as they stand now, None where there is none."""
    case = lock_case(custody.case)
    check_still_here(case.left_as)
    custody = Custody.objects.get(pk=custody.pk)
    custody.case = case
    return case, custody, HandOver.objects.filter(custody=custody).first()


def _save(found):
    if found is None:
        raise RuleBroken(NOTHING_OFFERED)
    found.version += 1
    found.save()


def _offering(case, custody, found):
    """Whoever offered it, and the worker of Through the Gate."""
    return let_in(case, [key for key in (found.offered_by_id, custody.worker_id) if key])


def _tell(case, users, text, *, by, now):
    others = [one for one in users if one.pk != by.pk]
    href = reverse("hand-over", args=[case.crn])
    tell(case=case, users=others, text=f"{case.crn}: {text}", href=href, now=now)
