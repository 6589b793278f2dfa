"""Rehabilitation activity: planning it, changing it, ending it, and saying that the days done are enough.

Source: supervision reference 2.4 (the officer decides activities after sentence; days are a maximum).
"""

from django.db import transaction

from cases.models import Objective, RarActivity, RarEnough
from cases.queries.rar import rar_of_case
from cases.reference.appointments import RAR, RarTheme
from cases.reference.plans import Route
from cases.rules.interim import says_nothing
from cases.rules.rar import check_days
from cases.rules.words import counted
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.policy import meeting_policy
from staff.audit import record
from staff.errors import RuleBroken

OWES = "book_rar_day"
SAY_WHAT = "Say what they do, for example Stepping Stones to Change. The person is told the same."
NOT_RUNNING = (
    "This requirement is not a rehabilitation activity requirement of this case that runs."
)


@transaction.atomic
def plan_activity(*, requirement, theme, what, days, route, by, today, objective=None):
    """Plan so many days of one activity under the requirement. Takes back that the days done are enough.

    `objective`: the key of an objective of the plan in force that it serves.
    """
    case = lock_case(requirement.sentence.case)
    found = _counted(case, requirement, today)
    known = _checked(case, theme=theme, what=what, route=route, objective=objective)
    check_days(days, ordered=found.order.days, planned=found.planned_elsewhere())
    RarEnough.objects.standing().filter(requirement=requirement).update(withdrawn_on=today)
    activity = RarActivity.objects.create(
        case=case, requirement=requirement, **known, days=days, planned_on=today, planned_by=by
    )
    record(by=by, action="planned_rar_activity", crn=case.crn, activity=activity.pk)
    return activity


@transaction.atomic
def change_activity(*, activity, theme, what, days, route, by, today, objective=None):
    """Change what is planned. Its days never fall below those that are credited under it."""
    case, activity = _hold(activity)
    found = _counted(case, activity.requirement, today)
    known = _checked(case, theme=theme, what=what, route=route, objective=objective)
    check_days(days, ordered=found.order.days, planned=found.planned_elsewhere(but=activity))
    done = len(found.tally.by_activity.get(activity.pk, ()))
    if days < done:
        raise RuleBroken(
            f"{counted(done, 'day')} of it are credited, so it cannot be planned as fewer."
        )
    for name, value in {**known, "days": days}.items():
        setattr(activity, name, value)
    activity.save()
    record(by=by, action="changed_rar_activity", crn=case.crn, activity=activity.pk)
    return activity


@transaction.atomic
def end_activity(*, activity, because, by, today):
    """End an activity, saying why. What was credited under it stays."""
    case, activity = _hold(activity)
    found = _counted(case, activity.requirement, today)
    _check_nothing_booked(found, [activity.pk])
    _end(activity, _reason(because), by=by, today=today)
    record(by=by, action="ended_rar_activity", crn=case.crn, activity=activity.pk)
    return activity


@transaction.atomic
def say_enough(*, requirement, because, by, today):
    """Say that fewer days than ordered are enough, and why. What is planned ends; the requirement runs on."""
    case = lock_case(requirement.sentence.case)
    found = _counted(case, requirement, today)
    because = _reason(because)
    if found.enough:
        raise RuleBroken("This has been said already. Planning an activity takes it back.")
    live = [one for one in found.activities if one.ended_on is None]
    _check_nothing_booked(found, [None, *(one.pk for one in live)])
    for one in live:
        _end(one, because, by=by, today=today)
    said = RarEnough.objects.create(
        requirement=requirement, because=because, said_on=today, said_by=by
    )
    if not _still_stalled(case, today):
        meet_deadline(case=case, kind=OWES, by=by, today=today, void=True)
    record(by=by, action="said_rar_enough", crn=case.crn, requirement=requirement.pk)
    return said


def _hold(activity):
    """The case, locked, and the activity as it stands now; refused once it has ended."""
    case = lock_case(activity.case)
    activity = RarActivity.objects.select_related("requirement__sentence").get(pk=activity.pk)
    activity.case = case
    if activity.ended_on:
        raise RuleBroken("This activity has ended. Plan another.")
    return case, activity


def _counted(case, requirement, today):
    """The requirement with its days, where it is one that runs on this case."""
    weeks = meeting_policy(today).rar_stall_weeks
    every = rar_of_case(case, today, weeks)
    found = next((one for one in every if one.requirement.pk == requirement.pk), None)
    if found is None or not found.runs or found.requirement.main_code != RAR:
        raise RuleBroken(NOT_RUNNING)
    return found


def _checked(case, *, theme, what, route, objective):
    if says_nothing(what):
        raise RuleBroken(SAY_WHAT)
    if route == Route.NONE:
        raise RuleBroken("Say how it reaches them. An activity without a route is not planned.")
    of_plan = Objective.objects.filter(plan__in=case.plans.in_force(), pk=objective)
    if objective and not of_plan.exists():
        raise RuleBroken("Choose an objective of the plan in force.")
    return {
        "theme": RarTheme(theme),
        "what": what.strip(),
        "route": Route(route),
        "objective_id": objective,
    }


def _check_nothing_booked(found, activities):
    booked = sum(len(found.tally.booked_by_activity.get(one, ())) for one in activities)
    if booked:
        raise RuleBroken(
            f"{counted(booked, 'day')} of it {'is' if booked == 1 else 'are'} booked. Call off or move what "
            "is booked first, so that nobody is expected at what has ended."
        )


def _reason(because):
    if says_nothing(because):
        raise RuleBroken("Say why, so that whoever holds the case later can follow.")
    return because.strip()


def _end(activity, because, *, by, today):
    activity.ended_on, activity.ended_because = today, because
    activity.save(update_fields=["ended_on", "ended_because"])


def _still_stalled(case, today):
    weeks = meeting_policy(today).rar_stall_weeks
    return any(one.since for one in rar_of_case(case, today, weeks))
