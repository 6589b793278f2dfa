"""The ground truth of what an intervention turns on: what is known of each person, as it was planned.

Reckoned from the plans alone, as `cases.management.demo.truth` is: the cut-offs are said here a second time.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cases.management.demo.likelihood import two_year_score
from cases.management.demo.offences import OFFENCES
from cases.management.demo.orders import completed_years
from cases.management.demo.truth_activity import days_of_activity

ACCREDITED = {
    "Building Better Relationships": "building_better_relationships",
    "Thinking Skills Programme": "thinking_skills_programme",
    "Resolve": "resolve",
}
TAKING_PART = "Participation in programme or activities"
STALLED_IN = "stepping_stones"  # what is planned for whoever waits for a group in their story
# Sums at which there is a need and a severe one, and how many items there are
CUTS = {
    "accommodation": (2, 7, 4), "ete": (3, 7, 4), "relationships": (2, 5, 3), "lifestyle": (2, 5, 3),
    "drugs": (2, 8, 4), "alcohol": (4, 7, 4), "thinking": (4, 7, 4), "attitudes": (2, 7, 4),
}  # fmt: skip
DESCRIBED = {"finance", "emotional", "health"}
VIOLENT = {"violence", "domestic", "robbery", "public_order"}  # categories of offence
BLADE = "00826"
CATEGORY = {code: name for name, those in OFFENCES.items() for code, _ in those}
SCORED_AS = {"domestic": "violence"}
PARTNER_REGISTERS = {"ADVP": {"source", "not_recorded"}, "IMAR": {"source"}, "REG30": {"source"}}
ENDED_REGISTERS = {"ADVP": {"source", "not_recorded"}, "IMAR": {"source"}}


@dataclass
class Facts:
    """What is known of one person; None: nobody recorded it."""

    sex: str
    percent: float | None
    harm: bool  # whether a level is recorded
    needs: dict[str, int | None]  # 0 none, 1 a need, 2 a severe one
    partner_violence: bool | None
    violence: bool | None
    hooks: list[tuple[str, Any, Any]]  # letter, last day, days left or the programme
    planned: set[str] = field(default_factory=set)
    begun: bool = False  # the programme that the court ordered


def facts_of(plan, today):
    """Everything that an intervention turns on, as it was planned."""
    signed = [one.answers for one in plan.assessments if one.state == "signed"]
    answers: dict[str, Any] = signed[0] if signed else {}
    return Facts(
        sex="" if "sex" in plan.needs else "F" if plan.woman else "M",
        percent=_percent(plan),
        harm="harm" not in plan.needs,
        needs={area: _need(area, answers) for area in (*CUTS, *DESCRIBED)},
        partner_violence=_partner_violence(plan, answers),
        violence=_violence(plan),
        hooks=list(_hooks(plan, today)),
        planned={STALLED_IN} if plan.told and plan.told.stalled and plan.rar else set(),
        begun=_begun(plan.order, today),
    )


def _begun(order, today):
    """Whether a twentieth of the order is served, from when what it requires has been begun."""
    return (today - order.started_on) * 20 > max(order.end_on - order.started_on, timedelta(days=1))


def _percent(plan):
    if plan.supplied is not None:
        return plan.supplied
    if set(plan.needs) - {"harm"}:
        return None
    record, order = plan.record, plan.order
    category = CATEGORY[record.offence[0]]
    score = two_year_score(
        woman=plan.woman,
        sanctions=record.sanctions,
        age_convicted=completed_years(record.born_on, order.convicted_on),
        age_first=record.age_first,
        age_out=completed_years(record.born_on, order.released_on or order.started_on),
        offence=SCORED_AS.get(category, category),
    )
    return round(score)


def _need(area, answers):
    if area in DESCRIBED:
        said = [answers.get(f"{area}.{link}") for link in ("offending", "harm")]
        return 1 if "yes" in said else 0 if said == ["no", "no"] else None
    need, severe, items = CUTS[area]
    scores = [
        int(score) for code, score in answers.items()
        if code.startswith(f"{area}.") and score in ("0", "1", "2")
    ]  # fmt: skip
    if not scores:
        return None
    if sum(scores) >= need:
        return 2 if sum(scores) >= severe else 1
    return 0 if len(scores) == items else None


def _partner_violence(plan, answers):
    current = [one for one in plan.registers if one.ended_on is None]
    if any(one.part in PARTNER_REGISTERS.get(one.code, ()) for one in current):
        return True
    screened = answers.get("screening.indicators")
    if screened and "domestic_abuse" in screened:
        return True
    if any(one.code in {"IMAR", "REG30"} and one.part == "not_recorded" for one in current):
        return None
    ended = [one for one in plan.registers if one.ended_on]
    if any(one.part in ENDED_REGISTERS.get(one.code, ()) for one in ended):
        return None
    return False if screened else None


def _violence(plan):
    codes = [code for _, code, _, _ in plan.offences]
    if any(CATEGORY.get(code) in VIOLENT and code != BLADE for code in codes):
        return True
    return False if all(codes) else None


def _hooks(plan, today):
    order = plan.order
    custodial = order.kind in {"licence", "pss"}
    if "7" in plan.requirements:
        yield "P", order.end_on, ACCREDITED[plan.programme]
    if "F" in plan.requirements:
        credited = (days_of_activity(plan, today) or {}).get("credited", ())
        enough = plan.rar is not None and plan.rar.enough
        yield "R", order.end_on, 0 if enough else max(0, plan.lengths["F"] - len(credited))
    if custodial and order.licence_end_on >= today and TAKING_PART in plan.conditions.values():
        yield "L", order.licence_end_on, None
    if custodial and order.pss_end_on and (order.kind == "pss" or order.licence_end_on < today):
        yield "S", order.pss_end_on, None
    ends = (order.licence_end_on, order.pss_end_on) if custodial else (order.end_on,)
    yield "V", max(filter(None, (*ends, plan.second_end_on))), None
