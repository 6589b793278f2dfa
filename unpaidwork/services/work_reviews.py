"""Looking back with the person on their unpaid work, at a third, half and the end of the hours.

Source: report 4.1.3 (what they did and what grew was not recorded); unpaid work reference 7.
"""

from django.db import transaction

from cases.rules.interim import says_nothing
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Work, WorkReview
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.work import ReviewPoint
from unpaidwork.rules.hours import reached
from unpaidwork.services.work_owed import REVIEW, settle_work


@transaction.atomic
def review_work(*, work, point, held_on, their_words, their_words_absent, strengths, next, by, today, now):  # fmt: skip
    """Keep what was said when they looked back. Their view is in it, or why not. Returns it."""
    case = lock_case(work.case)
    work = Work.objects.get(pk=work.pk)
    point = ReviewPoint(point)
    if point not in reached(hours_of([work], today)[work.pk]):
        raise RuleBroken("They have not worked that far yet.")
    if work.reviews.filter(point=point).exists():
        raise RuleBroken("Somebody has recorded this look back already.")
    if not work.sentenced_on <= held_on <= today:
        raise RuleBroken(f"Enter the day you talked, from {say_date(work.sentenced_on)} to today.")
    their_words, absent = their_words.strip(), their_words_absent.strip()
    if says_nothing(their_words) and says_nothing(absent):
        raise RuleBroken(
            "Write what they say they have got out of it, or why their view is not here."
        )
    if says_nothing(strengths):
        raise RuleBroken("Say what has grown, by something that was seen.")
    review = WorkReview.objects.create(
        work=work,
        point=point,
        held_on=held_on,
        their_words=their_words,
        their_words_absent="" if their_words else absent,
        strengths=strengths.strip(),
        next=next.strip(),
        by=by,
        at=now,
    )
    record(by=by, action="reviewed_work", crn=case.crn, review=review.pk, point=str(point))
    meet_deadline(case=case, kind=REVIEW, by=by, today=today)
    settle_work(case_ids=[case.pk], by=by, today=today)
    return review
