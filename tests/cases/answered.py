"""Answers an assessment in full and in words of its own, as an honest officer would."""

from cases.queries.assessing import assessing_facts
from cases.reference.codes import Rosh
from cases.reference.harm import HarmGroup, Indicator
from cases.reference.needs import ITEMS
from cases.reference.questions import of_area, of_group, of_pattern
from cases.rules.assessing import FULL_ANALYSIS, LEVELS_ASKED
from cases.rules.patterns import asked_of
from tests.factories import TODAY

HONEST = "He drank then and lived with his brother; neither has been so since the spring of 2012."
DONE_WITHOUT = "He declined it; the police and the support worker of his former partner were asked."


def answers_for(facts, level=Rosh.MEDIUM):
    """What an honest officer says, given what is known: `level` to the public, low to the others."""
    answers = {
        "screening.indicators": [Indicator.VIOLENCE.value],
        **{of_group(group, "level"): Rosh.LOW.value for group in LEVELS_ASKED},
        of_group(HarmGroup.PUBLIC, "level"): level.value,
        **{of_group(HarmGroup.PUBLIC, what): HONEST for what in ("who", "nature", "when")},
        **dict.fromkeys(FULL_ANALYSIS, HONEST),
        **{of_area(area, code): "0" for area, items in ITEMS.items() for code, _ in items},
        "sara.done": "not_done",
        "sara.because": DONE_WITHOUT,
    }
    for asked in asked_of(facts.patterns):
        answers[of_pattern(asked.key, "relevance")] = "past"
        answers[of_pattern(asked.key, "words")] = HONEST
        answers[of_pattern(asked.key, "covers")] = list(asked.covers)
    return answers


def fill(assessment, *, level=Rosh.MEDIUM, today=TODAY, without=(), **more):
    """Put those answers in the assessment, all confirmed, save those that are left out."""
    facts = assessing_facts([assessment], today)[assessment.pk]
    said = answers_for(facts, level) | more
    assessment.answers = {code: one for code, one in said.items() if code not in without}
    assessment.carried = []
    assessment.save()
    return assessment
