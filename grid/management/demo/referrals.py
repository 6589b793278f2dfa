"""How officers of the demonstration answered what was proposed: some wait, some was declined, some is late, the rest is new.

Written by the services, but for the days: what waits was proposed before today.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from cases.models import Deadline, Sentence
from cases.rules.calendar import add_working_days, working_days_before
from grid.models import Referral
from grid.reference.groups import Because
from grid.services.proposals import OWES, propose_chunk
from grid.services.referrals import accept, decline

# Of each ten, in the order of their CRNs: how it was answered. The rest is still to be answered, in time
ANSWERS = {0: "accepted", 1: "accepted", 4: "accepted", 6: "accepted", 2: "declined", 3: "late"}
LATE_DAYS = 9  # working days ago, of five in which to answer
ANSWER_DAYS = 5
LONGEST_WAIT = 120  # days
WORDS = (
    (Because.OTHER_FIRST, "Their drinking is worked on first, and this follows in the spring."),
    (Because.CANNOT, "They care for a child alone and nobody can sit with her yet."),
    (Because.DONE_ALREADY, "They did the same course in prison and showed the certificate."),
)


def propose_to_all(today):
    after = 0
    while after is not None:
        after, _ = propose_chunk(after=after, today=today)


def answer_some(today):
    """Answer them by turns. Returns what was planted, by CRN, with the flags that what is late raises."""
    rows = list(Referral.objects.proposed().select_related("case__officer").order_by("case__crn"))
    told = defaultdict(list)
    for number, referral in enumerate(rows):
        answer = ANSWERS.get(number % 10, "new") if _may_be_answered(referral) else "new"
        told[answer].append(referral.case.crn)
        if answer == "accepted":
            _accept(referral, number, today)
        elif answer == "declined":
            _decline(referral, number, today)
        elif answer == "late":
            _leave_late(referral, today)
    proposed = {one.case.crn: one.code for one in rows}
    flags = [_flag(crn, today) for crn in told["late"]]
    return {"proposed": proposed, **told, "flags": flags}


def _may_be_answered(referral):
    """Nobody answers for a case that nobody holds, and the clock of one that stands still does not run."""
    held = referral.case.officer_id is not None
    return held and Deadline.objects.unmet().filter(
        case=referral.case, kind=OWES, paused_on=None
    ).exists()  # fmt: skip


def _accept(referral, number, today):
    """It was proposed some weeks ago, under the sentence that runs."""
    began = Sentence.objects.current().filter(case=referral.case).order_by("-convicted_on").first()
    start = began.released_on or began.started_on
    _propose_earlier(referral, max(start, today - timedelta(days=number * 7 % LONGEST_WAIT)))
    accept(referral=referral, by=referral.case.officer, now=_noon(referral.proposed_on))


def _decline(referral, number, today):
    because, words = WORDS[number // 10 % len(WORDS)]
    by = referral.case.officer
    decline(referral=referral, because=because, words=words, by=by, now=_noon(today))


def _leave_late(referral, today):
    _propose_earlier(referral, working_days_before(today, LATE_DAYS))


def _propose_earlier(referral, on):
    referral.proposed_on = on
    Referral.objects.filter(pk=referral.pk).update(proposed_on=on)
    Deadline.objects.unmet().filter(case=referral.case, kind=OWES).update(
        triggered_on=on, due_on=add_working_days(on, ANSWER_DAYS)
    )


def _flag(crn, today):
    due_on = add_working_days(working_days_before(today, LATE_DAYS), ANSWER_DAYS)
    return {
        "crn": crn,
        "kind": OWES,
        "due_on": due_on.isoformat(),
        "told": "spo",
        "enquiry": "",
        "late": True,
    }


def _noon(day):
    return datetime.combine(day, time(12), get_current_timezone())
