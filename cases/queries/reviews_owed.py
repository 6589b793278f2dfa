"""What decides by when each of many cases is reviewed, in a fixed number of statements.

Source: product rules, clocks; `cases.rules.reviews_owed` says what it comes to.
"""

from collections import defaultdict

from django.db.models import Max
from django.utils.timezone import localdate

from cases.models import Assessment, Plan, Requirement, Review, Sentence, Standing
from cases.reference.appointments import UNPAID_WORK
from cases.reference.reviews import ReviewState
from cases.rules.reviews_owed import UnderReview

ENDS = ("expected_end_on", "supervision_end_on", "licence_end_on", "pss_end_on")


def under_review(cases, today):
    """{case: UnderReview} of each of these cases. Six statements."""
    keys = [case.pk for case in cases]
    reviewed, waiting = _reviews(keys)
    signed = [_signed(model.objects.in_force(), keys) for model in (Assessment, Plan)]
    groups = dict(Standing.objects.filter(case__in=keys).values_list("case", "group"))
    sentences = _sentences(keys)
    work = _work_only({pk: case for case, some in sentences.items() for pk, _, _ in some})
    return {
        case.pk: UnderReview(
            since=_since(case, reviewed, signed, sentences[case.pk], today),
            reviewed=case.pk in reviewed,
            began=not any(case.pk in some for some in (reviewed, *signed)),
            waits=case.pk in waiting,
            group=groups.get(case.pk, ""),
            starts_on=min(filter(None, (on for _, on, _ in sentences[case.pk])), default=None),
            ends_on=max(filter(None, (on for _, _, on in sentences[case.pk])), default=None),
            work_only=case.pk in work,
            taken_up_on=case.taken_up_on,
        )
        for case in cases
    }


def _reviews(keys):
    """({case: the day its last complete one was signed}, the cases whose next waits for a senior)."""
    rows = Review.objects.signed().filter(case__in=keys).values_list("case", "state")
    reviewed, waiting = {}, set()
    for case, state, at in rows.annotate(Max("signed_at")).order_by():
        if state == ReviewState.COMPLETE:
            reviewed[case] = localdate(at)
        else:
            waiting.add(case)
    return reviewed, waiting


def _signed(rows, keys):
    found = rows.filter(case__in=keys, signed_at__isnull=False).values_list("case")
    return {case: localdate(at) for case, at in found.annotate(Max("signed_at")).order_by()}


def _sentences(keys):
    """{case: [(key, began, ends)]} of the current ones."""
    found = defaultdict(list)
    rows = Sentence.objects.current().filter(case__in=keys)
    for case, pk, began, *ends in rows.values_list("case", "pk", "started_on", *ENDS):
        found[case].append((pk, began, max(filter(None, ends), default=None)))
    return found


def _work_only(sentences):
    """The cases on whose current sentences unpaid work is ordered and nothing else."""
    ordered = defaultdict(set)
    rows = Requirement.objects.filter(sentence__in=sentences, active=True, terminated_on=None)
    for sentence, code in rows.values_list("sentence", "main_code"):
        ordered[sentences[sentence]].add(code)
    return {case for case, codes in ordered.items() if codes <= UNPAID_WORK}


def _since(case, reviewed, signed, sentences, today):
    if case.pk in reviewed:
        return reviewed[case.pk]
    days = [one[case.pk] for one in signed if case.pk in one]
    if days:
        return min(max(days), today)
    began = min(filter(None, (on for _, on, _ in sentences)), default=None)
    return min(case.arrived_on or case.officer_since or began or today, today)
