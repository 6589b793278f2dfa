"""A failure whose breach came to nothing, answered anew: when it may be, how it was answered before, and in which breaches it was.

A community or suspended sentence order leaves a warning owed where no information is laid: Criminal Justice Act 2003, Schedule 8
paragraph 5 and Schedule 12 paragraph 4. The earlier answer is kept with the law that was shown for the new one.
"""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Deadline
from cases.reference.enforcement import BREACH_OVER

BEFORE = "before"  # of the law that is kept with an answer: the answers that stood before it


def may_be_answered_anew(failure):
    """Whether its breach came to nothing and the officer has still to decide what is made of it."""
    if failure.withdrawn_on or not failure.breach or failure.breach.state not in BREACH_OVER:
        return False
    return Deadline.objects.unmet().filter(kind="decide_again", failure=failure).exists()


def answered_before(failure):
    """How it was answered so far, the first answer first, as it is kept with a new one."""
    law = {name: said for name, said in failure.law.items() if name != BEFORE}
    stood = {
        "answer": failure.answer,
        "because": failure.because,
        "on": localtime(failure.answered_at).date().isoformat(),
        "by": failure.answered_by.name,
        "breach": failure.breach_id,
        "law": law,
    }
    return [*earlier_answers(failure), stood]


def earlier_answers(failure):
    return failure.law.get(BEFORE, [])


def of_breaches(breaches):
    """Which failures are or were in these breaches, as a condition."""
    were = [Q(case=one.case_id, law__before__contains=[{"breach": one.pk}]) for one in breaches]
    return reduce(or_, were, Q(breach__in=[one.pk for one in breaches]))


def breaches_of(failure):
    """The keys of the breaches that it is or was in."""
    return {failure.breach_id, *(one["breach"] for one in earlier_answers(failure))}
