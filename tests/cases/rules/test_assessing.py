from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import ROSH_ORDER, Rosh
from cases.reference.harm import AnalysisPart, Behaviour, HarmGroup, Relevance, VictimKind
from cases.reference.needs import ITEMS
from cases.reference.questions import QUESTIONS, of_area, of_group, of_pattern
from cases.rules import assessing
from cases.rules.assessing import (
    FULL_ANALYSIS,
    LEVELS_ASKED,
    AssessingFacts,
    Required,
    full_analysis_is_indicated,
    overall_harm,
)
from cases.rules.assessing_policy import AssessingPolicy
from cases.rules.gaps import Weight, countersigns, gates, warnings
from cases.rules.patterns import Episode, asked_of, patterns_of

TODAY = date(2018, 10, 15)
POLICY = AssessingPolicy(1, 95, 14, 4, 5)
ANALYSED = Required(CheckKind.POLICE, 7, EnquiryState.ANALYSED, triggered_on=TODAY)
WAITING = Required(
    CheckKind.POLICE, 7, EnquiryState.SENT, TODAY + timedelta(days=3), TODAY - timedelta(days=2)
)
WOUNDING = Episode(
    "wound", Behaviour.VIOLENCE, VictimKind.NOT_RECORDED, "wounding", date(2004, 3, 1), 7, "Conviction"
)  # fmt: skip
BODILY_HARM = replace(
    WOUNDING, key="abh", what="assault occasioning actual bodily harm", on=date(2009, 3, 1), seriousness=6
)  # fmt: skip
ROBBERY = replace(BODILY_HARM, key="rob", what="robbery", on=date(1999, 3, 1))
ASSAULT = replace(BODILY_HARM, key="ca", what="common assault", on=date(1996, 3, 1), seriousness=4)
CALL_OUT = Episode(
    "call", Behaviour.DOMESTIC_ABUSE, VictimKind.KNOWN_ADULT, "police call-out", TODAY, 5, "Police"
)  # fmt: skip
HONEST = "It was against a neighbour when he drank; he has drunk nothing for nine years."
LONG = (
    "He grew up with violence, left home at fifteen, and drank from then until his order in 2012."
)


def whole(**changes):
    """An assessment with nothing to do: low to everybody, no past, the police answered."""
    answers = {
        "screening.indicators": ["none"],
        **{of_group(group, "level"): Rosh.LOW for group in LEVELS_ASKED},
        **{of_area(area, code): "0" for area, items in ITEMS.items() for code, _ in items},
    }
    return replace(AssessingFacts(answers=answers, required=(ANALYSED,)), **changes)


def answering(facts, **answers):
    """These answers besides; with __ for a stop, and None for a blank."""
    said = {code.replace("__", "."): value for code, value in answers.items()}
    merged = {**facts.answers, **said}
    return replace(facts, answers={code: one for code, one in merged.items() if one is not None})


def with_past(*episodes, facts=None):
    """With these episodes, and the full analysis that they call for."""
    facts = replace(facts or whole(), patterns=patterns_of(episodes))
    return replace(facts, answers={**facts.answers, **dict.fromkeys(FULL_ANALYSIS, HONEST)})


def answered(facts, words=HONEST, relevance=Relevance.PAST):
    """Each item of past behaviour answered, about what is known now."""
    said = {}
    for asked in asked_of(facts.patterns):
        said[of_pattern(asked.key, "relevance")] = relevance
        said[of_pattern(asked.key, "words")] = words
        said[of_pattern(asked.key, "covers")] = list(asked.covers)
    return replace(facts, answers={**facts.answers, **said})


def to_do(facts, today=TODAY):
    return assessing.to_do(facts, POLICY, today)


def shut(facts):
    return {one.key for one in gates(to_do(facts))}


def warned(facts):
    return {one.key for one in warnings(to_do(facts))}


def seniors(facts):
    return {one.key for one in countersigns(to_do(facts))}


def test_an_assessment_with_nothing_missing_has_nothing_to_do():
    assert to_do(whole()) == []


