"""What signing keeps and how it refuses, of an assessment as of a plan.

Source: product rules, gates (a warning is cleared by one honest sentence; staff are never pushed into
typing rubbish); architecture, evidence.
"""

from hashlib import blake2s
from json import dumps

from cases.reference.questions import QUESTIONS
from cases.rules.stock import is_stock
from staff.errors import RuleBroken

LONGEST_SAID = 1000  # letters of the sentence that clears a warning


def refusal(shut):
    """All that stands in the way, in the words that the list of what is to do has."""
    return " ".join(one.sentence for one in shut)


def check_explained(warnings, explained):
    """{key: sentence} of these warnings; refused where one has none, or has words that say nothing."""
    said = {one.key: (explained.get(one.key) or "").strip() for one in warnings}
    left = [one for one in warnings if is_stock(said[one.key])]
    if left:
        unsaid = " ".join(one.sentence for one in left)
        raise RuleBroken(f"Say in a sentence of your own about each: {unsaid}")
    if any(len(one) > LONGEST_SAID for one in said.values()):
        raise RuleBroken(f"Say each in {LONGEST_SAID} characters or fewer.")
    return said


def check_read(read, stands, what):
    """Refuse to sign what has changed since it was read. `read`: the mark of what was; blank: of no page."""
    if read and read != stands:
        raise RuleBroken(
            f"The {what} changed while you were signing it. Read it again before you sign."
        )


def digest(answers):
    """A mark of what was signed, by which a later change would show."""
    return blake2s(dumps(answers, sort_keys=True).encode(), digest_size=16).hexdigest()


def is_a_question(code):
    """Whether a code names a question: one of the list, or one about past behaviour."""
    what = code.rsplit(".", 1)[-1]
    return code in QUESTIONS or (code.startswith("pattern.") and what in {"relevance", "words"})
