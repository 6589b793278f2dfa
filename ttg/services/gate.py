"""Meeting somebody at the gate: planning it, saying whether they were met, putting that right, calling it off.

Source: Through the Gate reference 6, 7. The officer hears of it the same minute, the seniors where nobody was met.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.models import Assignment, Case, Notice
from cases.queries.holding import gone_of
from cases.queries.recipients import let_in, owner_and_cover, seniors_of
from cases.reference.codes import Capacity
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action
from ttg.models import Custody, GateMeeting
from ttg.queries.gate import why_in_vain
from ttg.reference.hand_over import MetState
from ttg.rules.gate import check_call_off, check_plan, check_put_right, check_said
from ttg.services.owed import owe_release

NOT_THEM = "They cannot be asked to meet this person. Choose somebody else."
LEFT_BY_THEN = "They do not work here any more on that day. Choose somebody else."
MINE = "gate-meetings"
AFTER = timedelta(days=2)  # that whoever meets them still reaches the case, to say what came of it
TO_MEET = "You are to meet somebody at the gate. When and where is on your page."
CALLED_OFF = "A meeting at the gate of yours is called off."
MOVED = "Somebody you are to meet at the gate does not leave on that day any more. See your page, and ring before you go."
STANDS = "Somebody you are to meet at the gate leaves on that day after all. When and where is on your page."
OF_THE_DAY = (TO_MEET, CALLED_OFF, MOVED, STANDS)  # what whoever meets them may have heard last
MET = "They were met at the gate."
NOT_MET = "They were NOT met at the gate. Find out where they are."
PUT_RIGHT = {
    MetState.MET: "It was said that they were not met at the gate. That is put right: they were met, there or since.",
    MetState.NOT_MET: "It was said that they were met at the gate. That is put right: they were NOT met. Find out where they are.",
    MetState.PLANNED: "What was said of the meeting at the gate is taken back: nobody has said yet whether they were met.",
}
PUT_RIGHT_OF_YOURS = "What was said of a meeting at the gate of yours is put right. See your page."


@transaction.atomic
def plan_gate_meeting(*, custody, meets, at, where, by, now):
    """Say who waits for them, when and where. Whoever it is reaches the meeting until shortly after its day, whatever
    becomes of their other work on the case, and nothing else by it; and hears at once. Returns it."""
    case, custody = _lock(custody)
    check_plan(
        planned=GateMeeting.objects.planned().filter(custody=custody).exists(),
        at=localtime(at),
        where=where,
        leaves_on=custody.release_on,
        released_on=custody.released_on,
        now=localtime(now),
    )
    if not let_in(case, [meets.pk]):
        raise RuleBroken(NOT_THEM)
    if gone_of([meets.pk], localtime(at).date()):
        raise RuleBroken(LEFT_BY_THEN)
    Assignment.objects.create(
        case=case,
        user=meets,
        capacity=Capacity.GATE,
        from_on=localdate(now),
        to_on=localtime(at).date() + AFTER,
    )
    made = GateMeeting.objects.create(
        custody=custody, meets=meets, at=at, where=where.strip(), planned_at=now, planned_by=by
    )
    record(by=by, action="planned_gate_meeting", crn=case.crn, meeting=made.pk, meets=meets.pk)
    _tell(case, [meets], TO_MEET, reverse(MINE), by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return made


@transaction.atomic
def say_met(*, meeting, words, by, now):
    """They were met. The officer hears the same minute. Returns it."""
    return _say(meeting, MetState.MET, words, MET, by=by, now=now)


@transaction.atomic
def say_not_met(*, meeting, words, by, now):
    """They were not met, and what happened. The officer and the seniors hear the same minute. Returns it."""
    return _say(meeting, MetState.NOT_MET, words, NOT_MET, by=by, now=now)


@transaction.atomic
def put_meeting_right(*, meeting, to, because, by, now):
    """What was said of it is wrong, or is so no longer: somebody looked for is found. What stood is kept in its history.

    Everybody who was told of what stood is told again, and whoever the new word is for. `to`: a `MetState`. Returns it.
    """
    case, meeting = _lock_meeting(meeting)
    was, to = MetState(meeting.state), MetState(to)
    later = GateMeeting.objects.filter(custody=meeting.custody_id, pk__gt=meeting.pk)
    another = later.exclude(state=MetState.CALLED_OFF).exists()
    check_put_right(state=was, to=to, because=because, another=another)
    told = _to_tell(case, meeting, failed=to == MetState.NOT_MET, today=localdate(now))
    _settle(meeting, to, because, by=by, now=now)
    record(by=by, action="put_meeting_right", crn=case.crn, meeting=meeting.pk, was=str(was), to=str(to))  # fmt: skip
    _tell_release(case, told, PUT_RIGHT[to], by=by, now=now, urgent=MetState.NOT_MET in (was, to))
    if meeting.meets not in told and _reaches(meeting.meets, case):
        _tell(case, [meeting.meets], PUT_RIGHT_OF_YOURS, reverse(MINE), by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return meeting


@transaction.atomic
def call_off_gate_meeting(*, meeting, because, by, now):
    """Nobody goes, because. Whoever was to go hears at once. Returns it."""
    case, meeting = _lock_meeting(meeting)
    check_call_off(state=meeting.state, because=because)
    _settle(meeting, MetState.CALLED_OFF, because, by=by, now=now)
    record(by=by, action="called_off_gate_meeting", crn=case.crn, meeting=meeting.pk)
    told = let_in(case, [meeting.meets_id])
    _end_reach(case, meeting)
    _tell(case, told, CALLED_OFF, reverse(MINE), by=by, now=now)
    owe_release(case_ids=[case.pk], by=by, today=localdate(now))
    return meeting


def tell_who_meets(custodies, *, by, now):
    """Whoever would wait at the gate on a day on which nobody comes out any more hears at once, and again where they do after
    all. To be called in the transaction of what moved it. `by` None: the record."""
    planned = GateMeeting.objects.planned().filter(custody__in=custodies)
    for one in planned.select_related("custody__case").order_by("pk"):
        case = one.custody.case
        text = MOVED if why_in_vain(one) else STANDS if _heard_last(one) == MOVED else ""
        if text:
            told = let_in(case, [one.meets_id])
            _tell(case, told, text, reverse(MINE), by=by, now=now, urgent=True)


def _heard_last(meeting):
    heard = Notice.objects.filter(user=meeting.meets_id, case=meeting.custody.case_id, text__in=OF_THE_DAY)  # fmt: skip
    return heard.order_by("-pk").values_list("text", flat=True).first()


def _say(meeting, state, words, text, *, by, now):
    case, meeting = _lock_meeting(meeting)
    failed = state == MetState.NOT_MET
    check_said(
        state=meeting.state,
        at=localtime(meeting.at),
        now=localtime(now),
        words=words,
        needs_words=failed,
    )
    today = localdate(now)
    told = _to_tell(case, meeting, failed=failed, today=today)
    _settle(meeting, state, words, by=by, now=now)
    record(by=by, action="said_if_met", crn=case.crn, meeting=meeting.pk, met=not failed)
    _tell_release(case, told, text, by=by, now=now, urgent=failed)
    owe_release(case_ids=[case.pk], by=by, today=today)
    return meeting


def _to_tell(case, meeting, *, failed, today):
    """Who hears what is said of it now: whoever holds the case, the seniors where nobody was met, and everybody who said
    or was told what stood until now."""
    before = []
    if meeting.said_at:
        heard = Notice.objects.filter(case=case, at=meeting.said_at, href=_release(case))
        said = {meeting.said_by_id} - {meeting.meets_id}  # who meets them hears by their own page
        before = let_in(case, {*heard.values_list("user", flat=True), *said})
    told = [*owner_and_cover(case, today), *(seniors_of(case, today) if failed else []), *before]
    return list({one.pk: one for one in told}.values())


def _reaches(user, case):
    return Case.objects.open_to(user, Action.MEET_AT_GATE).filter(pk=case.pk).exists()


def _settle(meeting, state, words, *, by, now):
    meeting.state, meeting.words, meeting.said_at, meeting.said_by = state, words.strip(), now, by
    meeting.save()


def _end_reach(case, meeting):
    """What was opened for this meeting alone."""
    until = localtime(meeting.at).date() + AFTER
    asked = Assignment.objects.filter(capacity=Capacity.GATE, to_on=until)
    asked.filter(case=case, user=meeting.meets_id).delete()


def _lock(custody):
    case = lock_case(custody.case)
    check_still_here(case.left_as)
    custody = Custody.objects.get(pk=custody.pk)
    custody.case = case
    return case, custody


def _lock_meeting(meeting):
    case, _ = _lock(meeting.custody)
    return case, GateMeeting.objects.get(pk=meeting.pk)


def _release(case):
    return reverse("case-release", args=[case.crn])


def _tell_release(case, users, text, *, by, now, urgent):
    _tell(case, users, f"{case.crn}: {text}", _release(case), by=by, now=now, urgent=urgent)


def _tell(case, users, text, href, *, by, now, urgent=False):
    others = [one for one in users if by is None or one.pk != by.pk]
    tell(case=case, users=others, text=text, href=href, now=now, urgent=urgent)
