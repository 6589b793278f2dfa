"""Everything that only a senior or a head can do stands in their one list, and about how long it takes is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS
from cases.rules.senior_list import EFFORTS, Effort, minutes_of, say_minutes
from cases.rules.supervision_policy import MOST, MOST_MINUTES, read_supervision_policy
from staff.errors import RuleBroken
from staff.permissions import Action, Role, reach

BODY = {
    "weeks_between": 6, "looks_back_days": 91, "minutes_countersign": 8, "minutes_decide": 4, "minutes_read": 3,
    "minutes_arrange": 5, "minutes_answer": 15,
}  # fmt: skip
POLICY = read_supervision_policy(BODY, 1)
SENIORS = (Role.SPO, Role.HEAD)
# What only they may do that somebody waits for, and the kind of work by which it stands in their list
WAITS = {
    Action.DECIDE_PLACEMENT: {"decide_lowering"},
    Action.AGREE_INTERIM_PLAN: {"agree_interim_plan"},
    Action.COUNTERSIGN: {"countersign_assessment", "countersign_review", "read_hollow_review"},
    Action.DECIDE_ROUTE: {"book_replacement"},
    Action.DECIDE_OVERRIDE: {"decide_override", "close_override"},
    Action.READ_OVERRIDE: {"read_override"},
    Action.DECIDE_VISIT_SAFETY: {"decide_visit_safety"},
    Action.NAME_OFFICER: {"name_officer", "answer_transfer"},
    Action.DECIDE_TRAVEL: {"decide_travel"},
    Action.NOTIFY_FURTHER_OFFENCE: {"notify_further_offence", "review_further_offence"},
    Action.ANSWER_COMPLAINT: {"acknowledge_complaint", "answer_complaint"},
    Action.READ_WITHDRAWN_BREACH: {"read_withdrawn_breach"},
    Action.COUNTERSIGN_RECALL: {"countersign_recall"},
}
# What they begin of their own accord, so that nothing waits until they do
THEIR_OWN = {
    Action.TAKE_UP_BACKLOG,
    Action.PLAN_DEPARTURE,
    Action.UNDO_DEATH,
    Action.REOPEN_CASE,
    Action.DECIDE_NO_HOME,
    Action.SET_POLICY,
    Action.ASK_SENIOR_ACTION,
    Action.HOLD_SUPERVISION,  # planned and overdue on its own page
}
ALSO = {"tell_of_death", "decide_contest"}  # which others may do as well


def only_theirs(action):
    others = [role for role in Role if role not in SENIORS]
    return any(reach(role, action) for role in SENIORS) and not any(
        reach(role, action) for role in others
    )


def test_whatever_only_a_senior_or_a_head_may_do_stands_in_the_list_or_waits_for_nobody():
    acts = {action for action in Action if only_theirs(action)}

    known = set(WAITS) | THEIR_OWN
    # Knowing an officer's hours and training is recorded when there is something to record
    assert {action for action in acts - known if not action.startswith("record_")} == set()
    assert set(WAITS) - {Action.ANSWER_COMPLAINT} <= acts | {Action.ANSWER_COMPLAINT}


def test_every_kind_that_is_a_seniors_or_a_heads_is_named_and_has_its_minutes():
    theirs = {code for code, kind in KINDS.items() if kind.owner in SENIORS}

    assert set().union(*WAITS.values()) | ALSO == theirs
    assert set(EFFORTS) == theirs


@pytest.mark.parametrize(
    "kinds, minutes",
    [
        ([], 0),
        (["read_hollow_review"], 3),
        (["countersign_review", "decide_override", "read_withdrawn_breach"], 15),
        (["place_person"], 4),  # handed to a senior, though it is an officer's kind of work
        (["answer_complaint", "name_officer", "book_replacement"], 25),
    ],
)
def test_the_minutes_of_a_list_are_those_of_its_rows(kinds, minutes):
    assert minutes_of(kinds, POLICY) == minutes


@pytest.mark.parametrize("effort", Effort)
def test_each_effort_counts_by_its_own_number_of_the_policy(effort):
    more = read_supervision_policy(BODY | {f"minutes_{effort}": 100}, 2)
    kind = next(code for code, one in EFFORTS.items() if one == effort)

    assert minutes_of([kind], more) == 100


@pytest.mark.parametrize(
    "minutes, said",
    [
        (0, ""),
        (1, "about 5 minutes"),
        (12, "about 10 minutes"),
        (13, "about 15 minutes"),
        (59, "about 1 hour"),
        (83, "about 1 hour and 25 minutes"),
        (120, "about 2 hours"),
    ],
)
def test_it_is_said_to_the_nearest_five(minutes, said):
    assert say_minutes(minutes) == said


@given(st.lists(st.sampled_from(sorted(EFFORTS))), st.sampled_from(sorted(EFFORTS)))
def test_one_row_more_never_takes_less(kinds, more):
    assert minutes_of([*kinds, more], POLICY) > minutes_of(kinds, POLICY)


@pytest.mark.parametrize("name", sorted(BODY))
@pytest.mark.parametrize("wrong", [0, -1, "many", None])
def test_a_policy_that_cannot_be_is_refused(name, wrong):
    with pytest.raises(RuleBroken):
        read_supervision_policy(BODY | {name: wrong}, 1)


@pytest.mark.parametrize("name", sorted(BODY))
def test_a_policy_with_a_number_missing_or_too_great_is_refused(name):
    with pytest.raises(RuleBroken):
        read_supervision_policy({key: one for key, one in BODY.items() if key != name}, 1)
    with pytest.raises(RuleBroken):
        read_supervision_policy(BODY | {name: MOST.get(name, MOST_MINUTES) + 1}, 1)
