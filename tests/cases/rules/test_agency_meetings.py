"""What is recorded of meetings of agencies: invitations, how we took part, what follows. Source: supervision reference 3.3."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.reference.agency_meetings import AgencyMeetingKind, TookPart
from cases.reference.codes import Register
from cases.rules.agency_meetings import (
    MAY_BECOME,
    Owed,
    check_invitation,
    check_minutes,
    check_next,
    check_said,
    check_what_follows,
    first_owed,
    gaps,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)
HELD = TODAY - DAY


def said(**given):
    known = {
        "stood": "",
        "took_part": TookPart.WENT,
        "somebody_went": True,
        "came_to": "The plan stays as it is",
        "held_on": HELD,
        "today": TODAY,
    }
    return check_said(**known | given)


def test_a_report_cannot_be_asked_for_after_its_meeting():
    with pytest.raises(RuleBroken, match="after the meeting"):
        check_invitation(
            kind="marac",
            held_at=datetime(2018, 10, 9, 9, tzinfo=UTC),
            where="Slough police station",
            invited_on=TODAY,
            report_by_on=date(2018, 10, 10),
            held_on=date(2018, 10, 9),
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"held_on": TODAY + DAY}, "Move it if it was held earlier"),
        ({"somebody_went": False}, "who of us was there"),
        ({"came_to": "n/a"}, "in your own words"),
        ({"stood": "not_held"}, "It is said already"),
        ({"stood": "went", "took_part": "not_held"}, "It is said already"),
    ],
)
def test_how_we_took_part_is_refused_where_nobody_could_rely_on_it(given, why):
    with pytest.raises(RuleBroken, match=why):
        said(**given)


def test_a_mistake_about_how_we_took_part_is_put_right_and_nothing_becomes_unsaid():
    assert said(stood="absent") == "The plan stays as it is"
    assert all(TookPart.NOT_SAID not in becomes for becomes in MAY_BECOME.values())
    assert set(MAY_BECOME) == set(TookPart)


def test_silence_about_what_we_are_to_do_is_refused():
    with pytest.raises(RuleBroken, match="or that there is nothing for us"):
        check_what_follows("went", False, False, "")
    with pytest.raises(RuleBroken, match="Say either"):
        check_what_follows("went", True, True, "")
    with pytest.raises(RuleBroken, match="not held gave us nothing"):
        check_what_follows("not_held", True, False, "")

    check_what_follows("went", False, True, "")
    check_what_follows("not_held", False, False, "")


def test_the_next_meeting_comes_after_this_one():
    with pytest.raises(RuleBroken, match="comes after this one"):
        check_next(HELD, HELD, TODAY)


def test_minutes_hold_something_and_are_of_a_meeting_that_was_held():
    known = {"on": TODAY, "held_on": HELD, "came_on": None, "today": TODAY}
    with pytest.raises(RuleBroken, match="Paste the minutes or attach them"):
        check_minutes(text="-", has_file=False, took_part="went", **known)
    with pytest.raises(RuleBroken, match="Say first how we took part"):
        check_minutes(text="Whole text", has_file=False, took_part="not_held", **known)

    assert check_minutes(text="", has_file=True, took_part="absent", **known) == ""


def test_a_register_with_no_meeting_is_a_gap_which_a_core_group_does_not_close():
    registered = {Register.CHILD_PROTECTION: "Child protection", Register.MARAC: "MARAC"}

    found = gaps(registered, frozenset({AgencyMeetingKind.CORE_GROUP, AgencyMeetingKind.MARAC}))

    assert found == ["Child protection is registered and no child protection conference is recorded."]  # fmt: skip
    assert gaps({}, frozenset()) == []


def test_the_first_owed_of_several_is_the_one_whose_day_comes_first():
    late, soon = Owed(TODAY, TODAY + 9 * DAY, "late"), Owed(TODAY, TODAY + DAY, "soon")

    assert first_owed([late, soon]) is soon
    assert first_owed([]) is None
