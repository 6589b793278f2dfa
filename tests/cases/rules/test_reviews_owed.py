from datetime import date, timedelta

import pytest

from cases.reference.reviews import EventKind
from cases.rules.events import Event
from cases.rules.meeting_policy import read_meeting_policy
from cases.rules.reviews_owed import UnderReview, event_to_review, review_due
from cases.services.policy import _first_versions

POLICY = read_meeting_policy(_first_versions()["meeting"].body, 1)
SINCE = date(2018, 1, 1)
FAR = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("group", "weeks"),
    [("MC75", 16), ("M50", 26), ("LC0", 26), ("", 26)],
)
def test_a_review_is_due_by_the_group(group, weeks):
    due = review_due(UnderReview(SINCE, group=group, ends_on=FAR), POLICY)

    assert (due.since, due.on) == (SINCE, SINCE + timedelta(weeks=weeks))
    assert f"{weeks} weeks" in due.why


def test_low_is_reviewed_once_before_the_end():
    due = review_due(UnderReview(SINCE, group="L50", ends_on=FAR), POLICY)

    assert due.on == FAR - timedelta(days=POLICY.review_ending_days)
    assert "1 January 2020" in due.why


def test_low_whose_end_nobody_knows_is_reviewed_all_the_same():
    assert review_due(UnderReview(SINCE, group="L50"), POLICY).on == SINCE + timedelta(weeks=26)


def test_the_end_may_come_before_the_interval_does():
    ends = SINCE + timedelta(weeks=20)

    due = review_due(UnderReview(SINCE, group="M50", ends_on=ends), POLICY)

    assert due.on == ends - timedelta(days=POLICY.review_ending_days)


def test_one_reviewed_on_its_way_out_owes_no_more_before_the_end():
    ends = SINCE + timedelta(days=POLICY.review_ending_days)

    one = UnderReview(SINCE, reviewed=True, group="L0", ends_on=ends)

    assert review_due(one, POLICY) is None


@pytest.mark.parametrize(
    ("since", "on"),
    [
        (date(2018, 1, 1), date(2018, 5, 1)),
        (date(2018, 5, 1), date(2018, 6, 30)),
        (date(2018, 6, 30), date(2018, 12, 27)),
        (date(2018, 12, 27), None),
    ],
)
def test_unpaid_work_alone_is_reviewed_at_a_third_half_and_end(since, on):
    one = UnderReview(
        since, group="MC75", starts_on=SINCE, ends_on=date(2018, 12, 27), work_only=True
    )

    due = review_due(one, POLICY)

    assert (due and due.on) == on


def test_unpaid_work_alone_with_no_dates_owes_none():
    assert review_due(UnderReview(SINCE, work_only=True), POLICY) is None


def test_an_imported_case_counts_from_the_day_it_was_taken_up():
    due = review_due(
        UnderReview(SINCE, group="M50", ends_on=FAR, taken_up_on=date(2018, 9, 1)), POLICY
    )

    assert due.since == date(2018, 9, 1)


def event(key, on, significant=True):
    return Event(key, EventKind.REPLY, f"What {key} says", on, significant)


def test_the_first_significant_event_that_nobody_answered_calls_for_one():
    events = [
        event("a", date(2018, 5, 1), significant=False),
        event("b", date(2018, 6, 1)),
        event("c", date(2018, 7, 1)),
    ]

    assert event_to_review(events).key == "b"
    assert event_to_review(events, {("b", "What b says")}).key == "c"
    assert event_to_review(events, {("b", "What it said before")}).key == "b"
    assert event_to_review(events[:1]) is None
