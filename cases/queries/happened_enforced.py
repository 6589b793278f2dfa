"""Breaches and recalls of ours that a review must answer: that one was begun, and what came of it.

Read in one statement with other decisions (`cases.queries.happened_inside`), of which they are. Source: report 2.4 (breaches
that no review spoke of).
"""

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, TruncDate

from cases.models import BreachStep, RecallStep
from cases.reference.enforcement import (
    BREACH_OVER,
    COURT_OUTCOMES,
    RECALL_OVER,
    BreachState,
    RecallState,
)
from cases.rules.event_facts import Enforced, Settled

BREACH, RECALL = "breach", "recall"
BEGAN = frozenset({BreachState.PREPARING, RecallState.DISCUSSED})


def steps_of(case_ids, window):
    """The first step of each, and the last: querysets of (case, key, code, day, day). One sent back to be put right began once."""
    breaches = BreachStep.objects.filter(window.at("at"), breach__case__in=case_ids)
    recalls = RecallStep.objects.filter(window.at("at"), recall__case__in=case_ids)
    nothing = Value("", output_field=CharField())
    return (
        _rows(breaches.filter(state=BreachState.PREPARING), BREACH, nothing),
        _rows(breaches.filter(state__in=sorted(BREACH_OVER)), BREACH, F("breach__outcome")),
        _rows(recalls.filter(state=RecallState.DISCUSSED, at=F("recall__begun_at")), RECALL, nothing),
        _rows(recalls.filter(state__in=sorted(RECALL_OVER)), RECALL, nothing),
    )  # fmt: skip


def is_step(code):
    """Whether this code of a decision is that of a step."""
    return code.partition("/")[0] in {BREACH, RECALL}


def step_told(pk, code, on):
    """(field of CaseHappenings, fact) of one row of `steps_of`."""
    of, state, outcome = code.split("/")
    if state in BEGAN:
        return "enforced", Enforced("ours", pk, on, recall=of == RECALL)
    return "settled", Settled(of, pk, _came_to(of, state, outcome), on)


def _rows(steps, of, outcome):
    code = Concat(Value(f"{of}/"), "state", Value("/"), outcome, output_field=CharField())
    return steps.values_list(F(f"{of}__case"), F(of), code, TruncDate("at"), TruncDate("at"))


def _came_to(of, state, outcome):
    """What it came to, in words that name nobody."""
    if of == RECALL:
        return f"Recall: {_lower(RecallState(state).title)}"
    if outcome in COURT_OUTCOMES:
        return f"Breach: {_lower(COURT_OUTCOMES[outcome].title)}"
    return f"Breach: {_lower(BreachState(state).title)}"


def _lower(title):
    return title[:1].lower() + title[1:]
