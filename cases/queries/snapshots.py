"""What stands on a case, now or on an earlier day, as a plain dict that JSON can hold.

Source: product rules, evidence; supervision reference 5 (changed "field by field"). Signed assessments and
plans are kept with their days, and steps with when they were made, done and dropped, so that a day that
has passed is read from the rows themselves. `cases.rules.differences` compares two of these.

    on, harm, groups {group: level}, contact_level, registers [..], victims [..], actions [step ..],
    finished [step ..],
    assessment {id, on, answers}, plan {id, on, answers, objectives [.. steps [..]], contingencies, deliveries}

A step is `{id, what, by_whom, actor, nature, by_on, made_on, done_on}`.
"""

from collections import defaultdict
from datetime import datetime, time

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Plan, PlanAction
from cases.queries.planning import key_of, name_of
from cases.queries.registers import register_name
from cases.reference.codes import CONTACT_ORDER, ContactLevel
from cases.reference.harm import HarmGroup
from cases.reference.information import RaiseKind
from cases.reference.plans import PlanState
from cases.reference.questions import of_group


def snapshot(case):
    """What stands today."""
    return snapshot_as_of(case, localdate())


def snapshot_as_of(case, day):
    """What stood at the end of that day. A fixed number of statements."""
    assessment = case.assessments.completed().filter(completed_on__lte=day)
    assessment = assessment.order_by("-completed_on", "-pk").first()
    plan = _plan(case, day)
    answers = assessment.answers if assessment else {}
    raises = _raises(case, day)
    steps, beside, finished = _steps(case, plan, day)
    return {
        "on": day.isoformat(),
        "harm": assessment.harm if assessment else "",
        "groups": {
            group.value: answers[of_group(group, "level")]
            for group in HarmGroup
            if of_group(group, "level") in answers
        },
        "contact_level": _contact_level(plan, raises),
        "registers": _registers(case, day),
        "victims": _victims(case, day),
        "assessment": {
            "id": assessment.pk if assessment else None,
            "on": _day(assessment.completed_on) if assessment else "",
            "answers": answers,
        },
        "plan": _of_plan(plan, steps),
        "actions": beside,
        "finished": finished,
    }


def _day(day):
    return day.isoformat() if day else ""


def _end_of(day):
    return datetime.combine(day, time.max, get_current_timezone())


def _plan(case, day):
    signed = Plan.objects.filter(
        case=case, state__in=[PlanState.SIGNED, PlanState.REPLACED], signed_at__lte=_end_of(day)
    )
    return signed.order_by("-signed_at", "-pk").first()


def _raises(case, day):
    """Contact raised by that day, and not yet answered by an assessment on it."""
    rows = case.raises.filter(kind=RaiseKind.CONTACT, at__lte=_end_of(day))
    return rows.filter(Q(assessed_on=None) | Q(assessed_on__gt=day)).values_list(
        "contact_level", flat=True
    )


def _contact_level(plan, raises):
    """As the plan says, or as it was raised to since, whichever is the oftener."""
    planned = plan.answers.get("contact.level", "") if plan else ""
    levels = [ContactLevel(one) for one in (planned, *raises) if one]
    return str(max(levels, key=CONTACT_ORDER.__getitem__)) if levels else ""


def _registers(case, day):
    rows = case.registrations.filter(Q(started_on=None, active=True) | Q(started_on__lte=day))
    rows = rows.filter(Q(ended_on__gt=day) | Q(ended_on=None, active=True))
    return [
        {
            "id": one.pk,
            "code": one.type_code,
            "name": register_name(one),
            "level": one.level_code,
            "part": one.part,
            "on": _day(one.started_on),
        }
        for one in rows.order_by("type_code", "pk")
    ]


def _victims(case, day):
    rows = case.potential_victims.filter(since_on__lte=day)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return [
        {"id": one.pk, "group": one.group, "how": one.how, "on": _day(one.since_on)}
        for one in rows.order_by("pk")
    ]


def _steps(case, plan, day):
    """({objective: its steps}, those beside the plan, those done under an earlier plan).

    Left out: what was given up, and what is not begun.
    """
    rows = PlanAction.objects.filter(case=case, in_draft=False, made_on__lte=day)
    rows = rows.filter(Q(dropped_on=None) | Q(dropped_on__gt=day)).select_related("objective")
    steps, beside, finished = defaultdict(list), [], []
    for one in rows.order_by("pk"):
        if one.objective is None:
            beside.append(_step(one, day))
        elif plan and one.objective.plan_id == plan.pk:
            steps[one.objective_id].append(_step(one, day))
        elif one.done_on and one.done_on <= day:
            finished.append(_step(one, day))
    return steps, beside, finished


def _step(one, day):
    done = one.done_on and one.done_on <= day
    return {
        "id": one.pk,
        "what": one.what,
        "by_whom": one.by_whom,
        "actor": one.actor,
        "nature": one.nature,
        "by_on": _day(one.by_on),
        "made_on": _day(one.made_on),
        "done_on": _day(one.done_on) if done else "",
    }


def _of_plan(plan, steps):
    if plan is None:
        return {
            "id": None, "on": "", "answers": {}, "objectives": [], "contingencies": [], "deliveries": [],
        }  # fmt: skip
    return {
        "id": plan.pk,
        "on": _day(localdate(plan.signed_at)),
        "answers": plan.answers,
        "objectives": [
            {
                "id": one.pk,
                "area": one.area,
                "what": one.what,
                "about": sorted(one.about),
                "steps": steps[one.pk],
            }
            for one in plan.objectives.order_by("place", "pk")
        ],
        "contingencies": [
            {"id": pk, "what_if": what_if, "then": then, "by_whom": by_whom, "by_when": by_when}
            for pk, what_if, then, by_whom, by_when in plan.contingencies.order_by(
                "pk"
            ).values_list("pk", "what_if", "then", "by_whom", "by_when")
        ],
        "deliveries": [_delivery(one) for one in _deliveries(plan)],
    }


def _deliveries(plan):
    return plan.deliveries.select_related("requirement", "condition").order_by("pk")


def _delivery(one):
    thing = one.requirement or one.condition
    return {
        "of": key_of(thing),
        "name": name_of(thing),
        "route": one.route,
        "how": one.how,
        "arranged_on": _day(one.arranged_on),
    }
