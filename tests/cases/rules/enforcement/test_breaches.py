from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS
from cases.reference.enforcement import (
    BREACH_MAY_BECOME,
    BREACH_OVER,
    COURT_OUTCOMES,
    BreachState,
    Regime,
    WithdrawnBecause,
)
from cases.rules.enforcement.breaches import (
    ANSWERED_BY,
    CLOCKS,
    FROM_THE_NPS,
    OWED,
    asks_again,
    check_amendment,
    check_answer,
    check_day,
    check_outcome,
    check_step,
    check_withdrawal,
    outcomes_of,
)
from staff.errors import RuleBroken

TODAY = date(2018, 11, 21)


@given(st.lists(st.sampled_from(sorted(BreachState)), max_size=12))
def test_no_sequence_of_steps_leaves_the_table(steps):
    state = BreachState.PREPARING
    for to in steps:
        if to in BREACH_MAY_BECOME[state]:
            check_step(state, to)
            state = to
        else:
            with pytest.raises(RuleBroken, match="is not open to it"):
                check_step(state, to)


def test_nothing_follows_what_is_over_and_everything_else_can_be_withdrawn_or_declined():
    for state in BreachState:
        assert (BREACH_MAY_BECOME[state] == set()) == (state in BREACH_OVER)
        if state not in BREACH_OVER:
            assert BreachState.WITHDRAWN in BREACH_MAY_BECOME[state]


def test_it_goes_to_court_only_once_the_nps_has_accepted_it():
    before = {
        state
        for state in BreachState
        if {BreachState.SUMMONS, BreachState.DECIDED} & BREACH_MAY_BECOME[state]
    }

    assert before == {BreachState.ACCEPTED, BreachState.SUMMONS, BreachState.WARRANT}


def test_whoever_has_it_owes_something_until_the_nps_accepts_it():
    waiting = {
        BreachState.PREPARING,
        BreachState.SUBMITTED,
        BreachState.MORE_ASKED,
        BreachState.RETURNED,
    }

    assert set(OWED) == waiting
    assert set(CLOCKS) <= KINDS.keys()
    assert set(ANSWERED_BY) == set(CLOCKS)


@pytest.mark.parametrize("to", sorted(FROM_THE_NPS))
def test_an_answer_of_the_nps_names_who_gave_it(to):
    with pytest.raises(RuleBroken, match="Name the NPS officer"):
        check_answer(to, "The order is missing from the pack.", "-")


@pytest.mark.parametrize("to", [BreachState.MORE_ASKED, BreachState.RETURNED, BreachState.DECLINED])
def test_an_answer_that_asks_for_something_says_what(to):
    with pytest.raises(RuleBroken, match="^Say "):
        check_answer(to, "n/a", "B Officer, NPS Reading")

    check_answer(to, "The order is missing from the pack.", "B Officer, NPS Reading")


@pytest.mark.parametrize(
    ("because", "words", "authority", "said"),
    [
        ("", "They brought a sick note.", "B Senior", "Choose why"),
        ("because", "They brought a sick note.", "B Senior", "Choose why"),
        ("proof", "n/a", "B Senior", "Say in a sentence"),
        ("proof", "They brought a sick note.", "", "Name who agreed"),
    ],
)
def test_a_breach_is_not_withdrawn_without_cause_reason_and_authority(
    because, words, authority, said
):
    with pytest.raises(RuleBroken, match=said):
        check_withdrawal(because, words, authority)


def test_a_withdrawal_that_says_all_three_is_taken():
    found = check_withdrawal("proof", "They brought a sick note.", "B Senior, Reading")

    assert found is WithdrawnBecause.PROOF


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        ("XXXX", TODAY, "Choose what"),
        ("ABPC", date(2018, 11, 22), "in the future"),
        ("ABPC", date(2018, 10, 31), "before the NPS accepted the breach, on 1 November 2018"),
        ("ABSA", TODAY, r"this order \(community order\)"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(code, on, said):
    with pytest.raises(RuleBroken, match=said):
        check_outcome(code, on, TODAY, date(2018, 11, 1), Regime.COMMUNITY)


@pytest.mark.parametrize("code", sorted(COURT_OUTCOMES))
def test_each_outcome_is_known_by_its_code(code):
    of = next((one for one in Regime if COURT_OUTCOMES[code] in outcomes_of(one)), None)

    assert check_outcome(code, TODAY, TODAY, date(2018, 11, 1), of).code == code


@pytest.mark.parametrize(
    ("regime", "never"),
    [
        (Regime.COMMUNITY, {"ABSD", "ABSA"}),
        (Regime.SUSPENDED, {"ABSD", "ABPP"}),
        (Regime.POST_SENTENCE, {"ABSA", "ABPP"}),
        (Regime.DEFAULT_ORDER, {"ABSA"}),
        (None, set()),
    ],
)
def test_a_court_decides_nothing_that_the_order_cannot_have(regime, never):
    offered = {one.code for one in outcomes_of(regime)}

    assert set(COURT_OUTCOMES) - offered == never


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2018, 11, 22), "still to come"),
        (date(2018, 11, 19), "before the pack was sent, on 20 November 2018"),
    ],
)
def test_a_day_on_which_it_cannot_have_happened_is_refused_for_what_is_true(on, said):
    with pytest.raises(RuleBroken, match=said):
        check_day(on, date(2018, 11, 20), TODAY, "the pack was sent")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": "-"}, "what has to be changed"),
        ({"asked_by": ""}, "who asks for it"),
        ({"asked_on": date(2018, 11, 22)}, "in the future"),
        ({"due_on": date(2018, 11, 1)}, "before it was asked for"),
    ],
)
def test_a_change_to_a_report_that_nobody_could_do_is_refused(given, said):
    whole = {
        "what": "Add the failure of 3 September.",
        "asked_by": "Reading Magistrates' Court",
        "asked_on": date(2018, 11, 20),
        "due_on": date(2018, 11, 23),
    }
    check_amendment(**whole, today=TODAY)

    with pytest.raises(RuleBroken, match=said):
        check_amendment(**whole | given, today=TODAY)


@pytest.mark.parametrize("because", sorted(WithdrawnBecause))
def test_what_a_breach_leaves_behind_is_asked_about_unless_that_was_decided_of_the_failures(
    because,
):
    of_the_failures = {"complying", "sentenced", "illness"}

    assert asks_again(because) == (because not in of_the_failures)
