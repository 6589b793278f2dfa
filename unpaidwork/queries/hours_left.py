"""Which sentences have unpaid work left to be worked, and how much: it keeps an order in force.

Source: CJA 2003, 200. Ours where the hours are kept here; else as the record brought in counts them.
"""

from collections import defaultdict

from cases.models import Requirement
from unpaidwork.models import Work
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.work import ORDERED, OVER, Runs


def hours_left(case_ids, today):
    """{sentence: minutes left of its unpaid work, or None where nobody recorded how many were ordered}.

    A sentence of which nothing is left is not there. What runs at the same time as another is worked with it.
    """
    running = Requirement.objects.filter(
        main_code__in=ORDERED, active=True, terminated_on=None, sentence__case__in=case_ids
    )
    ordered = list(running.order_by("pk"))
    works = {one.pk: one for one in Work.objects.filter(pk__in=[one.pk for one in ordered])}
    stands = hours_of(works.values(), today)
    found = defaultdict(list)
    for one in ordered:
        left = _left(one, works.get(one.pk), stands)
        if left != 0:
            beside = one.pk in works and works[one.pk].runs == Runs.CONCURRENT
            found[one.sentence_id].append((left, beside))
    return {sentence: _together(parts) for sentence, parts in found.items()}


def _left(requirement, work, stands):
    if work is None:
        return _by_record(requirement)
    if work.state in OVER:
        return 0
    return stands[work.pk].left if stands[work.pk].known else None


def _by_record(one):
    if not one.length:
        return None
    return max(0, round(60 * (one.length - (one.completed or 0))))


def _together(parts):
    if any(left is None for left, _ in parts):
        return None
    after = sum(left for left, beside in parts if not beside)
    return max(after, *(left for left, _ in parts))
