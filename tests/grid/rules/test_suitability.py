"""Each criterion at its bound and just beyond it, worked by hand; and the whole against a plain statement of the rules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.reference.codes import ROSH_ORDER, Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.needs import Need
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.intervention_policy import Dose
from grid.rules.suitability import Criterion, judge, judge_all
from grid.rules.suitability_facts import Attached, Met
from tests.grid.suitable import (
    ALEX,
    EASY,
    GROUP,
    POLICY,
    STRICT,
    TODAY,
    choice,
    known,
    licence,
    needs,
    ordered,
    people,
    rar,
)  # fmt: skip

MET, NOT_MET, NOT_KNOWN = Met.MET, Met.NOT_MET, Met.NOT_KNOWN
BBR = INTERVENTIONS["building_better_relationships"]


def found(criterion, terms=STRICT, intervention=GROUP, **changed):
    """What is found of this criterion for Alex, changed so."""
    judged = judge(intervention, terms, replace(ALEX, **changed))
    return next(one for one in judged.findings if one.criterion is criterion)


def test_somebody_whom_everything_suits_is_told_of_every_criterion_in_order():
    judged = judge(GROUP, STRICT, ALEX)

    assert [one.criterion for one in judged.findings] == list(Criterion)
    assert {one.met for one in judged.findings} == {MET}
    assert (judged.verdict, judged.by, judged.required) == (MET, rar(), 12)


def test_a_criterion_of_which_nothing_is_asked_is_left_out():
    judged = judge(GROUP, EASY, ALEX)

    assert [one.criterion for one in judged.findings] == [
        Criterion.OFFERED,
        Criterion.HOOK,
        Criterion.TIME,
    ]


@pytest.mark.parametrize(
    ("criterion", "changed"),
    [
        (Criterion.SEX, {"sex": Sex.FEMALE}),
        (Criterion.HOOK, {"attached": (licence(),)}),
        (Criterion.TIME, {"attached": (rar(until=date(2018, 9, 15)),)}),
        (Criterion.LIKELIHOOD, {"likelihood": known(Decimal(75))}),
        (Criterion.HARM, {"harm": known(Rosh.HIGH)}),
        (Criterion.NEED, {"needs": needs(attitudes=Need.SEVERE)}),
        (Criterion.PARTNER_VIOLENCE, {"partner_violence": known(True)}),
        (Criterion.VIOLENCE, {"violence": known(False)}),
    ],
)
def test_every_criterion_alone_rules_somebody_out(criterion, changed):
    judged = judge(GROUP, STRICT, replace(ALEX, **changed))

    assert judged.verdict is NOT_MET
    assert [one.criterion for one in judged.findings if one.met is not MET] == [criterion]


@pytest.mark.parametrize(
    ("criterion", "changed"),
    [
        (Criterion.SEX, {"sex": Sex.UNKNOWN}),
        (Criterion.HOOK, {"attached": (rar(days_left=None),)}),
        (Criterion.TIME, {"attached": (rar(until=None),)}),
        (Criterion.TIME, {"held": True}),
        (Criterion.LIKELIHOOD, {"likelihood": known(None)}),
        (Criterion.HARM, {"harm": known(None)}),
        (Criterion.NEED, {"needs": needs(thinking=None)}),
        (Criterion.NEED, {"needs": {}}),
        (Criterion.PARTNER_VIOLENCE, {"partner_violence": known(None)}),
        (Criterion.VIOLENCE, {"violence": known(None)}),
    ],
)
def test_what_is_not_known_is_neither_met_nor_not_met(criterion, changed):
    judged = judge(GROUP, STRICT, replace(ALEX, **changed))

    assert judged.verdict is NOT_KNOWN
    assert [(one.criterion, one.met) for one in judged.findings if one.met is not MET] == [
        (criterion, NOT_KNOWN)
    ]


def test_one_that_is_not_met_outweighs_what_is_not_known():
    judged = judge(GROUP, STRICT, replace(ALEX, sex=Sex.FEMALE, harm=known(None)))

    assert judged.verdict is NOT_MET


def test_what_does_not_run_here_suits_nobody_by_whatever_hook():
    judged = judge(GROUP, replace(STRICT, offered=False, hooks=()), ALEX)

    assert [(one.criterion, one.words) for one in judged.findings if one.met is NOT_MET] == [
        (Criterion.OFFERED, "It does not run here at present"),
        (Criterion.HOOK, "The policy names nothing by which anybody could come"),
    ]
    assert judged.by is None


# One criterion at a time


@pytest.mark.parametrize(
    ("asked", "sex", "met", "words"),
    [
        (Sex.MALE, Sex.MALE, MET, "For men: they are recorded as a man"),
        (Sex.MALE, Sex.FEMALE, NOT_MET, "For men: they are recorded as a woman"),
        (Sex.FEMALE, Sex.FEMALE, MET, "For women: they are recorded as a woman"),
        (Sex.FEMALE, Sex.MALE, NOT_MET, "For women: they are recorded as a man"),
        (Sex.FEMALE, Sex.UNKNOWN, NOT_KNOWN, "For women: their sex is not recorded"),
    ],
)
def test_for_men_or_for_women(asked, sex, met, words):
    one = found(Criterion.SEX, replace(STRICT, sex=asked), sex=sex)

    assert (one.met, one.words) == (met, words)


@pytest.mark.parametrize(
    ("percent", "met"),
    [("0", NOT_MET), ("49.99", NOT_MET), ("50", MET), ("74", MET), ("74.01", NOT_MET)],
)
def test_likelihood_is_met_at_both_bounds(percent, met):
    assert found(Criterion.LIKELIHOOD, likelihood=known(Decimal(percent))).met is met


@pytest.mark.parametrize(
    ("from_percent", "to_percent", "percent", "words"),
    [
        (50, 100, "62", "For an OGRS3 of 50% or more: theirs is 62%, on 2 July 2018"),
        (50, 74, "62.5", "For an OGRS3 from 50% to 74%: theirs is 62.5%, on 2 July 2018"),
        (0, 74, "80.00", "For an OGRS3 of 74% at most: theirs is 80%, on 2 July 2018"),
        (50, 74, None, "For an OGRS3 from 50% to 74%: there is no score"),
    ],
)
def test_likelihood_says_what_is_asked_and_what_theirs_is(from_percent, to_percent, percent, words):
    terms = replace(STRICT, from_percent=from_percent, to_percent=to_percent)
    likelihood = known(percent and Decimal(percent), "OGRS3 from OASys")

    one = found(Criterion.LIKELIHOOD, terms, likelihood=likelihood)

    assert (one.words, one.evidence) == (words, likelihood.evidence)


@pytest.mark.parametrize(
    ("up_to", "level", "met"),
    [
        (Rosh.LOW, Rosh.LOW, MET),
        (Rosh.LOW, Rosh.MEDIUM, NOT_MET),
        (Rosh.MEDIUM, Rosh.LOW, MET),
        (Rosh.MEDIUM, Rosh.MEDIUM, MET),
        (Rosh.MEDIUM, Rosh.HIGH, NOT_MET),
        (Rosh.HIGH, Rosh.HIGH, MET),
        (Rosh.HIGH, Rosh.VERY_HIGH, NOT_MET),
        (Rosh.HIGH, None, NOT_KNOWN),
    ],
)
def test_harm_is_met_up_to_the_highest_that_may_come(up_to, level, met):
    assert found(Criterion.HARM, replace(STRICT, harm_up_to=up_to), harm=known(level)).met is met


@pytest.mark.parametrize(
    ("ete", "thinking", "met", "words"),
    [
        (Need.STANDARD, Need.SEVERE, MET,
         "They have one in thinking and behaviour (severe); education, training and employment (not severe)"),
        (Need.STANDARD, None, MET, "They have one in education, training and employment (not severe)"),
        (Need.NONE, Need.STANDARD, MET, "They have one in thinking and behaviour (not severe)"),
        (Need.NONE, Need.NONE, NOT_MET, "They are assessed as having none"),
        (Need.NONE, None, NOT_KNOWN, "Still to be assessed: thinking and behaviour"),
        (None, None, NOT_KNOWN,
         "Still to be assessed: education, training and employment; thinking and behaviour"),
    ],
)  # fmt: skip
def test_one_need_of_those_listed_is_enough_and_none_takes_all_to_be_known(
    ete, thinking, met, words
):
    terms = replace(STRICT, needs=(NeedArea.ETE, NeedArea.THINKING))

    one = found(Criterion.NEED, terms, needs=needs(ete=ete, thinking=thinking))

    asked = "For a need in one of: education, training and employment; thinking and behaviour. "
    assert (one.met, one.words) == (met, asked + words)


@pytest.mark.parametrize(
    ("asked", "is_so", "met"),
    [
        (True, True, MET),
        (True, False, NOT_MET),
        (True, None, NOT_KNOWN),
        (False, True, NOT_MET),
        (False, False, MET),
        (False, None, NOT_KNOWN),
    ],
)
@pytest.mark.parametrize("criterion", [Criterion.PARTNER_VIOLENCE, Criterion.VIOLENCE])
def test_what_must_or_must_not_have_been_done(criterion, asked, is_so, met):
    one = found(
        criterion, replace(STRICT, **{criterion: asked}), **{criterion: known(is_so, "Register")}
    )

    assert one.met is met
    assert one.words.startswith("For people" if asked else "Not for people")
    assert one.evidence.words == "Register"


# By what they come


ANY = (Hook.PROGRAMME, Hook.RAR, Hook.LICENCE, Hook.VOLUNTARY)


@pytest.mark.parametrize(
    ("attached", "by", "required"),
    [
        ((licence(), rar()), rar(), 12),  # the order of Hook, not that of the sentences
        ((rar(until=date(2018, 8, 2)), licence()), licence(), 12),  # ended yesterday
        ((rar(days_left=0), licence()), licence(), 12),
        ((rar(days_left=None), licence()), licence(), 12),
        ((rar(days_left=4), licence()), licence(), 12),  # by which all of it can be asked for
        ((rar(days_left=4), rar(days_left=9)), rar(days_left=9), 9),
        ((rar(until=date(2018, 9, 1)), licence()), licence(), 12),  # ends too soon
        ((rar(until=None), licence()), licence(), 12),
        ((ordered("resolve"), licence()), licence(), 12),
        ((rar(days_left=4), choice()), rar(days_left=4), 4),
        ((rar(days_left=0), choice()), choice(), 0),
        ((choice(),), choice(), 0),
    ],
)
def test_the_first_thing_by_which_they_can_come_is_used(attached, by, required):
    judged = judge(BBR, replace(EASY, hooks=ANY), replace(ALEX, attached=attached))

    assert (judged.verdict, judged.by, judged.required) == (MET, by, required)


@pytest.mark.parametrize(
    ("attached", "met", "words"),
    [
        (rar(), MET,
         "They can be required to come: Rehabilitation activity requirement, 20 days, 20 left"),
        (rar(days_left=12), MET,
         "They can be required to come: Rehabilitation activity requirement, 20 days, 12 left"),
        (rar(days_left=11), MET,
         "They can be required to come to 11 of the 12 sessions, and to the rest by their own choice: "
         "Rehabilitation activity requirement, 20 days, 11 left"),
        (rar(days_left=0), NOT_MET,
         "They could come by the programme requirement or the rehabilitation activity requirement: "
         "no day is left of the rehabilitation activity requirement"),
        (rar(days_left=None), NOT_KNOWN,
         "Whether they can be required to come is not known: "
         "how many days are left of the rehabilitation activity requirement is not recorded"),
        (rar(until=date(2018, 8, 2)), NOT_MET,
         "They could come by the programme requirement or the rehabilitation activity requirement: "
         "the rehabilitation activity requirement ended on 2 August 2018"),
        (rar(until=TODAY), MET,  # its last day: there is no time, which is another question
         "They can be required to come: Rehabilitation activity requirement, 20 days, 20 left"),
        (ordered(BBR.code), MET,
         "They can be required to come: Programme requirement: building_better_relationships"),
        (ordered("resolve"), NOT_MET,
         "They could come by the programme requirement or the rehabilitation activity requirement: "
         "the court ordered Resolve"),
        (ordered(""), NOT_KNOWN,
         "Whether they can be required to come is not known: which programme the court ordered is not known"),
        (licence(), NOT_MET,
         "They could come by the programme requirement or the rehabilitation activity requirement: "
         "nothing of the kind is attached to their sentences"),
    ],
)  # fmt: skip
def test_each_hook_says_what_it_allows(attached, met, words):
    terms = replace(STRICT, hooks=(Hook.PROGRAMME, Hook.RAR))

    one = found(Criterion.HOOK, terms, BBR, attached=(attached,))

    assert (one.met, one.words) == (met, words)


def test_what_leaves_too_little_time_is_named_before_what_could_not_be_used_at_all():
    terms = replace(STRICT, hooks=(Hook.RAR, Hook.VOLUNTARY))
    short = choice(until=date(2018, 8, 20))

    judged = judge(GROUP, terms, replace(ALEX, attached=(rar(days_left=0), short)))

    assert judged.by == short
    assert [one.criterion for one in judged.findings if one.met is NOT_MET] == [Criterion.TIME]


def test_what_stands_against_two_of_one_kind_alike_is_said_once():
    terms = replace(STRICT, hooks=(Hook.PROGRAMME, Hook.LICENCE))
    attached = (ordered("resolve"), ordered("resolve", until=date(2019, 4, 1)), licence())

    one = found(Criterion.HOOK, terms, BBR, attached=attached)

    assert one.words == (
        "They can be required to come: Licence condition: participation in programme; "
        "the court ordered Resolve"
    )


@pytest.mark.parametrize(
    ("sex", "evidence"),
    [(Sex.FEMALE, "Their details"), (Sex.UNKNOWN, "Nobody has recorded their sex")],
)
def test_their_own_record_and_not_the_policy_says_what_sex_and_sentences_they_have(sex, evidence):
    judged = judge(GROUP, STRICT, replace(ALEX, sex=sex, attached=()))
    said = {one.criterion: one.evidence for one in judged.findings}

    assert said[Criterion.SEX].words == evidence
    assert said[Criterion.HOOK].words == "Their sentences"
    assert said[Criterion.OFFERED] is None


def test_days_that_are_not_counted_are_never_used_up():
    terms = replace(STRICT, days_counted=False)

    judged = judge(GROUP, terms, replace(ALEX, attached=(rar(days_left=0),)))

    assert (judged.verdict, judged.required) == (MET, 12)


def test_what_stood_before_their_own_choice_is_said():
    terms = replace(STRICT, hooks=(Hook.RAR, Hook.VOLUNTARY))

    one = found(Criterion.HOOK, terms, attached=(rar(days_left=0), choice()))

    assert one.words == (
        "They can come by their own choice, and cannot be required to; "
        "no day is left of the rehabilitation activity requirement"
    )


def test_they_can_always_choose_to_come_but_until_when_is_another_question():
    terms = replace(EASY, hooks=(Hook.VOLUNTARY,))

    judged = judge(GROUP, terms, replace(ALEX, attached=()))

    assert [one.met for one in judged.findings] == [MET, MET, NOT_KNOWN]
    assert judged.by.hook is Hook.VOLUNTARY


# Time


@pytest.mark.parametrize(
    ("today", "sessions", "a_week", "until", "met"),
    [
        (date(2018, 8, 3), 12, 2, date(2018, 9, 16), MET),  # six weeks from Monday 6 August
        (date(2018, 8, 3), 12, 2, date(2018, 9, 15), NOT_MET),
        (date(2018, 8, 3), 13, 2, date(2018, 9, 16), NOT_MET),  # a seventh week is begun
        (date(2018, 8, 3), 13, 2, date(2018, 9, 23), MET),
        (date(2018, 8, 5), 12, 2, date(2018, 9, 16), MET),  # a Sunday: tomorrow
        (date(2018, 8, 6), 12, 2, date(2018, 9, 16), NOT_MET),  # a Monday: in a week
        (date(2018, 8, 6), 12, 2, date(2018, 9, 23), MET),
        (date(2018, 8, 3), 1, 7, date(2018, 8, 12), MET),
        (date(2018, 8, 3), 1, 7, date(2018, 8, 11), NOT_MET),
    ],
)
def test_the_whole_of_it_must_fit_begun_next_monday(today, sessions, a_week, until, met):
    terms = replace(STRICT, dose=Dose(sessions, 120, a_week))

    assert found(Criterion.TIME, terms, today=today, attached=(rar(until=until),)).met is met


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "12 sessions, 2 a week at most: begun on Monday 6 August 2018 it would end by "
         "16 September 2018, and the rehabilitation activity requirement runs until 1 March 2019"),
        ({"attached": (rar(until=date(2018, 9, 15)),)},
         "12 sessions, 2 a week at most: begun on Monday 6 August 2018 it would end by "
         "16 September 2018, and the rehabilitation activity requirement ends on 15 September 2018"),
        ({"attached": (rar(until=None),)},
         "12 sessions, 2 a week at most: begun on Monday 6 August 2018 it would end by "
         "16 September 2018, and when the rehabilitation activity requirement ends is not recorded"),
        ({"held": True}, "12 sessions, 2 a week at most: they are in custody, and it can begin only once "
         "they are released"),
    ],
)  # fmt: skip
def test_time_says_the_day_by_which_it_would_end(changed, words):
    assert found(Criterion.TIME, **changed).words == words


BEGUN = date(2018, 5, 3)


@pytest.mark.parametrize(
    ("until", "begun_on", "met"),
    [
        (date(2018, 9, 16), BEGUN, MET),  # even the whole of it fits
        (date(2018, 9, 15), BEGUN, NOT_KNOWN),
        (TODAY, BEGUN, NOT_KNOWN),  # the last session may be today
        (date(2018, 8, 2), BEGUN, NOT_MET),  # it is over
        (date(2018, 9, 15), None, NOT_MET),
        (None, BEGUN, NOT_KNOWN),
    ],
)
def test_of_a_programme_under_way_a_part_is_done_and_nobody_knows_how_much(until, begun_on, met):
    terms = replace(STRICT, hooks=(Hook.PROGRAMME,))

    judged = judge(BBR, terms, replace(ALEX, attached=(ordered(BBR.code, until, begun_on),)))

    assert [one.met for one in judged.findings if one.criterion is Criterion.TIME] == (
        [] if until == date(2018, 8, 2) else [met]
    )
    assert judged.verdict is met


def test_a_programme_under_way_says_when_it_began_and_what_is_not_recorded():
    terms = replace(STRICT, hooks=(Hook.PROGRAMME,), dose=Dose(24, 120, 2))
    under_way = ordered(BBR.code, date(2018, 9, 15), BEGUN)

    assert found(Criterion.TIME, terms, BBR, attached=(under_way,)).words == (
        "It began on 3 May 2018; how many of its 24 sessions are left is not recorded, "
        "and the programme requirement ends on 15 September 2018"
    )


def test_a_short_end_beside_one_that_nobody_recorded_leaves_time_not_known():
    terms = replace(STRICT, hooks=(Hook.VOLUNTARY,))
    ends = (choice(until=date(2018, 8, 20)), choice(until=None))

    assert found(Criterion.TIME, terms, attached=ends).met is NOT_KNOWN


def test_no_release_makes_time_where_there_is_none():
    """Whenever they are released, it is later than next Monday."""
    one = found(Criterion.TIME, held=True, attached=(rar(until=date(2018, 9, 15)),))

    assert one.met is NOT_MET


def test_supervision_that_is_over_leaves_no_time_even_by_choice():
    terms = replace(STRICT, hooks=(Hook.VOLUNTARY,))

    one = found(Criterion.TIME, terms, attached=(choice(until=date(2018, 8, 2)),))

    assert one.met is NOT_MET
    assert one.words.endswith("their supervision ended on 2 August 2018")


# Everybody, against the rules told again as yes (True), no (False) and not known (None)

WORSE = {False: 0, None: 1, True: 2}
SAYS = {True: MET, False: NOT_MET, None: NOT_KNOWN}


def at_worst(answers):
    return min(answers, key=WORSE.get)


def at_best(answers):
    return max(answers, key=WORSE.get, default=False)


def whether(value, test):
    return None if value is None else test(value)


def comes_in_time(code, terms, person, attached: Attached):
    days = 7 * len(range(0, terms.dose.sessions, terms.dose.a_week))
    monday = next(
        day for n in range(1, 8) if (day := person.today + timedelta(days=n)).isoweekday() == 1
    )
    last = monday + timedelta(days=days - 1)
    time = whether(attached.until, lambda until: until >= last)
    if time is False and attached.begun_on and attached.until >= person.today:
        time = None  # a part of it is done
    if person.held and time:
        time = None
    if attached.hook == "voluntary":
        return time
    usable = attached.until is None or attached.until >= person.today
    if usable and attached.hook == "programme":
        usable = {code: True, "": None}.get(attached.ordered, False)
    if usable and attached.hook == "rar" and terms.days_counted:
        usable = whether(attached.days_left, lambda left: left >= 1)
    return at_worst([usable, time])


def again(code, terms, person):
    attached = [one for one in person.attached if one.hook in terms.hooks]
    ways = [comes_in_time(code, terms, person, one) for one in attached]
    if Hook.VOLUNTARY in terms.hooks and not any(one.hook == "voluntary" for one in attached):
        ways.append(None)
    answers = [terms.offered, at_best(ways)]
    if terms.sex:
        answers.append({"M": terms.sex == "M", "F": terms.sex == "F"}.get(person.sex))
    score = person.likelihood.value
    if terms.from_percent > 0 or terms.to_percent < 100:
        answers.append(
            whether(score, lambda n: not (n < terms.from_percent or n > terms.to_percent))
        )
    worst = ROSH_ORDER[terms.harm_up_to]
    if worst < ROSH_ORDER[Rosh.VERY_HIGH]:
        answers.append(whether(person.harm.value, lambda level: not ROSH_ORDER[level] > worst))
    if terms.needs:
        answers.append(
            at_best(
                whether(person.needs[area].value, lambda need: need != "none")
                for area in terms.needs
            )
        )
    for asked, record in (
        (terms.partner_violence, person.partner_violence),
        (terms.violence, person.violence),
    ):
        if asked is not None:
            answers.append(whether(record.value, lambda so, asked=asked: so if asked else not so))
    return SAYS[at_worst(answers)]


def test_everybody_is_judged_as_the_rules_told_again_judge_them():
    seen = set()
    for person in people():
        for judged in judge_all(person, POLICY):
            code = judged.intervention.code
            assert judged.verdict is again(code, judged.terms, person), (code, person)
            seen.add((code, judged.verdict))

    # Whatever is in the catalogue suited somebody, did not suit somebody else, and was left open for another
    assert seen == {(code, verdict) for code in INTERVENTIONS for verdict in Met}


def test_the_whole_catalogue_is_judged_in_its_order():
    judged = judge_all(ALEX, POLICY)

    assert [one.intervention for one in judged] == list(INTERVENTIONS.values())
    assert TODAY.isoweekday() == 5  # what is worked by hand above begins on a Friday
