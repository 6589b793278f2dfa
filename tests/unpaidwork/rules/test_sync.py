"""What comes of what a tablet says late, twice, in another order, or by a wrong clock."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.errors import RuleBroken
from tests.unpaidwork.a_session import NINE, left
from unpaidwork.reference.sessions import Came
from unpaidwork.rules.register import Said
from unpaidwork.rules.sync import (
    Comes,
    Written,
    check_comes_to,
    clock_is_ahead,
    comes_of,
    read_said,
    say_skew,
    slow_by,
)

MINUTE = timedelta(minutes=1)


def comes(**given):
    usual = {
        "stands": Said(Came.EXPECTED), "said": Said(Came.HERE, arrived_at=NINE), "seen": 1, "version": 1,
        "device": "a", "said_at": NINE, "written": (), "slow": None,
    }  # fmt: skip
    return comes_of(**usual | given)


def test_what_nobody_wrote_of_since_is_written():
    assert comes() == Comes.WRITE


def test_what_stands_already_is_not_written_again_whoever_wrote_it():
    here = Said(Came.HERE, arrived_at=NINE)

    assert comes(stands=here, version=7) == Comes.SAME


def test_what_somebody_else_wrote_meanwhile_is_a_conflict():
    assert comes(version=2) == Comes.CONFLICT
    assert comes(version=2, written=(Written("b", NINE, 2),)) == Comes.CONFLICT


def test_two_who_saw_the_same_person_arrive_do_not_disagree_by_a_few_minutes():
    for stands in (Said(Came.HERE, arrived_at=NINE + 9 * MINUTE), left(arrived_at=NINE - MINUTE)):
        assert comes(version=2, stands=stands) == Comes.SAME
    for stands in (Said(Came.HERE, arrived_at=NINE + 11 * MINUTE), Said(Came.NOT_COME)):
        assert comes(version=2, stands=stands) == Comes.CONFLICT


def test_a_tablet_that_saw_what_stands_may_change_it_by_a_minute():
    assert comes(stands=Said(Came.HERE, arrived_at=NINE + MINUTE)) == Comes.WRITE


def test_how_it_came_out_is_never_taken_back_by_something_that_was_said_before_it():
    assert not check_comes_to(Came.EXPECTED, left())
    assert not check_comes_to(Came.NOT_COME, Said(Came.HERE))
    assert check_comes_to(Came.LEFT, Said(Came.NOT_COME))
    with pytest.raises(RuleBroken):
        check_comes_to(Came.LEFT, Said(Came.HERE))


def test_what_is_sent_is_read_whole_or_refused():
    sent = {"came": "left", "arrived_at": "2018-10-01T08:00:00Z", "left_at": "2018-10-01T16:00:00+01:00",
            "quality": "GD", "behaviour": "GD", "task": "Clearing paths", "hi_vis": True}  # fmt: skip

    assert read_said(sent) == left(arrived_at=NINE)
    for wrong in ({"came": "gone"}, {"came": "here", "arrived_at": "nine"}, {"came": "here", "arrived_at": "2018-10-01T09:00"}, {}):  # fmt: skip
        with pytest.raises(RuleBroken):
            read_said(wrong)


def test_how_slow_its_clock_is_is_known_where_it_says():
    assert slow_by({}, NINE) is None
    assert slow_by({"sent_at": "2018-10-01T07:00:00Z"}, NINE) == timedelta(hours=1)
    with pytest.raises(RuleBroken):
        slow_by({"sent_at": "soon"}, NINE)


def test_a_tablet_goes_on_from_what_it_wrote_itself_without_a_network():
    own = (Written("a", NINE - MINUTE, 2),)

    assert comes(version=2, written=own) == Comes.WRITE
    assert comes(version=3, written=own) == Comes.CONFLICT


def test_what_comes_after_something_that_was_said_later_is_overtaken():
    assert comes(version=2, written=(Written("a", NINE + MINUTE, 2),)) == Comes.OVERTAKEN


def test_a_wrong_clock_is_for_a_person_to_look_at():
    assert comes(slow=timedelta(minutes=6)) == Comes.CLOCK
    assert comes(slow=-timedelta(minutes=6)) == Comes.CLOCK
    assert comes(slow=timedelta(minutes=5)) == Comes.WRITE
    assert clock_is_ahead(NINE + 6 * MINUTE, NINE)
    assert not clock_is_ahead(NINE + 5 * MINUTE, NINE)
    assert say_skew(timedelta(hours=1, minutes=2)) == "1 h 2 min slow"
    assert say_skew(-timedelta(minutes=7)) == "7 min fast"


@given(
    seen=st.integers(1, 5),
    own=st.sets(st.integers(2, 8)),
    others=st.sets(st.integers(2, 8)),
    at=st.integers(-10, 10),
)
def test_nothing_somebody_else_wrote_after_it_was_seen_is_ever_written_over(seen, own, others, at):
    version = max({seen, *own, *others})
    written = [Written("a", NINE, one) for one in own - others]
    written += [Written("b", NINE, one) for one in others]

    found = comes(seen=seen, version=version, written=written, said_at=NINE + at * MINUTE)

    unknown = set(range(seen + 1, version + 1)) - (own - others)
    assert (found == Comes.CONFLICT) == bool(unknown)
