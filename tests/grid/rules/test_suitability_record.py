from datetime import date
from decimal import Decimal

import pytest

from cases.reference.codes import Part, Register, Rosh
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.reference.placement import Need as Lack
from grid.rules.facts import Harm, Registered
from grid.rules.likelihood import Likelihood, NotScored
from grid.rules.suitability_facts import Evidence
from grid.rules.suitability_record import (
    Assessed,
    Convicted,
    Deregistered,
    harm_known,
    likelihood_known,
    needs_known,
    partner_violence_known,
    violence_known,
)

SPRING, SUMMER = date(2018, 4, 3), date(2018, 8, 3)
HERE = "the assessment signed here"
THINKING, EMOTIONAL = NeedArea.THINKING, NeedArea.EMOTIONAL


def signed(on=SUMMER, **answers):
    return Assessed(on, HERE, answers={key.replace("__", "."): say for key, say in answers.items()})


def thinking(*scores):
    """An assessment in which so many of the four items of thinking are scored so."""
    items = ("recognises", "solves", "consequences", "views")
    given = zip(items, scores, strict=False)
    return signed(**{f"thinking__{item}": score for item, score in given})


def register(code, part=Part.SOURCE, on=SPRING):
    return Registered(code, part=part, on=on)


# How likely, and how great the harm


def test_a_score_of_ours_and_one_supplied_each_say_whose_it_is():
    supplied = likelihood_known(Likelihood(62.5, SPRING, "OASys"))

    assert supplied.value == Decimal("62.5")
    assert supplied.evidence == Evidence("OGRS3 from OASys", SPRING)


def test_a_score_that_cannot_be_worked_out_says_what_it_needs():
    known = likelihood_known(NotScored((Lack.PREVIOUS_SANCTIONS, Lack.BORN_ON)))

    assert known.value is None
    assert known.evidence.words.endswith("It needs: number of previous sanctions, date of birth")


def test_a_level_of_harm_names_its_source_and_none_is_not_low():
    known = harm_known(Harm(Rosh.MEDIUM, SPRING, "nDelius register"))

    assert (known.value, known.evidence.on) == (Rosh.MEDIUM, SPRING)
    assert harm_known(None).value is None


# Needs


@pytest.mark.parametrize(
    "scores, need",
    [
        (("0", "0", "0", "0"), Need.NONE),
        (("1", "1", "1", "0"), Need.NONE),
        (("1", "1", "1", "1"), Need.STANDARD),  # a need begins at 4
        (("2", "2", "1", "1"), Need.STANDARD),
        (("2", "2", "2", "1"), Need.SEVERE),  # and is severe from 7
        (("2", "2"), Need.STANDARD),  # enough already, whatever the others come to
        (("1", "1"), None),  # the two that are left could make a need of it
        (("1", "1", "unknown", "0"), None),
        (("unknown",), None),
        ((), None),
    ],
)
def test_a_need_is_told_by_what_is_scored_and_never_by_what_is_not(scores, need):
    assert needs_known([thinking(*scores)])[THINKING].value == need


def test_every_area_is_answered_for_even_where_nobody_has_assessed_anything():
    known = needs_known([])

    assert set(known) == set(NeedArea)
    assert {one.value for one in known.values()} == {None}
    assert known[NeedArea.RELATIONSHIPS].evidence == Evidence("Nobody has scored relationships")


def test_the_latest_that_tells_of_an_area_is_believed_with_its_day():
    later, earlier = thinking("0", "0", "0", "0"), Assessed(SPRING, "OASys", sums={THINKING: 8})

    assert needs_known([later, earlier])[THINKING].value == Need.NONE
    found = needs_known([signed(), earlier])[THINKING]
    assert found.value == Need.SEVERE
    assert found.evidence == Evidence("Thinking and behaviour scores 8 in OASys", SPRING)


def test_a_part_scored_later_does_not_hide_what_was_scored_whole_before():
    known = needs_known([thinking("1"), Assessed(SPRING, "OASys", sums={THINKING: 5})])

    assert known[THINKING].value == Need.STANDARD
    assert known[THINKING].evidence.on == SPRING


def test_no_need_before_says_nothing_once_a_later_assessment_has_begun_to_score_it():
    known = needs_known([thinking("1", "2"), Assessed(SPRING, "OASys", sums={THINKING: 0})])

    assert known[THINKING].value is None
    assert known[THINKING].evidence.on == SUMMER


@pytest.mark.parametrize(
    "offending, harm, need",
    [
        ("yes", "no", Need.STANDARD),
        ("no", "yes", Need.STANDARD),
        ("yes", None, Need.STANDARD),
        ("no", "no", Need.NONE),
        ("no", None, None),
        (None, None, None),
    ],
)
def test_what_oasys_describes_and_does_not_score_is_a_need_where_it_is_linked(
    offending, harm, need
):
    said = {"emotional__offending": offending, "emotional__harm": harm}
    one = signed(**{key: answer for key, answer in said.items() if answer})

    assert needs_known([one])[EMOTIONAL].value == need


