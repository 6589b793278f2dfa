from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.codes import Sharing
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.plans import Actor, Agreed, GivenHow, Nature
from cases.rules.giveaways import NAMED, Kept
from cases.rules.person_copy import Reach, copy_of, sheet_of
from cases.rules.sharing import (
    Goal,
    Ordered,
    Parts,
    Step,
    Why,
    check_giving,
    check_whole,
    is_draft,
)
from staff.errors import RuleBroken
from tests.factories import TODAY

MAY, LATER = date(2018, 5, 3), date(2018, 6, 14)
NOBODY = Kept("Alan Smith")
REACH = Reach("Sam Okoro", "Thames Valley CRC", "0118 496 0000")


def parts(**given):
    return Parts(
        **{"forename": "Alan", "surname": "Smith", "called": "", "officer": "Sam Okoro"} | given
    )


def step(what="Keep a diary", **given):
    known = {"sharing": Sharing.YES, "actor": Actor.PERSON, "by_on": LATER}
    return Step(what, **known | given)


def said(parts, kept=NOBODY):
    """Every word of the copy."""
    return str(sheet_of(copy_of(parts, kept), crn="X123456", reach=REACH, made_on=MAY))


def lines(parts, heading):
    found = {one.heading: one.lines for one in copy_of(parts, NOBODY).sections}
    return [(line.text, line.note) for line in found.get(heading, ())]


# What goes in

marks = st.sampled_from(list(Sharing))
natures = st.sampled_from(["", *Nature])
actors = st.sampled_from(list(Actor))


@given(
    st.lists(marks, max_size=4),
    st.lists(st.tuples(marks, natures, actors, st.booleans()), max_size=6),
    st.lists(marks, max_size=3),
    st.sets(st.sampled_from(sorted(PLAN_QUESTIONS))),
)
def test_nothing_but_yes_ever_goes_in(goals, steps, ordered, codes):
    """And all of it that keeps nobody safe does."""
    words, shared = {}, set()

    def word(key, may):
        words[key] = f"Qz{key}"
        if may:
            shared.add(key)
        return f"{words[key]} here"

    whole = parts(
        goals=tuple(Goal(word(f"goal{n}", mark == "yes"), mark) for n, mark in enumerate(goals)),
        steps=tuple(
            step(
                word(f"step{n}", mark == "yes" and nature != Nature.VICTIM_SAFETY and not protects),
                sharing=mark, nature=nature, actor=actor, protects=protects,
            )
            for n, (mark, nature, actor, protects) in enumerate(steps)
        ),
        ordered=tuple(
            Ordered("Curfew", word(f"way{n}", mark == "yes"), mark) for n, mark in enumerate(ordered)
        ),
        answers={
            code: word(code.replace(".", "0"), code.startswith("person."))
            for code in codes
            if not PLAN_QUESTIONS[code].choices
        },
    )  # fmt: skip

    text = said(whole)

    assert {key for key, one in words.items() if f"{one} " in text} == shared


@pytest.mark.parametrize("mark", sorted(Sharing))
@pytest.mark.parametrize("kept", [{"nature": Nature.VICTIM_SAFETY}, {"protects": True}])
def test_what_keeps_somebody_safe_never_goes_in_whatever_its_mark(mark, kept):
    copy = copy_of(parts(steps=(step("Ring her on Mondays", sharing=mark, **kept),)), NOBODY)

    assert copy.sections == ()
    assert [(one.what, one.why) for one in copy.left_out] == [("1 step", Why.SAFETY)]


def test_nor_does_an_objective_about_somebody_by_name():
    copy = copy_of(parts(goals=(Goal("Dana is safe at home", "yes", protects=True),)), NOBODY)

    assert (copy.sections, copy.left_out[0].why) == ((), Why.SAFETY)


def test_what_is_left_out_is_counted_by_kind_and_why_and_never_shown():
    whole = parts(
        goals=(Goal("Hidden goal", Sharing.ASK),),
        steps=(
            step("Hidden step", sharing=Sharing.NO),
            step("Hidden too", sharing=Sharing.NO),
            step("Hidden for her", nature=Nature.VICTIM_SAFETY),
        ),
        answers={"children.details": "Hidden child", "contact.because": "Hidden why"},
        contingencies=3,
        victims=1,
        replies=2,
    )

    copy = copy_of(whole, NOBODY)

    assert {(one.what, one.why) for one in copy.left_out} == {
        ("1 objective", Why.ASK),
        ("2 steps", Why.NO),
        ("1 step", Why.SAFETY),
        ("2 answers", Why.NO),
        ("What happens if: 3", Why.RISK),
        ("1 person who could be hurt", Why.SAFETY),
        ("2 answers to enquiries", Why.AGENCY),
    }
    assert "Hidden" not in str(copy)


def test_the_copy_itself_does_not_say_that_anything_is_left_out():
    whole = parts(steps=(step(nature=Nature.VICTIM_SAFETY),), contingencies=2, victims=1)

    assert said(whole) == said(parts())


