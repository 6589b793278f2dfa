from itertools import permutations

import pytest

from cases.queries.assessing import assessing_facts
from cases.reference.harm import AnalysisPart, AssessmentState
from cases.reference.questions import of_pattern
from cases.rules.patterns import asked_of
from cases.services.answering import answer_part
from staff.errors import RuleBroken
from staff.models import Entry
from staff.rules.merging import marks
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    OffenceFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HARM = AnalysisPart.HARM
DRIVES, HELPS, WHY = "harm.increase", "harm.reduce", "harm.because"


@pytest.fixture
def assessment():
    return AssessmentFactory()


def answered(assessment, part=HARM, *, seen=None, by=None, today=TODAY, given=None, **more):
    outcome = answer_part(
        assessment=assessment,
        part=part,
        given=given or {},
        seen=seen or {},
        by=by or assessment.case.officer,
        today=today,
        now=NOW,
        **more,
    )
    assessment.refresh_from_db()
    return outcome


# One writer


def test_answers_are_put_in_place_by_their_codes(assessment):
    answered(assessment, given={DRIVES: " Drink.\r\nDebt. ", "harm.public.level": "RMRH"})

    assert assessment.answers == {DRIVES: "Drink.\nDebt.", "harm.public.level": "RMRH"}


def test_a_blank_answer_is_absent_and_never_nought(assessment):
    answered(assessment, AnalysisPart.NEEDS, given={"drugs.current": "0", "drugs.major": ""})

    assert assessment.answers == {"drugs.current": "0"}


def test_an_answer_that_is_cleared_is_gone(assessment):
    answered(assessment, given={DRIVES: "Drink."})

    answered(assessment, given={DRIVES: ""}, seen=marks(assessment.answers, [DRIVES]))

    assert assessment.answers == {}


@pytest.mark.parametrize(
    ("part", "given"),
    [
        (HARM, {"drugs.current": "0"}),
        (HARM, {"harm.nobody.level": "RLRH"}),
        (AnalysisPart.PATTERNS, {"pattern.violence-child.relevance": "now"}),
    ],
)
def test_a_question_that_is_not_of_the_part_is_refused(assessment, part, given):
    with pytest.raises(RuleBroken, match="not a question of this part"):
        answered(assessment, part, given=given)

    assert assessment.answers == {}


@pytest.mark.parametrize(
    "given",
    [
        {"harm.public.level": "LOW"},
        {"screening.indicators": ["violence", "rubbish"]},
        {"screening.indicators": ["none", "violence"]},
        {DRIVES: "x" * 10_001},
        {DRIVES: 7},
    ],
)
def test_what_cannot_be_an_answer_is_refused_whole(assessment, given):
    with pytest.raises(RuleBroken):
        answered(assessment, given={HELPS: "Work."} | given)

    assessment.refresh_from_db()
    assert assessment.answers == {}


@pytest.mark.parametrize("state", sorted(set(AssessmentState) - {AssessmentState.DRAFT}))
def test_one_that_is_no_longer_written_is_not_answered(state):
    signed = state in (AssessmentState.SIGNED, AssessmentState.REPLACED)
    assessment = AssessmentFactory(signed=signed, state=state)

    with pytest.raises(RuleBroken):
        answered(assessment, given={DRIVES: "Drink."})

    assessment.refresh_from_db()
    assert assessment.answers == {}


def test_the_trail_says_what_was_answered_without_its_words(assessment):
    answered(assessment, given={DRIVES: "Drink."})

    entry = Entry.objects.get(action="answered_assessment")
    assert entry.detail == {
        "assessment": assessment.pk,
        "part": "harm",
        "written": 1,
        "confirmed": 0,
    }


def test_nothing_changed_leaves_no_trace(assessment):
    answered(assessment, given={DRIVES: ""})

    assert not Entry.objects.filter(action="answered_assessment").exists()


# What was pulled forward


@pytest.fixture
def pulled():
    return AssessmentFactory(answers={DRIVES: "Drink.", HELPS: "Work."}, carried=[DRIVES, HELPS])


def test_what_is_still_right_is_confirmed_by_a_tick(pulled):
    answered(pulled, confirms=[DRIVES])

    assert (pulled.carried, pulled.answers[DRIVES]) == ([HELPS], "Drink.")


def test_what_is_changed_is_confirmed_by_that(pulled):
    answered(pulled, given={DRIVES: "Drink and debt."}, seen=marks(pulled.answers, [DRIVES]))

    assert (pulled.carried, pulled.answers[DRIVES]) == ([HELPS], "Drink and debt.")


def test_what_is_sent_as_it_stood_is_not_confirmed_by_that(pulled):
    answered(pulled, given={DRIVES: "Drink."}, seen=marks(pulled.answers, [DRIVES]))

    assert pulled.carried == [DRIVES, HELPS]


# Past behaviour


@pytest.fixture
def violent(assessment):
    """One wounding, and then a common assault: one pattern, and the two asked about by themselves."""
    sentence = SentenceFactory(case=assessment.case, active=False, event="0")
    OffenceFactory(sentence=sentence, code="00801", description="Wounding")
    return assessment


