"""When somebody may be met at the gate, and what is said of it afterwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.refusals import refusal
from ttg.reference.hand_over import MetState
from ttg.rules.gate import check_call_off, check_plan, check_put_right, check_said, not_then

NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
AT = datetime(2018, 10, 5, 9, tzinfo=UTC)
PLAN = {
    "planned": False,
    "at": AT,
    "where": "At the visitors’ centre",
    "leaves_on": date(2018, 10, 5),
    "released_on": None,
    "now": NOW,
}


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, ""),
        ({"planned": True}, "planned already"),
        ({"at": NOW}, "still to come"),
        ({"leaves_on": None}, "not recorded"),
        ({"leaves_on": date(2018, 10, 4)}, "They leave on 4 October 2018"),
        ({"where": "-"}, "where to wait"),
        ({"released_on": date(2018, 9, 30)}, "They left on"),
    ],
)
def test_a_meeting_is_planned_once_for_the_day_they_leave_and_somewhere(changed, refused):
    said = refusal(lambda: check_plan(**PLAN | changed))

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("state", "now", "words", "needs", "refused"),
    [
        (MetState.PLANNED, AT, "", False, ""),
        (MetState.PLANNED, AT - timedelta(hours=2), "", False, ""),  # the same morning
        (MetState.PLANNED, AT, "", True, "Say what happened"),
        (MetState.PLANNED, AT, "He left by another gate.", True, ""),
        (MetState.PLANNED, NOW, "", False, "Say what came of it then"),
        (MetState.MET, AT, "", False, "said already"),
    ],
)
def test_what_came_of_it_is_said_once_on_the_day_with_words_where_they_were_not_met(
    state, now, words, needs, refused
):
    said = refusal(lambda: check_said(state=state, at=AT, now=now, words=words, needs_words=needs))

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("state", "because", "refused"),
    [
        (MetState.PLANNED, "He leaves a week later", ""),
        (MetState.PLANNED, "-", "Say why"),
        (MetState.NOT_MET, "He leaves a week later", "said already"),
    ],
)
def test_a_meeting_is_called_off_for_a_reason_before_anything_is_said(state, because, refused):
    said = refusal(lambda: check_call_off(state=state, because=because))

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, ""),
        ({"released_on": date(2018, 10, 5)}, ""),
        ({"leaves_on": date(2018, 10, 12)}, "They leave on 12 October 2018 now."),
        ({"leaves_on": None}, "not known any more"),
        ({"released_on": date(2018, 10, 3)}, "They left on 3 October 2018."),
        ({"released_on": date(2018, 10, 5), "leaves_on": date(2018, 10, 12)}, ""),
        ({"ended_on": date(2018, 10, 2)}, "not in prison any more"),
    ],
)
def test_whoever_would_wait_in_vain_is_told_why_and_to_ring(changed, says):
    stay = {"leaves_on": AT.date(), "released_on": None, "ended_on": None}

    said = not_then(on=AT.date(), **stay | changed)

    assert says in said
    assert bool(said) == bool(says) == ("Ring before you go." in said)


MET, NOT_MET, PLANNED, OFF = MetState.MET, MetState.NOT_MET, MetState.PLANNED, MetState.CALLED_OFF


@pytest.mark.parametrize(
    ("state", "to", "because", "another", "refused"),
    [
        (NOT_MET, MET, "Found at the bus stop at ten.", False, ""),
        (NOT_MET, MET, "Found at the bus stop at ten.", True, ""),
        (MET, NOT_MET, "It was somebody else of that name.", False, ""),
        (MET, PLANNED, "It was somebody else of that name.", False, ""),
        (MET, PLANNED, "It was somebody else of that name.", True, "Another meeting is planned since"),
        (NOT_MET, MET, "-", False, "Say what happened"),
        (NOT_MET, MET, "", False, "Say what happened"),
        (MET, MET, "Found at the bus stop at ten.", False, "says so already"),
        (PLANNED, MET, "Found at the bus stop at ten.", False, "nothing to put right"),
        (OFF, MET, "Found at the bus stop at ten.", False, "nothing to put right"),
        (MET, OFF, "He leaves a week later.", False, "Say whether they were met"),
    ],
)  # fmt: skip
def test_what_was_said_is_put_right_to_something_else_for_a_reason(
    state, to, because, another, refused
):
    said = refusal(lambda: check_put_right(state=state, to=to, because=because, another=another))

    assert refused in said
    assert bool(said) == bool(refused)
