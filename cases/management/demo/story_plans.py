"""Turns a story into a plan like any other, so that it is written and reckoned as any other is."""

from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from cases.management.demo import (
    assess_when,
    checks,
    likelihood,
    offences,
    orders,
    owed,
    people,
    places,
    registers,
    story_loops,
)
from cases.management.demo.life import PAUSES
from cases.management.demo.plan import Plan
from cases.management.demo.plan_parts import PlannedPerson, Record
from cases.management.demo.planning import crn, next_working, split
from cases.management.demo.stories import STORIES

BIRTHDAY = 120  # days before the conviction
BRITISH = "White: British/English/Welsh/Scottish/Northern Irish"
TRIES = 400


def plan_story(number, seed, today, workforce, earlier):
    """The plan of this story: everything but what is made up for anybody. `earlier`: those before it."""
    story = STORIES[number]
    plan = _as_told(number, story, seed)
    _allocate(plan, story, workforce)
    _sentence(plan, story, today)
    plan.record = _record(plan, story)
    if plan.order and plan.order.kind == "custody":
        low, high = likelihood.EDGES[plan.band]
        plan.supplied = (low + high) // 2
    plan.people = _people(plan, story, today)
    for code, part, days, firearm in story.registers:
        on = today - timedelta(days=days)
        registers.add(plan, today, code, part, on=on, firearm=firearm)
    for kind, because, days, outcome in story.enquiries:
        by = _answered_by(story, today) if outcome == "analysed" else today
        _enquire(plan, kind, because, today - timedelta(days=days), outcome, by)
    story_loops.plan_loop(plan, story, today, earlier)
    assess_when.decide_story(plan, story, today)
    owed.plan_deadlines(plan, today)
    plan.lines = _lines(story, today)
    if story.life in PAUSES:
        plan.away_from = today - timedelta(days=story.away)
    return plan


def _as_told(number, story, seed):
    """A plan that holds what the story says in so many words."""
    plan = Plan(
        number=number,
        crn=crn(number),
        rng=Random(f"{seed} story {number}"),
        woman=story.woman,
        iom=story.iom,
        place=story.place,
        needs=story.needs,
        why=story.why,
        story=story.title,
        told=story,
        forename=story.forename,
        surname=story.surname,
        background=story.background,
        retained_by=story.retained_by,
        defects=list(story.defects),
        limit=story.limit,
        imported=story.imported,
    )
    plan.level, plan.band = split(story.group)
    plan.ethnicity = "White: Any other background" if story.background == "eastern" else BRITISH
    return plan


def _answered_by(story, today):
    """Before an assessment was signed, which was before something came in or was raised."""
    if story.assessed != "signed":
        return today
    came = [days for _, _, _, days, *_ in story.information]
    raised = [days for code, _, days, _ in story.registers if code == story.raised]
    since = today - timedelta(days=max([*came, *raised], default=0))
    return checks.working_before(since) - timedelta(days=2) if came or raised else today


def _lines(story, today):
    return [
        (code, orders.working(today - timedelta(days=days)), *rest)
        for code, days, *rest in story.lines
    ]


def _allocate(plan, story, workforce):
    if story.retained_by:
        return
    plan.team = workforce.teams[1 if story.holder == "other" else 0]
    plan.unallocated = not story.holder
    if plan.unallocated:
        return
    if story.holder == "officer":
        plan.officer = workforce.officer
    elif story.holder == "leaver":
        plan.officer = workforce.gone
    elif story.holder in {"other", "any other"}:
        others = [one for one in plan.team.officers if one is not workforce.officer]
        plan.officer = next(one for one in reversed(others) if one.cohort != "women")
    else:
        plan.officer = plan.team.officer_for(story.holder)
    plan.officer.takes_one()


def _sentence(plan, story, today):
    plan.order = orders.order_for(plan.rng, story.kind, today, story.days, story.months)
    plan.arrived_on = min(next_working(plan.order.began_on, 1), today)
    plan.officer_since = plan.arrived_on


def _record(plan, story):
    order = plan.order
    born_on = order.convicted_on - relativedelta(years=story.age) - timedelta(days=BIRTHDAY)
    out_on = order.released_on or order.release_due_on or order.started_on
    ages_out = {story.age, orders.completed_years(born_on, out_on)}
    facts = {
        "woman": story.woman,
        "age_convicted": story.age,
        "age_first": story.age_first,
        "ages_out": ages_out,
        "offence": offences.weighed_as(story.offence),
    }
    wanted = likelihood.sanctions_for(plan.rng, plan.band, **facts)
    assert wanted, f"{story.forename} {story.surname} cannot be in {story.group}"
    first_on = born_on + relativedelta(years=story.age_first) + timedelta(days=40)
    return Record(
        born_on,
        offences.OFFENCES[story.offence][story.offence_number],
        story.sanctions or wanted,
        story.age_first,
        min(first_on, order.convicted_on),
    )


def _people(plan, story, today):
    found, elsewhere = [_person(one, plan, today) for one in story.people], dict(story.elsewhere)
    for one in found:
        if one.name in elsewhere:
            place = places.OUTSIDE[elsewhere[one.name]]
            one.address, one.postcode, one.authority = people.outside_address(plan.rng, place)
    return found


def _person(told, plan, today):
    kind, name, relationship, age, lives_with, victim = told
    return PlannedPerson(
        kind=kind,
        name=name,
        relationship=relationship,
        born_on=today - relativedelta(years=age) - timedelta(days=100),
        lives_with=lives_with,
        dependant=kind == "child",
        victim=victim,
        protected=victim or kind == "child",
        authority=plan.site.authority if lives_with else "",
    )


def _enquire(plan, kind, because, triggered_on, outcome, today):
    came_on = plan.arrived_on if because == "start" else plan.order.convicted_on
    opened = checks.put(plan, kind, because, max(triggered_on, came_on))
    for number, enquiry in enumerate(opened):
        _come_to(plan, enquiry, "waiting" if number else outcome, today)


def _come_to(plan, enquiry, outcome, today):
    for _ in range(TRIES):  # the days between steps vary; the story wants its last one reached
        checks.come_to(plan, enquiry, outcome, today)
        if checks.reached(enquiry, outcome):
            return
        checks.begin_again(enquiry)
    raise AssertionError(f"{plan.forename} {plan.surname}: {enquiry.kind} cannot be {outcome}")
