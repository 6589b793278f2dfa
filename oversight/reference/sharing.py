"""Sharing out many cases at once: where a proposal stands, which cases it is about, and what may be demanded of it.

Source: features 123 (reallocation in bulk), 120 and 124. What counts how much is the policy on workload.
"""

from cases.reference.codes import Titled


class SharingState(Titled):
    WORKING = "working", "Being worked out"
    PROPOSED = "proposed", "Proposed"
    GIVING = "giving", "Being carried out"
    PUBLISHED = "published", "Published"
    DROPPED = "dropped", "Dropped"


UNDECIDED = frozenset({SharingState.WORKING, SharingState.PROPOSED})
UNFINISHED = UNDECIDED | {SharingState.GIVING}


class Which(Titled):
    """Whose cases are shared out."""

    OFFICER = "officer", "The cases of one officer, who leaves or is away for long"
    UNOWNED = "unowned", "The cases that nobody holds"
    TEAM = "team", "All cases of the team"


class Demand(Titled):
    """What a senior may ask never to be weighed against anything else."""

    TRAINED = "trained", "Nobody has a case that they are not trained for"
    SEX = "sex", "Nobody is supervised by a man, or by a woman, where they must not be"
    WISH = "wish", "A woman who asks for a woman has one"
    BEFORE = "before", "A case stays with, or goes back to, whoever knows it"
    CEILING = "ceiling", "Nobody gets more than the ceiling of the policy leaves room for"


DEMANDED = {  # the warnings, by key, that each demand makes into a refusal
    Demand.TRAINED: frozenset({"training:domestic_abuse", "training:child"}),
    Demand.SEX: frozenset({"not-by:woman", "not-by:man"}),
    Demand.WISH: frozenset({"wish"}),
    Demand.BEFORE: frozenset({"held-before"}),
    Demand.CEILING: frozenset(),  # of all that somebody gets, and of no case with one officer
}


class Outcome(Titled):
    """What the search came to. The first four are those of `oversight.rules.sharing_facts.Status`."""

    BEST = "best", "Nothing better is possible"
    GOOD = "good", "Every demand is met"
    CANNOT = "cannot", "No answer meets every demand"
    NOT_FOUND = "not_found", "The time was up before there was any answer"
    FAILED = "failed", "It could not be worked out"


WITH_MOVES = frozenset({Outcome.BEST, Outcome.GOOD})
