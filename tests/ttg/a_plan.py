"""A resettlement plan with every question answered, for tests of signing it and of what comes of that."""

from tests.factories import TODAY
from ttg.reference.custody import Agreed
from ttg.reference.questions import QUESTIONS

QUIET = {"no", "never", "no_answer", "not_needed"}


def answers(on=TODAY, **given):
    """Each question with the first answer that says nothing of risk; `given`: code with __ for its point: answer."""
    found = {}
    for code, question in QUESTIONS.items():
        choices = [choice for choice, _ in question.choices]
        said = next((one for one in choices if one in QUIET), choices[0])
        found[code] = {"said": said, "source": "person", "on": on.isoformat()}
    for code, one in given.items():
        found[code.replace("__", ".")] = {"source": "prison", "on": on.isoformat(), **one}
    return found


def make_whole(plan, on=TODAY, **given):
    """Nothing left to do before its signature."""
    plan.answers = answers(on, **given)
    plan.strengths = "His sister, who visits each week"
    plan.own_words = "I want to see my daughter at Christmas."
    plan.agreed = Agreed.AGREED
    plan.save()
    return plan
