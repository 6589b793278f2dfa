from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import refusal
from ttg.reference.custody import ReleaseKind
from ttg.rules.custody import (
    check_day,
    check_ended,
    differences,
    is_followed,
    kind_recorded,
    odd_about,
)
from ttg.rules.release_dates import Basis, Term, reckon

TODAY = date(2018, 3, 1)
# 6 months from 8 January: half way on Sunday 8 April, so they leave on Friday 6 April; the sentence ends 7 July
SENTENCE = Term(date(2018, 1, 8), months=6)
RECKONED = reckon(Basis(terms=(SENTENCE,)), date(1980, 1, 1))
THURSDAY = date(2018, 4, 5)


def odd(day, kind=ReleaseKind.OTHER, reckoned=RECKONED):
    return " ".join(odd_about(day, kind, reckoned, TODAY))


def test_a_day_that_is_not_known_is_said_first_of_all():
    assert "No day of release is known" in odd(None, "")


@pytest.mark.parametrize(
    ("day", "kind", "word"),
    [
        (date(2018, 4, 6), ReleaseKind.HALF_WAY, "a Friday"),
        (date(2018, 4, 8), ReleaseKind.OTHER, "nobody is released then"),
        (date(2018, 2, 28), ReleaseKind.OTHER, "That day has passed"),
        (date(2018, 7, 10), ReleaseKind.OTHER, "The sentence ends before, on 7 July 2018"),
        (THURSDAY, ReleaseKind.HALF_WAY, "Reckoned from the sentence, they leave on 6 April 2018"),
        (date(2018, 2, 22), ReleaseKind.HDC, "possible from 23 February 2018 only"),
    ],
)
def test_what_is_odd_about_a_day_is_said(day, kind, word):
    assert word in odd(day, kind)


def test_an_ordinary_day_is_not_odd():
    assert odd(THURSDAY) == ""
    assert odd(THURSDAY, ReleaseKind.HDC) == ""


def test_a_curfew_that_cannot_be_is_said():
    excluded = reckon(Basis(terms=(SENTENCE,), hdc_excluded=True), date(1980, 1, 1))

    assert "cannot be released on home detention curfew" in odd(THURSDAY, ReleaseKind.HDC, excluded)


def test_of_a_day_that_was_not_reckoned_only_the_calendar_speaks():
    assert odd(THURSDAY, ReleaseKind.HALF_WAY, None) == ""


@given(st.dates(date(2018, 1, 1), date(2019, 12, 31)), st.sampled_from(ReleaseKind))
def test_no_day_that_is_odd_is_refused(day, kind):
    asked = {"on": day, "kind": kind, "because": "The prison wrote so", "received_on": date(2018, 1, 1)}  # fmt: skip

    assert check_day(**asked) == (kind, "The prison wrote so")


def test_where_the_record_has_another_day_both_are_shown():
    record = {
        "release_on": date(2018, 4, 9),
        "due_on": RECKONED.due_on,
        "expiry": date(2018, 7, 8),
        "pss_end": None,
    }

    found = differences(RECKONED, RECKONED.release_on, record)

    assert [(one.label, one.ours, one.theirs) for one in found] == [
        ("They leave on", date(2018, 4, 6), date(2018, 4, 9)),
        ("The sentence ends", date(2018, 7, 7), date(2018, 7, 8)),
    ]


def test_what_was_never_reckoned_is_not_said_to_differ():
    found = differences(None, None, {"release_on": TODAY, "expiry": TODAY})

    assert [one.label for one in found] == ["They leave on"]


@pytest.mark.parametrize(
    ("expected", "hdc", "recalled", "kind"),
    [
        (None, None, False, ReleaseKind.HALF_WAY),
        (THURSDAY, None, False, ReleaseKind.HALF_WAY),
        (date(2018, 3, 1), date(2018, 2, 23), False, ReleaseKind.HDC),
        (date(2018, 2, 1), date(2018, 2, 23), False, ReleaseKind.OTHER),
        (date(2018, 5, 1), date(2018, 2, 23), False, ReleaseKind.OTHER),
        (THURSDAY, None, True, ReleaseKind.OTHER),
    ],
)
def test_by_what_they_leave_is_read_from_the_days_of_the_record(expected, hdc, recalled, kind):
    assert kind_recorded(expected, THURSDAY, hdc, recalled) == kind


def test_an_end_without_a_release_has_a_reason():
    assert "Say why" in refusal(check_ended, " x ")
    assert not refusal(check_ended, "Recorded on the wrong case")


@pytest.mark.parametrize(
    ("released_on", "undone_on", "followed"),
    [
        (date(2018, 9, 20), None, True),
        (date(2018, 9, 20), date(2018, 9, 20), False),
        (date(2018, 9, 21), date(2018, 9, 20), True),
        (date(2018, 8, 31), None, False),
        (date(2018, 10, 2), None, False),
        (date(2018, 10, 1), None, True),
        (None, None, False),
    ],
)
def test_a_release_of_the_record_is_followed_within_the_stay_unless_that_day_was_undone(
    released_on, undone_on, followed
):
    assert is_followed(released_on, date(2018, 9, 1), undone_on, date(2018, 10, 1)) is followed
