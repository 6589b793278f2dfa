"""A sentence plan as its pages show it: objectives with their steps, what happens if, what is said once.

Source: supervision reference 4.3; product rules, how it should feel. A fixed number of statements.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import PlanAction
from cases.queries.plan_names import ABOUT, victims_of, worst_first
from cases.queries.planning import key_of, name_of, ordered_of
from cases.reference.checks import CheckKind
from cases.reference.codes import ContactLevel, Sharing
from cases.reference.plan_questions import ENQUIRIES, PLAN_QUESTIONS, PlanPart
from cases.reference.plans import Agreed, Nature, PlanState, Route
from cases.reference.questions import Answered
from cases.rules.checks import IN_SHORT
from cases.rules.plan_answers import applies
from cases.rules.routes import NO_ROUTE
from cases.rules.words import ended, listed, within_a_sentence
from staff.kit import Line, Link, Tag, on, tag
from staff.permissions import Action

TAGS = {
    PlanState.DRAFT: "draft",
    PlanState.SIGNED: "signed",
    PlanState.REPLACED: "superseded",
    PlanState.DROPPED: "withdrawn",
}
STEPS = ("objective", "enquiry", "agency", "protects__person")  # what a step is shown with


@dataclass(frozen=True)
class StepLine:
    """One step: what, who, by when, how it stands."""

    key: int
    what: str
    who: str
    words: str  # by when, or what came of it
    tag: Tag
    kind: str
    protects: str
    rests_on: str
    href: str  # of what it rests on
    next: Link | None = None


@dataclass(frozen=True)
class ObjectiveView:
    key: int
    what: str
    about: list[str]
    steps: list[StepLine]
    carried: bool
    shared: str
    open: bool  # something of it is still to be done
    actions: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class ContingencyView:
    key: int
    words: str
    carried: bool
    shared: str


@dataclass(frozen=True)
class OrderedView:
    """A requirement or condition and how it is delivered."""

    key: str
    name: str
    words: str
    tag: Tag


@dataclass(frozen=True)
class PlanView:
    """One plan whole, for one reader."""

    key: int
    title: str
    tag: Tag
    words: str
    objectives: list[ObjectiveView]
    protected: list[Line]  # each named person, and what protects them
    contingencies: list[ContingencyView]
    said: list[tuple[str, list[Line]]]  # by part
    ordered: list[OrderedView]
    agencies: list[Line]
    agreement: Line


def plan_view(plan, names, may, today):
    """The plan for the reader whose page this is."""
    case, steps = plan.case, _steps(plan)
    objectives = worst_first(plan.objectives.order_by("pk"))
    enquiries = {one.pk: one for one in case.enquiries.unfinished()}
    return PlanView(
        key=plan.pk,
        title=title_of(plan),
        tag=tag(TAGS[PlanState(plan.state)]),
        words=how_it_stands(plan),
        objectives=[_objective(one, steps[one.pk], plan, names, may, today) for one in objectives],
        protected=list(_protected(case, steps, names)),
        contingencies=[_contingency(one, names) for one in plan.contingencies.order_by("pk")],
        said=[(part.title, _said(plan, part, names, enquiries)) for part in PlanPart],
        ordered=list(_ordered(plan, names, today)),
        agencies=_agencies(steps, names),
        agreement=agreement_of(plan, names),
    )


def title_of(plan):
    if plan.state == PlanState.DRAFT:
        return "The plan being written"
    return f"Plan of {on(day_of(plan))}"


def how_it_stands(plan):
    """ "Signed 3 May 2018 by A. Khan"."""
    if plan.signed_at:
        end = ", and replaced by a later one" if plan.state == PlanState.REPLACED else ""
        return f"Signed {on(day_of(plan))} by {plan.signed_by.name}{end}."
    if plan.state == PlanState.DROPPED:
        return (
            f"Begun {on(plan.begun_on)} by {plan.begun_by.name}, and given up before it was signed."
        )
    return f"Begun {on(plan.begun_on)} by {plan.begun_by.name}. Nothing in it is in force until it is signed."


def day_of(plan):
    """The day it was signed, or begun."""
    return localtime(plan.signed_at).date() if plan.signed_at else plan.begun_on


def agreement_of(plan, names):
    """Whether they agree, and why not."""
    if not plan.agreed:
        return Line("Agreed with them", "Not gone through with them yet: their copy says draft")
    said = f"{Agreed(plan.agreed).title}, {on(plan.agreed_on)}"
    return Line("Agreed with them", said, detail=names.text(plan.agreed_because))


def _steps(plan):
    found = defaultdict(list)
    rows = PlanAction.objects.filter(objective__plan=plan).select_related(*STEPS)
    for one in rows.order_by("by_on", "pk"):
        found[one.objective_id].append(one)
    return found


def _objective(one, steps, plan, names, may, today):
    undone = any(step.done_on is None and step.dropped_on is None for step in steps)
    return ObjectiveView(
        key=one.pk,
        what=names.text(one.what),
        about=[ABOUT[code] for code in one.about if code in ABOUT],
        steps=[step_line(step, plan.case, names, may, today) for step in steps],
        carried=one.carried,
        shared=Sharing(one.sharing).title,
        open=undone,
        actions=list(_objective_links(one, plan, may, undone)),
    )


def _objective_links(one, plan, may, undone):
    if Action.WRITE_PLAN not in may:
        return
    crn, about = plan.case.crn, f": objective {one.place + 1}"
    if plan.state == PlanState.DRAFT:
        yield Link("Change", reverse("change-objective", args=[crn, one.pk]), hidden=about)
    elif plan.state == PlanState.SIGNED and undone:
        yield Link("Give it up", reverse("give-up-objective", args=[crn, one.pk]), hidden=about)


def step_line(step, case, names, may, today):
    """A step, with its one next action where it is in force and undone."""
    what = names.text(step.what)
    words, mark = f"By {on(step.by_on)}", tag("due")
    if step.done_on:
        words, mark = f"{on(step.done_on)}. {names.text(step.done_note)}", tag("met")
    elif step.dropped_on:
        words = f"Given up {on(step.dropped_on)}. {names.text(step.dropped_because)}"
        mark = tag("closed")
    elif step.in_draft:
        mark = tag("draft")
    elif step.by_on < today:
        mark = tag("overdue")
    finish = Link("Say it is done", reverse("finish-action", args=[case.crn, step.pk]), hidden=what)
    live = not (step.done_on or step.dropped_on or step.in_draft)
    about = step.enquiry
    return StepLine(
        key=step.pk,
        what=what,
        who=names.text(step.by_whom),
        words=words,
        tag=mark,
        kind=Nature(step.nature).title if step.nature else "",
        protects=names.of(step.protects.person) if step.protects else "",
        rests_on=f"The {IN_SHORT[CheckKind(about.kind)]} reply" if about else "",
        href=reverse("check", args=[case.crn, about.pk]) if about else "",
        next=finish if live and Action.ANALYSE_CHECK in may else None,
    )


def _protected(case, steps, names):
    """Each named person, and the steps that protect them."""
    all_steps = [one for theirs in steps.values() for one in theirs if one.dropped_on is None]
    for pk, name in victims_of(case, names):
        theirs = [names.text(one.what) for one in all_steps if one.protects_id == pk]
        yield Line(name, listed(theirs, comma="; ") or "No step protects them")


def _contingency(one, names):
    words = f"If {_within(one.what_if)}, then {_within(one.then)}: {one.by_whom}, {_within(one.by_when)}."
    return ContingencyView(one.pk, names.text(words), one.carried, Sharing(one.sharing).title)


def _within(words):
    """The words as they stand within a sentence: "If he goes back" does not say if twice."""
    plain = words.strip().rstrip(".")
    for begins in ("If ", "if ", "Then ", "then "):
        plain = plain.removeprefix(begins)
    return within_a_sentence(plain)


def _said(plan, part, names, enquiries):
    return [
        Line(
            question.asks,
            said_in_words(question, plan.answers.get(code), names, enquiries),
            detail="From the plan before, not confirmed" if code in plan.carried else "",
        )
        for code, question in PLAN_QUESTIONS.items()
        if question.part == part and applies(code, plan.answers)
    ]


def said_in_words(question, value, names, enquiries):
    """An answer as it is read; blank where there is none."""
    if value in (None, "", []):
        return ""
    if question.code.endswith(f".{ENQUIRIES}"):
        found = enquiries.get(int(value))
        return f"The {IN_SHORT[CheckKind(found.kind)]} enquiry" if found else "One that is closed"
    if question.how == Answered.WORDS:
        return names.text(value)
    choices = dict(question.choices)
    chosen = value if isinstance(value, list) else [value]
    return listed([choices[one] for one in chosen if one in choices])


def _ordered(plan, names, today):
    rows = {
        key_of(one.requirement or one.condition): one
        for one in plan.deliveries.select_related("requirement", "condition")
    }
    waiting = set(plan.case.route_decisions.waiting().values_list("requirement", flat=True))
    for thing in ordered_of([plan.case_id], today)[plan.case_id]:
        row = rows.get(key_of(thing))
        taken = key_of(thing).startswith("requirement") and thing.pk in waiting
        yield OrderedView(key_of(thing), name_of(thing), *_delivered(row, taken, names))


def _delivered(row, taken, names):
    if taken:
        return f"{NO_ROUTE}: its route was taken away.", tag("still-to-do")
    if row is None or row.route == Route.NONE:
        return "No route yet.", tag("still-to-do")
    start = f"From {on(row.arranged_on)}." if row.arranged_on else "Not yet arranged."
    mark = tag("under-way") if row.arranged_on else tag("still-to-do")
    return f"{Route(row.route).title}: {ended(names.text(row.how))} {start}", mark


def _agencies(steps, names):
    """What each agency does, from the steps that are theirs."""
    found = defaultdict(list)
    for one in (one for theirs in steps.values() for one in theirs):
        if one.agency_id and one.dropped_on is None:
            found[one.agency.name].append(names.text(one.what))
    return [Line(name, listed(does, comma="; ")) for name, does in sorted(found.items())]


def contact_line(plan, level):
    """How often they are seen, against the GRID. `level`: of the GRID, blank where it says none."""
    asked = plan.answers.get("contact.level")
    said = ContactLevel(asked).title if asked else ""
    grid = ContactLevel(level).title if level else "no group"
    return Line("Seen", said, detail=f"The GRID says: {within_a_sentence(grid)}")