def test_a_kept_name_in_what_may_be_shared_is_refused_and_not_blanked():
    kept = Kept("Alan Smith", names=("Dana Quill",))
    whole = parts(steps=(step("Stay away from Dana"), step("Keep a diary")))

    copy = copy_of(whole, kept)

    assert [(one.part, one.why) for one in copy.mend] == [("Step", NAMED)]
    assert "Dana" not in said(whole, kept)
    assert "Keep a diary" in said(whole, kept)
    with pytest.raises(RuleBroken, match="cannot be made yet. Step: It names somebody"):
        check_whole(copy)


@pytest.mark.parametrize(
    "whole",
    [
        parts(goals=(Goal("See Dana less", "yes"),)),
        parts(steps=(step(by_whom="Dana"),)),
        parts(steps=(step(agency="Dana House"),)),
        parts(ordered=(Ordered("Curfew", "At Dana’s", "yes"),)),
        parts(answers={"person.words": "I love Dana"}),
        parts(answers={"person.adjustments": "Dana drives him"}),
    ],
)
def test_every_text_that_may_be_shared_is_looked_through(whole):
    assert len(copy_of(whole, Kept("Alan Smith", names=("Dana Quill",))).mend) == 1


def test_a_copy_with_nothing_to_mend_may_be_made():
    copy = copy_of(parts(steps=(step(),)), NOBODY)

    check_whole(copy)
    assert not copy.mend


# How it is said


def test_steps_are_told_apart_by_who_does_them_with_dates_in_full():
    whole = parts(
        steps=(
            step("Alan to attend the RAR group"),
            step("Write to housing", actor=Actor.OFFICER),
            step("See you about drinking", actor=Actor.AGENCY, agency="Turning Point"),
            step("Go to the Jobcentre", done_on=MAY),
        )
    )

    assert lines(whole, "What you will do") == [
        ("You will attend the rehabilitation activity requirement group", "By 14 June 2018"),
        ("Go to the Jobcentre", "Done on 3 May 2018"),
    ]
    assert lines(whole, "What we will do") == [
        ("Write to housing", "Your probation officer, Sam Okoro. By 14 June 2018"),
        ("See you about drinking", "Turning Point. By 14 June 2018"),
    ]


def test_a_requirement_is_said_in_their_words_with_its_length_and_its_start():
    ordered = Ordered(
        "Rehabilitation Activity Requirement (RAR)", "Ten evenings", "yes", "20 days", LATER
    )

    assert lines(parts(ordered=(ordered,)), "What the court ordered and how it happens") == [
        (
            "Rehabilitation activity requirement, 20 days",
            "Ten evenings. The start date is 14 June 2018.",
        )
    ]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"waits": True}, "We are changing how this happens, and will tell you when it starts."),
        ({"changed": True, "arranged_on": LATER}, "The start date is 14 June 2018."),
        ({}, "One to one. We will tell you when it starts."),
    ],
)
def test_a_route_that_was_taken_away_is_not_promised(state, says):
    whole = parts(ordered=(Ordered("Unpaid Work: regular", "One to one", "yes", **state),))

    assert lines(whole, "What the court ordered and how it happens") == [("Unpaid work", says)]


def test_how_often_is_said_in_words_and_their_own_words_stay_as_they_are():
    whole = parts(
        answers={
            "contact.level": "weekly",
            "home_visits.answer": "yes",
            "person.words": "My SPO said RAR",
        }
    )

    assert [text for text, _ in lines(whole, "How often we meet")] == [
        "We meet every week.",
        "We also come to see you at home.",
    ]
    assert "My SPO said RAR" in said(whole)


def test_the_officer_hears_what_they_may_stumble_over():
    whole = parts(
        steps=(step("He goes to XYZ"),),
        answers={"person.words": "He is ABC", "contact.level": "weekly"},
    )

    advice = copy_of(whole, NOBODY).advice

    assert len(advice) == 2
    assert advice[0].startswith("Say XYZ in full")
    assert advice[1].startswith("1 sentence about them")


def test_they_are_called_as_they_like_to_be():
    assert copy_of(parts(called="Al"), NOBODY).called == "Al"
    assert copy_of(parts(), NOBODY).called == "Alan"


@pytest.mark.parametrize("agreed", ["", *sorted(Agreed)])
@pytest.mark.parametrize("signed_on", [None, MAY])
def test_it_is_a_draft_until_they_agreed_and_it_is_signed(agreed, signed_on):
    assert is_draft(agreed, signed_on) is not (agreed == Agreed.YES and signed_on is not None)


def test_whether_they_agree_is_said_without_why_not():
    says = {
        agreed: copy_of(parts(agreed=agreed, agreed_on=MAY), NOBODY).agreement for agreed in Agreed
    }

    assert len(set(says.values())) == len(Agreed)
    assert all("3 May 2018" in one for one in says.values())


# Giving it


def test_it_is_posted_only_where_it_is_safe_to_write():
    check_giving(GivenHow.POST, TODAY, True, TODAY)
    check_giving(GivenHow.HAND, TODAY, None, TODAY)
    for safe in (False, None):
        with pytest.raises(RuleBroken, match="not recorded as safe to write"):
            check_giving(GivenHow.POST, TODAY, safe, TODAY)


def test_it_was_not_given_tomorrow():
    with pytest.raises(RuleBroken, match="cannot be in the future"):
        check_giving(GivenHow.HAND, TODAY + timedelta(days=1), True, TODAY)