def test_each_thing_found_says_where_it_is_mended_in_a_whole_sentence_with_its_rule():
    facts = replace(
        AssessingFacts(), patterns=patterns_of([WOUNDING, CALL_OUT]), required=(WAITING,)
    )

    for one in to_do(facts):
        assert one.question or one.check
        assert one.sentence[0].isupper()
        assert one.sentence.endswith((".", "?"))
        assert one.rule_and_source.endswith("(local policy)")


def test_gates_come_first():
    facts = replace(with_past(WOUNDING), required=())
    facts = answering(facts, accommodation__nfa=None)

    assert [one.weight for one in to_do(facts)] == [
        Weight.GATE,
        Weight.WARNING,
        Weight.COUNTERSIGN,
    ]


# Checks


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (Required(CheckKind.CHILDREN), "Children's social care: the check has never been made."),
        (
            replace(WAITING, state=EnquiryState.DUE),
            "Police: the check has not been sent. It was called for on 13 October 2018.",
        ),
        (
            replace(WAITING, state=EnquiryState.REPLIED),
            "Police: the reply has not been read and analysed.",
        ),
        (
            replace(WAITING, state=EnquiryState.NOT_NEEDED, due_on=None),
            "Police: the check was said not to be needed, and it is.",
        ),
        (
            replace(WAITING, due_on=TODAY - timedelta(days=1)),
            "Police: no reply, and it was to be chased by 14 October 2018.",
        ),
    ],
    ids=["never made", "not sent", "not read", "waved away", "not chased"],
)
def test_a_check_that_is_neither_analysed_nor_chased_on_time_shuts_the_gate(check, says):
    facts = whole(required=(check,), plan_until=TODAY, plan_covers=frozenset({7}))

    found = gates(to_do(facts))

    assert [(one.sentence, one.check) for one in found] == [(says, check.enquiry)]


@pytest.mark.parametrize(
    ("until", "covers", "open_"),
    [
        (TODAY, {7}, True),
        (TODAY - timedelta(days=1), {7}, False),
        (None, set(), False),
        (TODAY, {8}, False),
    ],
    ids=["holds", "ran out", "none", "of something else"],
)
def test_one_that_is_waited_for_passes_only_while_an_interim_plan_holds_for_it(
    until, covers, open_
):
    facts = whole(required=(WAITING,), plan_until=until, plan_covers=frozenset(covers))

    assert (shut(facts) == set()) is open_


def test_each_check_is_a_gap_of_its_own():
    other = replace(WAITING, enquiry=8)

    assert shut(whole(required=(WAITING, other, ANALYSED))) == {"enquiry:7", "enquiry:8"}


# Past behaviour


def test_past_violence_is_named_offence_by_offence():
    facts = with_past(WOUNDING, BODILY_HARM, ROBBERY, ASSAULT)

    assert [one.sentence for one in gates(to_do(facts))] == [
        "Past violence is not answered: wounding (2004), assault occasioning actual bodily harm (2009), "
        "robbery (1999), common assault (1996).",
        "The most serious of all is not answered by itself: wounding (2004).",
        "The most recent of all is not answered by itself: assault occasioning actual bodily harm (2009).",
    ]


def test_answered_it_is_open():
    assert shut(answered(with_past(WOUNDING, ROBBERY))) == set()


@pytest.mark.parametrize("relevance", list(Relevance))
def test_whatever_is_said_of_it_in_words_opens_the_gate(relevance):
    assert shut(answered(with_past(WOUNDING), relevance=relevance)) == set()


def test_the_honest_not_known_passes():
    facts = answered(
        with_past(WOUNDING),
        "Asked twice, declined to speak of it, and we read the court papers and asked the police.",
        Relevance.NOT_KNOWN,
    )

    assert shut(facts) == warned(facts) == set()


