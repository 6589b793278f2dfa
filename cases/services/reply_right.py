"""A reply that was recorded wrongly: put right, or taken off where it was no reply to the enquiry.

What stood is kept in the history of the enquiry, with why and by whom. What rested on it is brought back: whom it covers, the
analysis, which is owed again, the interim plan, earlier answers whose place it took. Source: product rules, checks (a reply
covers its subjects and nobody else, and must be read and analysed); architecture, evidence is kept.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import Enquiry, EnquiryStep, Subject
from cases.queries.coverage import covered_by, subjects_answered
from cases.queries.names import names_for, names_on
from cases.queries.reach import actions_on
from cases.queries.recipients import let_in, owner_and_cover, seniors_of
from cases.queries.replies import version_of
from cases.reference.checks import (
    REOPENED,
    REPLY_PUT_RIGHT,
    STANDS_AGAIN,
    TAKEN_OFF,
    WHAT_STOOD,
    CheckKind,
    EnquiryState,
)
from cases.rules.checks import IN_SHORT, check_back, say_changes
from cases.rules.replies import check_answers, check_right, is_worse
from cases.rules.words import sentence
from cases.services.back_in_hand import back_in_hand
from cases.services.checks import check_day, lock_enquiry, note_step, stop_clock, take_step
from cases.services.interim_owed import settle_interim_plan
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

MEANWHILE = "{who} took a step on this enquiry while you were writing. Read what is recorded now, and send yours again if it is still right."


@transaction.atomic
def put_reply_right(*, enquiry, answers, text, on, because, version, by, today, now):
    """The agency answered something else, about somebody else, or on another day, than was recorded. Returns the enquiry.

    `answers`: {key of the subject: `Reply`}, as when it is recorded. `version`: the step that the writer saw last. One that was
    analysed is to be analysed again, from today.
    """
    enquiry = lock_enquiry(enquiry)
    _check_seen(enquiry, version)
    subjects, was = list(enquiry.subjects.order_by("pk")), _answers_of(enquiry)
    text = _as_kept(enquiry, text, by)
    same = (was, enquiry.reply_text, enquiry.replied_on) == (answers, text, on)
    check_right(enquiry.state, same, because)
    whole = check_answers(answers, {one.pk for one in subjects}, text)
    check_day(on, "of the reply", today=today, after=enquiry.sent_on, after_what="was sent")
    note, analyst = f"{because.strip()}\n\n{_what_stood(enquiry)}", enquiry.analysed_by_id
    moved = on != enquiry.replied_on
    for one in subjects:
        one.reply = answers.get(one.pk, "")
    Subject.objects.bulk_update(subjects, ["reply"])
    enquiry.reply, enquiry.reply_text, enquiry.replied_on = whole, text, on
    _read_again(enquiry, note, moved, by=by, today=today)
    worse = is_worse(was, answers)
    _keep_record("put_reply_right", enquiry, was, answers, by=by)
    settle_interim_plan(case=enquiry.case, by=by, today=today)
    said = f"Read and analyse it by {say_date(enquiry.due_on)}."
    _tell(enquiry, f"is put right. {said}", "analyse-reply", analyst, worse=worse, by=by, now=now, today=today)  # fmt: skip
    return enquiry


@transaction.atomic
def take_reply_off(*, enquiry, because, version, by, today, now):
    """It was no reply to this enquiry, which waits for one again. Its words and its document lie in hand once more, to be
    recorded where they belong. Returns the enquiry and the `ReplyInHand`; None for it where others may not read what was
    typed in here, so that it is kept with the case as a further reply (`cases.services.back_in_hand`).
    """
    enquiry = lock_enquiry(enquiry)
    _check_seen(enquiry, version)
    check_right(enquiry.state, False, because)
    was, analyst = _answers_of(enquiry), enquiry.analysed_by_id
    came, came_on, note = enquiry.reply_text, enquiry.replied_on, _why_off(enquiry, because)
    note_step(enquiry, WHAT_STOOD, on=today, by=by, note=_what_stood(enquiry))
    if enquiry.state == EnquiryState.REPLIED:
        stop_clock(enquiry, on=today, by=by, today=today, void=True)
    else:
        _unread(enquiry, by=by, today=today)
    in_hand = back_in_hand(enquiry, came, on=came_on, by=by, today=today, now=now)
    enquiry.subjects.update(reply="")
    enquiry.reply, enquiry.reply_text, enquiry.replied_on = "", "", None
    take_step(enquiry, EnquiryState.SENT, TAKEN_OFF, on=today, by=by, today=today, note=note)
    worse = is_worse(was, {})
    _keep_record("took_reply_off", enquiry, was, {}, by=by)
    settle_interim_plan(case=enquiry.case, by=by, today=today)
    said = "is taken off: it was no reply to this enquiry, which waits for one again."
    _tell(enquiry, said, "check", analyst, worse=worse, by=by, now=now, today=today)
    return enquiry, in_hand


def _check_seen(enquiry, version):
    """Refuse where somebody took a step on it since the writer read it."""
    if version_of(enquiry) != version:
        last = enquiry.steps.select_related("by").order_by("pk").last()
        raise RuleBroken(MEANWHILE.format(who=last.by.name if last and last.by else "Somebody"))


def _as_kept(enquiry, text, by):
    """What was written over the words that stand, with the names that the writer was not shown back where they stood."""
    names = names_on(enquiry, actions_on(enquiry.case, by))
    return names.put_back(text.strip(), enquiry.reply_text)


def _answers_of(enquiry):
    """{key of the subject: what is recorded of it}, without those of whom nothing is."""
    return {one.pk: reply for one, reply in subjects_answered(enquiry) if reply}


def _what_stood(enquiry):
    """What was recorded and made of it until now; whom it covered without the names that are kept."""
    names = names_for(enquiry.case, frozenset())
    parts = [
        f"Recorded until now: {covered_by(enquiry, names)}.",
        enquiry.reply_text,
    ]
    if enquiry.state == EnquiryState.ANALYSED:
        parts += [_what_was_made(enquiry), enquiry.analysis]
    return "\n\n".join(filter(None, parts))


def _why_off(enquiry, because):
    """Why it is taken off, and what whoever analysed it said that it changes: none of its words, which are somebody else's."""
    made = _what_was_made(enquiry) if enquiry.state == EnquiryState.ANALYSED else ""
    return "\n\n".join(filter(None, [because.strip(), made]))


