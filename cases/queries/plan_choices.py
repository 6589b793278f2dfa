"""What may be chosen when a plan is written: people, agencies, replies, enquiries, actions that stand alone."""

from cases.models import PlanAction
from cases.queries.agencies import agencies_now
from cases.queries.plan_names import ABOUT, victims_of
from cases.queries.plan_words import DELIVERY, objective_said, said_of
from cases.queries.planning import key_of, name_of, ordered_of
from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.needs import NeedArea
from cases.reference.plan_suggestions import SUGGESTIONS
from cases.rules.checks import IN_SHORT
from cases.rules.planning_facts import about_harm, about_need
from cases.rules.words import sentence, shortened
from staff.kit import Link, on

LONGEST = 80  # letters of an action that is chosen from


def objective_choices(case, facts, names, today, objective=None):
    """What `cases.forms.objectives.ObjectiveForm` is made with."""
    steps = list(objective.steps.filter(dropped_on=None).order_by("pk")) if objective else []
    drafts = [one for one in steps if one.in_draft]
    analysed = case.enquiries.filter(state=EnquiryState.ANALYSED).order_by("-replied_on", "-pk")
    return {
        "stands": _stands(objective, steps),
        "steps": [one.pk for one in drafts],
        "about": _about(facts, objective),
        "victims": victims_of(case, names),
        "agencies": [(pk, one.name) for pk, one in agencies_now(today).items()],
        "enquiries": [(one.pk, f"{_kind(one)} reply of {on(one.replied_on)}") for one in analysed],
        "alone": _actions(PlanAction.objects.undone().filter(case=case, objective=None), names),
        "joined": [
            (one.pk, shortened(names.text(one.what), LONGEST)) for one in steps if not one.in_draft
        ],
    }


def _stands(objective, steps):
    if objective is None:
        return {"what": "", "area": "", "about": [], "sharing": "yes"}
    return objective_said(objective, steps)


def _about(facts, objective):
    """The risks and needs the plan must see to, and what the objective is about already."""
    codes = [*map(about_harm, facts.risks), *map(about_need, facts.priorities)]
    codes += [one for one in (objective.about if objective else ()) if one not in codes]
    return [(code, ABOUT[code]) for code in codes if code in ABOUT]


def _actions(rows, names):
    return [
        (one.pk, f"{shortened(names.text(one.what), LONGEST)}, by {on(one.by_on)}")
        for one in rows.order_by("by_on", "pk")
    ]


def open_enquiries(case):
    """[(key, words)] of the enquiries that are open, and whether anybody has been asked yet."""
    found = case.enquiries.unfinished().order_by("triggered_on", "pk")
    return [(one.pk, f"{_kind(one)} enquiry, {_stands_at(one)}") for one in found]


def _stands_at(enquiry):
    if enquiry.state == EnquiryState.DUE:
        return f"called for on {on(enquiry.triggered_on)} and not sent yet"
    if enquiry.state == EnquiryState.REPLIED:
        return f"answered on {on(enquiry.replied_on)} and not read yet"
    return f"sent on {on(enquiry.sent_on)}"


def _kind(enquiry):
    return sentence(IN_SHORT[CheckKind(enquiry.kind)])


def ordered_choices(plan, names, today):
    """[(key, name, what stands)] of each requirement and condition, for its form."""
    rows = {
        key_of(one.requirement or one.condition): said_of(one, DELIVERY)
        for one in plan.deliveries.select_related("requirement", "condition")
    }
    things = ordered_of([plan.case_id], today)[plan.case_id]
    return [(key_of(one), name_of(one), rows.get(key_of(one))) for one in things]


def suggestions(about, address):
    """Links that begin an objective about this need with words to be put in their own."""
    area = about.removeprefix("need:")
    if area not in set(NeedArea):
        return []
    found = SUGGESTIONS.get(NeedArea(area), ())
    return [
        Link(what, f"{address}?about={about}&from={number}")
        for number, (what, _) in enumerate(found, start=1)
    ]


def begun_with(about, chosen, protects=None):
    """What a new objective starts from: what it is about, and a suggestion where one was chosen."""
    area = about.removeprefix("need:")
    need = area in set(NeedArea)
    start = {"area": area} if need else {"about": [about] if about in ABOUT else []}
    if need and chosen and 0 < chosen <= len(SUGGESTIONS.get(NeedArea(area), ())):
        what, step = SUGGESTIONS[NeedArea(area)][chosen - 1]
        start |= {"what": what, "new-0-what": step}
    if protects:
        start |= {"new-0-protects": protects, "new-0-nature": "victim_safety"}
    return start
