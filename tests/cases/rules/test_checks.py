from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import MAY_BECOME, OPEN_STATES, EnquiryState, Reply
from cases.rules.checks import (
    STEP,
    check_move,
    how_it_stands,
    is_overdue,
    next_step,
    read_check_policy,
    say_chased,
    told_of_check,
    why_due,
    why_late,
)
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.rules.test_calendar import OPEN
from tests.cases.rules.test_enquiries import POLICY

SENT_ON = date(2018, 5, 3)
BODY = {name: getattr(POLICY, name) for name in POLICY.__slots__ if name != "version"}


@dataclass
class An:
    """An enquiry with these facts."""

    state: str = EnquiryState.SENT
    kind: str = "police"
    because: str = "start"
    because_note: str = ""
    triggered_on: date = date(2018, 5, 1)
    sent_on: date | None = SENT_ON
    chased_on: date | None = None
    chases: int = 0
    replied_on: date | None = None
    reply: str = ""
    turnaround_days: int | None = None


@pytest.mark.parametrize("state", EnquiryState)
@pytest.mark.parametrize("to", EnquiryState)
def test_an_enquiry_becomes_only_what_the_table_says(state, to):
    if to in MAY_BECOME[state]:
        check_move(state, to)
    else:
        with pytest.raises(RuleBroken, match="already" if state == to else "cannot become"):
            check_move(state, to)


def test_every_open_state_owes_a_step_and_no_other_does():
    assert set(STEP) == OPEN_STATES
    assert next_step(An(state=EnquiryState.ANALYSED), POLICY) is None


@pytest.mark.parametrize(
    "enquiry, owed",
    [
        (An(state=EnquiryState.DUE), ("send_check", date(2018, 5, 3))),
        (An(), ("chase_check", date(2018, 5, 11))),  # 7 May was a bank holiday
        (An(chased_on=date(2018, 5, 11)), ("chase_check", date(2018, 5, 18))),
        (
            An(state=EnquiryState.REPLIED, replied_on=date(2018, 5, 4)),
            ("analyse_check", date(2018, 5, 9)),
        ),
    ],
    ids=["due", "sent", "chased", "replied"],
)
def test_the_next_step_is_due_so_many_working_days_on(enquiry, owed):
    assert next_step(enquiry, POLICY) == owed


def test_an_agency_with_a_turnaround_of_its_own_is_chased_by_it():
    policy = read_check_policy(BODY, 2)

    assert next_step(An(turnaround_days=8), policy)[1] == date(2018, 5, 16)
    assert next_step(An(), policy)[1] == date(2018, 5, 11)


@given(st.sampled_from(EnquiryState), st.dates(), st.dates())
def test_overdue_is_when_the_date_of_an_open_step_has_passed(state, due_on, today):
    assert is_overdue(state, due_on, today) == (state in OPEN_STATES and due_on < today)


@given(st.booleans(), st.integers(0, 60))
def test_seniors_hear_by_working_days_since_sending_and_only_of_a_concern(concern, later):
    today = SENT_ON + timedelta(days=later)
    passed = sum(SENT_ON < day <= today for day in OPEN)

    heard = told_of_check(
        "chase_check", counted_from=SENT_ON, concern=concern, today=today, policy=POLICY
    )

    senior = Role.HEAD if passed >= 15 else Role.SPO if passed >= 10 else Role.HUB
    assert heard == (senior if concern else Role.HUB)


@pytest.mark.parametrize(
    "enquiry, due, late, now",
    [
        (
            An(state=EnquiryState.DUE),
            "Start of supervision, 1 May 2018",
            "Police enquiry due since 1 May 2018, not yet sent",
            "Police enquiry fell due 14 days ago, not yet sent",
        ),
        (
            An(),
            "Sent 3 May 2018, no reply",
            "Police enquiry sent 3 May 2018, no reply",
            "Police enquiry sent 12 days ago, no reply",
        ),
        (
            An(kind="children", chases=2),
            "Sent 3 May 2018, chased twice, no reply",
            "Children's social care enquiry sent 3 May 2018, chased twice, no reply",
            "Children's social care enquiry sent 12 days ago, chased twice, no reply",
        ),
        (
            An(state=EnquiryState.REPLIED, replied_on=date(2018, 5, 14), reply=Reply.INFORMATION),
            "Reply of 14 May 2018, to be read",
            "Police reply of 14 May 2018 not yet analysed",
            "Police reply came yesterday, not yet analysed",
        ),
    ],
)
def test_it_says_why(enquiry, due, late, now):
    assert why_due(enquiry) == due
    assert why_late(enquiry) == late
    assert how_it_stands(enquiry, date(2018, 5, 15)) == now


@pytest.mark.parametrize(
    "wrong",
    [
        {"send_days": 0},
        {"send_days": "2"},
        {"chase_days": True},
        {"interim_days": 0},
        {"senior_days": 20},
    ],
)
def test_a_policy_that_cannot_be_read_is_refused(wrong):
    with pytest.raises(RuleBroken):
        read_check_policy(BODY | wrong, 2)


def test_a_policy_with_a_length_missing_is_refused():
    with pytest.raises(RuleBroken, match="send_days"):
        read_check_policy({name: n for name, n in BODY.items() if name != "send_days"}, 2)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "chased by 4 May 2018"), (0, "chased by 3 May 2018"), (-1, "late: it was to be chased by 2 May 2018")],
)  # fmt: skip
def test_by_when_it_is_chased_is_not_said_of_a_day_that_has_passed(days, words):
    today = date(2018, 5, 3)

    assert say_chased(today + timedelta(days=days), today) == words
