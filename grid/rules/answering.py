"""What an officer may answer to what is proposed, and to what they may refer somebody themselves.

Source: features 72 to 75; local policy.
"""

from collections.abc import Iterable

from cases.rules.interim import says_nothing
from cases.rules.words import ended
from grid.reference.groups import ReferralState
from grid.rules.proposals import LONGEST_WORDS, Earlier, waits_for_the_same
from grid.rules.suitability import Suitability
from grid.rules.suitability_facts import Met
from staff.errors import RuleBroken


def check_words(words: str) -> str:
    """The words without blanks around them. Raises RuleBroken where they say nothing, or more than is kept."""
    words = words.strip()
    if says_nothing(words):
        raise RuleBroken("Say why in a few words, so that whoever reads it knows what to do.")
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(f"Say it in {LONGEST_WORDS} letters at most.")
    return words


def why_not_refer(code: str, now: Suitability, earlier: Iterable[Earlier], *, out: str) -> str:
    """Why an officer cannot put somebody on the waiting list of this one; blank: they can.

    `out`: why nothing is for them. What is not known to suit they can, and say why; what does not suit they cannot.
    """
    those = list(earlier)
    if out:
        return f"They cannot be referred now: {out}."
    if any(one.code == code and one.state is ReferralState.PROPOSED for one in those):
        return "It is proposed to them already. Accept it."
    if waits_for_the_same(code, those):
        return "They are on the waiting list of it already, or of the same in another form."
    if now.verdict is Met.NOT_MET:
        first = next(found for found in now.findings if found.met is Met.NOT_MET)
        return f"It does not suit them. {ended(first.words)}"
    return "" if now.by else "Nothing that they are under is known to bring them to it."
