"""Where assessments and plans stand, live, and what is missing in those being written.

Source: `cases.rules.content`. Figures, and the lists that they open, come from the same rows.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Least, TruncDate

from cases.models import (
    Assessment,
    Deadline,
    Enquiry,
    ImportedAssessment,
    Override,
    Plan,
    Raise,
    Reading,
    Sentence,
)
from cases.queries.open_gates import gates_of_assessments, gates_of_plans
from cases.queries.paging import page_of
from cases.reference.harm import AssessmentState
from cases.reference.overrides import OPEN_ONCE_DECIDED, Act
from cases.reference.plans import PlanState
from cases.rules.content import Content, Stands, stands, tally
from staff.models import Team

ORDER = ("sort_name", "id")
AT_MOST = 100  # being written, of each kind, whose gates are counted at once
COLUMNS = tuple(Content.__dataclass_fields__)
ALL = "all"
CODES = {ALL: "People supervised by us", **{str(one): one.title for one in Stands}}


@dataclass(frozen=True)
class Figures:
    """How many of some people are counted under each code."""

    team: Team | None
    people: int
    counts: Counter


@dataclass(frozen=True)
class Missing:
    """One rule whose gate is shut on what is being written, and on whose."""

    act: Act
    code: str  # the kind of gap, as its key begins
    rule: str
    cases: frozenset[int]


@dataclass(frozen=True)
class BeingWritten:
    """What is missing in the drafts that were looked at, and how many there are besides."""

    act: Act
    looked_at: int
    in_all: int
    missing: list[Missing]


def content_of(cases, today):
    """(the figures of all these cases, those of each team). A fixed number of statements."""
    in_team = defaultdict(list)
    for team, *known in with_content(cases.ours()).values_list("team", *COLUMNS):
        in_team[team].append(Content(*known))
    named = Team.objects.filter(pk__in=[key for key in in_team if key]).order_by("name")
    everybody = [one for people in in_team.values() for one in people]
    return _figures(None, everybody, today), [
        _figures(team, in_team[team.pk], today) for team in named
    ]


def _figures(team, people, today):
    return Figures(team, len(people), tally(people, today))


def content_row(case):
    """What is known of one case of `with_content`."""
    return Content(*(getattr(case, name) for name in COLUMNS))


def in_content(cases, code, today):
    """Of these cases, those counted under this code."""
    ours = cases.ours()
    if code == ALL:
        return ours
    rows = with_content(ours).values_list("pk", *COLUMNS)
    return ours.filter(pk__in=[pk for pk, *known in rows if code in stands(Content(*known), today)])


def page_of_content(cases, *, after, size):
    found = with_content(cases).select_related("officer", "team")
    return page_of(found, keys=ORDER, after=after, size=size)


def with_content(cases):
    """The cases with what `Content` says of each, in one statement."""
    mine = {"case": OuterRef("pk")}
    signed = Assessment.objects.in_force().filter(**mine)
    unfinished = Assessment.objects.unfinished().filter(**mine)
    plan = Plan.objects.in_force().filter(**mine)
    clock = Deadline.objects.filter(kind="make_plan", void=False, **mine).order_by("-pk")
    passed = Override.objects.filter(state__in=OPEN_ONCE_DECIDED, **mine)
    known = cases.annotate(
        drafted=Exists(unfinished.filter(state=AssessmentState.DRAFT)),
        waiting=Exists(unfinished.filter(state=AssessmentState.WAITING)),
        assessed_on=Subquery(signed.values("completed_on")[:1]),
        passed_over=Exists(passed.filter(assessment__state=AssessmentState.SIGNED)),
        began_on=_earliest(Sentence.objects.current().filter(**mine), "started_on"),
        plan_drafted=Exists(Plan.objects.unfinished().filter(**mine)),
        planned=Exists(plan),
        agreed=Coalesce(Subquery(plan.values("agreed")[:1]), Value("")),
        plan_passed_over=Exists(passed.filter(plan__state=PlanState.SIGNED)),
        due_on=Subquery(clock.values("due_on")[:1]),
        made_on=Subquery(clock.values("met_on")[:1]),
    )
    return known.annotate(happened_since=_happened_since(mine), recorded_on=_recorded_on(mine))


def _happened_since(mine):
    """A rise that stands, or since the day of the signature an answer, a conviction, or word of harm."""
    signed_on = OuterRef("assessed_on")
    answered = Enquiry.objects.dated_anew().exclude(replied_on=None)
    heard = Reading.objects.annotate(heard_on=TruncDate("information__at"))
    return (
        Exists(Raise.objects.standing().filter(**mine))
        | Exists(answered.filter(heard_on__gt=signed_on, **mine))
        | Exists(Sentence.objects.filter(convicted_on__gt=signed_on, **mine))
        | Exists(heard.filter(information__harm=True, heard_on__gt=signed_on, **mine))
    )


def _recorded_on(mine):
    """The first day since this sentence began on which an assessment was completed, here or elsewhere."""
    of_this_sentence = mine | {"completed_on__gte": OuterRef("began_on")}
    return Least(
        _earliest(ImportedAssessment.objects.filter(**of_this_sentence), "completed_on"),
        _earliest(Assessment.objects.completed().filter(**of_this_sentence), "completed_on"),
    )


def _earliest(rows, day):
    found = rows.order_by().values("case").annotate(first=Min(day))
    return Subquery(found.values("first"))


# What is missing in those being written


def being_written(cases, policy, today):
    """Of assessments and of plans, those begun longest ago looked at: at most AT_MOST of each."""
    ours = cases.ours()
    assessments = Assessment.objects.filter(state=AssessmentState.DRAFT, case__in=ours)
    plans = Plan.objects.unfinished().filter(case__in=ours)
    return [
        _missing_in(Act.ASSESSMENT, assessments, gates_of_assessments, policy, today),
        _missing_in(Act.PLAN, plans, gates_of_plans, policy, today),
    ]


def _missing_in(act, drafts, gates_of, policy, today):
    looked_at = list(drafts.order_by("begun_on", "pk")[:AT_MOST])
    rules, cases = defaultdict(set), defaultdict(set)
    shut = gates_of(looked_at, policy, today) if looked_at else {}
    for draft in looked_at:
        for gate in shut[draft.pk]:
            code = gate.key.partition(":")[0]
            rules[code].add(gate.rule)
            cases[code].add(draft.case_id)
    missing = [
        Missing(act, code, "; ".join(sorted(rules[code])), frozenset(held))
        for code, held in sorted(cases.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return BeingWritten(act, len(looked_at), drafts.count(), missing)
