"""What decides whether interim plans are owed on many cases; the plans of one case as its pages show them.

Source: product rules, checks ("while open").
"""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from cases.models import Case, Deadline, Enquiry, InterimPlan
from cases.queries.protection import unprotected_cases
from cases.reference.checks import CheckKind
from cases.reference.codes import Sharing
from cases.reference.information import Agreement, PlanEnd
from cases.rules.checks import IN_SHORT, how_it_stands
from cases.rules.interim import Held, InterimFacts, Waiting, has_run_out
from cases.rules.words import sentence
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.permissions import Action

OWES = "interim_plan"


def interim_facts(case_ids, policy, today):
    """{case: InterimFacts}, in five statements, and those of protection where a plan waits for nothing."""
    waiting, plans = _waiting(case_ids), _standing(case_ids)
    owed = Deadline.objects.unmet().filter(kind=OWES, case__in=case_ids)
    running = dict(owed.values_list("case", "due_on"))
    checked = set(
        Case.objects.checked_by_rule().filter(pk__in=case_ids).values_list("pk", flat=True)
    )
    idle = [pk for pk, plan in plans.items() if not plan.covers & {w.id for w in waiting[pk]}]
    rest_on = (
        {case.pk for case in unprotected_cases(idle, policy, today, plans=False)} if idle else ()
    )
    known = Case.objects.filter(pk__in=case_ids)
    return {
        pk: InterimFacts(
            ours=pk in checked,
            concern=bool(concern),
            taken_up_on=taken_up_on,
            waiting=tuple(waiting[pk]),
            plan=plans.get(pk),
            running_due_on=running.get(pk),
            needed=pk in rest_on,
        )
        for pk, taken_up_on, concern in known.values_list("pk", "taken_up_on", "standing__concern")
    }


def _waiting(case_ids):
    found = defaultdict(list)
    rows = Enquiry.objects.unfinished().filter(case__in=case_ids).dated_anew().order_by("pk")
    for case, pk, kind, opened_on in rows.values_list("case", "pk", "kind", "opened_on"):
        found[case].append(Waiting(pk, sentence(IN_SHORT[CheckKind(kind)]), opened_on))
    return found


def _standing(case_ids):
    """{case: Held} of the plans that stand, of which no case has two. A row for each enquiry, or one without any."""
    plans, covers = {}, defaultdict(set)
    rows = InterimPlan.objects.standing().filter(case__in=case_ids)
    for case, enquiry, *plan in rows.values_list(
        "case", "enquiries", "pk", "expires_on", "agreement", "answered_on"
    ):
        plans[case] = plan
        covers[case].add(enquiry)
    return {case: _held(covers[case] - {None}, *plan) for case, plan in plans.items()}


def _held(covers, pk, expires_on, agreement, answered_on):
    """A plan as the rules know it."""
    returned_on = answered_on if agreement == Agreement.RETURNED else None
    return Held(pk, frozenset(covers), expires_on, returned_on)


def standing_of(case):
    """The plan that stands on one case as the rules know it, or None."""
    return _standing([case.pk]).get(case.pk)


def standing_plan(case):
    """The plan that stands on the case, or None."""
    return case.interim_plans.standing().select_related("made_by", "answered_by").first()


def find_plan(case, pk):
    return case.interim_plans.select_related("made_by", "answered_by").filter(pk=pk).first()


# As its pages show it


@dataclass(frozen=True)
class PlanPage:
    """One interim plan whole."""

    key: int
    title: str
    tag: Tag
    words: str  # where it stands
    boxes: list[Line]
    lines: list[Line]
    waits_for: list[str]
    sharing: str
    actions: list[Link]


@dataclass(frozen=True)
class PlanSummary:
    """The interim plans of a case: what holds now, what is owed, and those there were."""

    words: str
    next: Link | None
    plans: list[Happening]