# Violence to a partner


@pytest.mark.parametrize(
    "code, part, violent",
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, True),
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.NOT_RECORDED, True),
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.AT_RISK, None),
        (Register.MARAC, Part.SOURCE, True),
        (Register.MARAC, Part.AT_RISK, None),  # the one who was harmed
        (Register.MARAC, Part.NOT_RECORDED, None),
        (Register.DOMESTIC_ABUSE_HISTORY, Part.SOURCE, True),
        (Register.DOMESTIC_ABUSE_VICTIM, Part.AT_RISK, None),
        (Register.CHILD_CONCERNS, Part.SOURCE, None),
    ],
)
def test_a_register_tells_of_violence_to_a_partner_by_the_part_they_play(code, part, violent):
    assert partner_violence_known([register(code, part)], [], []).value is violent


@pytest.mark.parametrize(
    "indicators, violent",
    [
        (["domestic_abuse", "violence"], True),
        (["violence"], False),
        (["none"], False),
        ([], None),
    ],
)
def test_the_screening_of_an_assessment_says_yes_or_no_or_was_never_answered(indicators, violent):
    one = signed(screening__indicators=indicators)

    assert partner_violence_known([], [one], []).value is violent


def test_a_register_and_an_offence_outweigh_an_assessment_that_says_no():
    says_no = [signed(screening__indicators=["none"])]
    abuse = register(Register.DOMESTIC_ABUSE_PERPETRATOR)

    by_register = partner_violence_known([abuse], says_no, [])
    by_offence = partner_violence_known([], says_no, [Convicted("00867", SPRING)])

    assert by_register.evidence == Evidence("Register: Domestic abuse perpetrator", SPRING)
    assert by_offence.evidence.words == "Convicted of controlling or coercive behaviour"
    assert by_register.value is by_offence.value is True


def test_a_register_that_was_raised_here_says_that_it_is_provisional():
    raised = Registered(Register.MARAC, part=Part.SOURCE, on=SPRING, provisional=True)

    known = partner_violence_known([raised], [], [])

    assert known.evidence.words == (
        "Register: MARAC, raised, and provisional until a signed assessment"
    )


def test_a_register_whose_part_nobody_recorded_keeps_an_assessment_from_saying_no():
    marac = register(Register.MARAC, Part.NOT_RECORDED)

    known = partner_violence_known([marac], [signed(screening__indicators=["none"])], [])

    assert known.value is None
    assert "Nobody has recorded what part they play" in known.evidence.words


@pytest.mark.parametrize(
    "code, part, violent",
    [
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, None),
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.NOT_RECORDED, None),
        (Register.DOMESTIC_ABUSE_PERPETRATOR, Part.AT_RISK, False),
        (Register.MARAC, Part.SOURCE, None),
        (Register.MARAC, Part.NOT_RECORDED, False),
        (Register.MARAC, Part.AT_RISK, False),
    ],
)
def test_a_register_that_has_ended_keeps_an_assessment_from_saying_no(code, part, violent):
    over = Deregistered(code, part, SPRING)
    says_no = signed(screening__indicators=["none"])

    assert partner_violence_known([], [says_no], [], [over]).value is violent


def test_a_register_that_has_ended_is_named_with_its_day_and_outweighs_no_yes():
    over = [Deregistered(Register.DOMESTIC_ABUSE_PERPETRATOR, Part.SOURCE, SPRING)]
    no_day = [Deregistered(Register.MARAC, Part.SOURCE, None)]
    says_yes = signed(screening__indicators=["domestic_abuse"])

    assert partner_violence_known([], [], [], over).evidence == Evidence(
        "Register that has ended: Domestic abuse perpetrator, ended 3 April 2018", SPRING
    )
    assert partner_violence_known([], [], [], no_day).evidence.words == (
        "Register that has ended: MARAC, the day is not recorded"
    )
    assert partner_violence_known([], [says_yes], [], over).value is True


# Violent offences


@pytest.mark.parametrize(
    "codes, violent",
    [
        (["04600", "00806"], True),  # shoplifting, and actual bodily harm
        (["03401"], True),  # robbery
        (["04600"], False),
        (["00811"], False),  # a weapon carried
        (["04600", ""], None),
        (["04600", "105"], None),  # a class that holds assaults and more
        (["", "00806"], True),
        ([], None),
    ],
)
def test_a_violent_offence_is_told_by_its_code_and_one_without_a_code_is_neither(codes, violent):
    assert violence_known([Convicted(code, SPRING) for code in codes]).value is violent


def test_the_latest_violent_offence_is_the_evidence():
    known = violence_known([Convicted("03401", SUMMER), Convicted("00806", SPRING)])

    assert known.evidence == Evidence("Convicted of robbery", SUMMER)
