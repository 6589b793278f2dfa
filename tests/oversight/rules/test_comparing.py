from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.groups import GROUPS, Level
from cases.rules.gaps import Found, Weight, gates, warnings
from oversight.reference.allocation import ASKS_FOR, Training
from oversight.rules.comparing import BETWEEN_THEM, RULES, check_allocation, for_the_holder
from oversight.rules.comparing_facts import Held
from oversight.rules.comparing_list import compare
from oversight.rules.workload import Excess
from staff.errors import RuleBroken
from staff.reference import Grade, StatedSex
from tests.oversight.rules.a_team import ANN, BOB, CASE, TODAY, found, keys
from tests.oversight.rules.workload_policy import POLICY

DAY = timedelta(days=1)
THEN = date(2018, 5, 3)


def case(**changed):
    return replace(CASE, **changed)


def ann(**changed):
    return replace(ANN, **changed)


def only(*args, **changed):
    (one,) = found(*args, **changed)
    return one


def test_with_everything_in_order_nothing_is_found():
    assert found() == ()


# What refuses: law, a victim's exclusion, limited access, and whoever is not there


@pytest.mark.parametrize(
    ("of_case", "of_officer", "key", "source"),
    [
        ({"retained": True}, {}, "retained", "product rules, GRID"),
        ({}, {"may_hold": False}, "not-here", "product rules, roles"),
        ({}, {"last_on": TODAY - DAY}, "not-here", "product rules, roles"),
        ({"shut_out": frozenset({1})}, {}, "limited", "product rules, limited access"),
        ({"let_in": frozenset({2})}, {}, "limited", "product rules, limited access"),
        ({"let_in": frozenset()}, {}, "limited", "product rules, limited access"),
        ({"kept_from": frozenset({1})}, {}, "kept-from", "law"),
        ({"barred": frozenset({10, 11})}, {}, "offices", "law"),
    ],
)
def test_what_is_refused_and_never_let_pass(of_case, of_officer, key, source):
    one = only(case(**of_case), ann(**of_officer))

    assert (one.key, one.weight, one.may_override, one.source) == (key, Weight.GATE, False, source)


def test_another_officer_is_not_refused_for_what_is_about_one():
    assert keys(case(shut_out=frozenset({2}))) == []
    assert keys(case(let_in=frozenset({1}))) == []
    assert keys(case(kept_from=frozenset({2}))) == []


def test_an_officer_with_one_office_that_they_may_go_to_is_not_refused():
    two = ann(offices=frozenset({10, 11}))

    assert keys(case(barred=frozenset({10})), two) == []
    assert keys(case(barred=frozenset({10})), ann(offices=frozenset())) == []


def test_a_victim_s_safety_is_told_without_a_word_of_the_victim():
    assert only(case(kept_from=frozenset({1}))).sentence == (
        "A victim’s safety or an order of the court keeps this person from Ann Lee."
    )


# What is warned of, each alone


def test_domestic_abuse_with_somebody_untrained():
    one = only(
        case(asks_for=frozenset({Training.DOMESTIC_ABUSE})),
        ann(trained=frozenset({Training.CHILD})),
    )

    assert (one.key, one.weight) == ("training:domestic_abuse", Weight.WARNING)
    assert one.sentence == (
        "This is a domestic abuse case, and Ann Lee is not trained in it. Say who works on it with them, or why they "
        "are the right one."
    )


def test_a_child_with_somebody_untrained():
    one = only(
        case(asks_for=frozenset({Training.CHILD})),
        ann(trained=frozenset({Training.DOMESTIC_ABUSE})),
    )

    assert one.key == "training:child"
    assert one.sentence.startswith("There is concern for a child, and Ann Lee is not trained")


@pytest.mark.parametrize(
    ("register", "training"),
    [
        ("ADVP", Training.DOMESTIC_ABUSE),
        ("ADVV", Training.DOMESTIC_ABUSE),
        ("IMAR", Training.DOMESTIC_ABUSE),
        ("RCCO", Training.CHILD),
        ("RCPR", Training.CHILD),
        ("RCHD", Training.CHILD),
    ],
)
def test_which_registers_ask_for_somebody_trained(register, training):
    assert ASKS_FOR[register] == training
    assert len(ASKS_FOR) == 6


@pytest.mark.parametrize(("points", "there"), [(2126, []), (2128, ["capacity"])])
def test_more_than_somebody_has_room_for(points, there):
    assert keys(officer=ann(points=points)) == there