@pytest.mark.parametrize("missing", ["relevance", "words"])
def test_half_an_answer_is_none(missing):
    key = patterns_of([WOUNDING])[0].key
    facts = answered(with_past(WOUNDING))
    left = {code: one for code, one in facts.answers.items() if code != of_pattern(key, missing)}

    found = gates(to_do(replace(facts, answers=left)))

    assert [one.question for one in found] == [of_pattern(key, missing)]


def test_what_came_since_it_was_answered_opens_it_again_and_is_named():
    facts = answered(with_past(ROBBERY))
    since = replace(facts, patterns=patterns_of([ROBBERY, ASSAULT]))

    said = {one.key: one.sentence for one in gates(to_do(since))}

    assert said[f"pattern:{since.patterns[0].key}"] == (
        "Past violence is not answered: new since it was answered, common assault (1996)."
    )


def test_an_answer_about_no_episode_covers_none():
    facts = answered(with_past(WOUNDING))
    key = of_pattern(facts.patterns[0].key, "covers")

    assert shut(replace(facts, answers={**facts.answers, key: []}))


@pytest.mark.parametrize("typed", ["x", ".", "n/a", "see above", "asdf"])
def test_what_is_typed_to_get_past_the_box_does_not(typed):
    facts = with_past(WOUNDING, CALL_OUT)

    assert shut(answered(facts, words=typed)) >= shut(facts)


def test_a_stock_phrase_about_it_warns_and_does_not_shut_the_gate():
    facts = answered(with_past(WOUNDING), "Risk not linked to current index offence.")

    assert (shut(facts), warned(facts)) == (set(), {"stock:pattern.violence-not_recorded.words"})


# Risk of serious harm


def test_the_screening_is_answered():
    facts = answering(whole(), screening__indicators=None)

    found = gates(to_do(facts))

    assert [one.key for one in found] == ["screening"]
    assert not found[0].may_override


@pytest.mark.parametrize("group", LEVELS_ASKED)
def test_each_group_has_a_level(group):
    facts = answering(whole(), **{f"harm__{group}__level": None})

    found = gates(to_do(facts))

    assert [(one.question, one.may_override) for one in found] == [
        (of_group(group, "level"), False)
    ]


def test_prisoners_only_where_somebody_says_so():
    assert to_do(answering(whole(), harm__prisoners__level=Rosh.LOW)) == []


@pytest.mark.parametrize("level", [Rosh.MEDIUM, Rosh.HIGH, Rosh.VERY_HIGH])
@pytest.mark.parametrize("group", list(HarmGroup))
def test_from_medium_upwards_it_says_who_what_and_when(group, level):
    facts = answering(whole(), **{f"harm__{group}__level": level})

    assert shut(facts) == {f"blank:harm.{group}.{what}" for what in ("who", "nature", "when")}
    said = {f"harm__{group}__{what}": HONEST for what in ("who", "nature", "when")}
    assert shut(answering(facts, **said)) == set()


@pytest.mark.parametrize("what", ["who", "nature", "when"])
def test_nor_does_it_get_past_who_what_and_when(what):
    code = of_group(HarmGroup.CHILDREN, what)
    level = {of_group(HarmGroup.CHILDREN, "level"): Rosh.MEDIUM}
    said = {of_group(HarmGroup.CHILDREN, one): HONEST for one in ("who", "nature", "when")}

    assert shut(answering(whole(), **level, **said | {code: "N/A"})) == {f"blank:{code}"}


@pytest.mark.parametrize(
    "facts",
    [
        answering(whole(), screening__indicators=["arson"]),
        whole(concern=True),
        answered(replace(whole(), patterns=patterns_of([WOUNDING]))),
    ],
    ids=["the screening", "a register", "the past"],
)
def test_the_full_analysis_is_not_skipped_where_it_is_indicated(facts):
    assert full_analysis_is_indicated(facts)
    assert shut(facts) == {f"blank:{code}" for code in FULL_ANALYSIS}


def test_nor_asked_for_where_nothing_calls_for_it():
    assert not full_analysis_is_indicated(whole())


# Domestic abuse