def plan_summary(case, names, may, today):
    rows = case.interim_plans.select_related("made_by").order_by("-pk")
    plans = list(rows)
    stands = next((one for one in plans if not one.ended_on), None)
    owed = Deadline.objects.unmet().filter(case=case, kind=OWES).values_list("due_on", flat=True)
    due_on = owed.first()
    words = f"{_stands(stands, today)}." if stands else "There is no interim plan."
    if due_on:
        words = f"{words} One is to be written by {on(due_on)}."
    elif not stands:
        words = "There is no interim plan, and none is owed."
    next_one = None
    if (due_on or stands) and Action.WRITE_INTERIM_PLAN in may:
        text = "Renew the interim plan" if stands and not due_on else "Write the interim plan"
        next_one = Link(text, reverse("write-interim-plan", args=[case.crn]))
    return PlanSummary(words, next_one, [_happening(one, case, names, today) for one in plans])


def _happening(plan, case, names, today):
    until = plan.ended_on or plan.expires_on
    return Happening(
        title=f"Interim plan of {on(plan.made_on)}",
        when=f"{on(plan.made_on)} to {on(until)}",
        by=plan.made_by.name,
        text=names.text(plan.worst_case),
        href=reverse("interim-plan", args=[case.crn, plan.pk]),
        tag=_mark(plan, today),
        on=plan.made_on.isoformat(),
    )


def _mark(plan, today):
    if plan.ended_on:
        return tag("closed")
    if plan.agreement == Agreement.RETURNED:
        return tag("returned")
    if has_run_out(plan.expires_on, today):
        return tag("overdue")
    if plan.agreement == Agreement.ASKED:
        return tag("awaiting-decision")
    return tag("under-way")


def _stands(plan, today):
    """Where a plan stands, in words."""
    if plan.ended_on:
        return f"Ended {on(plan.ended_on)}: {PlanEnd(plan.ended_as).title}"
    if plan.agreement == Agreement.RETURNED:
        return f"Returned to the officer {on(plan.answered_on)}, to be written again"
    if has_run_out(plan.expires_on, today):
        return f"Ran out {on(plan.expires_on)}, to be renewed"
    return f"Holds until {on(plan.expires_on)}"


def plan_page(case, plan, names, may, today):
    """One plan, for the reader whose page this is."""
    waits = plan.enquiries.order_by("pk")
    return PlanPage(
        key=plan.pk,
        title=f"Interim plan of {on(plan.made_on)}",
        tag=_mark(plan, today),
        words=f"{_stands(plan, today)}.",
        boxes=[
            Line("What we assume", names.text(plan.worst_case)),
            Line("Who is protected", names.text(plan.who_is_protected)),
            Line("What we do until the reply", names.text(plan.what_we_do)),
        ],
        lines=[
            Line("Written", f"{on(plan.made_on)}, {plan.made_by.name}"),
            Line("Senior probation officer", _agreed(plan), detail=names.text(plan.answer)),
        ],
        waits_for=[sentence(CheckKind(one.kind).title) for one in waits],
        sharing=Sharing(plan.sharing).title,
        actions=list(_actions(case, plan, may)),
    )


def _agreed(plan):
    said = Agreement(plan.agreement).title
    if plan.answered_by:
        return f"{said} {on(plan.answered_on)}, {plan.answered_by.name}"
    return f"{said}: read as one of a sample" if plan.sampled else said


def _actions(case, plan, may):
    if plan.ended_on:
        return
    if plan.agreement == Agreement.ASKED and Action.AGREE_INTERIM_PLAN in may:
        yield Link("Answer the plan", reverse("answer-interim-plan", args=[case.crn]))
    if Action.WRITE_INTERIM_PLAN in may:
        yield Link("Write it again", reverse("write-interim-plan", args=[case.crn]))


def waited_for(case, today):
    """The open enquiries as a plan is written against them."""
    waiting = case.enquiries.unfinished().order_by("triggered_on", "pk")
    return [how_it_stands(one, today) for one in waiting]


def begun_with(case, people, names):
    """What the boxes of a new plan start from: those of the plan that stands, or who is around them."""
    plan = standing_plan(case)
    if plan:
        return {
            name: getattr(plan, name) for name in ("worst_case", "who_is_protected", "what_we_do")
        }
    around = [
        f"{names.of(one)}, {one.relationship or one.get_kind_display()}"
        for one in people
        if names.may_see(one)
    ]
    return {"who_is_protected": "\n".join(around)}
