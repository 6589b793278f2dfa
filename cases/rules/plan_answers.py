"""What an answer to a question of a plan may be.

Source: `cases.reference.plan_questions`.
"""

from cases.reference.plan_questions import ENQUIRIES, of_family
from cases.reference.plans import Known
from cases.reference.questions import Answered
from staff.errors import RuleBroken

ASKED_WHERE_NOT_KNOWN = (ENQUIRIES, "asked")
LONGEST = 4000  # letters of an answer in words
NOT_A_CHOICE = "This answer is none of those that the question gives."


def clean_answer(question, value):
    """The answer as it is kept; None where there is none."""
    if value in (None, "", [], ()):
        return None
    if question.how == Answered.ANY:
        return sorted({_chosen(question, one) for one in value})
    if question.how == Answered.WORDS:
        words = str(value).strip()
        if len(words) > LONGEST:
            raise RuleBroken(f"An answer is {LONGEST:,} characters or fewer.")
        return words or None
    return _chosen(question, value)


def applies(code, answers):
    """Whether it is asked: how "not known" will be known, only where it is not."""
    subject, _, what = code.partition(".")
    if what not in ASKED_WHERE_NOT_KNOWN:
        return True
    return answers.get(of_family(subject, "answer")) == Known.UNKNOWN


def _chosen(question, value):
    value = str(value)
    if question.code.endswith(f".{ENQUIRIES}"):
        allowed = value.isdecimal()
    else:
        allowed = value in {code for code, _ in question.choices}
    if not allowed:
        raise RuleBroken(NOT_A_CHOICE)
    return value