def _what_was_made(enquiry):
    return f"What was made of it: {say_changes(enquiry.all_changes)}."


def _read_again(enquiry, note, moved, *, by, today):
    """Analysed: owed again from today. Otherwise its clock runs on, from the day it came: nobody gains time by putting it right."""
    step = {"on": today, "by": by, "note": note}
    if enquiry.state == EnquiryState.ANALYSED:
        _unread(enquiry, by=by, today=today)
        take_step(enquiry, EnquiryState.REPLIED, REOPENED, **step, today=today, again_on=today)
    elif moved and not enquiry.steps.of_this_reply().filter(did=REOPENED).exists():
        stop_clock(enquiry, on=today, by=by, today=today, void=True)
        take_step(enquiry, EnquiryState.REPLIED, REPLY_PUT_RIGHT, **step, today=today)
    else:
        enquiry.save()
        note_step(enquiry, REPLY_PUT_RIGHT, **step)


def _unread(enquiry, *, by, today):
    """What was made of it is in the step that keeps what stood; earlier answers whose place it took stand again until it is analysed."""
    enquiry.changes, enquiry.also_changes, enquiry.analysis = "", "", ""
    enquiry.analysed_on, enquiry.analysed_by = None, None
    for one in _replaced_by(enquiry):
        check_back(one.state, EnquiryState.ANALYSED)
        Enquiry.objects.filter(pk=one.pk).update(state=EnquiryState.ANALYSED)
        note_step(one, STANDS_AGAIN, on=today, by=by)


def _replaced_by(enquiry):
    """The earlier answers that its analysis superseded: their step follows its own, and that of no later analysis."""
    steps = EnquiryStep.objects.filter(enquiry__case=enquiry.case_id, enquiry__kind=enquiry.kind)
    read = steps.filter(did="analysed").order_by("pk")
    own = read.filter(enquiry=enquiry).last()
    if own is None:  # it came analysed
        return []
    later = read.filter(pk__gt=own.pk).first()
    replaced = steps.filter(did="superseded", pk__gt=own.pk)
    if later:
        replaced = replaced.filter(pk__lt=later.pk)
    found = Enquiry.objects.filter(pk__in=replaced.values("enquiry"), state=EnquiryState.SUPERSEDED)
    return list(found.exclude(analysed_on=None).order_by("pk"))


def _keep_record(action, enquiry, was, said, *, by):
    record(
        by=by, action=action, crn=enquiry.case.crn, enquiry=enquiry.pk, worse=is_worse(was, said),
        was={str(key): str(reply) for key, reply in was.items()},
        to={str(key): str(reply) for key, reply in said.items()},
    )  # fmt: skip


def _tell(enquiry, said, page, analyst, *, worse, by, now, today):
    """Who holds the case and who read what stood; the seniors too, at once, where somebody may be less safe than was thought."""
    case, agency = enquiry.case, sentence(IN_SHORT[CheckKind(enquiry.kind)])
    told = [*owner_and_cover(case, today), *let_in(case, [analyst])]
    told += seniors_of(case, today) if worse else []
    less = " See who is protected now." if worse else ""
    tell(
        case=case,
        users=[one for pk, one in {each.pk: each for each in told}.items() if pk != by.pk],
        text=f"{agency}: a reply about {case.crn} was recorded wrongly and {said} Look again at what rested on it.{less}",
        href=reverse(page, args=[case.crn, enquiry.pk]),
        now=now,
        urgent=worse,
    )