def test_it_says_how_full_they_would_be():
    assert only(officer=ann(points=2300)).sentence == (
        "With it Ann Lee would be at 108.0% of what they have room for. Say what they give up for it."
    )


def test_nobody_without_hours_passes_for_empty():
    one = only(officer=ann(points=0, available=0))

    assert (one.key, one.sentence[:41]) == ("capacity", "Ann Lee has no hours for cases now. Say w")


def test_an_excessive_workload():
    one = only(officer=ann(excess=Excess(THEN, 6)))

    assert one.key == "excessive"
    assert one.sentence.startswith("Ann Lee: over 110% in each week since 3 May 2018, 6 weeks")


@pytest.mark.parametrize(
    ("sex", "there"),
    [
        (StatedSex.WOMAN, []),
        (StatedSex.MAN, ["wish"]),
        (StatedSex.NOT_SAID, ["wish"]),
        ("", ["wish"]),
    ],
)
def test_a_woman_who_asked_for_a_woman(sex, there):
    assert keys(case(asked_for_woman=True), ann(sex=sex)) == there
    assert keys(officer=ann(sex=sex)) == []


def test_what_staff_do_not_state_is_said_and_not_guessed():
    asked = case(asked_for_woman=True)

    assert "Ann Lee is a man." in only(asked, ann(sex=StatedSex.MAN)).sentence
    assert "has not stated whether they are one" in only(asked, ann(sex="")).sentence


@pytest.mark.parametrize(
    ("not_by", "sex", "there"),
    [
        (StatedSex.WOMAN, StatedSex.WOMAN, ["not-by:woman"]),
        (StatedSex.WOMAN, StatedSex.MAN, []),
        (StatedSex.WOMAN, "", ["not-by:woman"]),
        (StatedSex.MAN, StatedSex.MAN, ["not-by:man"]),
        (StatedSex.MAN, StatedSex.WOMAN, []),
        (StatedSex.MAN, StatedSex.NOT_SAID, ["not-by:man"]),
    ],
)
def test_somebody_who_must_not_be_supervised_by_a_woman_or_by_a_man(not_by, sex, there):
    found_there = found(case(not_by=frozenset({not_by})), ann(sex=sex))

    assert [one.key for one in found_there] == there
    if there:
        said = "has not stated" if sex in ("", StatedSex.NOT_SAID) else "Ann Lee is one"
        assert said in found_there[0].sentence


def test_whoever_holds_somebody_they_must_be_kept_apart_from():
    one = only(case(apart=frozenset({1})))

    assert (one.key, one.weight) == ("apart", Weight.WARNING)
    assert one.sentence == (
        "Ann Lee holds somebody from whom this person must be kept apart. Say how they are never seen on one day."
    )
    assert keys(case(apart=frozenset({2}))) == []


def test_somebody_else_of_the_team_held_it_before():
    held = case(before=(Held(2, THEN),))

    assert only(held).sentence == (
        "Bob Ray held this case until 3 May 2018 and is in the team. Say why it does not go back to them."
    )
    assert keys(held, BOB) == []


@pytest.mark.parametrize(
    "bob",
    [
        replace(BOB, last_on=TODAY + DAY),
        replace(BOB, may_hold=False),
        replace(BOB, last_on=TODAY - DAY),
    ],
)
def test_whoever_held_it_and_cannot_have_it_back_is_not_missed(bob):
    assert keys(case(before=(Held(2, THEN),)), team=(ANN, bob)) == []


def test_nor_is_somebody_whom_an_order_keeps_away_or_who_is_in_no_team_of_ours():
    assert keys(case(before=(Held(2, THEN),), kept_from=frozenset({2}))) == []
    assert keys(case(before=(Held(99, THEN),))) == []


def test_nor_somebody_they_complained_of_and_the_one_before_them_is_asked_about():
    before = (Held(2, THEN, complained=True), Held(1, THEN - DAY))

    assert keys(case(before=before)) == []
    assert keys(case(before=before), BOB) == ["held-before", "complained"]


def test_back_to_whom_they_complained_of():
    one = only(case(before=(Held(1, THEN, complained=True),)))

    assert (one.key, one.weight) == ("complained", Weight.WARNING)


@pytest.mark.parametrize(("minutes", "there"), [(45, []), (46, ["travel"])])
def test_a_long_way(minutes, there):
    assert keys(officer=ann(minutes={7: minutes})) == there
    assert keys(officer=ann(minutes={8: 600})) == []