def items_of(assessment):
    from_codes = {code for code in assessment.answers if code.endswith(".covers")}
    return {code: assessment.answers[code] for code in sorted(from_codes)}


def test_an_answer_about_past_behaviour_says_which_episodes_it_is_about(violent):
    asked = asked_about(violent)[0]

    answered(
        violent,
        AnalysisPart.PATTERNS,
        given={of_pattern(asked.key, "relevance"): "now", of_pattern(asked.key, "words"): "Drunk."},
    )

    assert items_of(violent) == {of_pattern(asked.key, "covers"): sorted(asked.covers)}


def test_an_episode_that_came_after_the_page_was_drawn_is_not_answered_unseen(violent):
    asked = asked_about(violent)[0]
    later = SentenceFactory(case=violent.case, active=False, event="9")
    OffenceFactory(sentence=later, code="00802", description="Wounding")
    assert len(asked_about(violent)[0].covers) > len(asked.covers)

    answered(
        violent,
        AnalysisPart.PATTERNS,
        given={of_pattern(asked.key, "relevance"): "now"},
        covers={asked.key: list(asked.covers)},
    )

    assert items_of(violent) == {of_pattern(asked.key, "covers"): sorted(asked.covers)}


def asked_about(assessment):
    facts = assessing_facts([assessment], TODAY)[assessment.pk]
    return asked_of(facts.patterns)


# Two writers: each opens the page, types, and sends it


STEPS = ("opens", "types", "sends")
ORDERS = sorted(set(permutations("aaabbb")))  # every way in which two can take three steps each
FIRST = {DRIVES: "Drink.", HELPS: "Work.", WHY: ""}
TYPES = {  # both change one alike and one otherwise; each changes one alone
    "a": {DRIVES: "Drink, at home.", HELPS: "Work.", WHY: "Nobody was hurt since 2012."},
    "b": {DRIVES: "Drink, and debt.", HELPS: "His work.", WHY: ""},
}


class Editor:
    """Somebody with the page open: what they saw, what is in their boxes, what they were shown again."""

    def __init__(self, name, assessment):
        self.name, self.assessment = name, assessment
        self.user = UserFactory(team=assessment.case.team)
        self.steps = iter(STEPS)
        self.shown = {}

    def go_on(self):
        getattr(self, next(self.steps))()

    def opens(self):
        self.assessment.refresh_from_db()
        self.saw = {code: self.assessment.answers.get(code, "") for code in FIRST}
        self.seen = marks(self.assessment.answers, FIRST)
        self.boxes = dict(self.saw)

    def types(self):
        """Whatever they mean to change; what they leave alone stays as they saw it."""
        changed = {code: text for code, text in TYPES[self.name].items() if text != FIRST[code]}
        self.boxes |= changed

    def sends(self):
        outcome = answered(self.assessment, given=self.boxes, seen=self.seen, by=self.user)
        self.shown = {code: self.boxes[code] for code in outcome.conflicts}


def test_there_are_twenty_orders():
    assert len(ORDERS) == 20


@pytest.mark.parametrize("order", ORDERS, ids="".join)
def test_two_on_one_page_overwrite_nothing_and_lose_no_text(assessment, order):
    answered(assessment, given=FIRST)
    editors = {name: Editor(name, assessment) for name in "ab"}

    for name in order:
        editors[name].go_on()

    stored = {code: assessment.answers.get(code, "") for code in FIRST}
    for name, editor in editors.items():
        for code, text in TYPES[name].items():
            if text == FIRST[code]:
                continue
            other = editors["b" if name == "a" else "a"]
            replaced_knowingly = other.saw[code] == text
            assert text in (stored[code], editor.shown.get(code)) or replaced_knowingly, code
    # What one alone changed is stored, whoever sent last
    assert stored[HELPS] == TYPES["b"][HELPS]
    assert stored[WHY] == TYPES["a"][WHY]


def test_both_alike_is_agreed(assessment):
    seen = marks({}, FIRST)
    answered(assessment, given={DRIVES: "Drink."}, seen=seen)

    outcome = answered(assessment, given={DRIVES: "Drink."}, seen=seen)

    assert (outcome.conflicts, assessment.answers[DRIVES]) == ((), "Drink.")


def test_what_is_sent_again_after_both_were_shown_takes_its_place_knowingly(assessment):
    seen = marks({}, FIRST)
    answered(assessment, given={DRIVES: "Drink."}, seen=seen)
    refused = answered(assessment, given={DRIVES: "Debt."}, seen=seen)

    answered(assessment, given={DRIVES: "Drink and debt."}, seen=marks(assessment.answers, FIRST))

    assert refused.conflicts == (DRIVES,)
    assert assessment.answers[DRIVES] == "Drink and debt."


def test_what_was_pulled_forward_and_is_disputed_is_not_confirmed_by_a_tick(pulled):
    seen = marks(pulled.answers, [DRIVES])
    answered(pulled, given={DRIVES: "Debt."}, seen=seen)

    outcome = answered(pulled, given={DRIVES: "Both."}, seen=seen, confirms=[DRIVES])

    assert outcome.conflicts == (DRIVES,)
    assert pulled.answers[DRIVES] == "Debt."
