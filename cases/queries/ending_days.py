"""The sentences that run on many cases, when each case ends, and whether an early end may be proposed.

Source: `cases.rules.ending_days` says what it comes to. `hours_left` is {sentence: minutes of unpaid work that are left,
None where nobody recorded how many}, which whoever keeps the hours gives.
"""

from collections import defaultdict

from dateutil.relativedelta import relativedelta
from django.db.models import Max
from django.utils.timezone import localdate

from cases.models import Contact, Raise, Requirement, Review, Sentence, Standing
from cases.queries.days import midnight
from cases.queries.rar import rar_of_cases
from cases.reference.appointments import RAR, UNPAID_WORK
from cases.reference.codes import ROSH_ORDER, Rosh
from cases.reference.information import RaiseKind
from cases.rules.ending_days import Progress, Running, end_of_case

DATES = (
    "started_on",
    "expected_end_on",
    "supervision_end_on",
    "operational_end_on",
    "licence_end_on",
    "sentence_expiry_on",
    "pss_end_on",
)
LONGER_TIME = frozenset({"W1"})  # more time to work in, and nothing to be done


def running_of(case_ids, hours_left):
    """{case: [Running]} of its current sentences. One statement."""
    found = defaultdict(list)
    rows = Sentence.objects.current().filter(case__in=case_ids).order_by("pk")
    said = rows.values("pk", "case_id", "order", "description", "custody_status", *DATES)
    for row in said:
        case, key = row.pop("case_id"), row.pop("pk")
        found[case].append(Running(key=key, hours_left=key in hours_left, **row))
    return found


def ends_of(case_ids, hours_left):
    """{case: its `End`}; None where no sentence runs that anybody supervises."""
    running = running_of(case_ids, hours_left)
    return {pk: end_of_case(running[pk]) for pk in case_ids}


def progress_of(case_ids, hours_left, today, *, months, weeks):
    """{case: Progress}. Eleven statements. `months`: looked back over; `weeks`: as rehabilitation activity counts them."""
    running = running_of(case_ids, hours_left)
    since = midnight(today - relativedelta(months=months))
    ordered, left = _requirements(running, hours_left, case_ids, today, weeks)
    failed = _last(
        Contact.objects.filter(case__in=case_ids, complied=False, started_at__gte=since),
        "started_at",
    )
    raised = _raised(case_ids, since)
    breached = set(
        Sentence.objects.current()
        .filter(case__in=case_ids, in_breach=True)
        .values_list("case", flat=True)
    )
    harm = dict(Standing.objects.filter(case__in=case_ids).values_list("case", "harm"))
    return {
        pk: Progress(
            sentences=tuple(running[pk]),
            requirements=ordered[pk],
            left=left[pk],
            failed_on=failed.get(pk),
            raised_on=raised.get(pk),
            in_breach=pk in breached,
            harm=harm.get(pk, ""),
        )
        for pk in case_ids
    }


def _requirements(running, hours_left, case_ids, today, weeks):
    """({case: how many are ordered}, {case: how many of them are not done})"""
    case_of = {one.key: case for case, some in running.items() for one in some}
    days = {one.requirement.pk: one for one in rar_of_cases(case_ids, today, weeks)}
    ordered: dict[int, int] = defaultdict(int)
    left: dict[int, int] = defaultdict(int)
    rows = Requirement.objects.filter(sentence__in=case_of).exclude(main_code__in=LONGER_TIME)
    for one in rows.order_by("pk"):
        case = case_of[one.sentence_id]
        ordered[case] += 1
        left[case] += not _is_done(one, days.get(one.pk), hours_left)
    return ordered, left


def _is_done(one, days, hours_left):
    """Ended, or as much of it done as was ordered: by our own count where we keep one."""
    if one.terminated_on or not one.active:
        return True
    if one.main_code == RAR:
        return days is not None and (days.tally.left == 0 or days.enough is not None)
    if one.main_code in UNPAID_WORK:
        return one.sentence_id not in hours_left
    return bool(one.length and one.completed is not None and one.completed >= one.length)


def _raised(case_ids, since):
    """{case: the day on which its risk of harm last rose}, here at once or at a review."""
    found = _last(Raise.objects.filter(case__in=case_ids, kind=RaiseKind.RISK, at__gte=since), "at")
    reviews = Review.objects.completed().filter(case__in=case_ids, signed_at__gte=since)
    for case, before, after, at in reviews.values_list(
        "case", "harm_before", "harm_after", "signed_at"
    ):
        if _rank(after) > _rank(before):
            found[case] = max(localdate(at), found.get(case, localdate(at)))
    return found


def _last(rows, at):
    return {
        case: localdate(last)
        for case, last in rows.order_by().values_list("case").annotate(Max(at))
    }


def _rank(level):
    return ROSH_ORDER[Rosh(level)] if level else -1
