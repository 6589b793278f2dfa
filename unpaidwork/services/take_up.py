"""Taking up requirements of unpaid work as the record has them, and following what a later import says of them.

Source: nDelius requirement types (W, W0, W1) as published; unpaid work reference 2. What an extract says was
completed elsewhere stands in the ledger once, and is never added to what we count ourselves.
"""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models import Sum

from cases.models import Registration, Requirement
from cases.queries.days import midnight
from cases.rules.words import shortened
from staff.audit import record
from staff.rules.dates import say_date
from unpaidwork.models import Adjustment, Work
from unpaidwork.queries.concerned import concerned
from unpaidwork.queries.policy import work_policy
from unpaidwork.reference.work import (
    CHANGES_ORDERED,
    EXTENDED,
    ORDERED,
    SUSPENDED_REGISTER,
    Adjusts,
    Runs,
    WorkState,
)
from unpaidwork.rules import taking_up as rules

CHUNK = 500  # cases
LONGEST_WHY = 300
FOLLOWED = (
    "state",
    "state_because",
    "minutes_ordered",
    "extended_to",
    "runs",
    "beside_id",
    "completed_on",
)


def take_up_work_chunk(*, after, today, size=CHUNK):
    """Take up and follow the work of the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = concerned().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    counts = take_up_work(case_ids=keys, by=None, today=today) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def take_up_work(*, case_ids, by, today):
    """Begin the work of each requirement that has none, and follow what the record now says of those that have.

    Returns how many of each.
    """
    held = concerned().filter(pk__in=case_ids).order_by("pk")
    cases = {case.pk: case for case in held.select_for_update(no_key=True)}
    recorded = _recorded(cases)
    works = {one.pk: one for one in Work.objects.filter(case__in=cases)}
    weekly = work_policy(today).weekly_minutes
    begun = [
        _begin(one, cases[case], weekly, by=by, today=today)
        for case, found in recorded.items()
        for one in found
        if one.runs and one.key not in works
    ]
    works |= {one.pk: one for one in begun}
    ledger = _court_changes(works)
    followed = [
        _follow(works[one.key], one, found, ledger, cases[case], by=by, today=today)
        for case, found in recorded.items()
        for one in found
        if one.key in works
    ]
    return {"taken_up": len(begun), "followed": sum(followed)}


def _recorded(cases):
    """{case: `Recorded` of each of its requirements to be worked}, in three statements."""
    asked = Requirement.objects.filter(main_code__in=ORDERED | EXTENDED, sentence__case__in=cases)
    rows = list(asked.select_related("sentence").order_by("pk"))
    longer = _extensions([one for one in rows if one.main_code in EXTENDED])
    suspended = dict(
        Registration.objects.current()
        .filter(case__in=cases, type_code=SUSPENDED_REGISTER)
        .order_by("case", "-started_on")
        .values_list("case", "started_on")
    )
    found = defaultdict(list)
    for one in rows:
        if one.main_code in ORDERED:
            case = one.sentence.case_id
            found[case].append(_read(one, longer.get(one.sentence_id), case, suspended))
    return found


def _read(one, extended_to, case, suspended):
    sentence = one.sentence
    stands = one.active and one.terminated_on is None
    return rules.Recorded(
        key=one.pk,
        main_code=one.main_code,
        sub_code=one.sub_code,
        sub_name=one.sub_name,
        began_on=_began_on(one),
        runs=stands and sentence.active and sentence.terminated_on is None,
        length=one.length,
        unit=one.length_unit,
        completed=one.completed,
        ended_on=one.terminated_on or sentence.terminated_on,
        reason=one.termination_reason,
        extended_to=extended_to,
        suspended=case in suspended,
        suspended_on=suspended.get(case),
    )


def _began_on(one):
    sentence = one.sentence
    return one.imposed_on or sentence.started_on or sentence.convicted_on or one.commenced_on


def _extensions(rows):
    """{sentence: until when it was extended}, the latest of several."""
    found: dict[int, date] = {}
    for one in rows:
        began_on = one.sentence.started_on or one.sentence.convicted_on
        until = rules.extended_by(began_on, one.length, one.length_unit, one.expected_end_on)
        if until:
            found[one.sentence_id] = max(until, found.get(one.sentence_id, until))
    return found


def _begin(one, case, weekly, *, by, today):
    began_on = one.began_on or today
    work = Work.objects.create(
        requirement_id=one.key,
        case=case,
        minutes_ordered=rules.minutes_of(one.length, one.unit),
        sentenced_on=began_on,
        arrived_on=max(began_on, case.arrived_on or began_on),
        weekly_minutes=weekly,
    )
    before = rules.minutes_of(one.completed, "hours")
    if before:
        Adjustment.objects.create(
            work=work,
            reason=Adjusts.ELSEWHERE,
            minutes=before,
            on=today,
            note="Completed by the record, when the requirement was taken up here",
            at=midnight(today),
        )
    record(by=by, action="took_up_work", crn=case.crn, requirement=one.key)
    return work


def _court_changes(works):
    """{work: the sum of the court's changes that its ledger holds}"""
    rows = Adjustment.objects.filter(work__in=works, reason__in=CHANGES_ORDERED)
    return dict(rows.values("work").annotate(total=Sum("minutes")).values_list("work", "total"))


def _follow(work, one, others, ledger, case, *, by, today):
    """Whether anything changed."""
    before = [getattr(work, name) for name in FOLLOWED]
    minutes = rules.minutes_of(one.length, one.unit)
    if minutes and minutes != work.minutes_ordered:
        _count_once(work, minutes, ledger.get(work.pk, 0), today)
        work.minutes_ordered = minutes
    if one.extended_to:
        work.extended_to = max(one.extended_to, work.extended_to or one.extended_to)
    _stand_beside(work, one, others)
    state, because = rules.stands_as(WorkState(work.state), work.state_because, one)
    if state == WorkState.COMPLETED and work.state != state:
        work.completed_on = one.ended_on or today
    work.state, work.state_because = state, shortened(because, LONGEST_WHY)
    if before == [getattr(work, name) for name in FOLLOWED]:
        return False
    work.save(update_fields=FOLLOWED)
    record(by=by, action="followed_work", crn=case.crn, requirement=work.pk)
    return True


def _count_once(work, minutes, court, today):
    """What the court changed counts once, where the record's own length now holds it."""
    twice = rules.counted_twice(work.minutes_ordered, minutes, court) if work.minutes_ordered else 0
    if twice:
        Adjustment.objects.create(
            work=work,
            reason=Adjusts.COURT_TAKEN if twice > 0 else Adjusts.COURT_ADDED,
            minutes=-twice,
            on=today,
            note=f"The record’s own length holds the court’s change since {say_date(today)}: it counts once",
            at=midnight(today),
        )


def _stand_beside(work, one, others):
    """How it runs, where the record says more than that it runs by itself and nobody has said otherwise."""
    runs = rules.runs_as(one)
    if work.runs != Runs.REGULAR or runs == Runs.REGULAR:
        return
    if runs == Runs.ADDITIONAL:
        work.runs = runs
        return
    beside = rules.beside(one, others)
    if beside:
        work.runs, work.beside_id = runs, beside