def abusive(**answers):
    facts = answering(whole(abusive=True), **answers)
    return replace(facts, answers={**facts.answers, **dict.fromkeys(FULL_ANALYSIS, HONEST)})


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, {"sara.done"}),
        ({"sara__done": "done"}, {"sara.partner", "sara.summary"}),
        ({"sara__done": "done", "sara__partner": "high"}, {"sara.summary"}),
        ({"sara__done": "done", "sara__partner": "high", "sara__summary": HONEST}, set()),
        ({"sara__done": "not_done"}, {"sara.because"}),
        ({"sara__done": "not_done", "sara__because": "He declined; police and partner asked."}, set()),
    ],
)  # fmt: skip
def test_domestic_abuse_has_its_sara_or_why_not(answers, missing):
    assert shut(abusive(**answers)) == {f"blank:{code}" for code in missing}


@pytest.mark.parametrize(
    "facts",
    [
        answering(whole(), screening__indicators=["domestic_abuse"]),
        answered(with_past(CALL_OUT)),
    ],
    ids=["the screening says so", "a call-out does"],
)
def test_a_report_of_it_is_enough(facts):
    assert "blank:sara.done" in shut(facts)


# When a senior signs as well


def at(level, facts=None):
    """At this level to the public, with its words and its reasons."""
    said = {f"harm__public__{what}": HONEST for what in ("who", "nature", "when")}
    return answering(facts or whole(), harm__public__level=level, harm__because=HONEST, **said)


@pytest.mark.parametrize("raised", list(Rosh))
@pytest.mark.parametrize("level", list(Rosh))
def test_a_level_below_one_that_was_raised_has_reasons_and_two_signatures(raised, level):
    facts, below = replace(at(level), raised=raised), ROSH_ORDER[level] < ROSH_ORDER[raised]

    assert seniors(facts) == ({"below_raised"} if below else set())
    assert shut(facts) == set()
    assert shut(answering(facts, harm__because=None)) == ({"raised"} if below else set())


@pytest.mark.parametrize("in_force", ["", *Rosh])
@pytest.mark.parametrize("level", list(Rosh))
def test_one_lower_than_the_level_in_force_has_two(in_force, level):
    lower = ROSH_ORDER[level] < ROSH_ORDER.get(in_force, 0)

    assert seniors(replace(at(level), in_force=in_force)) == ({"lower"} if lower else set())


@pytest.mark.parametrize("level", list(Rosh))
def test_low_beside_any_past_behaviour_has_two(level):
    facts = answered(at(level, with_past(WOUNDING)))

    assert seniors(facts) == ({"low"} if level == Rosh.LOW else set())
    assert shut(facts) == set()


def test_the_overall_level_is_the_highest_of_any_group():
    answers = {of_group(HarmGroup.STAFF, "level"): Rosh.HIGH, of_group(HarmGroup.PUBLIC, "level"): Rosh.LOW}  # fmt: skip

    assert (overall_harm(answers), overall_harm({})) == (Rosh.HIGH, "")


# Warnings


@pytest.mark.parametrize("code", FULL_ANALYSIS)
def test_a_stock_phrase_in_the_full_analysis_warns(code):
    facts = answering(with_past(), **{code.replace(".", "__"): "As above"})

    assert (shut(facts), warned(facts)) == (set(), {f"stock:{code}"})


def test_but_not_where_the_question_is_not_asked_any_more():
    assert warned(answering(whole(), harm__public__who="n/a")) == set()


def test_nothing_else_is_an_honest_answer():
    assert warned(answering(whole(), managing__other="None")) == set()


@pytest.mark.parametrize(
    ("now", "alike"),
    [(LONG, True), (LONG.upper() + " ", True), (LONG + " Since then he has had two relapses, in 2016 and this spring.", False)],
    ids=["the same", "in capitals", "brought up to date"],
)  # fmt: skip
def test_text_hardly_touched_since_before_the_offence_warns_once_for_each_part(now, alike):
    before = {"relationships.notes": LONG, "drugs.notes": LONG, "harm.reduce": LONG}
    said = {code.replace(".", "__"): now for code in before}

    found = warned(answering(whole(before=before), **said))

    assert found == ({"alike:needs", "alike:harm"} if alike else set())


