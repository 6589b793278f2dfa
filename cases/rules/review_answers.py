"""What an answer of a review may be.

Source: `cases.reference.review_questions`.
"""

from cases.reference.questions import Answered
from cases.reference.reviews import PersonView
from staff.errors import RuleBroken

LONGEST = 4000  # letters of an answer in words


def clean_answer(question, value):
    """The answer as it is kept; None where it is blank. Without a question it is words."""
    if value in (None, "", [], ()):
        return None
    if question is None or question.how == Answered.WORDS:
        return _words(value)
    allowed = {code for code, _ in question.choices}
    chosen = set(value) if question.how == Answered.ANY else {value}
    if not chosen <= allowed:
        raise RuleBroken(f"Choose from the answers given for “{question.asks}”.")
    return sorted(chosen) if question.how == Answered.ANY else str(value)


def check_person(value):
    """How the person took part; None where that is not said yet."""
    if value in (None, ""):
        return None
    if value not in set(PersonView):
        raise RuleBroken("Say whether they said something, would not say, or were not asked.")
    return str(value)


def _words(value):
    if not isinstance(value, str):
        raise RuleBroken("The answer is words.")
    words = value.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise RuleBroken(f"An answer is {LONGEST:,} characters or fewer.")
    return words or None
