"""What of a tier is read from the record, and what is said where the record does not tell it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.reference.needs import ITEMS, NeedArea
from cases.reference.questions import of_area
from oversight.reference.tiers import NEEDS
from oversight.rules.tier_record import (
    Known,
    OnRegister,
    Recorded,
    counting,
    enforcement_since,
    latest,
    tier_by_record,
)
from oversight.rules.tier_told import (
    Completed,
    OfWomen,
    needs_answered,
    needs_weighted,
    women_answered,
)
from tests.oversight.rules.workload_policy import POLICY

TODAY = date(2018, 10, 17)
RAR = (("community", (("F", False),)),)
CUSTODY = (("custody_pss", ()),)
WHOLE = Recorded(
    registers=(OnRegister("RMRH", TODAY),),
    sentences=RAR,
    ogrs3=(Known(Decimal("62.00"), TODAY, "OASys"),),
    rsr=(Known(Decimal("2.10"), TODAY, "OASys"),),
    assessments=(Completed(TODAY, "here", dict.fromkeys(NEEDS, 2), harm="RMRH"),),
)


def tier(**changes):
    return tier_by_record(replace(WHOLE, **changes), POLICY, TODAY)


def said(**changes):
    return " ".join(tier(**changes).not_known)


def test_where_all_is_recorded_nothing_is_said_to_be_missing():
    found = tier()

    assert found.not_known == ()
    # accommodation, relationships, lifestyle, drugs: 1 each; attitudes 2; 62% is 6
    assert (found.code, found.tier.protect_points, found.tier.change_points) == ("C2", 10, 12)


def test_the_items_of_an_assessment_signed_here_are_summed_by_section():
    answers = {of_area(NeedArea.DRUGS, code): "2" for code, _ in ITEMS[NeedArea.DRUGS]}
    answers[of_area(NeedArea.ALCOHOL, "current")] = "1"
    answers[of_area(NeedArea.ALCOHOL, "binge")] = "unknown"
    answers[of_area(NeedArea.ETE, "skills")] = "unknown"
    answers[of_area(NeedArea.THINKING, "notes")] = "2"

    found = needs_answered(answers)

    assert (found["drugs"], found["alcohol"], found["ete"], found["thinking"]) == (8, 1, None, None)
    assert set(found) == set(NEEDS)


def test_the_sums_of_an_oasys_document_are_taken_as_they_are():
    found = needs_weighted({"drugWeightedScore": 0, "thinkingWeightedScore": 7, "eteWeightedScore": None, "attitudesWeightedScore": True})  # fmt: skip

    assert (found["drugs"], found["thinking"], found["ete"], found["attitudes"]) == (
        0,
        7,
        None,
        None,
    )
    assert set(found) == set(NEEDS)
    assert needs_weighted(None) is None
    assert needs_weighted([7]) is None


@pytest.mark.parametrize(("weeks", "days", "counts"), [(55, 0, True), (55, 1, False), (0, 0, True), (0, -1, False)])  # fmt: skip
def test_an_assessment_counts_for_55_weeks(weeks, days, counts):
    one = Completed(TODAY - timedelta(weeks=weeks, days=days), "here", {})

    assert (counting([one], TODAY) == one) == counts


def test_of_assessments_the_later_counts_and_on_one_day_that_of_oasys():
    here, there = Completed(TODAY, "here", {}), Completed(TODAY, "OASys", {})
    before = Completed(TODAY - timedelta(days=1), "OASys", {})

    assert counting([here, before], TODAY) == here
    assert counting([here, there], TODAY) == there
    assert counting([], TODAY) is None


def test_of_scores_the_later_counts_and_on_one_day_that_of_oasys():
    low, high = Known(Decimal(1), TODAY, "OASys"), Known(Decimal(8), TODAY, "nDelius")

    assert latest([low, high]) == low
    assert latest([replace(low, on=TODAY - timedelta(days=1)), high]) == high
    assert tier(rsr=(replace(high, percent=Decimal("7.00")),)).tier.protect == "B"


@pytest.mark.parametrize(
    ("order", "requirements", "change"),
    [
        ("custody_pss", (), "2"),
        ("custody", (), "2"),
        ("community", (), "0"),
        ("community", (("W", False),), "0"),
        ("suspended", (("W1", False),), "0"),
        ("community", (("X", True),), "0"),
        ("community", (("W", False), ("F", False)), "2"),
        ("default_order", (), "0"),
    ],
)
def test_a_mandate_for_change_is_read_from_the_order_and_its_requirements(order, requirements, change):  # fmt: skip
    assert tier(sentences=((order, requirements),)).tier.change == change


def test_without_a_sentence_there_is_no_mandate_and_nothing_is_missing_for_change():
    assert tier(sentences=(), ogrs3=(), assessments=()).tier.change == "0"
    assert said(sentences=(), ogrs3=(), assessments=()) == ""


def test_what_was_raised_here_is_not_counted_and_that_is_said():
    raised = (*WHOLE.registers, OnRegister("RCCO", TODAY, raised=True))

    assert tier(registers=raised).tier.protect_points == 10
    assert "1 entry that was raised here" in said(registers=raised)


def test_a_level_without_its_day_stands_before_one_with_a_day():
    both = (OnRegister("RHRH", None), OnRegister("RMRH", TODAY))

    assert tier(registers=both).tier.protect == "C"
    alone = tier(registers=(OnRegister("RHRH", None),))
    assert alone.tier.protect == "B"
    assert "registered on a day that is not recorded" in " ".join(alone.tier.working)


def test_that_the_assessment_and_the_register_tell_different_levels_is_said():
    other = (replace(WHOLE.assessments[0], harm="RHRH"),)

    assert tier(assessments=other).tier.protect == "C"
    assert "says high risk of serious harm" in said(assessments=other)


def test_of_a_woman_what_is_not_asked_here_is_said():
    assert tier(female=True).tier.protect_points == 10
    assert "counts for her" not in said()
    words = (
        "Whether she is responsible for children (OASys 6.9), impulsive (11.2) or unable to control her temper (11.4) is not "
        "recorded here, and counts as no. It could be 4 points more to protect."
    )
    assert words in said(female=True)
    assert tier(female=True, enforcement=frozenset({"BRE01"})).tier.protect_points == 12


@pytest.mark.parametrize(
    ("women", "points", "words"),
    [
        (OfWomen(True, 2, 1), 4, ""),
        (OfWomen(False, 0, 0), 0, ""),
        (OfWomen(True, None, 1), 4, ""),
        (OfWomen(None, 0, 1), 2, "responsible for children (OASys 6.9) is not recorded here, and counts as no. It could be 2 points"),
        (OfWomen(False, None, 0), 0, "impulsive (11.2) is not recorded here, and counts as no. It could be 2 points"),
        (OfWomen(), 0, "could be 4 points more"),
    ],
)  # fmt: skip
def test_what_an_oasys_document_tells_of_a_woman_counts(women, points, words):
    found = tier(female=True, assessments=(replace(WHOLE.assessments[0], women=women),))

    assert found.tier.protect_points == 10 + points
    assert words in " ".join(found.not_known)
    assert ("Whether she is" in " ".join(found.not_known)) == bool(words)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (("Yes", "2-Significant problems", "1-Some problems"), OfWomen(True, 2, 1)),
        (("No", "0-No problems", "NO_PROBLEMS"), OfWomen(False, 0, 0)),
        (("y", "SOME_PROBLEMS", "SIGNIFICANT_PROBLEMS"), OfWomen(True, 1, 2)),
        ((None, None, ""), OfWomen()),
        (("Perhaps", "2nd", 1), OfWomen(None, None, 1)),
        ((True, 3, True), OfWomen()),
    ],
)
def test_how_an_oasys_document_says_it(told, found):
    assert women_answered(*told) == found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rsr": ()}, "There is no RSR"),
        ({"registers": (), "assessments": ()}, "No risk of serious harm is registered"),
        ({"ogrs3": ()}, "No OGRS3 has come"),
        (
            {"assessments": (Completed(TODAY, "OASys", None),)},
            "OASys assessment of 17 October 2018 came without the sums",
        ),
        (
            {"assessments": (Completed(TODAY - timedelta(weeks=60), "here", {}),)},
            "more than 55 weeks ago",
        ),
    ],
)
def test_what_is_missing_is_said(changes, words):
    assert words in said(**changes)


def test_an_old_assessment_leaves_the_change_level_at_two_as_without_one():
    old = (replace(WHOLE.assessments[0], on=TODAY - timedelta(weeks=56)),)

    assert (tier(assessments=old).tier.change, tier(assessments=()).tier.change) == ("2", "2")


@pytest.mark.parametrize(
    ("today", "since"),
    [(TODAY, date(2017, 10, 17)), (date(2020, 2, 29), date(2019, 2, 28))],
)
def test_enforcement_counts_for_a_year_after_its_sentence(today, since):
    assert enforcement_since(today) == since
