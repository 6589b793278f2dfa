"""Working timetables out, in the background: whoever is killed loses nothing, and nobody waits for ever.

Source: features 82; architecture, "the database is the queue". No row is held while the solver works: a head may give the
timetable up meanwhile, and then the answer is thrown away.
"""

import time
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.jobs import each_by_itself
from grid.models import Timetable, TimetablePlace, TimetableSeries
from grid.queries.quarter import Question, question_of
from grid.reference.groups import TimetableState
from grid.rules.first_come import first_come
from grid.rules.quarter import propose
from grid.rules.quarter_facts import Answer, Status, days_of
from grid.rules.quarter_told import Figures, figures_of
from grid.services.intervention_policy import intervention_policy
from grid.services.timetables import lock_timetable
from staff.audit import record
from staff.errors import RuleBroken

SECONDS = 55.0  # for which the solver may look for a better answer
GIVEN_UP_AFTER = timedelta(minutes=5)  # whoever began it is taken to have died
MOST_TRIES = 3
FAILED = "Timetables that could not be worked out, left for the next minute"
NOT_POSSIBLE = "It was begun three times and came to no end. Tell whoever runs the service."
NOBODY = "Nobody waits who could take part."
NO_SERIES = "No series can be run that anybody who waits could come to."


def work_out_waiting(*, now):
    """Work out whatever waits to be. Returns how many came to an end."""
    waiting = Timetable.objects.to_be_worked_out(now - GIVEN_UP_AFTER).order_by("asked_at", "pk")
    steps = [partial(work_out, pk, now=now) for pk in waiting.values_list("pk", flat=True)]
    return sum(each_by_itself(*steps, failed=FAILED))


def work_out(pk, *, now, seconds=SECONDS):
    """One of them, from taking it up to keeping the answer. Returns 1, or 0 where somebody else has it or gave it up."""
    one = _take_up(pk, now=now)
    if one is None:
        return 0
    today, began = localtime(now).date(), time.monotonic()
    policy = intervention_policy(today)
    question = question_of(one.first_on, policy, now, today)
    if not question.asked.wanted:
        return _keep(one, now, policy, question, began, in_the_way=[NOBODY, *question.left_out])
    try:
        answer = propose(question.asked, seconds=seconds)
    except RuleBroken as refusal:
        return _keep(one, now, policy, question, began, in_the_way=[str(refusal)])
    return _keep(one, now, policy, question, began, answer=answer)


@transaction.atomic
def _take_up(pk, *, now):
    """The timetable, marked as begun; None where there is nothing to do about it any more."""
    waiting = Timetable.objects.to_be_worked_out(now - GIVEN_UP_AFTER)
    one = waiting.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
    if one is None:
        return None
    one.began_at, one.tries = now, one.tries + 1
    if one.tries <= MOST_TRIES:
        one.save(update_fields=["began_at", "tries"])
        return one
    one.state, one.worked_out_at, one.in_the_way = TimetableState.PROPOSED, now, [NOT_POSSIBLE]
    one.version += 1
    one.save()
    return None


@transaction.atomic
def _keep(taken_up, now, policy, question: Question, began, *, answer: Answer | None = None, in_the_way=()):  # fmt: skip
    one = lock_timetable(taken_up)
    if one.state != TimetableState.WORKING or one.began_at != taken_up.began_at:
        return 0  # it was given up, or somebody else began it anew
    one.state, one.worked_out_at, one.policy_version = TimetableState.PROPOSED, now, policy.version
    one.took = Decimal(str(round(time.monotonic() - began, 1)))
    one.in_the_way = list(in_the_way)
    if answer:
        _keep_answer(one, question, answer)
    one.version += 1
    one.save()
    groups = len(answer.groups) if answer else 0
    record(by=None, action="worked_out_timetable", timetable=one.pk, series=groups)
    return 1


def _keep_answer(one, question, answer):
    asked = question.asked
    one.counts, one.at_most = answer.counts, answer.at_most
    one.best, one.by_the_clock = answer.status is Status.BEST, answer.by_the_clock
    one.told = [*question.left_out, *answer.working]
    one.figures = {
        "proposed": as_kept(figures_of(asked, answer.groups)),
        "first_come": as_kept(figures_of(asked, first_come(asked))),
    }
    one.in_the_way = [] if answer.groups else [NO_SERIES]
    one.facts = {
        "without": [[each.person, " ".join(each.why)] for each in answer.explained if each.group is None]
    }  # fmt: skip
    why = {each.group: list(each.why) for each in answer.explained if each.group is not None}
    for group in answer.groups:
        _keep_group(one, question, group, why[group])


def _keep_group(one, question, group, why):
    run, days = group.series, days_of(question.asked, group.series)
    row = TimetableSeries.objects.create(
        timetable=one,
        code=run.code,
        place_id=run.site,
        times=[[when.weekday, when.part.value] for when in run.times],
        first_week=run.first_week,
        leaders=list(run.leaders),
        first_on=days[0],
        last_on=days[-1],
        why=why,
    )
    TimetablePlace.objects.bulk_create(
        TimetablePlace(series=row, referral_id=question.referrals[case, run.code], case_id=case)
        for case in group.people
    )


def as_kept(figures: Figures) -> dict:
    """`weeks_waited`: on average, to a tenth."""
    return {
        "waiting": figures.waiting,
        "series": figures.series,
        "started": figures.started,
        "in_time": figures.in_time,
        "court_in_time": figures.court_in_time,
        "weeks_waited": round(float(figures.weeks_waited), 1),
    }
