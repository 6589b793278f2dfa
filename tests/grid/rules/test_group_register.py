"""What the register of a group may say, when it is sent and put right, and what it is in the case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.reference.appointments import ACCEPTABLE_ABSENCES, OUTCOMES
from cases.rules.outcomes import check_outcome
from cases.rules.rar import Session as Line
from cases.rules.rar import tally
from grid.reference.group_marks import CAME, EXCUSES, Mark
from grid.reference.interventions import Hook
from grid.rules.group_register import (
    Said,
    check_change,
    check_held,
    check_marks,
    check_said,
    check_send,
    is_late,
    means,
)
from tests.grid.a_series import FIRST, at, planned
from tests.refusals import refusal

SESSION = planned().sessions[0]  # 6pm to 8pm
OVER = at(FIRST, 20)
LATE = 15  # minutes, the most
TOOK_PART = Said(1, Mark.TOOK_PART)
NOTE = "They left the room shouting"
EACH = {
    Mark.TOOK_PART: TOOK_PART,
    Mark.DID_NOT_COMPLY: Said(1, Mark.DID_NOT_COMPLY, note=NOTE),
    Mark.SENT_HOME: Said(1, Mark.SENT_HOME, note=NOTE),
    Mark.SENT_HOME_BY_US: Said(1, Mark.SENT_HOME_BY_US),
    Mark.EXCUSED: Said(1, Mark.EXCUSED, excuse="AAEM"),
    Mark.NOT_COME: Said(1, Mark.NOT_COME),
}


def refused(said, now=OVER):
    return refusal(lambda: check_said(said, SESSION, now, most_late=LATE))


def sending(marks, expected=frozenset({1, 2}), now=OVER, called_off=False):
    return refusal(
        lambda: check_send(marks, expected, SESSION, now, called_off=called_off, most_late=LATE)
    )


@pytest.mark.parametrize("mark", Mark)
def test_each_mark_may_be_said_once_the_session_has_begun_and_before_it_only_what_is_agreed(mark):
    assert refused(EACH[mark], at(FIRST, 18)) == ""
    assert bool(refused(EACH[mark], at(FIRST, 17, 59))) is (mark is not Mark.EXCUSED)


@pytest.mark.parametrize("mark", sorted(CAME - {Mark.TOOK_PART}))
@pytest.mark.parametrize(("late", "words"), [(119, ""), (120, "The session lasts 120 minutes")])
def test_nobody_is_later_than_the_session_lasts(mark, late, words):
    assert words in refused(replace(EACH[mark], late_minutes=late))
    assert bool(words) == bool(refused(replace(EACH[mark], late_minutes=late)))


@pytest.mark.parametrize(
    ("late", "words"), [(15, ""), (16, "More than 15 minutes late"), (-1, "nought or more")]
)
def test_whoever_is_too_late_did_not_take_part(late, words):
    said = refused(replace(TOOK_PART, late_minutes=late))

    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize("mark", [Mark.EXCUSED, Mark.NOT_COME])
def test_only_who_came_was_late(mark):
    assert "Only somebody who came" in refused(replace(EACH[mark], late_minutes=1))


@pytest.mark.parametrize("excuse", ["", "AFTA", "AASD", "ATTC"])
def test_who_is_excused_had_a_good_reason_of_their_own(excuse):
    assert "Choose the good reason" in refused(replace(EACH[Mark.EXCUSED], excuse=excuse))


@pytest.mark.parametrize("mark", sorted(set(Mark) - {Mark.EXCUSED}))
def test_nobody_else_has_one(mark):
    assert "only said of somebody who was absent" in refused(replace(EACH[mark], excuse="AAEM"))


@pytest.mark.parametrize("mark", [Mark.DID_NOT_COMPLY, Mark.SENT_HOME])
@pytest.mark.parametrize("note", ["", "n/a", "-"])
def test_what_the_officer_decides_by_is_said(mark, note):
    assert "Say what they did" in refused(replace(EACH[mark], note=note))


def test_a_note_has_so_many_letters():
    assert refused(replace(TOOK_PART, note="a" * 3999)) == ""
    assert "3,999 letters or fewer" in refused(replace(TOOK_PART, note="a" * 4000))


def test_a_session_that_was_called_off_has_no_register():
    assert check_held(SESSION, called_off=False) is None
    assert "was called off" in refusal(lambda: check_held(SESSION, called_off=True))
    assert "was called off" in sending([], called_off=True)


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ((1, 2), ""),
        ((1,), ""),
        ((1, 1), "twice of 1 person."),
        ((1, 1, 2, 2, 2), "twice of 2 people"),
        ((1, 3), "1 person was not expected"),
        ((3, 4), "2 people were not expected"),
    ],
)
def test_each_is_marked_once_and_only_who_was_expected(cases, words):
    marks = [Said(case, Mark.TOOK_PART) for case in cases]

    said = refusal(check_marks, marks, frozenset({1, 2}))

    assert words in said
    assert bool(words) == bool(said)


def test_a_register_is_sent_whole_and_once_the_session_is_over():
    whole = [TOOK_PART, replace(EACH[Mark.NOT_COME], case=2)]

    assert sending(whole) == ""
    assert sending([], expected=frozenset()) == ""
    assert "lasts until 8pm" in sending(whole, now=OVER - timedelta(minutes=1))
    assert "nothing of 1 person" in sending(whole[:1])
    assert "nothing of 2 people" in sending([])
    assert "twice" in sending([TOOK_PART, EACH[Mark.NOT_COME]])
    assert "More than 15" in sending([replace(TOOK_PART, late_minutes=16), whole[1]])


@pytest.mark.parametrize(
    ("said", "sent", "reason", "words"),
    [
        (EACH[Mark.NOT_COME], False, "", ""),
        (EACH[Mark.NOT_COME], True, "", "Say why it is put right"),
        (EACH[Mark.NOT_COME], True, "n/a", "Say why it is put right"),
        (EACH[Mark.NOT_COME], True, "Mistaken for his brother", ""),
        (EACH[Mark.NOT_COME], True, "because " * 62 + "four", ""),
        (EACH[Mark.NOT_COME], True, "because " * 62 + "fours", "500 letters"),
        (replace(TOOK_PART, late_minutes=5), True, "Came at five past", ""),
        (TOOK_PART, False, "", "Nothing is changed"),
        (replace(TOOK_PART, case=2), False, "", "of whom it was said"),
    ],
)
def test_what_was_sent_is_put_right_with_a_reason(said, sent, reason, words):
    found = refusal(lambda: check_change(TOOK_PART, said, sent=sent, reason=reason))

    assert words in found
    assert bool(words) == bool(found)


@pytest.mark.parametrize(
    ("day", "last_minute"),
    [
        (FIRST, 23),
        (date(2018, 10, 30), 23),
    ],  # in summer time, when midnight is 11pm in UTC; and not
)
def test_a_register_is_late_from_the_end_of_its_day(day, last_minute):
    session = replace(SESSION, on=day)
    in_time, midnight = at(day, last_minute, 59), at(day + timedelta(days=1), 0)

    assert not is_late(session, None, in_time)
    assert is_late(session, None, midnight)
    assert not is_late(session, in_time, midnight)
    assert is_late(session, midnight, midnight + timedelta(days=40))


# What it is in the case


@pytest.mark.parametrize(
    ("mark", "code", "voluntary", "awaits", "call"),
    [
        (Mark.TOOK_PART, "ATTC", "APPK", False, False),
        (Mark.DID_NOT_COMPLY, "AFTC", "APPK", True, False),
        (Mark.SENT_HOME, "ATSH", "APPK", True, False),
        (Mark.SENT_HOME_BY_US, "ATSS", "ATSS", False, False),
        (Mark.EXCUSED, "AAEM", "AAEM", False, False),
        (Mark.NOT_COME, "AFTA", "ABNS", True, True),
    ],
)
def test_what_each_mark_is_in_the_case(mark, code, voluntary, awaits, call):
    owed = means(EACH[mark], SESSION, Hook.RAR, days_counted=True)
    free = means(EACH[mark], SESSION, Hook.VOLUNTARY, days_counted=True)

    assert (owed.outcome.code, free.outcome.code) == (code, voluntary)
    assert (owed.follows.decision, owed.follows.call) == (awaits, call)
    assert not free.follows.decision, "nobody fails by missing what is voluntary"
    assert free.rar_day is None


@pytest.mark.parametrize("hook", Hook)
@pytest.mark.parametrize("mark", Mark)
def test_every_outcome_is_one_that_the_case_takes(mark, hook):
    outcome = means(EACH[mark], SESSION, hook, days_counted=False).outcome

    assert check_outcome(outcome.code, voluntary=hook is Hook.VOLUNTARY, ahead=False) == outcome


def test_every_excuse_is_one_that_the_case_takes_ahead_too():
    assert set(EXCUSES) == set(ACCEPTABLE_ABSENCES) - {"AASD"}
    for code in EXCUSES:
        said = replace(EACH[Mark.EXCUSED], excuse=code)
        assert refused(said) == ""
        assert means(said, SESSION, Hook.RAR, days_counted=True).outcome is OUTCOMES[code]
        assert check_outcome(code, voluntary=False, ahead=True).code == code


@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("hook", Hook)
@pytest.mark.parametrize("days_counted", [True, False])
def test_a_day_is_credited_where_the_count_of_days_credits_it(mark, hook, days_counted):
    """Beside the count that the case itself keeps of its log."""
    found = means(EACH[mark], SESSION, hook, days_counted=days_counted)
    line = Line(SESSION.starts_at, found.outcome.attended, found.outcome.complied, outcome=True)
    credited = tally(20, 0, [line], FIRST).credited

    if days_counted and hook is Hook.RAR:
        assert ((found.rar_day,) if found.rar_day else ()) == credited
    else:
        assert found.rar_day is None


def test_a_calendar_day_is_credited_once():
    def day(credited):
        return means(TOOK_PART, SESSION, Hook.RAR, days_counted=True, credited=frozenset(credited)).rar_day  # fmt: skip

    assert day([]) == FIRST
    assert day([FIRST]) is None
    assert day([FIRST - timedelta(days=1), FIRST + timedelta(days=1)]) == FIRST