@pytest.mark.parametrize("grade", list(Grade))
@pytest.mark.parametrize("code", GROUPS)
def test_a_grade_below_the_group(grade, code):
    may = POLICY.levels[grade]
    there = [] if GROUPS[code][0] in may else ["grade:group"]

    assert keys(case(group=code), ann(grade=grade)) == there
    assert (Level.MEDIUM_COMPLEX in may) == (grade in (Grade.EPSO, Grade.PO))


def test_leave_that_goes_on_with_other_leave_ends_with_the_last_of_it():
    leave = (
        (TODAY + DAY, TODAY + 5 * DAY),
        (TODAY + 4 * DAY, TODAY + 9 * DAY),
        (TODAY + 5 * DAY, TODAY + 6 * DAY),
        (TODAY + 10 * DAY, TODAY + 11 * DAY),
        (TODAY + 13 * DAY, TODAY + 20 * DAY),
        (TODAY - 9 * DAY, TODAY - DAY),
    )
    officer = ann(away=leave)

    assert officer.away_until(TODAY) is None
    assert officer.away_until(TODAY + DAY) == officer.away_until(TODAY + 8 * DAY) == TODAY + 11 * DAY  # fmt: skip
    assert officer.away_until(TODAY + 12 * DAY) is None
    assert "away until 12 October 2018" in only(officer=officer).sentence


def test_what_somebody_without_a_grade_has_room_for_is_said_not_to_be_known():
    assert only(case(group=""), ann(grade="", available=0)).sentence == (
        "No grade of Ann Lee is recorded, so that nobody can tell what they have room for. Say how you know that there is room."
    )


def test_whoever_hands_over_their_own_case_is_asked_of_it_and_told_nothing_that_is_between_others():
    for key in sorted(BETWEEN_THEM):
        with pytest.raises(RuleBroken, match="Whether Ann Lee can take this case is for a senior"):
            for_the_holder([Found(key, Weight.WARNING, "Full.", "Room")], "Ann Lee")
    kept = tuple(Found(key, Weight.WARNING, "Away.", "There") for key in ("away", "held-before"))
    assert for_the_holder(kept, "Ann Lee") == kept


def test_a_grade_that_is_not_recorded_is_below_every_group():
    assert [one.key for one in found(officer=ann(grade=""))] == ["grade:group"]
    assert "is of no grade that is recorded" in found(officer=ann(grade=""))[0].sentence
    assert "Ann Lee is a probation services officer, and the group is Medium complex" in (
        only(case(group="MC0"), ann(grade=Grade.PSO)).sentence
    )


@pytest.mark.parametrize(
    ("of_case", "there"),
    [
        ({"group": "L0"}, []),
        ({"group": "LC0"}, ["induction"]),
        ({"group": "M0"}, ["induction"]),
        ({"group": ""}, ["induction"]),
        ({"group": "L0", "asks_for": frozenset({Training.CHILD})}, ["induction"]),
        ({"group": "L0", "escalated": True}, ["induction"]),
    ],
)
def test_somebody_in_induction_without_support(of_case, there):
    new = ann(induction_to=TODAY)

    assert keys(case(**of_case), new) == there
    assert keys(case(**of_case), replace(new, supported=True)) == []
    assert keys(case(**of_case), replace(new, induction_to=TODAY - DAY)) == []


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [(0, 0, ["away"]), (7, 9, ["away"]), (8, 9, []), (-9, -1, []), (-9, 30, ["away"])],
)
def test_away_in_the_first_days(first, last, there):
    leave = (TODAY + first * DAY, TODAY + last * DAY)

    assert keys(officer=ann(away=(leave,))) == there


def test_leaving():
    one = only(officer=ann(last_on=TODAY + 20 * DAY))

    assert (one.key, one.sentence) == (
        "leaving",
        "Ann Lee leaves on 21 October 2018. Say who has the case then.",
    )
    assert keys(officer=ann(last_on=TODAY)) == ["leaving"]


# What clears, and what does not


WARNED = found(case(asked_for_woman=True), replace(BOB, points=2300))
SAID = {
    "capacity": "She gives up the Tuesday group",
    "wish": "Asked today: she knows Bob and agrees.",
}


def test_one_honest_sentence_clears_each_warning():
    assert check_allocation(WARNED, SAID) == {
        "capacity": "She gives up the Tuesday group.",
        "wish": "Asked today: she knows Bob and agrees.",
    }
    assert check_allocation((), {}) == {}


