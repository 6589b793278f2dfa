"""Everything that only a senior or a head can do stands in their one list, and about how long it takes is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS
from cases.rules.senior_list import (
    EFFORTS,
    Effort,
    Waiting,
    list_of_today,
    minutes_of,
    say_end,
    say_minutes,
)
from cases.rules.supervision_policy import MOST, MOST_MINUTES, read_supervision_policy
from staff.errors import RuleBroken
from staff.permissions import Action, Role, reach

BODY = {
    "weeks_between": 6, "looks_back_days": 91, "minutes_a_day": 20, "minutes_countersign": 8,
    "minutes_decide": 4, "minutes_read": 3, "minutes_arrange": 5, "minutes_answer": 15,
}  # fmt: skip
POLICY = read_supervision_policy(BODY, 1)
SENIORS = (Role.SPO, Role.HEAD)
# What only they may do that somebody waits for, and the kind of work by which it stands in their list
WAITS = {
    Action.DECIDE_PLACEMENT: {"decide_lowering", "discuss_escalation"},
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
    Action.DECIDE_UNMET_NEED: {"decide_unmet_need"},
}
# What they begin of their own accord, so that nothing waits until they do
THEIR_OWN = {
    Action.TAKE_UP_BACKLOG,
    Action.PLAN_DEPARTURE,
    Action.SHARE_OUT_CASES,
    Action.UNDO_DEATH,
    Action.REOPEN_CASE,
    Action.DECIDE_NO_HOME,
    Action.SET_POLICY,
    Action.ASK_SENIOR_ACTION,
    Action.HOLD_SUPERVISION,  # planned and overdue on its own page
    Action.RECORD_LEADER,
    Action.PLAN_QUARTER,
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


# The list of a day, which ends

COUNTERSIGN, DECIDE, READ = "countersign_assessment", "decide_override", "read_hollow_review"


def waits(*kinds, due=True, pressing=False):
    return [Waiting(key, kind, due, pressing) for key, kind in enumerate(kinds, 1)]


def test_it_takes_what_fits_in_order_and_nothing_jumps_ahead():
    found = list_of_today(waits(COUNTERSIGN, COUNTERSIGN, DECIDE, READ), 0, POLICY)

    assert (found.keys, found.minutes, found.left, found.left_due) == ((1, 2, 3), 20, 1, 1)
    assert list_of_today(waits(COUNTERSIGN, COUNTERSIGN, COUNTERSIGN, READ), 0, POLICY).keys == (1, 2)  # fmt: skip


def test_what_was_done_today_is_taken_off_so_that_it_ends():
    later = list_of_today(waits(DECIDE, READ), 16, POLICY)
    over = list_of_today(waits(DECIDE, READ), 20, POLICY)

    assert (later.keys, later.left) == ((1,), 1)
    assert (over.keys, over.left, over.minutes) == ((), 2, 0)


def test_what_could_hurt_somebody_is_never_left_and_is_said_to_be_beyond():
    rows = [
        *waits(COUNTERSIGN, COUNTERSIGN, COUNTERSIGN),
        Waiting(9, "book_replacement", due=True, pressing=True),
    ]

    found = list_of_today(rows, 0, POLICY)
    alone = list_of_today(rows, 60, POLICY)

    assert (found.keys, found.beyond) == ((1, 2, 9), 1)
    assert (alone.keys, alone.beyond, alone.left) == ((9,), 1, 3)


def test_one_thing_that_takes_longer_than_the_day_is_the_list_where_nothing_was_done():
    small = read_supervision_policy(BODY | {"minutes_a_day": 5}, 2)

    assert list_of_today(waits(COUNTERSIGN, READ), 0, small).keys == (1,)
    assert list_of_today(waits(COUNTERSIGN, READ), 3, small).keys == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(EFFORTS)), st.booleans(), st.booleans()), max_size=40
    ),
    st.integers(0, 60),
)
def test_whatever_waits_it_ends_and_loses_nothing(rows, done):
    waiting = [
        Waiting(key, kind, due, due and pressing)
        for key, (kind, due, pressing) in enumerate(rows, 1)
    ]
    found = list_of_today(waiting, done, POLICY)
    by_key = {one.key: one for one in waiting}
    shown = [by_key[key] for key in found.keys]

    assert {one.key for one in waiting if one.pressing} <= set(found.keys)
    assert len(shown) + found.left == len(waiting)
    assert list(found.keys) == sorted(found.keys)
    within = [one for one in shown if not one.pressing]
    minutes = minutes_of([one.kind for one in within], POLICY)
    assert minutes + done <= POLICY.minutes_a_day or not within or (not done and len(within) == 1)


@pytest.mark.parametrize(
    ("kinds", "done", "did", "said"),
    [
        ((), 0, 0, "Nothing waits that only you can do."),
        ((), 12, 2, "Nothing more waits that only you can do. You did 2 things today, about 10 minutes."),
        ((READ,), 0, 0, "That is the end of it: 1 thing, about 5 minutes. Nothing more waits."),
        (
            (COUNTERSIGN, COUNTERSIGN, COUNTERSIGN), 0, 0,
            "That is the end of it: 2 things, about 15 minutes. 1 more thing waits, due or late; none of what is late could hurt somebody.",
        ),
        (
            (READ, READ), 20, 5,
            "That is today’s list done: 5 things, about 20 minutes. 2 more things wait, due or late; none of what is late could hurt somebody.",
        ),
    ],
)  # fmt: skip
def test_where_it_ends_is_said(kinds, done, did, said):
    assert say_end(list_of_today(waits(*kinds), done, POLICY), did, done) == said


def test_that_what_is_left_is_not_due_yet_is_said():
    found = list_of_today(waits(COUNTERSIGN, COUNTERSIGN, COUNTERSIGN, due=False), 0, POLICY)

    assert say_end(found, 0, 0).endswith("1 more thing waits, not due yet.")
