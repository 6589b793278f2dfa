from datetime import date

import pytest

from cases.rules.checks import CheckPolicy
from cases.rules.interim import (
    SAY,
    Held,
    InterimFacts,
    Waiting,
    check_expiry,
    check_words,
    has_done_its_work,
    how_it_stands,
    is_brought_forward,
    is_sampled,
    plan_owed,
    says_nothing,
)
from staff.errors import RuleBroken

TODAY = date(2018, 10, 15)
POLICY = CheckPolicy(
    version=1,
    send_days=2,
    chase_days=5,
    analyse_days=2,
    senior_days=10,
    head_days=15,
    refresh_months=6,
    release_days=28,
    backlog_a_week=10,
    interim_days=10,
    interim_concern_days=2,
    interim_longest_days=28,
    interim_sample_one_in=10,
)
POLICE = Waiting(1, "Police", date(2018, 10, 3))
CHILDREN = Waiting(2, "Children's social care", date(2018, 10, 1))
PLAN = Held(7, frozenset({1}), expires_on=date(2018, 10, 29))
RETURNED = Held(7, frozenset({1}), date(2018, 10, 29), returned_on=date(2018, 10, 12))


def facts(**more):
    return InterimFacts(**{"ours": True, "concern": False, "waiting": (POLICE,)} | more)


@pytest.mark.parametrize(("concern", "days"), [(False, 10), (True, 2)])
def test_a_plan_is_owed_from_the_day_the_enquiry_fell_due_sooner_with_a_concern(concern, days):
    owed = plan_owed(facts(concern=concern), POLICY)

    assert (owed.since, owed.days) == (date(2018, 10, 3), days)
    assert owed.why == "Police enquiry open since 3 October 2018, not covered by an interim plan"


def test_the_earliest_of_those_not_covered_starts_the_clock():
    assert plan_owed(facts(waiting=(POLICE, CHILDREN)), POLICY).since == date(2018, 10, 1)
    assert plan_owed(facts(waiting=(POLICE, CHILDREN), plan=PLAN), POLICY).why.startswith("Child")


def test_an_imported_case_owes_nothing_before_it_was_taken_up():
    owed = plan_owed(facts(taken_up_on=date(2018, 10, 10)), POLICY)

    assert owed.since == date(2018, 10, 10)


@pytest.mark.parametrize(
    "nothing",
    [{"ours": False}, {"waiting": ()}, {"plan": PLAN}],
    ids=["not ours", "nothing open", "covered"],
)
def test_no_plan_is_owed_where_there_is_nothing_to_wait_for_or_it_is_covered(nothing):
    assert plan_owed(facts(**nothing), POLICY) is None


def test_a_plan_returned_is_owed_again_from_the_day_it_was_returned():
    owed = plan_owed(facts(plan=RETURNED), POLICY)

    assert (owed.since, owed.days) == (date(2018, 10, 12), 2)
    assert owed.why == "Returned by the senior probation officer, 12 October 2018"


def test_a_clock_is_cut_short_by_a_concern_and_only_once():
    later, sooner = date(2018, 10, 18), date(2018, 10, 17)

    assert is_brought_forward(facts(concern=True, running_due_on=later), POLICY, TODAY)
    assert not is_brought_forward(facts(concern=True, running_due_on=sooner), POLICY, TODAY)
    assert not is_brought_forward(facts(running_due_on=later), POLICY, TODAY)
    assert not is_brought_forward(facts(concern=True), POLICY, TODAY)


def test_a_plan_has_done_its_work_when_nothing_it_covers_is_open_and_nothing_rests_on_it():
    assert has_done_its_work(facts(waiting=(CHILDREN,), plan=PLAN))
    assert not has_done_its_work(facts(plan=PLAN))
    assert not has_done_its_work(facts(waiting=(), plan=PLAN, needed=True))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "-",
        "n/a",
        "N.A.",
        "As above",
        "Monitor.",
        "TBC",
        "none known",
        "don’t know",
        "xxxx",
        "asdf",
        "See notes.",
        "OK",
        "All good.",
    ],
)
def test_words_that_say_nothing_are_told_from_words(words):
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["A partner.", "Robin, 4", "His mother", "Seen weekly at home"])
def test_a_short_honest_answer_says_something(words):
    assert not says_nothing(words)


@pytest.mark.parametrize("box", SAY)
def test_each_box_asks_for_what_it_is_for(box):
    boxes = dict.fromkeys(SAY, "Seen weekly.") | {box: "as above"}

    with pytest.raises(RuleBroken) as refusal:
        check_words(**boxes)

    assert str(refusal.value) == SAY[box]


@pytest.mark.parametrize(
    ("last_allowed", "past_it", "why"),
    [
        (TODAY, date(2018, 10, 14), "has passed"),
        (date(2018, 11, 12), date(2018, 11, 13), "28 days at most, to 12 November"),
    ],
)
def test_a_plan_ends_between_today_and_the_longest_it_may_run(last_allowed, past_it, why):
    check_expiry(last_allowed, POLICY, TODAY)
    with pytest.raises(RuleBroken, match=why):
        check_expiry(past_it, POLICY, TODAY)


def test_one_in_so_many_is_read_by_its_key():
    assert [key for key in range(1, 41) if is_sampled(key, 10)] == [10, 20, 30, 40]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (None, "no interim plan"),
        (PLAN, "interim plan until 29 October 2018"),
        (RETURNED, "interim plan returned 12 October 2018"),
        (Held(7, frozenset(), TODAY), "interim plan until 15 October 2018"),
        (Held(7, frozenset(), date(2018, 10, 14)), "interim plan ran out 14 October 2018"),
    ],
)
def test_a_plan_is_said_as_it_stands(plan, words):
    assert how_it_stands(plan, TODAY) == words