@pytest.mark.parametrize("words", ["", "n/a", "ok", "-", "as above"])
@pytest.mark.parametrize("key", ["capacity", "wish"])
def test_words_that_say_nothing_clear_nothing_and_the_warning_is_named(key, words):
    (unsaid,) = [one.sentence for one in WARNED if one.key == key]

    with pytest.raises(RuleBroken) as refused:
        check_allocation(WARNED, SAID | {key: words})
    assert unsaid in str(refused.value)
    assert sum(one.sentence in str(refused.value) for one in WARNED) == 1


def test_no_sentence_clears_what_is_refused():
    one = found(case(retained=True))

    with pytest.raises(RuleBroken, match="The NPS manages this person"):
        check_allocation(
            one, {"retained": "It is agreed with the NPS and with the head of service."}
        )


def test_what_is_said_of_something_that_is_not_warned_of_is_not_kept():
    assert check_allocation((), SAID) == {}


# The list


def test_officers_stand_in_the_order_given_whatever_speaks_for_or_against_them():
    empty = replace(ANN, key=3, name="Cat Orr", points=100)
    knows = replace(ANN, key=4, name="Dan Poe", points=900)
    warned = replace(ANN, key=5, name="Eve Roe", points=0, minutes={7: 90})
    shut = replace(ANN, key=6, name="Fay Sim", points=0)
    asked = case(before=(Held(4, THEN, complained=False),), shut_out=frozenset({6}))
    given = [shut, warned, ANN, empty, knows]

    rows = compare(asked, given, POLICY, TODAY)

    assert [row.officer for row in rows] == given
    assert [row.refused for row in rows] == [True, False, False, False, False]
    assert [len(row.found) for row in rows] == [2, 2, 1, 1, 0]


def test_a_row_says_how_full_before_and_after_and_what_was_given_of_late():
    days = (TODAY, TODAY - 6 * DAY, TODAY - 7 * DAY, TODAY + DAY)
    officer = ann(given_on=days, minutes={7: 12})

    (row,) = compare(case(before=(Held(1, THEN),)), [officer], POLICY, TODAY)

    assert row.percent == (Decimal("46.0"), Decimal("48.3"))
    assert (row.given, row.last_given_on, row.held_until, row.minutes) == (2, TODAY + DAY, THEN, 12)
    assert compare(CASE, [BOB], POLICY, TODAY)[0].last_given_on is None


OFFICERS = st.builds(
    replace,
    st.just(ANN),
    grade=st.sampled_from([*Grade, ""]),
    sex=st.sampled_from([*StatedSex, ""]),
    points=st.integers(0, 4000),
    available=st.integers(0, 2176),
    trained=st.sets(st.sampled_from(list(Training))).map(frozenset),
    induction_to=st.none() | st.just(TODAY),
    minutes=st.sampled_from([{}, {7: 20}, {7: 90}]),
    last_on=st.sampled_from([None, TODAY, TODAY - DAY]),
)
CASES = st.builds(
    replace,
    st.just(CASE),
    group=st.sampled_from([*GROUPS, ""]),
    asks_for=st.sets(st.sampled_from(list(Training))).map(frozenset),
    asked_for_woman=st.booleans(),
    not_by=st.sets(st.sampled_from([StatedSex.WOMAN, StatedSex.MAN])).map(frozenset),
    retained=st.booleans(),
    shut_out=st.sampled_from([frozenset(), frozenset({1})]),
    before=st.sampled_from([(), (Held(1, THEN, complained=True),), (Held(2, THEN),)]),
)


@given(CASES, OFFICERS)
def test_only_law_limits_and_who_is_not_there_ever_refuse_and_each_key_is_there_once(one, officer):
    there = found(one, officer)
    refusing = {"retained", "not-here", "limited", "kept-from", "offices"}

    assert {each.key for each in gates(there)} <= refusing
    assert not {each.key for each in warnings(there)} & refusing
    assert len({each.key for each in there}) == len(there)
    assert all(each.sentence.endswith(".") and each.rule for each in there)


@given(CASES, OFFICERS)
def test_sentences_for_all_warnings_clear_whatever_is_not_refused(one, officer):
    there = found(one, officer)
    said = {each.key: "Agreed with her senior on Monday." for each in there}

    if gates(there):
        with pytest.raises(RuleBroken):
            check_allocation(there, said)
    else:
        assert set(check_allocation(there, said)) == {each.key for each in there}


def test_each_rule_gives_what_was_found():
    assert all(callable(rule) and rule.__doc__ for rule in RULES)
    assert isinstance(only(case(retained=True)), Found)
