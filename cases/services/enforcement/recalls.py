"""A recall, from Part A to what was decided: written, signed, countersigned by another, sent, answered, or withdrawn.

Each step is kept, starts and stops the clocks, and tells whoever acts next. An emergency is not held up: what has happened,
the risk and why it cannot be managed are enough to go, and the rest of Part A stays owed. Source: supervision reference 2.3.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Recall, RecallStep
from cases.queries.enforcement.recalls import authors_of
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.reference.enforcement import RECALL_OVER, RecallState
from cases.reference.pauses import PauseKind
from cases.rules.enforcement.recalls import (
    ANSWERED_BY,
    CLOCKS,
    LONGEST,
    LONGEST_WORDS,
    SAID,
    TRIED,
    check_countersign,
    check_part_a,
    check_rest,
    check_said,
    check_sent_to,
    check_step,
    check_withdrawn,
    left_of,
    owed,
    parted,
)
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline, run_from
from cases.services.enforcement.recall_papers import keep_part_a
from cases.services.enforcement.winning_back import OWES as WINS_BACK
from cases.services.pauses import begin_pause
from cases.services.reviews_owed import owe_reviews
from cases.services.telling import tell
from cases.services.victim_notices import raise_for_victim
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

State = RecallState
AGAIN, WRITES, ANSWERS = "decide_again", "write_part_a", "get_recall_answer"
SENT_BACK = "The senior sent Part A back to be put right: it is owed today"
FROM_THE_DECISION = frozenset(
    {WRITES, "send_recall"}
)  # clocks that count from when recall was decided
REST = "The rest of Part A was written."
INSIDE = frozenset({PauseKind.CUSTODY, PauseKind.AT_LARGE})
WHY = {
    WRITES: "Recall was decided: the request is owed within 24 hours",
    "countersign_recall": "Part A is signed and waits for a senior",
    "send_recall": "It is countersigned: the request is owed within 24 hours of the decision",
    ANSWERS: "It is with them, and nothing is decided until they answer",
}
HEARD = {  # what whoever holds the case is told
    State.DISCUSSED: "{crn}: the senior sent Part A of the recall back. Read what has to be put right.",
    State.COUNTERSIGNED: "{crn}: the recall is countersigned, and goes to the NPS now.",
    State.WITH_NPS: "{crn}: the recall is with the NPS.",
    State.ENDORSED: "{crn}: the NPS endorses the recall.",
    State.WITH_PPCS: "{crn}: the recall is with the Public Protection Casework Section.",
    State.NPS_REJECTED: "{crn}: the NPS rejected the recall. Read why, and what goes on.",
    State.PPCS_REJECTED: "{crn}: the recall was rejected. Read why, and what goes on.",
    State.DECISION: "{crn}: recalled. See where they are and what stands still.",
    State.WITHDRAWN: "{crn}: the recall was withdrawn. Read why.",
}


@transaction.atomic
def write_part_a(*, recall, given, seen, by, today):
    """Put what was written in place: {code: words}. Returns a `Merged`; what two people wrote differently is not written."""
    recall = _lock(recall)
    if recall.state != State.DISCUSSED:
        check_step(recall.state, State.PART_A)
    given = {code: _clean(code, words) or None for code, words in given.items()}
    outcome = merged(marks({}, given) | dict(seen), given, recall.answers)
    if outcome.write:
        said = {**recall.answers, **outcome.write}
        recall.answers = {code: words for code, words in said.items() if words}
        recall.save(update_fields=["answers"])
        written = sorted(outcome.write)
        record(by=by, action="wrote_part_a", crn=recall.case.crn, recall=recall.pk, written=written)
    return outcome


@transaction.atomic
def sign_part_a(*, recall, emergency, out_of_hours, by, now):
    """Sign Part A as it stands, and have a senior who had no part in it countersign it. Returns the recall."""
    recall = _lock(recall)
    check_step(recall.state, State.PART_A)
    check_part_a(**parted(recall.answers), emergency=emergency)
    recall.emergency, recall.out_of_hours = bool(emergency), bool(out_of_hours)
    _take(recall, State.PART_A, by=by, now=now)
    told = [one for one in _seniors(recall, now) if one.pk not in {by.pk, recall.begun_by_id}]
    at_once = recall.emergency or recall.out_of_hours
    text = f"{recall.case.crn}: Part A of a recall waits for your countersignature."
    _tell(recall, told, text, page="countersign-recall", now=now, urgent=at_once)
    return recall


@transaction.atomic
def finish_part_a(*, recall, given, by, now):
    """Write what was left blank when Part A went in an emergency. What was signed stands. Returns the recall."""
    recall = _lock(recall)
    given = {code: words for code, said in given.items() if (words := _clean(code, said))}
    check_rest(recall.state, recall.answers, given)
    recall.answers = {**recall.answers, **given}
    recall.save(update_fields=["answers"])
    paper = keep_part_a(recall, by=by, now=now) if recall.requested_at else None
    _step(recall, words=REST, document=paper, by=by, now=now)
    record(by=by, action="finished_part_a", crn=recall.case.crn, recall=recall.pk)
    _settle(recall, by=by, now=now, done={WRITES})
    return recall


@transaction.atomic
def countersign_recall(*, recall, goes, words, by, now):
    """A senior who had no part in it lets it go, or sends it back saying what to put right. Returns the recall."""
    recall = _lock(recall)
    to = State.COUNTERSIGNED if goes else State.DISCUSSED
    check_step(recall.state, to)
    for author in authors_of(recall):
        check_countersign(asked_by=author, by=by.pk, words=words, goes=goes)
    if goes:
        recall.countersigned_at, recall.countersigned_by = now, by
        recall.countersigned_words = _kept(words)
    _take(recall, to, words=words, by=by, now=now)
    return recall


@transaction.atomic
def send_recall(*, recall, whom, by, now):
    """Part A has gone to the NPS, to somebody with a name; it is kept as it went. Returns the recall."""
    recall = _lock(recall)
    check_step(recall.state, State.WITH_NPS)
    check_sent_to(whom)
    recall.requested_at = now
    paper = keep_part_a(recall, by=by, now=now)
    _take(recall, State.WITH_NPS, outside=whom, document=paper, by=by, now=now)
    raise_for_victim(case=recall.case, by=by, now=now)
    return recall


@transaction.atomic
def answer_recall(*, recall, to, outside, words, by, now, decided_on=None, days=None, found=None):
    """What the NPS or the casework section said, and who there. Returns the recall.

    Of a recall: `decided_on`; `days` of a fixed term; `found`: where they are, as `begin_pause` takes it, unless it
    is recorded already that they are in custody or at large.
    """
    recall, to, today = _lock(recall), State(to), localtime(now).date()
    check_step(recall.state, to)
    check_said(to, words, outside)
    if to in {State.NPS_REJECTED, State.PPCS_REJECTED}:
        recall.ended_because = _kept(words)
    if to == State.DECISION:
        if (
            decided_on is None
            or decided_on > today
            or decided_on < localtime(recall.begun_at).date()
        ):
            raise RuleBroken(
                "Say on which day it was decided: not in the future, and not before it was asked for."
            )
        recall.decided_on, recall.days = decided_on, days
    _take(recall, to, outside=outside, words=words, by=by, now=now)
    if to == State.DECISION:
        _stand_still(recall, found, outside, by=by, now=now)
    raise_for_victim(case=recall.case, by=by, now=now)
    return recall


@transaction.atomic
def withdraw_recall(*, recall, because, by, now, outside=""):
    """It does not go on, because. Open also once they have left us: the NPS must hear it. Returns the recall."""
    recall = _lock(recall, left=True)
    check_step(recall.state, State.WITHDRAWN)
    check_withdrawn(because, requested=recall.requested_at is not None, outside=outside)
    recall.ended_because = _kept(because)
    known = {"case": recall.case, "by": by, "today": localtime(now).date()}
    meet_deadline(kind=AGAIN, recall=recall, **known)
    _take(recall, State.WITHDRAWN, outside=outside, words=because, by=by, now=now)
    raise_for_victim(case=recall.case, by=by, now=now)
    return recall


def _lock(recall, *, left=False):
    """As it stands now, its case locked first. `left`: also where nobody supervises them here any more."""
    case = lock_case(recall.case)
    if not left:
        check_still_here(case.left_as)
    recall = Recall.objects.select_related("sentence", "begun_by", "countersigned_by").get(
        pk=recall.pk, case=case
    )
    recall.case = case
    return recall


def _clean(code, words):
    if code not in SAID and code not in TRIED:
        raise RuleBroken(f"Part A asks nothing called {code}.")
    words = (words or "").strip()
    if len(words) > LONGEST:
        raise RuleBroken(f"Say it in at most {LONGEST:,} letters: it has to be read today.")
    return words


def _kept(words):
    """As the column has room for them; the step has them whole."""
    words = words.strip()
    return words if len(words) <= LONGEST_WORDS else shortened(words, LONGEST_WORDS)


def _take(recall, to, *, by, now, words="", outside="", document=None):
    """Take a step that was checked: keep it, settle the clocks, and tell whoever holds the case."""
    recall.state = to
    recall.save()
    _step(recall, words=words.strip(), outside=outside.strip(), document=document, by=by, now=now)
    record(by=by, action="took_recall_step", crn=recall.case.crn, recall=recall.pk, state=str(to))
    # Nobody but a senior leads back to where it is discussed
    _settle(recall, by=by, now=now, sent_back=to == State.DISCUSSED)
    if to in RECALL_OVER:  # a review answers what it came to, from today
        owe_reviews(case_ids=[recall.case_id], today=localtime(now).date(), by=by)
    if to in HEARD:
        users = [one for one in owner_and_cover(recall.case, localtime(now).date()) if one != by]
        text = HEARD[to].format(crn=recall.case.crn)
        _tell(recall, users, text, page="recall", now=now, urgent=recall.emergency)


def _step(recall, *, by, now, words="", outside="", document=None):
    return RecallStep.objects.create(
        recall=recall, state=recall.state, at=now, by=by, words=words, outside=outside, document=document
    )  # fmt: skip


def _settle(recall, *, by, now, done=frozenset(), sent_back=False):
    """The clocks of the state it is in now, and no others. `done`: what was done by other than a step of its own.

    `sent_back`: by a senior, so that Part A, which was signed in time or late already, is owed anew from today.
    """
    today, begun_on = localtime(now).date(), localtime(recall.begun_at).date()
    known = {"case": recall.case, "by": by, "today": today, "recall": recall}
    runs = owed(recall.state, whole=not left_of(recall.answers))
    for kind in CLOCKS:
        if kind in runs:
            since = begun_on if kind in FROM_THE_DECISION else today
            again = {"triggered_on": today, "due_on": today, "why": SENT_BACK}
            clock = again if sent_back and kind == WRITES else {"triggered_on": since, "why": WHY[kind]}  # fmt: skip
            open_deadline(kind=kind, **clock, **known)
            if kind == ANSWERS:  # another office answers from now on
                run_from(kind=kind, triggered_on=since, **known)
        else:
            answered = kind in done or recall.state in ANSWERED_BY[kind]
            meet_deadline(kind=kind, void=not answered, **known)
    if recall.state in RECALL_OVER:
        for kind in (WINS_BACK, AGAIN):
            meet_deadline(kind=kind, void=True, **known)


def _stand_still(recall, found, outside, *, by, now):
    """They are in prison, or looked for: what cannot be done meanwhile stands still, by the rules of pauses."""
    if recall.case.pauses.running().filter(kind__in=INSIDE).exists():
        return
    if not found:
        raise RuleBroken("Say where they are: in prison, or still to be found.")
    source = shortened(f"Recalled, said by {outside.strip()}", 300)
    begin_pause(case=recall.case, source=source, last_seen_on=None, by=by, now=now, **found)


def _seniors(recall, now):
    return seniors_of(recall.case, localtime(now).date(), but=recall.begun_by)


def _tell(recall, users, text, *, page, now, urgent):
    href = reverse(page, args=[recall.case.crn, recall.pk])
    tell(case=recall.case, users=users, text=text, href=href, now=now, urgent=urgent)