def test_a_pattern_answered_word_for_word_as_before_the_offence_is_asked_about_too():
    facts = answered(with_past(WOUNDING), LONG)

    assert warned(replace(facts, before=facts.answers)) == {
        "alike:patterns",
        "alike:harm",
    }


def test_what_is_short_may_well_be_the_same():
    facts = answering(whole(before={"drugs.notes": "Uses none."}), drugs__notes="Uses none.")

    assert warned(facts) == set()


def test_what_was_pulled_forward_and_not_confirmed_is_one_warning_with_the_number():
    facts = answering(whole(carried=frozenset({"drugs.notes", "ete.notes"})), drugs__notes=LONG, ete__notes=LONG)  # fmt: skip

    found = warnings(to_do(facts))

    assert [one.key for one in found] == ["carried"]
    assert found[0].sentence == "2 answers brought forward and not confirmed."


def test_unless_nobody_is_asked_it_any_more():
    carried = frozenset({"pattern.gone.words", "harm.public.who"})
    facts = whole(carried=carried)

    assert (
        warned(replace(facts, answers={**facts.answers, **dict.fromkeys(carried, LONG)})) == set()
    )


def test_what_is_not_scored_is_one_warning_that_names_the_areas():
    facts = answering(whole(), drugs__current=None, drugs__injected=None, attitudes__change=None)

    found = warnings(to_do(facts))

    assert [(one.key, one.question) for one in found] == [("unscored", "drugs.current")]
    assert found[0].sentence == "Not scored throughout: drugs and attitudes."


def test_not_known_is_an_answer_to_an_item():
    assert warned(answering(whole(), drugs__current="unknown")) == set()


# Of all of them

CODES = sorted(code for code, one in QUESTIONS.items() if one.part != AnalysisPart.SELF)


@given(
    blank=st.sets(st.sampled_from(CODES)),
    level=st.sampled_from(list(Rosh)),
    past=st.sets(st.sampled_from([WOUNDING, ROBBERY, ASSAULT, CALL_OUT])),
)
def test_no_answer_more_ever_shuts_a_gate_on_the_same_level(blank, level, past):
    facts = at(level, answered(with_past(*past)))
    less = replace(facts, answers={c: a for c, a in facts.answers.items() if c not in blank})
    kept = {of_group(group, "level") for group in HarmGroup} | {"screening.indicators", "sara.done"}

    if not blank & kept:
        assert shut(facts) <= shut(less)


@given(st.sets(st.sampled_from([WOUNDING, BODILY_HARM, ROBBERY, ASSAULT, CALL_OUT]), min_size=1))
def test_a_key_is_found_once(past):
    found = [one.key for one in to_do(with_past(*past, facts=AssessingFacts()))]

    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1, "1 person on record as a victim is not named among those who could be hurt."),
        (2, "2 people on record as victims are not named among those who could be hurt."),
    ],
)
def test_a_victim_on_record_whom_nobody_named_is_warned_of(number, says):
    facts = whole(victims_not_named=number)

    assert [one.sentence for one in warnings(to_do(facts))] == [says]


@pytest.mark.parametrize(
    ("subject", "indicator", "says"),
    [
        ("children", "child", "“No” on children, and a register in force is about one."),
        ("domestic_abuse", "domestic_abuse", "“No” on domestic abuse, and a register in force is about it."),
    ],
)  # fmt: skip
def test_a_no_of_the_screening_against_a_register_is_warned_of(subject, indicator, says):
    facts = whole(on_register=frozenset({subject}))

    assert [one.sentence for one in warnings(to_do(facts))] == [f"The assessment says {says}"]
    assert f"record:{subject}" not in warned(answering(facts, screening__indicators=[indicator]))
    assert f"record:{subject}" not in warned(answering(facts, screening__indicators=None))
    assert warned(whole()) == set()
