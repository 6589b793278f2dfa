"""When a visit at home is owed, what lets one go ahead, and who hears when nobody checks in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.visits import OBSERVATIONS, FollowOn, NotDone, Prompt, VisitWay
from cases.rules.calendar import add_working_days
from cases.rules.meeting_policy import read_meeting_policy
from cases.rules.visits import (
    STEPS,
    VisitFacts,
    check_because,
    check_call_by,
    check_company,
    check_other_place,
    check_seen,
    dangers_in,
    follow_ons,
    how_it_stands,
    next_on_the_clock,
    outcome_of,
    steps_due,
    visit_owed,
)
from cases.services.policy import _first_versions
from staff.errors import RuleBroken
from tests.refusals import refusal

ARRIVED = date(2018, 10, 1)  # a Monday
TODAY = date(2018, 12, 3)
ABUSE = ("Domestic abuse perpetrator", None)
NOW = datetime(2018, 10, 2, 14, tzinfo=UTC)
POLICY = read_meeting_policy(_first_versions()["meeting"].body, 1)


def owed(facts, today=TODAY):
    return visit_owed(facts, concern_days=15, planned_days=30, today=today)


def on(*facts, **given):
    return VisitFacts(ARRIVED, concerns=facts, **given)


def test_a_concern_is_visited_within_fifteen_working_days_of_arrival():
    found = owed(on(ABUSE))

    assert (found.since, found.due_on) == (ARRIVED, date(2018, 10, 22))
    assert "Domestic abuse perpetrator" in found.why


def test_a_later_concern_starts_the_clock_on_its_own_day():
    later = ("Child concerns", date(2018, 11, 5))

    found = owed(on(later))

    assert (found.since, found.due_on) == (date(2018, 11, 5), date(2018, 11, 26))


def test_a_visit_answers_what_was_known_by_then_and_not_what_came_later():
    visited = (date(2018, 10, 10),)
    later = ("Child concerns", date(2018, 11, 5))

    assert owed(on(ABUSE, visited_on=visited)) is None
    assert owed(on(ABUSE, later, visited_on=visited)).since == date(2018, 11, 5)


@pytest.mark.parametrize("what", ["New address", "Somebody came to live with them"])
def test_a_change_at_home_since_the_last_visit_is_visited_again_where_there_is_a_concern(what):
    visited, moved = (date(2018, 10, 10),), ((what, date(2018, 11, 1)),)

    assert owed(on(ABUSE, visited_on=visited, changes=moved)).since == date(2018, 11, 1)
    assert owed(on(visited_on=visited, changes=moved)) is None


def test_without_a_concern_the_plan_says_yes_or_no():
    signed = date(2018, 10, 22)

    yes = owed(on(planned=True, planned_on=signed))

    assert (yes.since, yes.due_on) == (signed, add_working_days(signed, 30))
    assert owed(on(planned=False, planned_on=signed)) is None
    assert owed(on()) is None


def test_nobody_is_visited_in_custody_or_without_an_abode_and_that_is_said():
    held, nowhere = on(ABUSE, held=True), on(ABUSE, no_fixed_abode=True)

    assert owed(held) is None
    assert owed(nowhere) is None
    assert "custody" in how_it_stands(held, None)
    assert "no fixed abode" in how_it_stands(nowhere, None)


def test_how_it_stands_says_the_day_the_last_visit_or_what_the_plan_says():
    due = on(ABUSE)
    seen = on(ABUSE, visited_on=(date(2018, 11, 1),))
    no = on(planned=False, plan_because="Lives with his mother, seen at the office.")

    assert "due by 22 October 2018" in how_it_stands(due, owed(due))
    assert "Last visited on 1 November 2018" in how_it_stands(seen, None)
    assert "Lives with his mother" in how_it_stands(no, None)
    assert "does not say yet" in how_it_stands(on(), None)


days = st.dates(date(2018, 9, 1), date(2018, 12, 3))


@given(st.lists(days, max_size=3), st.lists(days, max_size=3), st.lists(days, max_size=3))
def test_whatever_is_owed_began_after_the_last_visit_and_not_in_the_future(late, moved, visited):
    facts = on(
        *(("Child concerns", one) for one in late),
        changes=tuple(("New address", one) for one in moved),
        visited_on=tuple(visited),
    )

    found = owed(facts)

    if found:
        assert found.since <= TODAY
        assert not any(one >= found.since for one in visited)
    else:
        assert not late or any(one >= max(ARRIVED, *late) for one in visited)


@given(st.lists(days, max_size=3), st.lists(days, max_size=3))
def test_a_visit_today_leaves_nothing_owed(late, moved):
    facts = on(
        ABUSE,
        *(("Child concerns", one) for one in late),
        changes=tuple(("New address", one) for one in moved),
        visited_on=(TODAY,),
    )

    assert owed(facts) is None


# The clock of whoever is there


@pytest.mark.parametrize(
    ("minutes", "steps"), [(-1, 0), (0, 1), (9, 1), (10, 2), (19, 2), (20, 3), (600, 3)]
)
def test_the_buddy_hears_at_once_the_senior_then_the_head(minutes, steps):
    assert steps_due(NOW, NOW + timedelta(minutes=minutes), POLICY) == steps


@given(st.integers(0, 60 * 60 * 30), st.integers(0, 60 * 60 * 30))
def test_no_step_is_ever_taken_back(one, other):
    first, later = sorted((one, other))

    before = steps_due(NOW, NOW + timedelta(seconds=first), POLICY)
    after = steps_due(NOW, NOW + timedelta(seconds=later), POLICY)

    assert 1 <= before <= after <= STEPS


@pytest.mark.parametrize(
    ("minutes", "past_it", "words"), [(1, 0, "still to come"), (480, 481, "within 8 hours")]
)
def test_a_buddy_waits_until_a_time_to_come_and_not_for_ever(minutes, past_it, words):
    check_call_by(NOW + timedelta(minutes=minutes), NOW)
    with pytest.raises(RuleBroken, match=words):
        check_call_by(NOW + timedelta(minutes=past_it), NOW)


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("now", "said", "meant"),
    [
        ("2018-12-03 23:30", time(0, 15), "2018-12-04 00:15"),
        ("2018-12-03 23:30", time(23, 45), "2018-12-03 23:45"),
        ("2018-12-03 14:30", time(2, 45), "2018-12-03 02:45"),
        ("2018-12-03 14:30", time(14, 30), "2018-12-03 14:30"),
        ("2018-03-24 23:30", time(2, 30), "2018-03-25 02:30"),
        ("2018-10-27 23:30", time(1, 30), "2018-10-28 01:30"),
    ],
)
def test_a_time_after_midnight_is_tomorrows_where_that_is_near(now, said, meant):
    now, meant = (datetime.fromisoformat(text).replace(tzinfo=LONDON) for text in (now, meant))

    assert next_on_the_clock(said, now) == meant


# Who goes


@pytest.mark.parametrize(
    ("way", "second", "missing", "words"),
    [
        (VisitWay.PAIRED, 2, {"second": None}, "Two staff go together"),
        (VisitWay.PAIRED, 2, {"second": 1}, "somebody else than the first"),
        (VisitWay.PAIRED, 2, {"buddy": 2}, "does not go with you"),
        (VisitWay.PAIRED, 2, {"buddy": None}, "who your buddy is"),
        (VisitWay.ALONE, None, {"buddy": None}, "who your buddy is"),
        (VisitWay.ALONE, None, {"buddy": 1}, "does not go with you"),
        (VisitWay.ALONE, None, {"officer": None}, "Nobody is named who goes"),
    ],
)
def test_two_staff_go_where_that_is_decided_and_the_buddy_stays_behind(way, second, missing, words):
    whole = {"way": way, "officer": 1, "second": second, "buddy": 3}

    check_company(**whole)
    with pytest.raises(RuleBroken, match=words):
        check_company(**whole | missing)


# What was seen


def test_what_was_seen_is_kept_by_code_and_blanks_are_left_out():
    kept = check_seen(
        {
            "met": ["person", "nonsense"],
            "children": 0,
            "of_children": "  ",
            "sleeping": "",
            "home": [],
        }
    )

    assert kept == {"met": ["person"], "children": 0}


def test_children_who_were_seen_are_said_something_of():
    seen = {"met": ["children"], "children": 2, "of_children": "Both well, at the table."}

    assert check_seen(seen) == seen
    with pytest.raises(RuleBroken, match="saw and heard of the children"):
        check_seen(seen | {"of_children": " "})


def test_who_was_seen_is_always_said_and_only_our_prompts_are_answered():
    with pytest.raises(RuleBroken, match="whom you saw"):
        check_seen({"children": 0})
    with pytest.raises(RuleBroken, match="no prompt"):
        check_seen({"met": ["person"], "else": "x"})


@pytest.mark.parametrize("code", sorted(OBSERVATIONS["signs"].dangers))
def test_what_puts_staff_at_risk_calls_for_the_safety_decision(code):
    seen = {"signs": [code]}

    found = follow_ons(
        seen, not_done="", asked_about_children=True, new_person=False, other_address=False
    )

    assert found == [FollowOn.SAFETY]
    assert dangers_in(seen) == [dict(OBSERVATIONS["signs"].choices)[code]]


@pytest.mark.parametrize("seen", [{"children": 1}, {"met": ["children"]}])
def test_children_who_were_seen_are_asked_about_unless_somebody_has_been_lately(seen):
    known = {"not_done": "", "new_person": False, "other_address": False}

    assert follow_ons(seen, asked_about_children=False, **known) == [FollowOn.CHILDREN]
    assert follow_ons(seen, asked_about_children=True, **known) == []


def test_somebody_new_another_address_and_an_unsafe_door_are_followed_up():
    found = follow_ons(
        {}, not_done=NotDone.UNSAFE, asked_about_children=True, new_person=True, other_address=True
    )

    assert found == [FollowOn.PERSON, FollowOn.ADDRESS, FollowOn.SAFETY]


def test_each_prompt_with_choices_has_codes_of_its_own():
    for prompt in OBSERVATIONS.values():
        codes = [code for code, _ in prompt.choices]
        assert len(codes) == len(set(codes))
        assert bool(codes) == (prompt.how in (Prompt.ANY, Prompt.ONE))
        assert prompt.dangers <= set(codes)


@pytest.mark.parametrize("because", ["", "n/a", "-"])
def test_why_a_visit_was_not_done_is_said_in_words(because):
    assert check_because(" No answer, curtains drawn. ") == "No answer, curtains drawn."
    with pytest.raises(RuleBroken, match="Say in a sentence"):
        check_because(because)


@pytest.mark.parametrize(
    ("not_done", "enforces", "told", "code"),
    [
        (NotDone.NOBODY_IN, "order", True, "AFTA"),
        (NotDone.NOBODY_IN, "order", False, "AASD"),
        (NotDone.NOBODY_IN, "voluntary", True, "ABNS"),
        (NotDone.MOVED, "order", True, "AFTA"),
        (NotDone.REFUSED, "order", True, "AFTC"),
        (NotDone.REFUSED, "voluntary", True, "ABNS"),
        (NotDone.UNSAFE, "order", True, "AASD"),
        (NotDone.STAFF, "order", True, "AASD"),
        (NotDone.OTHER, "order", True, "AASD"),
    ],
)
def test_nobody_fails_by_a_visit_they_were_not_told_of_or_that_we_could_not_make(
    not_done, enforces, told, code
):
    assert outcome_of(not_done, enforces=enforces, told=told) == code


def test_a_case_with_no_concern_and_no_plan_owes_nothing_whatever_changed():
    facts = replace(on(), changes=(("New address", date(2018, 11, 1)),))

    assert owed(facts) is None


def test_another_address_is_asked_about_by_its_postcode_however_it_is_spaced():
    said = check_other_place(" 9 Other Road,\n Bristol bs56ab ")

    assert said == ("9 Other Road, Bristol bs56ab", "BS5 6AB")
    assert "Enter the other address" in refusal(check_other_place, "  ")
    assert "Give the postcode" in refusal(check_other_place, "9 Other Road, Bristol")
