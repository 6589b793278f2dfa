"""What each measure of enforcement counts, and how breaches withdrawn are told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.reference.deadlines import KINDS
from cases.reference.enforcement import BreachState, WithdrawnBecause
from cases.reference.enforcement_measures import MEASURES, STEPS
from cases.rules.enforcement.measures import (
    Agreed,
    Breached,
    Owed,
    Went,
    WithdrawnFrom,
    decided_by_court,
    delivered,
    first_time,
    once_each,
    proven,
    seen,
    step,
    withdrawn_by,
)

DUE = date(2018, 10, 3)
DAY = timedelta(days=1)
OWED = Owed(case=1, key=1, due_on=DUE)
ACCEPTED = Breached(
    case=1, key=1, state=BreachState.ACCEPTED, first_answer=BreachState.ACCEPTED, answered_on=DUE
)
DECIDED = replace(ACCEPTED, state=BreachState.DECIDED, over_on=DUE, outcome="ABPC")
WITHDRAWN = replace(
    ACCEPTED, state=BreachState.WITHDRAWN, over_on=DUE, withdrawn_because="late", court="Reading"
)


def test_every_measure_of_a_step_counts_a_kind_of_deadline_that_there_is():
    assert set(STEPS) <= set(MEASURES)
    assert set(STEPS.values()) <= set(KINDS)


@pytest.mark.parametrize(
    ("met_on", "met"), [(DUE - DAY, True), (DUE, True), (DUE + DAY, False), (None, False)]
)
def test_a_step_is_in_time_where_it_was_done_by_the_day_it_was_due(met_on, met):
    unit = step(replace(OWED, met_on=met_on))

    assert (unit.met, unit.on) == (met, DUE)
    assert "3 October 2018" in unit.words


@pytest.mark.parametrize("changed", [{"void": True, "met_on": DUE}, {"paused": True}])
def test_what_is_owed_no_more_or_stands_still_is_not_counted(changed):
    assert step(replace(OWED, **changed)) is None


@pytest.mark.parametrize(
    "answer", [BreachState.RETURNED, BreachState.MORE_ASKED, BreachState.DECLINED]
)
def test_a_pack_that_was_not_accepted_at_once_was_not_usable_the_first_time(answer):
    assert first_time(ACCEPTED).met
    assert not first_time(replace(ACCEPTED, first_answer=answer)).met
    assert first_time(replace(ACCEPTED, first_answer=None, answered_on=None)) is None


def test_a_breach_that_runs_is_not_counted_as_over():
    assert decided_by_court(ACCEPTED) is None
    assert proven(ACCEPTED) is None


def test_a_breach_withdrawn_says_why_and_one_declined_that_it_was():
    assert decided_by_court(DECIDED).met
    withdrawn = decided_by_court(WITHDRAWN)
    declined = decided_by_court(
        replace(WITHDRAWN, state=BreachState.DECLINED, withdrawn_because="")
    )

    assert (withdrawn.met, withdrawn.words) == (False, "Withdrawn: too late to be laid")
    assert (declined.met, declined.words) == (False, "Declined by the NPS")


@pytest.mark.parametrize(("outcome", "met"), [("ABNP", False), ("ABNA", True), ("ABSA", True)])
def test_proven_is_what_the_court_found(outcome, met):
    assert proven(replace(DECIDED, outcome=outcome)).met is met
    assert proven(WITHDRAWN) is None


def test_a_letter_that_came_back_was_not_delivered():
    went = Went(case=1, key=1, sent_on=DUE)

    assert delivered(went).met
    assert not delivered(replace(went, returned_on=DUE + DAY)).met


@pytest.mark.parametrize(("came", "met"), [(True, True), (False, False), (None, False)])
def test_a_contact_nobody_has_said_anything_of_was_not_kept(came, met):
    assert seen(Agreed(case=1, key=1, on=DUE, came=came)).met is met


def test_breaches_withdrawn_are_told_by_court_and_cause_the_most_first():
    slough = replace(WITHDRAWN, court="Slough", withdrawn_because="proof")

    found = withdrawn_by([slough, WITHDRAWN, WITHDRAWN, DECIDED])

    assert found == [
        WithdrawnFrom("Reading", WithdrawnBecause.LATE, 2),
        WithdrawnFrom("Slough", WithdrawnBecause.PROOF, 1),
    ]


def owed(key, due_on, met_on=None, **given):
    return Owed(case=1, key=key, due_on=due_on, met_on=met_on, **given)


@pytest.mark.parametrize(
    ("several", "counts"),
    [
        ([owed(1, DUE, DUE), owed(2, DUE + DAY, DUE + DAY)], 1),  # both in time: the first
        ([owed(1, DUE, DUE + DAY), owed(2, DUE + DAY, DUE + DAY)], 1),  # the late one stays late
        ([owed(1, DUE, DUE), owed(2, DUE + DAY, DUE + 2 * DAY)], 2),
        ([owed(1, DUE, DUE, void=True), owed(2, DUE + DAY, DUE + DAY)], 2),
        ([owed(1, DUE, DUE, void=True)], None),
    ],
)
def test_a_recall_that_was_sent_back_is_counted_once_and_late_where_it_was_late(several, counts):
    found = once_each(reversed(several))

    assert (found and found.key) == counts
