from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.reference.checks import CheckKind
from cases.reference.codes import Register, Rosh
from cases.reference.endings import EndedBy, PersonAsked, Tell
from cases.rules.ending_answers import clean, parted, said_of
from cases.rules.ending_calls import (
    Around,
    Call,
    calls_of,
    check_may_end,
    may_end,
    needs_senior,
)
from cases.rules.endings import Flagged, LastLook, ToTell, say_left, to_do
from staff.errors import RuleBroken
from staff.permissions import Role

TODAY = date(2018, 10, 1)
DAY = timedelta(days=1)
VICTIM = Call(Tell.VICTIM, "the register “Victim contact”")
WORDS = {
    "person_words": "I would not have stopped without the group.",
    "helped": "The group on Tuesdays.",
    "not_helped": "Being moved from one officer to another.",
    "help": "The surgery in Park Street, and the drop-in on Fridays.",
}
READY = LastLook(
    today=TODAY,
    ends_on=TODAY,
    looked_from=TODAY - 42 * DAY,
    reviewed_on=TODAY - 42 * DAY,
    way=EndedBy.EXPIRED,
    person=PersonAsked.SAID,
    words=WORDS,
    flags=(Flagged("7", "MARAC", keep=True, because="Heard in August", review_on=TODAY + DAY),),
    calls=(ToTell(VICTIM, on=TODAY),),
)


def left(**changed):
    """The names of what is still to do, with this changed."""
    return [one.question for one in to_do(replace(READY, **changed))]


def flag(**changed):
    return left(flags=(replace(READY.flags[0], **changed),))


def test_nothing_is_left_to_do_once_everything_is_looked_at_and_said():
    assert to_do(READY) == []


def test_a_review_is_signed_in_the_weeks_before():
    assert left(reviewed_on=None) == ["review"]
    assert left(reviewed_on=TODAY - 43 * DAY) == ["review"]
    (found,) = to_do(replace(READY, reviewed_on=date(2018, 3, 5)))
    assert "The last was signed on 5 March 2018" in found.sentence


def test_how_it_ends_is_said():
    assert left(way="") == ["way"]


def test_a_sentence_that_has_time_to_run_is_ended_only_by_a_court():
    later = {"ends_on": TODAY + DAY}
    assert left(**later) == ["way"]
    assert left(**later, way=EndedBy.COMPLETED) == ["way"]
    assert left(**later, way=EndedBy.GOOD_PROGRESS) == []
    assert left(**later, supervised=False) == []


def test_unpaid_work_alone_ends_with_its_last_hour():
    alone = {"ends_on": TODAY + DAY, "way": EndedBy.COMPLETED, "work_only": True}
    assert left(**alone) == []
    assert left(**alone, hours="4 hours") == ["way", "hours"]


def test_hours_that_are_left_keep_an_order_in_force_after_its_last_day():
    (found,) = to_do(replace(READY, hours="42 hours"))
    assert "The order stays in force until they are worked" in found.sentence
    assert left(hours="42 hours", way=EndedBy.REVOKED) == []


def test_whoever_has_a_part_in_it_is_told_or_it_is_said_why_not():
    assert left(calls=(ToTell(VICTIM),)) == ["tell-victim"]
    assert left(calls=(ToTell(VICTIM, because="n/a"),)) == ["tell-victim"]
    assert left(calls=(ToTell(VICTIM, because="She asked us not to write."),)) == []


def test_each_register_stays_or_is_closed_for_a_reason_and_with_a_day():
    assert flag(keep=None) == ["flag-7"]
    assert flag(because="-") == ["flag-7"]
    assert flag(review_on=None) == ["flag-7"]
    assert flag(review_on=TODAY - DAY) == ["flag-7"]
    assert flag(keep=False, review_on=None) == []


def test_they_are_asked_what_it_was_like_or_it_is_said_that_they_did_not_want_to_say():
    assert left(person="") == ["person"]
    assert left(words=WORDS | {"not_helped": ""}) == ["not_helped"]
    declined = {"person": PersonAsked.DECLINED, "words": {"help": WORDS["help"]}}
    assert left(**declined) == ["person_because"]
    said = {"help": WORDS["help"], "person_because": "I asked on Monday; he would rather not."}
    assert left(person=PersonAsked.DECLINED, words=said) == []


def test_nobody_is_left_with_nowhere_to_turn():
    assert left(words=WORDS | {"help": " "}) == ["help"]


def test_what_would_be_left_behind_is_cleared_by_saying_who_sees_to_it():
    still_open = ("1 enquiry to other agencies not finished.",)
    assert left(still_open=still_open) == ["open"]
    assert left(still_open=still_open, words=WORDS | {"open": "The senior reads it."}) == []


def test_the_record_calls_for_whoever_has_a_part_in_it():
    around = Around(
        registers=frozenset({Register.CHILD_CONCERNS, Register.VICTIM_CONTACT, Rosh.LOW}),
        asked=frozenset({CheckKind.ADULTS, CheckKind.PRISON}),
        requirements=frozenset({"P", "F"}),
        housing="A02",
        others_deliver=True,
    )

    assert {one.whom for one in calls_of(around)} == set(Tell) - {Tell.POLICE}
    assert calls_of(Around()) == []


def test_a_senior_who_does_not_hold_it_ends_a_case_of_risk_or_concern():
    assert needs_senior(Rosh.LOW, concern=False) == ""
    for harm, concern in ((Rosh.MEDIUM, False), ("", False), (Rosh.LOW, True)):
        why = needs_senior(harm, concern=concern)
        assert not may_end(Role.OFFICER, holds=True, why=why)
        assert not may_end(Role.SPO, holds=True, why=why)
        assert may_end(Role.SPO, holds=False, why=why)
        with pytest.raises(RuleBroken, match="a senior probation officer"):
            check_may_end(Role.OFFICER, holds=True, why=why)


def test_the_officer_ends_a_case_of_low_risk():
    assert may_end(Role.OFFICER, holds=True, why="")
    assert not may_end(Role.HUB, holds=False, why="")


def test_what_was_said_comes_apart_and_together_again():
    answers = {"way": "expired", "help": "The surgery."}
    flags = {"7": {"keep": True, "because": "Heard", "review_on": "2018-12-01"}}
    told = {"victim": {"because": "She asked us not to."}}

    assert parted(said_of(answers, flags, told)) == (answers, flags, told)


def test_what_the_page_does_not_offer_is_refused():
    refused = {
        "way": "died",
        "elsewhere": "x",
        "tell-nobody": {"because": "x"},
        "flag-7": {"because": "x"},
        "tell-police": {"on": "2018-10-02", "words": ""},
        "help": "x" * 5000,
    }
    for name, value in refused.items():
        with pytest.raises(RuleBroken):
            clean(name, value, TODAY)


def test_a_register_that_is_closed_has_no_day_to_look_at_it_again():
    value = {"keep": False, "because": " Ended in May ", "review_on": "2018-12-01"}

    assert clean("flag-7", value, TODAY) == {"keep": False, "because": "Ended in May"}


def test_hours_are_said_as_staff_say_them():
    said = [say_left(minutes) for minutes in (60, 90, 2520, 30, None)]

    assert said == [
        "1 hour", "1 hour 30 minutes", "42 hours", "30 minutes", "Hours that nobody recorded the number of"
    ]  # fmt: skip
